/**
 * Planted bugs of card tenders: what is recorded when, what is asked again, and whose word settles
 * what. Each would charge twice, or lose an approval.
 */
import type { Mutant } from "../mutant.ts";

const DESK = "runtime/reader/desk.ts";
const LIVE = "core/tender/live.ts";
const SETTLE = "core/tender/settle.ts";
const RECOVERY = "core/tender/recovery.ts";
const CHECK = "core/order/decide-check.ts";

/** Bugs that would charge twice or lose an approval. */
export const TENDER_MUTANTS: readonly Mutant[] = [
  {
    name: "result-taken-before-it-is-recorded",
    file: DESK,
    find: '        return isTaken ? "accept" : "refuse";\n',
    replace: '        return isTaken || !isTaken ? "accept" : "refuse";\n',
    promise: "A reader hears that its result was taken when the journal has it, and only then.",
    isBlind: false,
    courses: [],
    also: ["tests/runtime/reader/desk.test.ts"],
  },
  {
    name: "inquiry-skipped-at-boot",
    file: DESK,
    find: "      else this.#askLater(station, 0);\n    }\n  }\n",
    replace: "    }\n  }\n",
    promise: "A start asks about every payment that was under way.",
    isBlind: false,
    courses: [],
    also: ["tests/runtime/reader/desk.test.ts"],
  },
  {
    name: "another-device-settles",
    file: RECOVERY,
    find: "    (its.isSameDevice ?? isSameDevice) === isSameDevice &&\n",
    replace: "",
    promise: "What another device says is not about this payment.",
    isBlind: false,
    courses: [],
    also: ["tests/core/tender/recovery.test.ts"],
  },
  {
    name: "any-amount-is-the-tender",
    file: SETTLE,
    find: "    money.amountMinor === Math.abs(card.amountMinor) &&\n    money.currency === order.currency &&\n",
    replace: "    money.currency === order.currency &&\n",
    promise: "Money for another amount is an orphan and never a tender.",
    isBlind: false,
    courses: [],
    also: ["tests/core/tender/settle.test.ts"],
  },
  {
    name: "cash-beside-an-unknown-card",
    file: CHECK,
    find: "  if (held !== null) return held;\n",
    replace: "",
    promise: "What a card may still capture is not taken in cash.",
    isBlind: false,
    courses: [],
    also: ["tests/core/tender/decide.test.ts"],
  },
  {
    name: "second-request-at-a-reader-in-doubt",
    file: LIVE,
    find: "find((card) => isIts(card) && card.id !== ending)",
    replace: 'find((card) => isIts(card) && card.status === "requested")',
    promise: "A reader that owes a result takes no other request.",
    isBlind: false,
    courses: [],
    also: ["tests/core/tender/decide.test.ts"],
  },
  {
    name: "older-word-settles",
    file: SETTLE,
    find: "    money.result.reference !== card.watermark\n",
    replace: "    money.result.reference.length >= 0\n",
    promise: "What a reader said before the request is not its answer.",
    isBlind: false,
    courses: [],
    also: ["tests/core/tender/settle.test.ts"],
  },
];
