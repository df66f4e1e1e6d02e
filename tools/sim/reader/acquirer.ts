/**
 * The acquirer: the truth about money behind every simulated reader. A ledger of what was authorised,
 * refunded, booked and taken back, by ids of its own; readers name their requests by references of theirs.
 *
 * Q1  Entries are only ever appended, and each is in the store before its answer is given.
 * Q2  The same reference of the same terminal is one request, however often it comes.
 * Q3  A reversal may overtake what it reverses: that is refused when it comes.
 * Q4  No card number is kept: brand and four digits.
 *
 * Deterministic: no clock and no chance; ids count upwards.
 */

/** Card facts that an acquirer's statement shows. */
export interface LedgerCard {
  readonly brand: string;
  readonly lastFour: string;
}

/** One line of the ledger. `ref` is the terminal's name for the request, `of` for the one that it is about. */
export type LedgerEntry = {
  readonly id: number;
  readonly terminal: string;
  readonly ref: string;
} & (
  | {
      readonly kind: "authorised" | "reserved" | "refunded";
      readonly amountMinor: number;
      readonly currency: string;
      readonly card: LedgerCard;
    }
  | { readonly kind: "booked"; readonly of: string; readonly amountMinor: number }
  | { readonly kind: "reversed"; readonly of: string; readonly reason: string }
);

/** Where entries are kept. */
export interface LedgerStore {
  /** All entries, oldest first. */
  load(): readonly LedgerEntry[];
  /** Durable when it returns. */
  append(entry: LedgerEntry): void;
}

/** A store for simulated worlds: it survives what its owner lets it survive. */
export function memoryLedgerStore(): LedgerStore {
  const entries: LedgerEntry[] = [];
  return { load: () => [...entries], append: (entry) => void entries.push(entry) };
}

/** What a terminal asks of the acquirer. `issuerCode` is what the card's bank would say, 0 for yes. */
export type AcquirerRequest =
  | {
      readonly kind: "authorise" | "reserve" | "refund";
      readonly ref: string;
      readonly amountMinor: number;
      /** ISO 4217, three letters. */
      readonly currency: string;
      readonly card: LedgerCard;
      readonly issuerCode: number;
    }
  | { readonly kind: "book"; readonly ref: string; readonly of: string; readonly amountMinor: number }
  | { readonly kind: "reverse"; readonly ref: string; readonly of: string; readonly reason: string };

/** What the acquirer says. */
export type AcquirerAnswer =
  | { readonly kind: "approved"; readonly id: number }
  /** `code` as a host gives it (1 to 99). */
  | { readonly kind: "declined"; readonly code: number; readonly text: string };

/** A request and all that happened to it. */
export interface LedgerPosition {
  readonly id: number;
  readonly terminal: string;
  readonly ref: string;
  readonly kind: "authorised" | "reserved" | "refunded";
  /** What it stands for now: of a booked reservation, what was booked. */
  readonly amountMinor: number;
  readonly currency: string;
  readonly card: LedgerCard;
  readonly state: "stands" | "held" | "reversed";
  /** Why it was taken back; empty while it stands. */
  readonly reason: string;
}

/** Codes a host declines with. */
const HOST_DECLINED = 5;
const HOST_UNKNOWN = 12;

const WORDS: ReadonlyMap<number, string> = new Map([
  [5, "Declined by the issuer"],
  [12, "No such transaction"],
  [51, "Limit exceeded"],
  [54, "Card expired"],
  [55, "Wrong PIN"],
  [62, "Card blocked"],
]);

/** One acquirer; any number of terminals. */
export class Acquirer {
  readonly #store: LedgerStore;
  readonly #entries: LedgerEntry[];
  readonly #byRef = new Map<string, LedgerEntry>();
  /** Reversals by what they reverse. */
  readonly #reversals = new Map<string, LedgerEntry>();

