/**
 * What the console's server and its pages say to each other about pricing rules: documents and what is
 * wrong with them, the test cart, imports, and the lines of a dry run's stream. Types alone, in the
 * manner of api.ts; a document travels as its text.
 */
import type { MinorText } from "./api.ts";
import type { HolderRow } from "./api-house.ts";

/** A published document. */
export interface RulesVersion {
  readonly version: number;
  readonly startsAtMs: number;
  /** Null where the file is not held. */
  readonly text: string | null;
}

/** The head of the page Rules. */
export interface RulesAnswer {
  /** Null where headquarters published none: each terminal has its own, or none. */
  readonly inForce: RulesVersion | null;
  readonly toCome: readonly RulesVersion[];
  readonly currency: string;
  readonly zoneMinutes: number;
  readonly holders: readonly HolderRow[];
}

/** What is wrong with a document, and where. */
export interface RulesProblem {
  readonly code: string;
  readonly path: string;
  readonly message: string;
}

/** Two promotions that may be in force together for the same goods. */
export interface RulesOverlap {
  readonly first: string;
  readonly second: string;
  readonly outcome: "one" | "both";
}

/** What is different from what stands. */
export interface RulesChange {
  readonly section: string;
  readonly id: string;
  readonly change: "added" | "changed" | "removed";
}

/** What is to be said of a document before it is published. */
export interface RulesCheck {
  readonly problems: readonly RulesProblem[];
  readonly overlaps: readonly RulesOverlap[];
  /** Against what is in force. */
  readonly changes: readonly RulesChange[];
}

/** A publication, or its preview. */
export interface RulesPublished extends RulesCheck {
  readonly startsAtMs: number | null;
  /** Why headquarters' journal did not take it; empty code for yes. */
  readonly refusal: { readonly code: string; readonly detail: string };
  /** Null for a preview. */
  readonly version: number | null;
  readonly seq: number | null;
}

/** A test cart as the page asks for it. */
export interface CartWish {
  readonly lines: readonly { readonly sku: string; readonly quantityMilli: number }[];
  /** "2026-12-01T18:30" in the shop's zone; empty for now. */
  readonly at: string;
  readonly store: string;
  readonly channel: string;
  readonly tier: string;
  readonly guestCount: number;
  readonly coupons: readonly string[];
}

/** One rule with what it came to. */
export interface CartReason {
  readonly rule: string;
  readonly amountMinor: MinorText;
  readonly insideTaxMinor: MinorText;
  readonly parts: readonly CartReason[];
}

/** A line of the test cart. */
export interface CartLineAnswer {
  readonly sku: string;
  readonly name: string;
  readonly quantityMilli: number;
  readonly listMinor: MinorText;
  readonly grossMinor: MinorText;
  readonly shares: readonly { readonly promotion: string; readonly amountMinor: MinorText }[];
  readonly netMinor: MinorText;
  readonly taxMinor: MinorText;
}

/** The test cart priced. */
export interface CartAnswer {
  readonly problems: readonly RulesProblem[];
  /** Why core does not price it; empty for yes. */
  readonly refusal: string;
  readonly currency: string;
  readonly lines: readonly CartLineAnswer[];
  readonly totals: {
    readonly grossMinor: MinorText;
    readonly discountMinor: MinorText;
    readonly feesMinor: MinorText;
    readonly taxMinor: MinorText;
    readonly isTaxInclusive: boolean;
    readonly totalMinor: MinorText;
  } | null;
  readonly explained: CartReason | null;
}

/** A row of a file that keeps it out. */
export interface ImportRefusal {
  readonly row: number;
  readonly key: string;
  readonly code: string;
  readonly message: string;
}

/** What an import makes of a document. */
export interface ImportAnswer {
  readonly refusals: readonly ImportRefusal[];
  /** The document with the file in it; null where it is refused. */
  readonly text: string | null;
  readonly changes: readonly RulesChange[];
}

/** A line of a changed order. */
export interface DryRunLine {
  readonly sku: string;
  readonly name: string;
  readonly quantityMilli: number;
  readonly beforeMinor: MinorText;
  readonly afterMinor: MinorText;
}

/** An order whose amount changes. */
export interface DryRunRow {
  readonly kind: "row";
  readonly receipt: string;
  readonly order: string;
  readonly atMs: number;
  readonly currency: string;
  readonly beforeMinor: MinorText;
  readonly afterMinor: MinorText;
  readonly promotions: readonly { readonly id: string; readonly givenMinor: MinorText }[];
  /** Those that change, the first of them. */
  readonly lines: readonly DryRunLine[];
}

/** How far it is; the last one is "done". */
export interface DryRunProgress {
  readonly kind: "progress" | "done";
  readonly closingCount: number;
  readonly totalCount: number;
  readonly pricedCount: number;
  readonly lineCount: number;
  readonly changedCount: number;
  readonly beforeMinor: MinorText;
  readonly afterMinor: MinorText;
  readonly leftByCode: Readonly<Record<string, number>>;
  readonly tookMs: number;
}

/** What the stream of a dry run says, one line of JSON each. */
export type DryRunSaid =
  | DryRunRow
  | DryRunProgress
  | { readonly kind: "refused"; readonly problems: readonly RulesProblem[] }
  | { readonly kind: "failed"; readonly code: string };

/** What one promotion gave. */
export interface EffectRow {
  readonly id: string;
  readonly name: string;
  readonly orderCount: number;
  readonly givenMinor: MinorText;
  readonly turnoverMinor: MinorText;
}

/** What the stream of effects says, one line of JSON each; the last one is "done" or "failed". */
export type EffectSaid =
  | {
      readonly kind: "progress" | "done";
      readonly closingCount: number;
      readonly totalCount: number;
      readonly currency: string;
      readonly effects: readonly EffectRow[];
      readonly plainCount: number;
      readonly plainMinor: MinorText;
    }
  | { readonly kind: "failed"; readonly code: string };
