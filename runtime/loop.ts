/**
 * The loop: the one place where commands become events and events become state.
 *
 *     command -> decide -> records -> journal.append -> evolve -> [money: wait for the disk] -> answer, effects
 *
 * L1 Events are appended to the journal before they are folded; nothing else changes the state.
 * L2 What touches money or the world is durable before it is answered, printed or sent. Line edits
 *    are answered at once and shown under the red light until the disk has them.
 * L3 A refusal leaves no trace in the journal.
 * L4 After the journal failed nothing is accepted; what was shown as paid is on disk.
 * Owns no device, no screen and no network.
 */
import { assert } from "../core/bug.ts";
import type { Approval, Command } from "../core/command.ts";
import type { Context } from "../core/context.ts";
import { decide, OWN_VIEW } from "../core/decide.ts";
import { effects, needsDurable } from "../core/effect.ts";
import type { Effect } from "../core/effect.ts";
import { refuse } from "../core/refusal.ts";
import type { Refused } from "../core/refusal.ts";
import type { State } from "../core/state.ts";
import type { Cause } from "../core/facts.ts";
import type { Event, Recorded } from "../core/types.ts";
import { encodeRecord } from "../protocol/record.ts";
import { checkpointGroups } from "./checkpoint.ts";
import type { Clock } from "./clock.ts";
import { evolveOwn } from "./downlink/fold.ts";
import { JournalFault } from "./store/fault.ts";

/** What the loop needs of the journal (runtime/store/journal.ts). */
export interface LoopJournal {
  readonly state: "ok" | "failed" | "full";
  /** "low": finish what was begun, open nothing new. */
  room(): { readonly state: "ok" | "low" | "full" };
  /** The seq of the next append's first record. A new segment that it needs begins here, with a checkpoint. */
  reserve(): number;
  append(records: readonly Uint8Array[]): unknown;
  /** Starts writing what is appended, without waiting. */
  kick(): void;
  /** Resolves when everything appended so far is durable; rejects with a JournalFault when it will never be. */
  commit(): Promise<void>;
}

/** The answer to a command. `events` is empty for a tap that had its effect before. */
export type Answer = { readonly ok: true; readonly events: readonly Recorded[] } | Refused;

export interface LoopOptions {
  readonly state: State;
  readonly journal: LoopJournal;
  readonly context: Context;
  readonly clock: Clock;
  /** Hands an effect to its executor; called once for each, after its event is durable. */
  readonly execute: (effect: Effect) => void;
  /** Told of each record that was folded here, in order, before it is durable. */
  readonly onRecorded?: (recorded: Recorded) => void;
  /** Called before a command is decided, but for those of the watch over the clock: it looks at the clock then. */
  readonly beforeCommand?: () => void;
}

const OWN_CAUSE: Cause = { view: OWN_VIEW, n: 0, clerk: "" };

export class Loop {
  readonly #options: LoopOptions;
  readonly #listeners = new Set<() => void>();
  #unwrittenMoneyCount = 0;

  constructor(options: LoopOptions) {
    this.#options = options;
  }

  /** The folded state. Read only: it changes in place with each command. */
  get state(): State {
    return this.#options.state;
  }

  /** "ok", or why new sales are refused. */
  get health(): "ok" | "low" | "full" | "failed" {
    const { journal } = this.#options;
    return journal.state === "failed" ? "failed" : journal.room().state;
  }

  /** Calls `listener` after each change of the state that may be shown. Returns how to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** L2: false while money that the state shows is not on disk yet; a screen waits for the next change then. */
  get isShowable(): boolean {
    return this.#unwrittenMoneyCount === 0;
  }

