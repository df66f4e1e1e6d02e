/**
 * A second opinion on prices: slow, naive, in bigint rationals, written from the arithmetic's text
 * alone. It knows the shapes of a cart and nothing of the engine: units are laid out one by one,
 * every combination of promotions is tried, every leftover unit is handed out in a loop.
 */
import type {
  Cart,
  CartLine,
  Percent,
  Promotion,
  RoundingForm,
  Selection,
} from "../../core/price/cart/types.ts";
import { at, MILLION, round, spread, spreadCapped, total, upTo } from "./price-reference-math.ts";
import type { Mode } from "./price-reference-math.ts";

type Big = bigint;

/** A priced line as the reference sees it. */
export interface ReferenceLine {
  readonly id: string;
  readonly gross: number;
  readonly shares: readonly (readonly [string, number])[];
  readonly net: number;
  readonly tax: number;
  readonly fees: readonly (readonly [string, number, number])[];
}

/** A priced cart as the reference sees it. */
export interface Reference {
  readonly lines: readonly ReferenceLine[];
  readonly tip: number;
  readonly rounding: number;
  readonly total: number;
}

interface Row {
  readonly source: CartLine;
  readonly id: string;
  readonly isUnits: boolean;
  readonly rate: Big;
  readonly list: Big;
  readonly gross: Big;
  left: Big;
  /** Gross without what the line stages and the sets took. */
  bar: Big;
  usedUnits: number;
  readonly shares: [string, number][];
}

function rowsOf(cart: Cart): Row[] {
  return cart.lines.flatMap((line) => {
    const quantity = BigInt(line.quantityMilli);
    const row = (id: string, unit: Big, base: Big, rate: number, isUnits: boolean): Row => {
      const gross = upTo(base, quantity, 1000n);
      const list = upTo(unit, quantity, 1000n);
      const usedUnits = 0;
      return {
        source: line,
        id,
        isUnits,
        rate: BigInt(rate),
        list,
        gross,
        left: gross,
        bar: gross,
        usedUnits,
        shares: [],
      };
    };
    const inside = total(
      line.modifiers.filter((it) => it.taxPpm === null).map((it) => BigInt(it.unitPriceMinor)),
    );
    const list = BigInt(line.unitPriceMinor) + inside;
    const price = BigInt(line.overrideMinor ?? line.unitPriceMinor) + inside;
    const own = line.modifiers.filter((it) => it.taxPpm !== null);
    return [
      row(line.id, list, price, line.taxPpm, line.quantityMilli % 1000 === 0),
      ...own.map((it) =>
        row(
          `${line.id}/${it.id}`,
          BigInt(it.unitPriceMinor),
          BigInt(it.unitPriceMinor),
          it.taxPpm ?? 0,
          false,
        ),
      ),
    ];
  });
}

function chosen(row: Row, by: Selection): boolean {
  const { source } = row;
  if (source.kind !== "goods") return false;
  if (by.lines.length > 0 && !by.lines.includes(source.id)) return false;
  if (by.skus.length > 0 && !by.skus.includes(source.sku)) return false;
  if (by.categories.length > 0 && !by.categories.includes(source.category)) return false;
  return !by.excludedCategories.includes(source.category);
}

function percentOff(base: Big, { of, ratePpm }: Percent): Big {
  const part = round(base * BigInt(ratePpm), MILLION, "HALF_UP");
  return of === "off" ? part : base - part;
}

const STAGE_OF: Readonly<Record<Promotion["rule"]["kind"], string>> = {
  line_percent: "line_percent",
  line_fixed: "line_fixed",
  second_at: "sets",
  cheapest_free: "sets",
  n_for_price: "sets",
  bundle: "sets",
  order_percent: "order_percent",
  spend_once: "order_fixed",
  spend_every: "order_fixed",
  spend_ladder: "order_fixed",
  points: "points",
};

function take(rows: readonly Row[], shares: readonly Big[], id: string, lowersBar: boolean): void {
  rows.forEach((row, index) => {
    const share = at(shares, index);
    if (share === 0n) return;
    row.left -= share;
    if (lowersBar) row.bar -= share;
    row.shares.push([id, Number(share)]);
  });
}

interface Unit {
  readonly row: Row;
  readonly start: Big;
  readonly indexInRow: number;
  /** Its part of what the line cost when the sets began. */
  readonly value: Big;
}

