/**
 * What a refund takes from the lines of an order, by the shares that were paid or by judging what
 * stays anew. Knows nothing of tenders, tips and points' rules.
 */
import { add, milli, minor, prefix, subtract, sum, ZERO } from "../../money.ts";
import type { Milli, Minor } from "../../money.ts";
import { portionBetween } from "./portions.ts";
import type { Cut, Portion } from "./portions.ts";
import { owedForLine, priceCart } from "./price.ts";
import type { CartRefusal } from "./refusal.ts";
import type { Cart, PricedCart, PricedLine } from "./types.ts";

/** Units or money of one entered line. */
export interface LineRefund {
  readonly line: string;
  /** 0 when an amount comes back. */
  readonly quantityMilli: Milli;
  /** Of the line's net; tax that is not inside goes on top. */
  readonly amountMinor: Minor;
}

/** What came back of each entered line: units, and money beside them. */
export interface ReturnedLines {
  readonly returned: ReadonlyMap<string, ReturnedLine>;
  /** What was paid back for lines so far. */
  readonly owedMinor: Minor;
  readonly taxMinor: Minor;
  readonly goodsMinor: Minor;
  readonly pointSharesMinor: Minor;
}

interface ReturnedLine {
  readonly quantityMilli: number;
  readonly amountMinor: Minor;
}

/** What one refund takes from the lines. */
export interface LinesRefunded {
  readonly ok: true;
  readonly returned: ReadonlyMap<string, ReturnedLine>;
  readonly portions: readonly Portion[];
  readonly owedMinor: Minor;
  readonly taxMinor: Minor;
  /** Of goods alone, with tax and without fees: what points were earned on. */
  readonly goodsMinor: Minor;
  /** What points had paid of it. */
  readonly pointSharesMinor: Minor;
  readonly shortMinor: Minor;
}

const NOTHING: ReturnedLine = { quantityMilli: 0, amountMinor: ZERO };

/** By the shares: each line gives back what was paid for its units. */
export function keptShares(
  { cart, lines }: Pick<PricedCart, "cart" | "lines">,
  before: ReturnedLines,
  requests: readonly LineRefund[],
  refundsFees: boolean,
  path: string,
): LinesRefunded | CartRefusal {
  const after = returnedAfter(cart, before.returned, requests, path);
  if (!after.ok) return after;
  const portions: Portion[] = [];
  for (const line of lines) {
    const index = requests.findIndex((request) => request.line === line.source);
    if (index < 0) continue;
    const from = cutOf(line, before.returned.get(line.source) ?? NOTHING);
    const to = cutOf(line, after.returned.get(line.source) ?? NOTHING);
    if (to.netMinor > line.netMinor)
      return { ok: false, code: "cart/refund_exceeds", path: `${path}.lines[${index}]` };
    portions.push(portionBetween(line, from, to));
  }
  const kept = portions.map((portion) => (refundsFees ? portion : { ...portion, fees: [] }));
  return {
    ok: true,
    returned: after.returned,
    portions: kept,
    owedMinor: sum(kept.map((portion) => owedForLine(cart, portion))),
    taxMinor: taxIn(kept),
    goodsMinor: goodsIn(cart, kept, goodsIds(lines)),
    pointSharesMinor: pointShares(cart, kept),
    shortMinor: ZERO,
  };
}

