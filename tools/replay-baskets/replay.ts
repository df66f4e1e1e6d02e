/**
 * Prices every basket with the product's own rules and holds what comes of it against the file: each
 * line against what the store got for it, each basket against what its customer paid. What cannot be
 * said in a cart is named row by row with the amount that is missing; nothing is left out in silence.
 *
 * R1 What the cart comes to - what its named rows miss = what the file says, for every basket.
 */
import { refuseCart } from "../../core/price/cart/check.ts";
import { priceCart } from "../../core/price/cart/price.ts";
import type { PricedCart } from "../../core/price/cart/types.ts";
import { basketCart, couponId, couponRestId, lineIdOf } from "./basket-cart.ts";
import type { BasketCart, BasketRules, PlacedRow } from "./basket-cart.ts";
import { OfferBook } from "./offers.ts";
import type { BasketFile, BasketRow, Product } from "./rows.ts";

/** Why a row is not, or not wholly, in its cart. */
export type RowReason =
  /** An amount or a count that no till holds; the row is left out. */
  | "unreadable"
  /** Nothing sold, nothing given. */
  | "empty"
  /** A discount of the store's without anything sold. */
  | "discount_alone"
  /** A coupon is worth more than what the basket's rows cost: no till pays money out for it. */
  | "coupon_above_basket";

/** A row that cannot be represented. */
export interface NamedRow {
  readonly rowNumber: number;
  readonly basket: string;
  readonly reason: RowReason;
  readonly words: string;
  /** What the customer's total would have to be lower by. */
  readonly missingMinor: number;
}

/** A basket or a row where cart and file do not agree and no named row says why. */
export interface Disagreement {
  readonly basket: string;
  readonly words: string;
}

export interface ReplayOutcome {
  readonly basketCount: number;
  readonly rowCount: number;
  /** Baskets whose total is the file's. */
  readonly equalCount: number;
  /** Baskets that differ by exactly what their named rows miss. */
  readonly explainedCount: number;
  readonly disagreements: readonly Disagreement[];
  readonly named: readonly NamedRow[];
  /** Rows as they were placed, by form, and by who gave the store's discount. */
  readonly forms: ReadonlyMap<string, number>;
  readonly offers: ReadonlyMap<string, number>;
  /** Rows whose amount is no whole number of cents a piece. */
  readonly stepped: readonly PlacedRow[];
  /** Coupons of which other goods of the basket bear a part. */
  readonly spreadCount: number;
  /** What customers paid by the file, by the carts, and what named rows miss. */
  readonly fileMinor: number;
  readonly cartMinor: number;
  readonly missingMinor: number;
  readonly storeOffMinor: number;
  readonly couponOffMinor: number;
}

/** Below it fuel is counted in sales, from it on in thousandths of a gallon. */
const FUEL_THOUSANDTHS_COUNT_MIN = 100;

/** The whole file, basket by basket; at most `basketCountMax` of them. `onBasket` is told how many are done. */
export function replayBaskets(
  file: BasketFile,
  products: ReadonlyMap<string, Product>,
  basketCountMax: number = Number.POSITIVE_INFINITY,
  onBasket: (doneCount: number) => void = () => undefined,
): ReplayOutcome {
  const isFuel = (row: BasketRow): boolean => products.get(row.product)?.type.startsWith("GASOLINE") === true;
  const isPieces = (row: BasketRow): boolean =>
    !isFuel(row) || row.quantityCount < FUEL_THOUSANDTHS_COUNT_MIN;
  const book = new OfferBook(file.rows, isPieces);
  const rules: BasketRules = {
    categoryOf: (row) => products.get(row.product)?.category || "none",
    isPieces,
    offerOf: (row) => book.offerOf(row),
  };
  const baskets = Map.groupBy(file.rows, ({ basket }) => basket);
  const ids = new Set([...baskets.keys(), ...file.unread.map(({ basket }) => basket)]);
  const taken = new Set([...ids].slice(0, Math.min(basketCountMax, ids.size)));
  const tally = new Tally();
  for (const { rowNumber, basket, why } of file.unread)
    if (taken.has(basket))
      tally.name({ rowNumber, basket, reason: "unreadable", words: why, missingMinor: 0 });
  for (const id of taken) {
    tally.take(id, baskets.get(id) ?? [], rules);
    onBasket(tally.basketCount);
  }
  return tally.outcome();
}

/** The customer's total by the file. */
function paidMinor(rows: readonly BasketRow[]): number {
  return rows.reduce((total, { salesMinor, couponMinor }) => total + salesMinor - couponMinor, 0);
}