/** Units still free, the dearest first. */
function unitsOf(rows: readonly Row[], starts: ReadonlyMap<Row, Big>, by: Selection): Unit[] {
  const start = (row: Row): Big => starts.get(row) ?? 0n;
  const sorted = rows
    .filter((row) => row.isUnits && chosen(row, by))
    .sort((a, b) => {
      const dearer = start(b) * BigInt(a.source.quantityMilli) - start(a) * BigInt(b.source.quantityMilli);
      if (dearer !== 0n) return dearer > 0n ? 1 : -1;
      if (start(a) !== start(b)) return start(a) < start(b) ? 1 : -1;
      if (a.source.sku !== b.source.sku) return a.source.sku < b.source.sku ? -1 : 1;
      return rows.indexOf(a) - rows.indexOf(b);
    });
  return sorted.flatMap((row) => {
    const count = row.source.quantityMilli / 1000;
    return Array.from({ length: count - row.usedUnits }, (_, offset) => {
      const index = row.usedUnits + offset;
      const value =
        upTo(start(row), BigInt(index + 1), BigInt(count)) - upTo(start(row), BigInt(index), BigInt(count));
      return { row, start: start(row), indexInRow: index, value };
    });
  });
}

function takeSet(
  rows: readonly Row[],
  starts: ReadonlyMap<Row, Big>,
  { id, rule, selection }: Promotion,
): void {
  if (rule.kind === "second_at" || rule.kind === "cheapest_free") {
    const size = rule.kind === "second_at" ? 2 : rule.takeCount;
    const free = rule.kind === "second_at" ? 1 : rule.freeCount;
    const units = unitsOf(rows, starts, selection);
    const used = units.slice(0, units.length - (units.length % size));
    const hit = new Map<Row, number>();
    used.forEach((unit, place) => {
      if (place % size >= size - free) hit.set(unit.row, (hit.get(unit.row) ?? 0) + 1);
    });
    // The first so many of a line's free units stand for those that were hit.
    const bases = rows.map((row) =>
      total(
        used
          .filter((unit) => unit.row === row)
          .slice(0, hit.get(row) ?? 0)
          .map(({ value }) => value),
      ),
    );
    const base = total(bases);
    const off = rule.kind === "second_at" ? percentOff(base, rule.percent) : base;
    take(
      rows,
      spreadCapped(
        off,
        bases,
        rows.map(({ left }) => left),
      ),
      id,
      true,
    );
    for (const { row } of used) row.usedUnits += 1;
    return;
  }
  if (rule.kind !== "n_for_price" && rule.kind !== "bundle") return;
  const parts = rule.kind === "bundle" ? rule.parts : [{ selection, unitCount: rule.takeCount }];
  // A line belongs to the first part that it fits.
  const pools = parts.map((part, index) =>
    unitsOf(
      rows.filter(
        (row) =>
          chosen(row, selection) && !parts.slice(0, index).some((other) => chosen(row, other.selection)),
      ),
      starts,
      part.selection,
    ),
  );
  const taken: Unit[] = [];
  let sets = 0n;
  for (;;) {
    if (pools.some((pool, index) => pool.length < at(parts, index).unitCount)) break;
    const set = pools.flatMap((pool, index) => pool.slice(0, at(parts, index).unitCount));
    if (total(set.map(({ value }) => value)) <= BigInt(rule.priceMinor)) break;
    pools.forEach((pool, index) => pool.splice(0, at(parts, index).unitCount));
    taken.push(...set);
    sets += 1n;
  }
  const off = total(taken.map(({ value }) => value)) - sets * BigInt(rule.priceMinor);
  const weights = rows.map((row) => {
    const count = taken.filter((unit) => unit.row === row).length;
    const whole = BigInt(Math.max(Math.floor(row.source.quantityMilli / 1000), 1));
    const from = BigInt(row.usedUnits);
    return count === 0 ? 0n : upTo(row.list, from + BigInt(count), whole) - upTo(row.list, from, whole);
  });
  take(
    rows,
    spreadCapped(
      off,
      weights,
      rows.map(({ left }) => left),
    ),
    id,
    true,
  );
  for (const { row } of taken) row.usedUnits += 1;
}

function spendOff(bar: Big, rule: Promotion["rule"]): Big {
  if (rule.kind === "spend_once") return bar >= BigInt(rule.barMinor) ? BigInt(rule.offMinor) : 0n;
  if (rule.kind === "spend_every") {
    let off = 0n;
    for (let times = 1; times <= (rule.timesCountMax ?? Number.MAX_SAFE_INTEGER); times += 1) {
      if (bar < BigInt(times) * BigInt(rule.barMinor)) break;
      off += BigInt(rule.offMinor);
    }
    return off;
  }
  if (rule.kind !== "spend_ladder") return 0n;
  let best: { readonly bar: Big; readonly off: Big } | null = null;
  for (const step of rule.steps) {
    if (bar < BigInt(step.barMinor)) continue;
    if (best === null || BigInt(step.barMinor) > best.bar)
      best = { bar: BigInt(step.barMinor), off: BigInt(step.offMinor) };
  }
  return best?.off ?? 0n;
}

