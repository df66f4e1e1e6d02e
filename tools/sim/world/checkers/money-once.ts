/**
 * What was answered as paid is never lost, and a tap has one effect however often it is sent: no
 * command of one (view, n) is in a journal twice, one that is answered as done before is there, and each
 * closing that staff saw is in the journal.
 */
import type { Cause } from "../../../../core/facts.ts";
import type { Event } from "../../../../core/types.ts";
import { needsDurable } from "../../../../core/effect.ts";
import type { Answer } from "../../../../runtime/loop.ts";
import type { Checker, Stage, Till } from "../cast.ts";
import { recordsIn, recordsOf } from "../records.ts";

/** See the header. */
export const moneyOnce: Checker = {
  name: "money_once",
  laws: ["A4", "I11", "Z1"],
  shows: ["F1", "F26", "F30"],
  promise: "a tap has one effect; a sale that was shown as paid stays; no sale is there that nobody saw",
  watch: (world) => ({
    answered: (till, { answer, cause }) => {
      const wrong = wrongAnswer(till, cause, answer);
      if (wrong !== null) world.violate("money_once", till.name, wrong);
      if (!answer.ok) return;
      const money = answer.events.filter(({ event }) => needsDurable(event.type)).at(-1);
      if (money === undefined) return;
      till.memory.answeredSeq = Math.max(till.memory.answeredSeq, answer.events.at(-1)?.seq ?? money.seq);
      const block = till.memory.lineage.findLast((its) => its.firstSeq <= money.seq);
      if (block === undefined || block.lastSeq < money.seq || !block.isDurable)
        world.violate("money_once", till.name, `record ${money.seq} was answered before it was durable`);
    },
    inTheEnd: () => {
      for (const [index, till] of world.tills.entries()) {
        const wrong = repeatedTap(till) ?? unseen(world, till, index);
        if (wrong !== null) world.violate("money_once", till.name, wrong);
      }
    },
  }),
};

/** Neither an answer without an effect nor an effect without its answer; of its disk a terminal says what it must. */
function wrongAnswer(till: Till, cause: Cause, answer: Answer): string | null {
  const tap = `tap ${cause.view}/${cause.n}`;
  if (answer.ok)
    return answer.events.length > 0 || isDurable(till, cause)
      ? null
      : `${tap} is answered as done and has no effect on the disk`;
  const { code } = answer.refusal;
  return code.startsWith("journal/") || !isDurable(till, cause)
    ? null
    : `${tap} had its effect and is refused (${code})`;
}

/** Whether the effect of this tap is durable; looked for from the newest record back. */
function isDurable(till: Till, { view, n }: Cause): boolean {
  const block = till.memory.lineage.findLast((its) =>
    recordsIn(till, its).some(({ cause }) => cause !== null && cause.view === view && cause.n === n),
  );
  return block?.isDurable === true;
}

function repeatedTap(till: Till): string | null {
  const taps = new Map<string, number>();
  for (const { cause, seq } of recordsOf(till)) {
    if (cause === null) continue;
    const key = `${cause.view}/${cause.n}`;
    const before = taps.get(key);
    if (before !== undefined) return `tap ${key} had its effect at record ${before} and at ${seq}`;
    taps.set(key, seq);
  }
  return null;
}

function unseen(world: Stage, till: Till, index: number): string | null {
  const seen = world.staff[index]?.seen;
  if (seen === undefined || till.memory.lossCount > 0) return null;
  const journaled = new Set(
    recordsOf(till)
      .filter(({ event }) => isClosing(event))
      .map(({ id }) => id),
  );
  for (const id of seen.keys())
    if (!journaled.has(id)) return `closing ${id} was shown as paid and is in no journal`;
  for (const id of journaled) if (!seen.has(id)) return `closing ${id} is in the journal and nobody saw it`;
  return null;
}

function isClosing(event: Event): boolean {
  return event.type === "check_closed";
}
