/**
 * The decision about a batch as a table. A history is written <epoch>:<from>-<to>, its child
 * <epoch><<parent epoch>@<seq>:…; ~n says that records from n on have other content, /n that blocks
 * hold n records each.
 */
import { expect, test } from "vitest";
import { assert } from "../../../core/bug.ts";
import type { Position } from "../../../protocol/message.ts";
import { HeldTerminal } from "../../../tools/hq/held.ts";
import { ingest } from "../../../tools/hq/ingest.ts";
import { epochOf, TestHistory } from "../../support/hq-history.ts";
import { table } from "../../support/table.ts";

const SPEC = /^([a-z])(?:<([a-z])(?:~(\d+))?@(\d+))?(?:~(\d+))?:(\d+)-(\d+)(?:\/(\d+))?$/;
const LONG = 12;

/** Histories by their spelling without a range. */
function historyOf(spec: string, parents: ReadonlyMap<string, string>) {
  const match = SPEC.exec(spec);
  assert(match !== null, `ingest: ${spec} is no history`);
  const [, epoch = "", parentEpoch, parentFork, parentSeq, fork, from, to, cut] = match;
  const isForkedAt = fork === undefined ? Number.POSITIVE_INFINITY : Number(fork);
  let parent = null;
  if (parentEpoch !== undefined) {
    const origin = parents.get(parentEpoch) ?? parentEpoch;
    const suffix = parentFork === undefined ? "" : `~${parentFork}`;
    parent = historyOf(`${origin}${suffix}:1-${parentSeq}`, parents).history.tip;
  }
  const history = new TestHistory("t1", epochOf(epoch), parent);
  const size = Number(cut ?? 1);
  while (history.tip.seq < Math.min(LONG, Number(to))) {
    const text = (): string => (history.tip.seq + 1 >= isForkedAt ? "other" : "");
    if (size === 1) history.filler(text());
    else history.block(...Array.from({ length: size }, () => filler(text())));
  }
  return { history, epoch, origin: spec.split(":")[0] ?? "", from: Number(from), to: Number(to) };
}

function filler(detail: string) {
  return { type: "continuity_lost", series: "A", detail } as const;
}

function holding(text: string): { held: HeldTerminal; parents: Map<string, string> } {
  const held = new HeldTerminal();
  const parents = new Map<string, string>();
  for (const spec of text.split(" ").filter((part) => part !== "nothing")) {
    const { history, epoch, origin, from, to } = historyOf(spec, parents);
    parents.set(epoch, origin);
    const decision = ingest(held, history.arrival(from, to).batch);
    assert(decision.kind === "store", `ingest: ${spec} cannot be held`);
    held.add(history.epoch, decision.parent, decision.blocks);
  }
  return { held, parents };
}

const rows = table(
  ["held", "batch", "decision"],
  `
  held             | batch          | decision
  // the start
  nothing          | a:1-3          | store 1-3
  nothing          | a:2-3          | gap
  nothing          | b<a@3:4-5      | gap
  // going on
  a:1-3            | a:4-5          | store 4-5
  a:1-3            | a:1-5          | store 4-5
  a:1-3            | a:2-4          | store 4-4
  a:1-3            | a:1-3          | known
  a:1-3            | a:2-2          | known
  a:1-3            | a:5-6          | gap
  // another hash at a held position
  a:1-3            | a~3:3-4        | history/fork
  a:1-3            | a~2:1-3        | history/fork
  a:1-4            | a~4:4-4        | history/fork
  // an equal start and then another past: the block's previous hash is not the tip's
  a:1-3            | a~3:4-5        | history/fork
  // the same records cut into other blocks have another chain
  a:1-4            | a:2-5/2        | history/fork
  a:1-5/2          | a:2-4          | history/fork
  // a block that begins inside what is held
  a:1-4            | a:4-5/2        | history/fork
  // a new epoch
  a:1-3            | b<a@3:4-6      | store 4-6
  a:1-3            | b<a@3:5-6      | gap
  a:1-3            | b<a@5:6-7      | gap
  a:1-3            | b<a~3@3:4-5    | history/fork
  a:1-3 b<a@3:4-5  | b<a@3:4-7      | store 6-7
  a:1-3 b<a@3:4-5  | c<b@5:6-7      | store 6-7
  a:1-3 b<a@3:4-5  | c<b@6:7-8      | gap
  // two continuations of one position
  a:1-3 b<a@3:4-5  | c<a@3:4-5      | store 4-5 second child
  a:1-5            | b<a@3:4-6      | store 4-6 second child
  a:1-3 b<a@3:4-5  | a:4-5          | store 4-5 second child
  a:1-3            | b:1-3          | store 1-3 second child
  // the parent is inside a block that is held whole
  a:1-5/2          | b<a@4:5-6      | history/fork
`,
);

test.each(rows)("$title", ({ held: heldText, batch, decision: expected }) => {
  const { held, parents } = holding(heldText);
  const { history, from, to } = historyOf(batch, parents);
  const decision = ingest(held, history.arrival(from, to).batch);
  expect(textOf(decision)).toBe(expected);
});

function textOf(decision: ReturnType<typeof ingest>): string {
  switch (decision.kind) {
    case "store": {
      const last = decision.blocks.at(-1);
      const range = `${decision.blocks[0]?.fromSeq}-${(last?.fromSeq ?? 0) + (last?.recordCount ?? 0) - 1}`;
      return `store ${range}${decision.isSecondChild ? " second child" : ""}`;
    }
    case "fork":
      return decision.code;
    default:
      return decision.kind;
  }
}

test("an epoch whose first record is of a newer build begins where a held position has its hash", () => {
  const { held } = holding("a:1-3");
  const parent = historyOf("a:1-3", new Map()).history.tip;
  expect(ingest(held, newerHistory(parent))).toMatchObject({
    kind: "store",
    parent: { epoch: epochOf("a"), seq: 3 },
  });
  expect(ingest(held, newerHistory({ ...parent, seq: parent.seq + 1 }))).toEqual({ kind: "gap" });
  expect(ingest(new HeldTerminal(), newerHistory(null))).toMatchObject({ kind: "store", parent: null });
});

/** A batch of an epoch whose first record cannot be read, behind this position. */
function newerHistory(parent: Position | null) {
  const history = new TestHistory("t1", epochOf("n"), parent);
  const [first] = history.blocks.splice(0);
  assert(first !== undefined, "ingest: A history must have a block");
  const newer = { ...first, recordBytes: Uint8Array.of(0x83, 1, 2, 3) };
  return { ...history.arrival().batch, blocks: [newer] };
}

test("an epoch_started that contradicts its own place is history/parent_mismatch", () => {
  const { held } = holding("a:1-3");
  const parent = historyOf("a:1-3", new Map()).history.tip;
  const { batch } = new TestHistory("t1", epochOf("b"), parent).arrival();
  const moved = batch.blocks.map((block) => ({ ...block, fromSeq: block.fromSeq + 1 }));
  expect(ingest(held, { ...batch, blocks: moved })).toEqual({
    kind: "fork",
    code: "history/parent_mismatch",
  });
});