class Tally {
  basketCount = 0;
  #rowCount = 0;
  #equalCount = 0;
  #explainedCount = 0;
  #spreadCount = 0;
  readonly #sums = { fileMinor: 0, cartMinor: 0, missingMinor: 0, storeOffMinor: 0, couponOffMinor: 0 };
  readonly #named: NamedRow[] = [];
  readonly #disagreements: Disagreement[] = [];
  readonly #stepped: PlacedRow[] = [];
  readonly #forms = new Map<string, number>();
  readonly #offers = new Map<string, number>();

  name(row: NamedRow): void {
    this.#named.push(row);
    if (row.reason === "unreadable") this.#rowCount += 1;
    this.#sums.missingMinor += row.missingMinor;
  }

  take(basket: string, rows: readonly BasketRow[], rules: BasketRules): void {
    this.basketCount += 1;
    this.#rowCount += rows.length;
    const made = basketCart(rows, rules);
    const refusal = refuseCart(made.cart, null);
    if (refusal !== null) {
      this.#disagree(basket, `${refusal.code} at ${refusal.path}`);
      return;
    }
    const priced = priceCart(made.cart);
    for (const placed of made.placed) this.#placed(placed);
    const missingMinor = this.#coupons(basket, made, priced);
    this.#lines(basket, made, priced);
    this.#total(basket, { file: paidMinor(rows), cart: priced.totals.totalMinor, missing: missingMinor });
  }

  outcome(): ReplayOutcome {
    return {
      basketCount: this.basketCount,
      rowCount: this.#rowCount,
      equalCount: this.#equalCount,
      explainedCount: this.#explainedCount,
      disagreements: this.#disagreements,
      named: this.#named,
      forms: this.#forms,
      offers: this.#offers,
      stepped: this.#stepped,
      spreadCount: this.#spreadCount,
      ...this.#sums,
    };
  }

  #placed(placed: PlacedRow): void {
    const { row, form, offer } = placed;
    count(this.#forms, form);
    if (offer !== null) count(this.#offers, offer);
    if (form === "line_with_step") this.#stepped.push(placed);
    const common = { rowNumber: row.rowNumber, basket: row.basket };
    if (form === "empty")
      this.name({ ...common, reason: "empty", words: "nothing sold, nothing given", missingMinor: 0 });
    if (form === "discount_alone")
      this.name({
        ...common,
        reason: "discount_alone",
        words: `${row.storeOffMinor + row.matchMinor} cents off nothing`,
        missingMinor: 0,
      });
  }

  /** What coupons gave, and by row what they could not give. */
  #coupons(basket: string, made: BasketCart, priced: PricedCart): number {
    let missingMinor = 0;
    const given = new Map(priced.applied.map((its) => [its.promotion, its.givenMinor]));
    for (const { row } of made.placed) {
      if (row.couponMinor === 0) continue;
      const restMinor = given.get(couponRestId(row)) ?? 0;
      const givenMinor = (given.get(couponId(row)) ?? 0) + restMinor;
      this.#sums.couponOffMinor += givenMinor;
      if (restMinor > 0) this.#spreadCount += 1;
      const lostMinor = row.couponMinor - givenMinor;
      if (lostMinor === 0) continue;
      missingMinor += lostMinor;
      const words = `coupon of ${row.couponMinor} cents, of which the basket bears ${givenMinor}`;
      const { rowNumber } = row;
      this.name({ rowNumber, basket, reason: "coupon_above_basket", words, missingMinor: lostMinor });
    }
    return missingMinor;
  }

  /** Each line without coupons is what the store got; what the store gave is what the file says. */
  #lines(basket: string, made: BasketCart, priced: PricedCart): void {
    const lines = new Map(priced.lines.map((line) => [line.source, line]));
    for (const { row, stepMinor } of made.placed) {
      const line = lines.get(lineIdOf(row));
      if (line === undefined) continue;
      const isCoupon = (id: string): boolean => id.startsWith("coupon");
      const own = line.shares.filter(({ promotion }) => !isCoupon(promotion));
      const storeOffMinor = own.reduce((total, its) => total + its.amountMinor, 0) - stepMinor;
      this.#sums.storeOffMinor += storeOffMinor;
      const salesMinor = line.grossMinor - stepMinor - storeOffMinor;
      if (salesMinor !== row.salesMinor || storeOffMinor !== row.storeOffMinor + row.matchMinor)
        this.#disagree(basket, `row ${row.rowNumber}: ${salesMinor} cents, by the file ${row.salesMinor}`);
    }
  }

  // R1
  #total(basket: string, { file, cart, missing }: Record<"file" | "cart" | "missing", number>): void {
    this.#sums.fileMinor += file;
    this.#sums.cartMinor += cart;
    if (cart === file) this.#equalCount += 1;
    else if (cart - missing === file) this.#explainedCount += 1;
    else this.#disagree(basket, `${cart} cents, by the file ${file}, named rows miss ${missing}`);
  }

  #disagree(basket: string, words: string): void {
    this.#disagreements.push({ basket, words });
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
