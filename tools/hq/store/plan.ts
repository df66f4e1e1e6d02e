/**
 * A commit as a plan: decides arrivals one after the other over what is held and lists the rows that
 * make it so. Pure but for the pictures in `held`, which it keeps up to date: a plan whose
 * transaction failed is thrown away with them.
 */
import { sameBytes } from "../../../protocol/batch.ts";
import type { Link, Position } from "../../../protocol/message.ts";
import { assert } from "../../../core/bug.ts";
import type { Batch, Block } from "../../../protocol/batch.ts";
import { fact } from "../alarm.ts";
import type { Alarm } from "../alarm.ts";
import { lastSeq } from "../held.ts";
import type { HeldEpoch, HeldTerminal } from "../held.ts";
import { ingest } from "../ingest.ts";
import type { Decision } from "../ingest.ts";
import type { Arrival, Outcome } from "./store.ts";

/** A batch with at least one new block. */
export interface BatchRow {
  readonly batch: Batch;
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly body: Uint8Array;
  readonly receivedAtMs: number;
  /** The new ones. */
  readonly blocks: readonly Block[];
}

/** A batch that is kept aside. */
export interface QuarantineRow {
  readonly batch: Batch;
  readonly fromSeq: number;
  readonly lastHash: Uint8Array;
  readonly body: Uint8Array;
  readonly reason: string;
  readonly receivedAtMs: number;
}

export interface CommitPlan {
  readonly outcomes: readonly Outcome[];
  readonly batches: readonly BatchRow[];
  /** Epochs that are new or have a new tip, as they are after the plan. */
  readonly epochs: readonly { readonly link: Link; readonly held: HeldEpoch }[];
  readonly quarantined: readonly QuarantineRow[];
  readonly alarms: readonly Alarm[];
}

/** The name of a terminal's picture. */
export function linkKey(link: Link): string {
  return `${link.tenant}/${link.terminal}`;
}

/** Decides all arrivals in order. `held` has a picture of every terminal among them. */
export function planCommit(
  held: ReadonlyMap<string, HeldTerminal>,
  arrivals: readonly Arrival[],
): CommitPlan {
  const builder = new PlanBuilder(held);
  for (const arrival of arrivals) builder.take(arrival);
  return builder.plan();
}

class PlanBuilder {
  readonly #held: ReadonlyMap<string, HeldTerminal>;
  readonly #outcomes: Outcome[] = [];
  readonly #batches: BatchRow[] = [];
  readonly #epochs = new Map<string, { readonly link: Link; readonly held: HeldEpoch }>();
  readonly #quarantined: QuarantineRow[] = [];
  readonly #alarms: Alarm[] = [];

  constructor(held: ReadonlyMap<string, HeldTerminal>) {
    this.#held = held;
  }

  take(arrival: Arrival): void {
    const { batch } = arrival;
    const terminal = this.#held.get(linkKey(batch));
    assert(terminal !== undefined, "plan: There must be a picture of every terminal");
    const decision = ingest(terminal, batch);
    switch (decision.kind) {
      case "store":
        this.#store(terminal, arrival, decision);
        break;
      case "known":
        this.#outcomes.push({ kind: "known", position: tipOf(terminal, batch) });
        break;
      case "gap":
        this.#outcomes.push({ kind: "gap" });
        break;
      case "fork":
        this.#quarantine(arrival, decision.code);
        break;
    }
  }

  #store(
    terminal: HeldTerminal,
    arrival: Arrival,
    decision: Extract<Decision, { readonly kind: "store" }>,
  ): void {
    const { batch, body, receivedAtMs } = arrival;
    const epoch = terminal.add(batch.epoch, decision.parent, decision.blocks);
    this.#epochs.set(`${linkKey(batch)}/${batch.epoch}`, { link: batch, held: epoch });
    const [fromSeq, toSeq] = rangeOf(batch);
    this.#batches.push({ batch, fromSeq, toSeq, body, receivedAtMs, blocks: decision.blocks });
    this.#outcomes.push({ kind: "stored", position: epoch.tip });
    if (!decision.isSecondChild) return;
    const detail = `continued at seq ${decision.blocks[0]?.fromSeq ?? fromSeq} by epoch ${batch.epoch}`;
    this.#alarms.push(fact("history/second_child", { ...batch, subject: batch.epoch, detail }));
  }

  #quarantine(arrival: Arrival, code: "history/fork" | "history/parent_mismatch"): void {
    const { batch, body, receivedAtMs } = arrival;
    const [fromSeq, toSeq] = rangeOf(batch);
    const lastHash = batch.blocks.at(-1)?.hash;
    assert(lastHash !== undefined, "plan: A batch must have a block");
    this.#quarantined.push({ batch, fromSeq, lastHash, body, reason: code, receivedAtMs });
    this.#outcomes.push({ kind: "fork" });
    const detail = `seq ${fromSeq} to ${toSeq}`;
    this.#alarms.push({
      code,
      tenant: batch.tenant,
      terminal: batch.terminal,
      subject: batch.epoch,
      detail,
      kind: "count",
      count: 1,
    });
  }

  plan(): CommitPlan {
    return {
      outcomes: this.#outcomes,
      batches: this.#batches,
      epochs: [...this.#epochs.values()],
      quarantined: this.#quarantined,
      alarms: this.#alarms,
    };
  }
}

function tipOf(terminal: HeldTerminal, batch: Batch): Position {
  const tip = terminal.tip(batch.epoch);
  assert(tip !== null, "plan: What is known must have a tip");
  return tip;
}

/** The first and the last seq of a batch. */
export function rangeOf(batch: Batch): readonly [fromSeq: number, toSeq: number] {
  const first = batch.blocks[0];
  const last = batch.blocks.at(-1);
  assert(first !== undefined && last !== undefined, "plan: A batch must have a block");
  return [first.fromSeq, lastSeq(last)];
}

/** Whether a journal that ends at `tip` ends at `after`. */
export function isAt(tip: Position | null, after: Position | null): boolean {
  if (tip === null || after === null) return tip === after;
  return tip.epoch === after.epoch && tip.seq === after.seq && sameBytes(tip.hash, after.hash);
}