function takeOne(rows: readonly Row[], promotion: Promotion, starts: ReadonlyMap<Row, Big>): void {
  const { id, rule, selection } = promotion;
  const mine = rows.filter((row) => chosen(row, selection));
  const lefts = mine.map(({ left }) => left);
  const bar = total(mine.map((row) => row.bar));
  switch (rule.kind) {
    case "line_percent":
      return take(mine, spreadCapped(percentOff(total(lefts), rule.percent), lefts, lefts), id, true);
    case "line_fixed":
      for (const row of mine) {
        const off =
          rule.per === "line"
            ? BigInt(rule.offMinor)
            : upTo(BigInt(rule.offMinor), BigInt(row.source.quantityMilli), 1000n);
        take([row], [off < row.left ? off : row.left], id, true);
      }
      return;
    case "order_percent":
      if (bar < BigInt(rule.barMinor)) return;
      return take(mine, spreadCapped(percentOff(total(lefts), rule.percent), lefts, lefts), id, false);
    case "points": {
      const worth = (BigInt(rule.pointsCount) * BigInt(rule.worthMinor)) / BigInt(rule.perCount);
      const limit = (total(lefts) * BigInt(rule.limitPpm)) / MILLION;
      return take(mine, spreadCapped(worth < limit ? worth : limit, lefts, lefts), id, false);
    }
    case "spend_once":
    case "spend_every":
    case "spend_ladder":
      return take(
        mine,
        spreadCapped(
          spendOff(bar, rule),
          mine.map((row) => row.bar),
          lefts,
        ),
        id,
        false,
      );
    default:
      return takeSet(rows, starts, promotion);
  }
}

const first = (a: Promotion, b: Promotion): number =>
  a.priorityIndex - b.priorityIndex || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

function withPromotions(cart: Cart, promotions: readonly Promotion[]): Row[] {
  const rows = rowsOf(cart);
  for (const { stage } of cart.pipeline.stages) {
    const starts = new Map(rows.map((row) => [row, row.left]));
    const mine = promotions.filter((it) => (it.stage ?? STAGE_OF[it.rule.kind]) === stage);
    for (const promotion of mine.sort(first)) takeOne(rows, promotion, starts);
  }
  return rows;
}

function taxes(
  cart: Cart,
  rows: readonly { readonly left: Big; readonly rate: Big; readonly isTaxed: boolean }[],
): Big[] {
  const { isInclusive, grain, rounding } = cart.tax;
  const of = (amount: Big, rate: Big): Big =>
    isInclusive ? round(amount * rate, MILLION + rate, rounding) : round(amount * rate, MILLION, rounding);
  if (grain === "line") return rows.map((row) => (row.isTaxed ? of(row.left, row.rate) : 0n));
  const result = rows.map(() => 0n);
  for (const rate of new Set(rows.map((row) => row.rate))) {
    const weights = rows.map((row) => (row.isTaxed && row.rate === rate ? row.left : 0n));
    spread(of(total(weights), rate), weights).forEach((tax, index) => {
      result[index] = at(result, index) + tax;
    });
  }
  return result;
}

const taxRows = (rows: readonly Row[]) =>
  rows.map((row) => ({ left: row.left, rate: row.rate, isTaxed: row.source.kind !== "gift_card" }));

function costOf(cart: Cart, rows: readonly Row[]): Big {
  const net = total(rows.map(({ left }) => left));
  return cart.tax.isInclusive ? net : net + total(taxes(cart, taxRows(rows)));
}

function mayStack(cart: Cart, promotions: readonly Promotion[]): boolean {
  const groups = promotions.map(({ group }) => group);
  if (new Set(groups).size < groups.length) return false;
  return groups.length < 2 || groups.every((group) => cart.stackableGroups?.includes(group) ?? true);
}

/** Those that count: all without a group, and the winners. */
function winners(cart: Cart): Promotion[] {
  const free = cart.promotions.filter(({ group }) => group === "");
  const grouped = cart.promotions
    .filter((it) => it.group !== "" && rowsOf(cart).some((row) => chosen(row, it.selection)))
    .sort(first);
  if (cart.choice === "priority") {
    const won: Promotion[] = [];
    for (const promotion of grouped) {
      if (!mayStack(cart, [...won, promotion])) continue;
      const rows = withPromotions(cart, [...free, ...won, promotion]);
      if (rows.some((row) => row.shares.some(([id]) => id === promotion.id))) won.push(promotion);
    }
    return [...free, ...won];
  }
  const candidates = grouped.slice(0, 8);
  let best: { readonly cost: Big; readonly ids: string[]; readonly set: Promotion[] } | null = null;
  for (let bits = 0; bits < 2 ** candidates.length; bits += 1) {
    const set = candidates.filter((_, index) => Math.floor(bits / 2 ** index) % 2 === 1);
    if (!mayStack(cart, set)) continue;
    const cost = costOf(cart, withPromotions(cart, [...free, ...set]));
    const ids = set.map(({ id }) => id).sort();
    const isBetter =
      best === null ||
      cost < best.cost ||
      (cost === best.cost &&
        (ids.length < best.ids.length || (ids.length === best.ids.length && ids < best.ids)));
    if (isBetter) best = { cost, ids, set };
  }
  return [...free, ...(best?.set ?? [])];
}

