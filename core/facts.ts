/**
 * Small facts that events of every kind are made of: who may do what, taxes, tenders, frontiers,
 * receipt numbers, how paper came out. Each is part of the wire form of what uses it
 * (protocol/event-parts.ts).
 */
import type { ClerkId, Epoch, TenderId, TerminalId } from "./ids.ts";
import type { Minor, Ppm } from "./money.ts";

/**
 * What a clerk may do. Checked in decide, never in a screen. "refund": a return against its receipt;
 * "drawer": cash in and out without a sale; "shift": open and close one; "stock": take an item off sale;
 * "approve": lend a right to somebody else for one action, and unlock a clerk; "discount": give a discount,
 * round what an order comes to, and say that it is not taxed.
 */
export type Right =
  | "sell"
  | "open_price"
  | "void"
  | "blind_return"
  | "reprint"
  | "refund"
  | "drawer"
  | "shift"
  | "stock"
  | "approve"
  | "training"
  | "discount";
/** A sale takes money, a return pays it back. */
export type OrderKind = "sale" | "return";
/** How money changes hands. */
export type TenderMethod = "cash" | "card";
/** Where a line's price came from: the catalogue, a clerk's hand by right and reason, or the label that a scale printed. */
export type PriceSource = "list" | "open" | "label";
/** One writer's newest event of an order that the author of a freeze held. */
export interface FrontierEntry {
  readonly terminal: TerminalId;
  readonly epoch: Epoch;
  readonly seq: number;
}
/** Sorted by terminal, then epoch; names every writer that had written to the order. */
export type Frontier = readonly FrontierEntry[];
/** Inclusive tax of one rate in a closed check: gross is netMinor + taxMinor. */
export interface TaxFact {
  readonly ratePpm: Ppm;
  readonly netMinor: Minor;
  readonly taxMinor: Minor;
}
/** One tender of a closed check. Money paid out (a return) is negative. */
export interface TenderFact {
  readonly tender: TenderId;
  readonly method: TenderMethod;
  readonly amountMinor: Minor;
}
/** Receipt numbers: a series that changes when continuity is lost, and a count without gaps in it. */
export interface ReceiptNumber {
  readonly series: string;
  readonly number: number;
}
/** The last record before an epoch, by (epoch, seq) and the chain's hash behind it. */
export interface Parent {
  readonly epoch: Epoch;
  readonly seq: number;
  readonly hash: Uint8Array;
}
/** A clerk with the rights that the staff list gave at sign-on. */
export interface ClerkGrant {
  readonly clerk: ClerkId;
  readonly name: string;
  readonly rights: readonly Right[];
}
/** The newest tap of a view that was recorded. */
export interface ViewPosition {
  readonly view: number;
  readonly n: number;
}
/** What became of a print job. "unknown": bytes were sent and the printer's word did not come back. */
export type PrintOutcome = "printed" | "failed" | "unknown";
/** How paper says that a job did not come out in one go: its rest stands below a mark, or a second whole print does. */
export type PrintMark = "none" | "resumed" | "reprinted";
/** The tap behind an event. `view` names a screen, `n` counts its taps from 1: together they make a resent tap harmless. */
export interface Cause {
  readonly view: number;
  readonly n: number;
  /** Empty before anyone signed on and for what the runtime does by itself. */
  readonly clerk: ClerkId | "";
}