/** Anew: what was paid, without what the rest costs by itself. Never below 0. */
export function recomputed(
  priced: Pick<PricedCart, "cart" | "lines">,
  before: ReturnedLines,
  requests: readonly LineRefund[],
  refundsFees: boolean,
  path: string,
): LinesRefunded | CartRefusal {
  const { cart, lines } = priced;
  const byAmount = requests.findIndex(({ amountMinor }) => amountMinor !== 0);
  if (byAmount >= 0)
    return { ok: false, code: "cart/refund_recompute", path: `${path}.lines[${byAmount}].amountMinor` };
  const after = returnedAfter(cart, before.returned, requests, path);
  if (!after.ok) return after;
  const rest = priceCart(restOf(cart, after.returned));
  const kept = (its: readonly PricedLine[]): readonly PricedLine[] =>
    refundsFees ? its : its.map((line) => ({ ...line, fees: [] }));
  const moved = (field: (its: readonly PricedLine[]) => Minor, soFarMinor: Minor): Minor =>
    subtract(subtract(field(kept(lines)), field(kept(rest.lines))), soFarMinor);
  const owedMinor = moved((its) => sum(its.map((line) => owedForLine(cart, line))), before.owedMinor);
  const isShort = owedMinor < 0;
  const orNothing = (amountMinor: Minor): Minor => (isShort ? ZERO : amountMinor);
  return {
    ok: true,
    returned: after.returned,
    portions: [],
    owedMinor: orNothing(owedMinor),
    taxMinor: orNothing(moved(taxIn, before.taxMinor)),
    goodsMinor: orNothing(moved((its) => goodsIn(cart, its, goodsIds(lines)), before.goodsMinor)),
    pointSharesMinor: orNothing(moved((its) => pointShares(cart, its), before.pointSharesMinor)),
    shortMinor: isShort ? minor(-owedMinor) : ZERO,
  };
}

type After = { readonly ok: true; readonly returned: ReadonlyMap<string, ReturnedLine> } | CartRefusal;

function returnedAfter(
  cart: Cart,
  before: ReadonlyMap<string, ReturnedLine>,
  requests: readonly LineRefund[],
  path: string,
): After {
  const returned = new Map(before);
  if (requests.length === 0) return { ok: true, returned };
  for (const [index, { line, quantityMilli, amountMinor }] of requests.entries()) {
    const place = `${path}.lines[${index}]`;
    const sold = cart.lines.find(({ id }) => id === line);
    if (sold === undefined) return { ok: false, code: "cart/unknown_line", path: `${place}.line` };
    if (quantityMilli === 0 && amountMinor === 0)
      return { ok: false, code: "cart/refund_empty", path: place };
    const had = returned.get(line) ?? NOTHING;
    const quantity = had.quantityMilli + quantityMilli;
    if (quantity > sold.quantityMilli) return { ok: false, code: "cart/refund_exceeds", path: place };
    returned.set(line, { quantityMilli: quantity, amountMinor: add(had.amountMinor, amountMinor) });
  }
  return { ok: true, returned };
}

/** How far into a line its returns reach: its units' prefix and the money beside them. */
function cutOf(line: PricedLine, { quantityMilli, amountMinor }: ReturnedLine): Cut {
  const units = prefix(line.netMinor, quantityMilli, line.quantityMilli);
  return {
    netMinor: add(units, amountMinor),
    part: BigInt(quantityMilli),
    whole: BigInt(line.quantityMilli),
  };
}

/** The cart without what came back. Tip and rounding stay with the sale. */
function restOf(cart: Cart, returned: ReadonlyMap<string, ReturnedLine>): Cart {
  const lines = cart.lines.flatMap((line) => {
    const quantityMilli = milli(line.quantityMilli - (returned.get(line.id)?.quantityMilli ?? 0));
    return quantityMilli === 0 ? [] : [{ ...line, quantityMilli }];
  });
  return { ...cart, lines, tip: null, rounding: null };
}

type Fields = Pick<Portion, "id" | "netMinor" | "taxMinor" | "fees" | "shares">;

function taxIn(lines: readonly Fields[]): Minor {
  return sum(lines.flatMap(({ taxMinor, fees }) => [taxMinor, ...fees.map((fee) => fee.taxMinor)]));
}

function goodsIds(lines: readonly PricedLine[]): ReadonlySet<string> {
  return new Set(lines.filter(({ kind }) => kind === "goods").map(({ id }) => id));
}

function goodsIn(cart: Cart, lines: readonly Fields[], goods: ReadonlySet<string>): Minor {
  const own = lines.filter(({ id }) => goods.has(id));
  return sum(own.map((line) => owedForLine(cart, { ...line, fees: [] })));
}

function pointShares(cart: Cart, lines: readonly Fields[]): Minor {
  const points = new Set(cart.promotions.filter(({ rule }) => rule.kind === "points").map(({ id }) => id));
  const shares = lines.flatMap((line) => line.shares).filter(({ promotion }) => points.has(promotion));
  return sum(shares.map(({ amountMinor }) => amountMinor));
}