const FORMS: Readonly<Record<RoundingForm, readonly [drop: number, mode: Mode]>> = {
  drop_cents: [1, "DOWN"],
  drop_tenths: [0, "DOWN"],
  nearest_tenth: [1, "HALF_UP"],
  nearest_unit: [0, "HALF_UP"],
  up_to_tenth: [1, "UP"],
  up_to_unit: [0, "UP"],
};

/** The cart's money. `exponent`: digits behind the currency's point. */
export function referencePrice(cart: Cart, exponent: number): Reference {
  const rows = withPromotions(cart, winners(cart));
  let lineTaxes = taxes(cart, taxRows(rows));
  const isGoods = (row: Row): boolean => row.source.kind === "goods";
  const goods = rows.filter(isGoods);
  const goodsNet = total(goods.map(({ left }) => left));
  const bearers = goods.length > 0 ? goods : rows;
  const bearersNet = total(bearers.map(({ left }) => left));
  const fees = new Map<Row, [string, number, number][]>(rows.map((row) => [row, []]));
  let feeSum = 0n;
  for (const fee of cart.fees) {
    if (cart.guestCount < fee.guestCountMin || rows.length === 0) continue;
    const amount =
      fee.charge.kind === "fixed"
        ? BigInt(fee.charge.amountMinor)
        : round(goodsNet * BigInt(fee.charge.ratePpm), MILLION, fee.charge.rounding);
    const rate = BigInt(fee.taxPpm ?? 0);
    const tax = round(amount * rate, cart.tax.isInclusive ? MILLION + rate : MILLION, cart.tax.rounding);
    const parts = spread(
      amount,
      bearers.map(({ left }) => (bearersNet === 0n ? 1n : left)),
    );
    const taxParts = spread(tax, parts);
    bearers.forEach((row, index) => {
      if (at(parts, index) > 0n)
        fees.get(row)?.push([fee.id, Number(at(parts, index)), Number(at(taxParts, index))]);
    });
    feeSum += amount + (cart.tax.isInclusive ? 0n : tax);
  }
  const basis = total(
    rows.map((row, index) => {
      if (!isGoods(row)) return 0n;
      const tax = at(lineTaxes, index);
      const before = cart.tax.isInclusive ? row.left - tax : row.left;
      return cart.tip?.kind === "percent" && cart.tip.basis === "after_tax" ? before + tax : before;
    }),
  );
  const tip =
    cart.tip === null
      ? 0n
      : cart.tip.kind === "fixed"
        ? BigInt(cart.tip.amountMinor)
        : round(basis * BigInt(cart.tip.ratePpm), MILLION, "HALF_UP");
  const sum = (): Big =>
    total(rows.map(({ left }) => left)) + (cart.tax.isInclusive ? 0n : total(lineTaxes)) + feeSum + tip;
  let rounding = 0n;
  if (cart.rounding !== null) {
    const [drop, mode] = FORMS[cart.rounding.form];
    const step = 10n ** BigInt(exponent - drop);
    rounding = round(sum(), step, mode) * step - sum();
    const max = cart.rounding.giftMinorMax;
    if (max !== null && -rounding > BigInt(max)) rounding = -BigInt(max);
    if (cart.rounding.asDiscount && rounding < 0n) {
      const lefts = goods.map(({ left }) => left);
      take(goods, spreadCapped(-rounding, lefts, lefts), "rounding", false);
      rounding = 0n;
      lineTaxes = taxes(cart, taxRows(rows));
    }
  }
  return {
    lines: rows.map((row, index) => ({
      id: row.id,
      gross: Number(row.gross),
      shares: row.shares,
      net: Number(row.left),
      tax: Number(at(lineTaxes, index)),
      fees: fees.get(row) ?? [],
    })),
    tip: Number(tip),
    rounding: Number(rounding),
    total: Number(sum() + rounding),
  };
}

/** One field of a line up to `part` of `whole` units, by the cumulative rule. */
export function referenceField(net: number, field: number, part: number, whole: number): number {
  const upToPart = upTo(BigInt(net), BigInt(part), BigInt(whole));
  return Number(
    net === 0 ? upTo(BigInt(field), BigInt(part), BigInt(whole)) : upTo(BigInt(field), upToPart, BigInt(net)),
  );
}