  /**
   * Decides a command and records what it means. Resolves when the answer may be shown (L2); the
   * disk's faults come back as refusals journal/full and journal/failed. Never rejects but for a Bug.
   * An approval lends the clerk of `cause` one right for this command.
   */
  async submit(
    command: Command,
    cause: Cause = OWN_CAUSE,
    approval: Approval | null = null,
  ): Promise<Answer> {
    const { state, context, beforeCommand } = this.#options;
    if (command.type !== "flag_clock" && command.type !== "trust_clock") beforeCommand?.();
    const unwritable = this.#unwritable(command);
    if (unwritable !== null) return unwritable;
    try {
      this.#reserve();
      const decided = decide(state, command, cause, context, approval);
      if (!decided.ok) return decided;
      const events = await this.#take(decided.events, cause);
      for (const recorded of events)
        for (const effect of effects(state, recorded)) this.#options.execute(effect);
      return { ok: true, events };
    } catch (fault) {
      if (!(fault instanceof JournalFault)) throw fault;
      return refuse(fault.code === "journal/full" ? "journal/full" : "journal/failed");
    }
  }

  async #take(events: readonly Event[], cause: Cause): Promise<readonly Recorded[]> {
    const { journal } = this.#options;
    // A repeated tap may be ahead of the disk that the first one still waits for.
    const isMoney = events.length === 0 || events.some((event) => needsDurable(event.type));
    const recorded = this.#append(events, cause);
    // Only what the journal took can become durable: a full disk leaves nothing to wait for.
    if (isMoney) this.#unwrittenMoneyCount += 1;
    if (!isMoney) {
      journal.kick();
      this.#tell();
      return recorded;
    }
    // After a failure the count stays: what is not on disk is never shown as done.
    await journal.commit();
    this.#unwrittenMoneyCount -= 1;
    this.#tell();
    return recorded;
  }

  /** Records what no command asks for (the start of an epoch, a lost continuity) and waits until it is durable. */
  async record(events: readonly Event[]): Promise<void> {
    this.#reserve();
    this.#append(events, OWN_CAUSE);
    await this.#options.journal.commit();
    this.#tell();
  }

  /** The journal asks for this when it begins a new segment: the checkpoint's records, folded already. */
  checkpoint(): readonly (readonly Uint8Array[])[] {
    return checkpointGroups(this.state).map((events) => {
      const placed = this.#place(events, OWN_CAUSE);
      this.#fold(placed);
      return placed.map(encodeRecord);
    });
  }

  // A checkpoint takes seqs, and decide names events by the seqs they will have.
  #reserve(): void {
    const nextSeq = this.#options.journal.reserve();
    assert(nextSeq === this.state.seq + 1, "loop: State and journal must agree on the next seq");
  }

  #append(events: readonly Event[], cause: Cause): readonly Recorded[] {
    if (events.length === 0) return [];
    const recorded = this.#place(events, cause);
    // L1
    this.#options.journal.append(recorded.map(encodeRecord));
    this.#fold(recorded);
    return recorded;
  }

  #tell(): void {
    if (this.isShowable) for (const listener of this.#listeners) listener();
  }

  #place(events: readonly Event[], cause: Cause): readonly Recorded[] {
    const { state, clock } = this.#options;
    const at = clock.wall();
    return events.map((event, index) => ({
      terminal: state.terminal,
      epoch: state.epoch,
      seq: state.seq + 1 + index,
      lamport: state.lamport + 1 + index,
      at,
      cause: index === 0 && cause.view !== OWN_VIEW ? cause : null,
      event,
    }));
  }

  #fold(recorded: readonly Recorded[]): void {
    for (const each of recorded) {
      assert(each.seq === this.state.seq + 1, "loop: Seq must rise by one");
      evolveOwn(this.state, each);
      this.#options.onRecorded?.(each);
    }
  }

  #unwritable(command: Command): Refused | null {
    const { health } = this;
    if (health === "failed") return refuse("journal/failed");
    if (health !== "ok" && opensSale(command)) return refuse("journal/full");
    return null;
  }
}

function opensSale(command: Command): boolean {
  if (command.type === "open_order" || command.type === "sign_on") return true;
  return (command.type === "add_item" || command.type === "add_open_item") && command.order === null;
}
