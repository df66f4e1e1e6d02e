/**
 * The rights of a clerk as a list, for readers of the wire and for what a refusal names. What each
 * one allows is core/facts.ts.
 */
import type { Right } from "../../core/facts.ts";

/** Every right there is. */
export const RIGHTS: readonly Right[] = [
  "sell",
  "open_price",
  "void",
  "blind_return",
  "reprint",
  "refund",
  "drawer",
  "shift",
  "stock",
  "approve",
  "training",
  "discount",
];
