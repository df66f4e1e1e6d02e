/**
 * A7: headquarters holds nothing that no terminal wrote, nothing that was not durable where it was
 * written, and all that a terminal believes it holds. What was acknowledged and then lost with a disk
 * is there in the end.
 */
import type { TerminalId } from "../../../../core/ids.ts";
import { openMessage } from "../../../../protocol/message.ts";
import { lastSeq } from "../../../hq/held.ts";
import type { Checker, Stage } from "../cast.ts";

/** See the header. */
export const hqHolds: Checker = {
  name: "hq_holds",
  laws: ["A7"],
  shows: ["F3", "F8", "F17", "F20", "F21", "F22", "F28"],
  promise: "headquarters holds only what was written and synced, and every acknowledged record",
  watch: (world) => {
    const talk = new Talk(world);
    return {
      travelled: (terminal, direction, bytes) => {
        if (direction === "up") talk.heardFrom(terminal, bytes);
      },
      delivered: (terminal, bytes) => talk.told(terminal, bytes),
      committed: (arrivals, outcomes) => {
        arrivals.forEach(({ batch }, index) => {
          if (outcomes[index]?.kind !== "stored") return;
          const memory = world.tills.find((till) => till.name === batch.terminal)?.memory;
          for (const block of batch.blocks) {
            const written = memory?.block(batch.epoch, lastSeq(block)) ?? null;
            const isSame = written !== null && Buffer.compare(written.hash, block.hash) === 0;
            if (!isSame)
              world.violate("hq_holds", batch.terminal, `record ${block.fromSeq} was never written`);
            else if (!written.isDurable)
              world.violate(
                "hq_holds",
                batch.terminal,
                `record ${block.fromSeq} was sent before it was durable`,
              );
          }
        });
      },
      acked: (till, seq) => {
        if (seq === 0 || !talk.isUpToDate(till.name)) return;
        const block = till.memory.ending(seq);
        if (block === null) {
          world.violate("hq_holds", till.name, `the acknowledged record ${seq} ends no block`);
          return;
        }
        const hash = world.medium.hashAt(till.name, block.epoch, seq);
        if (hash === null || Buffer.compare(hash, block.hash) !== 0)
          world.violate("hq_holds", till.name, `record ${seq} is acknowledged and not held`);
      },
      inTheEnd: () => {
        for (const wrong of missing(world)) world.violate("hq_holds", wrong.till, wrong.message);
      },
    };
  },
};

function missing(world: Stage): readonly { readonly till: string; readonly message: string }[] {
  return world.tills.flatMap((till) => {
    const { ackedSeq } = till.terminal?.status() ?? { ackedSeq: 0 };
    const acked = till.memory.lineage.filter((block) => block.lastSeq <= ackedSeq);
    const lost = [...till.memory.owed, ...acked].find((block) => {
      const hash = world.medium.hashAt(till.name, block.epoch, block.lastSeq);
      return hash === null || Buffer.compare(hash, block.hash) !== 0;
    });
    if (lost === undefined) return [];
    return [
      {
        till: till.name,
        message: `record ${lost.lastSeq} was acknowledged and headquarters does not hold it`,
      },
    ];
  });
}

/**
 * Which headquarters a terminal knows it speaks with. An ack that was under way while headquarters was
 * put back was true when it was signed; once a hello of the new incarnation has come, it is not.
 */
class Talk {
  readonly #world: Stage;
  readonly #sessions = new Map<string, Uint8Array>();
  readonly #incarnations = new Map<string, Uint8Array>();

  constructor(world: Stage) {
    this.#world = world;
  }

  heardFrom(terminal: TerminalId, bytes: Uint8Array): void {
    const till = this.#world.tills.find((its) => its.name === terminal);
    if (till === undefined || !this.#mayBePutBack) return;
    const link = { tenant: this.#world.tenant, terminal };
    const message = openMessage(bytes, link, till.keys.verifier);
    if (!message.ok || message.value.kind !== "hello") return;
    this.#sessions.set(terminal, message.value.session);
    this.#incarnations.delete(terminal);
  }

  told(terminal: TerminalId, bytes: Uint8Array): void {
    if (!this.#mayBePutBack) return;
    const message = openMessage(bytes, { tenant: this.#world.tenant, terminal }, this.#world.hqKeys.verifier);
    if (!message.ok || message.value.kind !== "hello") return;
    const { session, incarnation } = message.value;
    const own = this.#sessions.get(terminal);
    if (own === undefined || incarnation === null || Buffer.compare(session, own) !== 0) return;
    this.#incarnations.set(terminal, incarnation);
  }

  isUpToDate(terminal: TerminalId): boolean {
    if (this.#world.restoreCount === 0) return true;
    const known = this.#incarnations.get(terminal);
    const { incarnation } = this.#world.medium.memory;
    return known !== undefined && Buffer.compare(known, incarnation) === 0;
  }

  get #mayBePutBack(): boolean {
    return this.#world.restoreCount > 0 || this.#world.options.rates.hq_restored !== undefined;
  }
}
