/**
 * One step of the simulated terminal while it is being made: the state so far and what is to be done.
 * Lives no longer than one call of `step`; nothing here decides.
 */

import type { Behaviour } from "./behaviour.ts";
import type { TerminalMemory } from "./memory.ts";
import type { TerminalBody } from "./messages.ts";
import type { Output, Phase, State } from "./state.ts";

const ID_MAX = 999_999;

/** The pen of one step. */
export class Turn {
  state: State;
  readonly outputs: Output[] = [];
  readonly behaviour: Behaviour;
  readonly nowMs: number;
  /** The id of the command that is being answered. */
  readonly #commandId: number | null;

  constructor(state: State, behaviour: Behaviour, nowMs: number, commandId: number | null) {
    this.state = state;
    this.behaviour = behaviour;
    this.nowMs = nowMs;
    this.#commandId = commandId;
  }

  update(part: Partial<State>): void {
    this.state = { ...this.state, ...part };
  }

  remember(part: Partial<TerminalMemory>): void {
    this.update({ memory: { ...this.state.memory, ...part } });
  }

  /** Enters a phase; the timer of the one before is gone. */
  enter(phase: Phase, timerMs: number | null = null): void {
    this.update({ phase });
    this.outputs.push(timerMs === null ? { kind: "disarm" } : { kind: "arm", ms: timerMs });
  }

  arm(ms: number): void {
    this.outputs.push({ kind: "arm", ms });
  }

  /** Says 80 00, or 84 xx. */
  answer(code: number, echoesIds = false): void {
    const id = this.state.ids.isOn || echoesIds ? this.#commandId : null;
    const message = { body: { kind: "answer", code, echoesIds }, id } as const;
    this.update({ ids: { ...this.state.ids, lastAnswer: message } });
    this.outputs.push({ kind: "send", message });
  }

  /** Says something that the till must answer. */
  say(body: TerminalBody): void {
    const { ids } = this.state;
    this.outputs.push({ kind: "send", message: { body, id: ids.isOn ? ids.nextOut : null } });
    if (ids.isOn) this.update({ ids: { ...ids, nextOut: ids.nextOut >= ID_MAX ? 1 : ids.nextOut + 1 } });
  }

  count(name: keyof State["counters"]): void {
    const { counters } = this.state;
    this.update({ counters: { ...counters, [name]: counters[name] + 1 } });
  }
}
