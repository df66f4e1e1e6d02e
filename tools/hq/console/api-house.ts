/**
 * What the console's server and its pages say to each other about people, the house's rules and what
 * headquarters said to its terminals. Types alone, in the manner of api.ts. No PIN, salt or hash is in
 * any answer.
 */

/** What a terminal holds of headquarters' own journal. */
export interface HolderRow {
  readonly terminal: string;
  /** Its seq there; null where it has not asked since headquarters' start. */
  readonly seq: number | null;
  /** The newest version among it; 0 for none, null where it is not known. */
  readonly version: number | null;
  readonly isCurrent: boolean;
  /** It lacks the end of a file that it asked for: until then it sells from what it has. */
  readonly isFetching: boolean;
  /** When it said so. */
  readonly atMs: number | null;
}

/** Who holds what, beside what there is. */
export interface HoldersAnswer {
  readonly newestSeq: number;
  readonly newestVersion: number;
  readonly rows: readonly HolderRow[];
}

/** One publication. */
export interface SaidRow {
  readonly seq: number;
  readonly type: string;
  readonly atMs: number;
  /** 0 where it is no version. */
  readonly version: number;
  readonly startsAtMs: number | null;
  readonly subjects: readonly string[];
  readonly count: number;
  /** Terminals that hold it, of those that are known. */
  readonly heldCount: number;
  readonly terminalCount: number;
}

/** A clerk as headquarters has it. */
export interface StaffRow {
  readonly clerk: string;
  readonly name: string;
  readonly rights: readonly string[];
  readonly hasPin: boolean;
  /** False for somebody who works here no more. */
  readonly isHere: boolean;
  /** Terminals on which wrong PINs locked this clerk out. */
  readonly lockedOn: readonly string[];
}

/** The page Staff. */
export interface StaffAnswer {
  readonly rows: readonly StaffRow[];
  /** Every right there is. */
  readonly rights: readonly string[];
}

/** The rules of the house; null where each terminal's own configuration stands. */
export interface SettingsAnswer {
  readonly needsShift: boolean | null;
  /** An increment of 1 rounds nothing. */
  readonly cashRounding: { readonly incrementMinor: number; readonly tie: "up" | "down" } | null;
  readonly dayStartMinutes: number | null;
  readonly currency: string;
}

/** Why a word was not published; the page has words for the code. */
export interface WordRefusal {
  readonly code: string;
  readonly detail: string;
}

/** One thing that a word changes. Texts that are words of the page say so. */
export interface WordChange {
  readonly what: string;
  readonly subject: string;
  readonly before: string;
  readonly after: string;
  readonly isWord: boolean;
}

/** What a word would change, or did. */
export interface WordAnswer {
  readonly refusals: readonly WordRefusal[];
  readonly changes: readonly WordChange[];
  /** Of headquarters' own journal; null for a preview. */
  readonly seq: number | null;
}

/** What somebody said last of an item. */
export interface SoldOutWord {
  readonly isSoldOut: boolean;
  readonly atMs: number;
}

/** An item of which somebody said that it is off sale, or on sale again. */
export interface SoldOutRow {
  readonly sku: string;
  readonly name: string;
  /** Headquarters' own word, null where it said none. */
  readonly headquarters: SoldOutWord | null;
  readonly terminals: readonly (SoldOutWord & { readonly terminal: string; readonly clerk: string })[];
}

/** A case of a card as it stands now. */
export interface CardCaseRow {
  readonly id: string;
  /** The name of the record that said it last. */
  readonly type: string;
  readonly terminal: string;
  readonly atMs: number;
  readonly clerk: string;
  /** Empty of a reader's end of day, as is the tender. */
  readonly order: string;
  readonly tender: string;
  readonly reader: string;
  readonly label: string;
  readonly currency: string;
  /** Decimal digits with a sign, as MinorText; empty of a day. */
  readonly minor: string;
  /** Brand and last four; empty before an approval. */
  readonly card: string;
  /** A code or a reason. */
  readonly detail: string;
  /** A status of a card tender, or "overridden", or "differs" of a day. */
  readonly state: string;
  /** Whether a person still has to see to it. */
  readonly isOpen: boolean;
  /** What a day did not agree about. */
  readonly differences: readonly {
    readonly kind: string;
    readonly brand: string;
    readonly minor: string;
  }[];
}
