/**
 * What the store gave off as promotions of its own: where every sale of a product in a week had the
 * same amount off the piece, in all stores or in one, that is a promotion for the product; what is
 * left was given on the row by hand. Looks at rows only, never at what a cart comes to.
 */
import type { BasketRow } from "./rows.ts";

/** Who gave the store's discount of a row. */
export type Offer =
  | { readonly kind: "chain_promotion"; readonly id: string; readonly unitOffMinor: number }
  | { readonly kind: "store_promotion"; readonly id: string; readonly unitOffMinor: number }
  | { readonly kind: "manual" };

/** Finds the offer of a row with a discount of the store's. */
export class OfferBook {
  readonly #chain: ReadonlyMap<string, number | null>;
  readonly #store: ReadonlyMap<string, number | null>;

  /** `isPieces`: whether a row's quantity counts pieces; weighed goods have no discount by the piece. */
  constructor(rows: readonly BasketRow[], isPieces: (row: BasketRow) => boolean) {
    const sold = rows.filter(({ quantityCount }) => quantityCount > 0);
    this.#chain = agreed(sold, chainKey, isPieces);
    this.#store = agreed(sold, storeKey, isPieces);
  }

  offerOf(row: BasketRow): Offer {
    const chainOff = this.#chain.get(chainKey(row)) ?? null;
    if (chainOff !== null) return { kind: "chain_promotion", id: chainKey(row), unitOffMinor: chainOff };
    const storeOff = this.#store.get(storeKey(row)) ?? null;
    if (storeOff !== null) return { kind: "store_promotion", id: storeKey(row), unitOffMinor: storeOff };
    return { kind: "manual" };
  }
}

const chainKey = (row: BasketRow): string => `week-${row.weekNumber}:${row.product}`;
const storeKey = (row: BasketRow): string => `week-${row.weekNumber}:${row.store}:${row.product}`;

/** The amount off the piece by key; null where sales disagree, or where it is not whole cents. */
function agreed(
  rows: readonly BasketRow[],
  keyOf: (row: BasketRow) => string,
  isPieces: (row: BasketRow) => boolean,
): ReadonlyMap<string, number | null> {
  const found = new Map<string, number | null>();
  for (const row of rows) {
    const key = keyOf(row);
    const isWhole = isPieces(row) && row.storeOffMinor % row.quantityCount === 0;
    const unitOffMinor = isWhole ? row.storeOffMinor / row.quantityCount : null;
    const before = found.get(key);
    found.set(key, before === undefined || before === unitOffMinor ? unitOffMinor : null);
  }
  return found;
}
