/**
 * A simulated ZVT terminal, the side that takes cards: `step(state, input)` answers the next state and
 * what is to be done. Pure: time comes as an argument, and whoever runs it owns the wire, the timer, the
 * host and the memory's store. The power may go after any step: the next life begins with
 * `switchedOff(memory)` and the input "power".
 *
 * S1  Every command is answered at once (80 00, or 84 xx); what follows is said one message at a time.
 * S2  What changed in memory is kept before any output of that step leaves.
 */

import { RESULT } from "./behaviour.ts";
import type { Behaviour } from "./behaviour.ts";
import {
  answered,
  fail,
  holderActs,
  hostAnswered,
  rest,
  takeBackAll,
  tellOn,
  unanswered,
} from "./business.ts";
import { commanded } from "./commands.ts";
import { toBeReversed } from "./notes.ts";
import type { FromTill } from "./messages.ts";
import type { Input, Output, State } from "./state.ts";
import { Turn } from "./turn.ts";

/** The next state, and what is to be done in this order. Memory is to be kept first (S2). */
export function step(
  state: State,
  input: Input,
  behaviour: Behaviour,
  nowMs: number,
): { readonly state: State; readonly outputs: readonly Output[] } {
  const turn = new Turn(state, behaviour, nowMs, input.kind === "till" ? input.message.id : null);
  if (state.phase.kind === "off" && input.kind !== "power" && input.kind !== "condition")
    return { state, outputs: [] };
  act(turn, input);
  return { state: turn.state, outputs: turn.outputs };
}

function act(turn: Turn, input: Input): void {
  const { phase } = turn.state;
  switch (input.kind) {
    case "power":
      switchOn(turn);
      return;
    case "condition": {
      const { isWaiting = turn.state.conditions.isWaiting, ...durable } = input.condition;
      turn.update({ conditions: { isWaiting } });
      turn.remember(durable);
      return;
    }
    case "till":
      tillSpoke(turn, input.message);
      return;
    case "delivered":
      if (phase.kind === "telling") turn.arm(turn.behaviour.answerMs);
      return;
    case "undelivered":
      noAnswer(turn);
      return;
    case "link":
      linkChanged(turn, input.isUp);
      return;
    case "timer":
      timeCame(turn);
      return;
    case "holder":
      holderActs(turn, input.act);
      return;
    case "host":
      hostAnswered(turn, input.answer);
      return;
  }
}

/** A life begins: what the last one left unsettled is taken back. */
function switchOn(turn: Turn): void {
  const { memory } = turn.state;
  const left = memory.pending;
  if (left !== null) {
    turn.remember({ pending: null });
    if (left.stage === "approved") turn.remember({ turnovers: [...memory.turnovers, left.turnover] });
    toBeReversed(turn, left.turnover.hostRef, "power was lost");
  }
  takeBackAll(turn, { kind: "idle" });
}

function tillSpoke(turn: Turn, { body, id }: FromTill): void {
  const { ids } = turn.state;
  if (body.kind === "answer") {
    const isOurs = !ids.isOn || id === null || id === (ids.nextOut === 1 ? 999_999 : ids.nextOut - 1);
    if (isOurs) answered(turn, body.code);
    else turn.count("unexpected");
    return;
  }
  if (ids.isOn && id !== null && id !== 0 && id === ids.lastIn) {
    // The same message again: the same answer again, and nothing else.
    turn.count("duplicates");
    if (ids.lastAnswer !== null) turn.outputs.push({ kind: "send", message: ids.lastAnswer });
    return;
  }
  turn.update({ ids: { ...ids, lastIn: id } });
  commanded(turn, body, id);
}

function noAnswer(turn: Turn): void {
  const { phase } = turn.state;
  if (phase.kind !== "telling") return;
  const [head] = phase.queue;
  if (head !== undefined) unanswered(turn, head, phase.queue, phase.next);
}

function linkChanged(turn: Turn, isUp: boolean): void {
  const { phase } = turn.state;
  turn.update({ ids: { isOn: false, nextOut: 1, lastIn: null, lastAnswer: null } });
  if (isUp || phase.kind === "idle") return;
  turn.update({ isTillGone: true });
  if (phase.kind === "telling") noAnswer(turn);
  else if (phase.kind === "asking_again") timeCame(turn);
  else if (phase.kind === "removal") rest(turn);
  else if ((phase.kind === "card" || phase.kind === "pin") && turn.behaviour.whenLinkIsLost === "abort")
    rest(turn);
}

function timeCame(turn: Turn): void {
  const { phase } = turn.state;
  switch (phase.kind) {
    case "telling":
      noAnswer(turn);
      return;
    case "asking_again": {
      const [head] = phase.queue;
      if (turn.state.isTillGone && head !== undefined) unanswered(turn, head, phase.queue, phase.next);
      else tellOn(turn, phase.queue, phase.next);
      return;
    }
    case "card":
    case "pin":
      fail(turn, RESULT.CANCELLED);
      return;
    case "removal":
      holderActs(turn, { kind: "remove" });
      return;
    case "off":
    case "idle":
    case "host":
      return;
  }
}
