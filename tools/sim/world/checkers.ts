/**
 * The laws of a world, one row for each. A new law is a file in checkers/ and a row here; the page of
 * faults is made from these rows. `OPEN_LAWS` names those whose part of the product does not exist yet.
 */
import { answersInTime } from "./checkers/answers-in-time.ts";
import { hqFold } from "./checkers/hq-fold.ts";
import { hqHolds } from "./checkers/hq-holds.ts";
import { journalForm } from "./checkers/journal-form.ts";
import { journalPrefix } from "./checkers/journal-prefix.ts";
import { moneyOnce } from "./checkers/money-once.ts";
import { noBugs } from "./checkers/no-bugs.ts";
import { noSecrets } from "./checkers/no-secrets.ts";
import { orderSums } from "./checkers/order-sums.ts";
import { outboxEmpty } from "./checkers/outbox-empty.ts";
import { paperOnce } from "./checkers/paper-once.ts";
import { receiptNumbers } from "./checkers/receipt-numbers.ts";
import { shownIsSafe } from "./checkers/shown-is-safe.ts";
import { stateIsFold } from "./checkers/state-is-fold.ts";
import { totals } from "./checkers/totals.ts";
import type { Checker } from "./cast.ts";

/** Every law that a world holds. */
export const CHECKERS: readonly Checker[] = [
  orderSums,
  journalForm,
  journalPrefix,
  stateIsFold,
  receiptNumbers,
  noSecrets,
  hqHolds,
  hqFold,
  moneyOnce,
  shownIsSafe,
  paperOnce,
  outboxEmpty,
  answersInTime,
  totals,
  noBugs,
];

/** A law of the design that nothing can break yet. */
export interface OpenLaw {
  readonly name: string;
  readonly promise: string;
  readonly waitsFor: string;
}

/** Laws that join with the part of the product that they are about. */
export const OPEN_LAWS: readonly OpenLaw[] = [
  { name: "A2", promise: "every journal event posts balanced double entries", waitsFor: "the ledger" },
  {
    name: "A3",
    promise: "at most one unresolved tender for a reader; no second request while unknown",
    waitsFor: "card readers",
  },
  { name: "L2", promise: "no unknown tender where the reader can be asked", waitsFor: "card readers" },
  {
    name: "L3",
    promise: "all terminals and headquarters agree on tables, stock, members and configuration",
    waitsFor: "peers",
  },
  {
    name: "Z1 (acquirer)",
    promise: "the acquirer's approvals are the captured tenders of the journals",
    waitsFor: "card readers",
  },
  { name: "Z3", promise: "stock on hand is counted less sold plus returned", waitsFor: "stock" },
  { name: "Z4", promise: "points and coupons are used once", waitsFor: "members" },
];