  constructor(store: LedgerStore) {
    this.#store = store;
    this.#entries = [...store.load()];
    for (const entry of this.#entries) this.#index(entry);
  }

  /** Answers a request; what it changes is in the store before it answers (Q1). */
  ask(terminal: string, request: AcquirerRequest): AcquirerAnswer {
    const key = keyOf(terminal, request.ref);
    if (this.#reversals.has(key)) return declined(HOST_DECLINED);
    const known = this.#byRef.get(key);
    if (known !== undefined) return { kind: "approved", id: known.id };
    switch (request.kind) {
      case "reverse":
        return this.#reverse(terminal, request);
      case "book":
        return this.#book(terminal, request);
      case "authorise":
      case "reserve":
      case "refund":
        return this.#authorise(terminal, request);
    }
  }

  /** All entries, oldest first. */
  entries(): readonly LedgerEntry[] {
    return this.#entries;
  }

  /** Each authorisation, reservation and refund with what became of it, oldest first. */
  list(): readonly LedgerPosition[] {
    const booked = new Map(
      this.#entries.flatMap((entry) =>
        entry.kind === "booked" ? [[keyOf(entry.terminal, entry.of), entry.amountMinor]] : [],
      ),
    );
    return this.#entries.flatMap((entry) => {
      if (entry.kind === "booked" || entry.kind === "reversed") return [];
      const key = keyOf(entry.terminal, entry.ref);
      const reversal = this.#reversals.get(key);
      const bookedMinor = booked.get(key);
      const isHeld = entry.kind === "reserved" && bookedMinor === undefined;
      const state = reversal === undefined ? (isHeld ? "held" : "stands") : "reversed";
      const reason = reversal?.kind === "reversed" ? reversal.reason : "";
      return [{ ...entry, amountMinor: bookedMinor ?? entry.amountMinor, state, reason } as const];
    });
  }

  /** What all card holders together have paid: what stands, refunds taken off. */
  netMinor(currency: string): number {
    return this.list()
      .filter((its) => its.state === "stands" && its.currency === currency)
      .reduce((sum, its) => sum + (its.kind === "refunded" ? -its.amountMinor : its.amountMinor), 0);
  }

  #authorise(
    terminal: string,
    request: AcquirerRequest & { readonly kind: "authorise" | "reserve" | "refund" },
  ): AcquirerAnswer {
    const { ref, amountMinor, currency, card, issuerCode } = request;
    if (issuerCode !== 0) return declined(issuerCode);
    const kind = ({ authorise: "authorised", reserve: "reserved", refund: "refunded" } as const)[
      request.kind
    ];
    return this.#add({ id: this.#nextId(), terminal, ref, kind, amountMinor, currency, card });
  }

  #book(terminal: string, request: AcquirerRequest & { readonly kind: "book" }): AcquirerAnswer {
    const { ref, of, amountMinor } = request;
    const held = this.list().find((its) => its.terminal === terminal && its.ref === of);
    if (held?.state !== "held" || amountMinor > held.amountMinor) return declined(HOST_UNKNOWN);
    return this.#add({ id: this.#nextId(), terminal, ref, kind: "booked", of, amountMinor });
  }

  #reverse(terminal: string, request: AcquirerRequest & { readonly kind: "reverse" }): AcquirerAnswer {
    const { ref, of, reason } = request;
    const known = this.#reversals.get(keyOf(terminal, of));
    if (known !== undefined) return { kind: "approved", id: known.id };
    return this.#add({ id: this.#nextId(), terminal, ref, kind: "reversed", of, reason });
  }

  #add(entry: LedgerEntry): AcquirerAnswer {
    this.#store.append(entry);
    this.#entries.push(entry);
    this.#index(entry);
    return { kind: "approved", id: entry.id };
  }

  #index(entry: LedgerEntry): void {
    this.#byRef.set(keyOf(entry.terminal, entry.ref), entry);
    if (entry.kind === "reversed") this.#reversals.set(keyOf(entry.terminal, entry.of), entry);
  }

  #nextId(): number {
    return this.#entries.length + 1;
  }
}

function keyOf(terminal: string, ref: string): string {
  return `${terminal} ${ref}`;
}

function declined(code: number): AcquirerAnswer {
  return { kind: "declined", code, text: WORDS.get(code) ?? "Declined" };
}
