/**
 * Answers of the ZVT session, and what is said to messages that no running command is waiting for: late
 * ones of a dialogue that was lost, and what a terminal does on its own. Part of session-step.ts.
 */

import type { ZvtMessage } from "./apdu.ts";
import { zvtMessage } from "./apdu.ts";
import { referenceOf } from "./reference.ts";
import type { SessionConfig, SessionEffect } from "./session.ts";
import { ANSWER } from "./session.ts";
import { statusFacts } from "./status.ts";
import type { StatusFacts } from "./status.ts";

/** Answers yes. */
export function answerTo(to: ZvtMessage): SessionEffect {
  return { kind: "answer", message: zvtMessage("done"), to };
}

/** Answers no, for this reason. */
export function refuse(to: ZvtMessage, reason: number): SessionEffect {
  return { kind: "answer", message: zvtMessage("refused", [], { kind: "none" }, reason), to };
}

/** What tells one result from another: device, numbers and money. */
export function resultName(facts: StatusFacts, config: SessionConfig): string {
  const { terminal, amountMinor, result } = facts;
  return [terminal === "" ? config.serial : terminal, referenceOf(facts), amountMinor, result].join("|");
}

/** What a terminal says that is not about a command of ours (S1, S3 of session-step.ts). */
export function unasked(message: ZvtMessage, known: string, config: SessionConfig): readonly SessionEffect[] {
  const late: SessionEffect = { kind: "count", what: "late" };
  switch (message.name) {
    case "done":
    case "refused":
      return [{ kind: "count", what: "stray" }];
    case "status_information": {
      const isMoney = (statusFacts(message).result ?? 0) === 0;
      const isKnown = resultName(statusFacts(message), config) === known && known !== "";
      if (!isMoney || isKnown) return [late, answerTo(message)];
      return [late, config.isInDoubt ? { kind: "leave", message } : refuse(message, ANSWER.refused)];
    }
    case "print_line":
    case "print_text_block":
      return [late, config.isInDoubt ? { kind: "leave", message } : refuse(message, ANSWER.printerNotReady)];
    default:
      return [late, answerTo(message)];
  }
}
