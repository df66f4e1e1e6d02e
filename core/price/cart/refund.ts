/**
 * Refunds of a priced order (ARITHMETIC sections 7 to 10), one after another, by units, by weight or by
 * amount. `keep_share` pays back what was paid for the units; `recompute` judges the discounts anew
 * on what stays. A refund that is refused changes nothing.
 *
 * R1 Under keep_share refunds in parts sum to the refund in one go, in any order (I7).
 * R2 Nothing goes back twice: not a unit, not an amount, not a tender's money (I4).
 */
import { add, minor, prefix, subtract, sum, ZERO } from "../../money.ts";
import type { Minor } from "../../money.ts";
import { cashRefund } from "./cash.ts";
import type { CashRule } from "./cash.ts";
import { earnBase, isGift, pointsEarned, pointsReturned } from "./points.ts";
import type { EarnRule } from "./points.ts";
import type { Portion } from "./portions.ts";
import { owedForLine } from "./price.ts";
import type { CartRefusal } from "./refusal.ts";
import { keptShares, recomputed } from "./refund-lines.ts";
import type { LineRefund, LinesRefunded, ReturnedLines } from "./refund-lines.ts";
import { fillRights } from "./tenders.ts";
import type { CapturedTender, FillOrder } from "./tenders.ts";
import type { PricedCart } from "./types.ts";

/** What a house decided about refunds. */
export interface RefundPolicy {
  readonly mode: "keep_share" | "recompute";
  readonly refundsFees: boolean;
  /** Refunds below it are refused, but for the last remainder. */
  readonly minimumMinor: Minor;
  readonly order: FillOrder;
  readonly cash: CashRule;
  /** Null where no points are earned. */
  readonly earn: EarnRule | null;
}

/** One refund as it is asked for. */
export interface RefundRequest {
  readonly lines: readonly LineRefund[];
  /** Tips go back only when they are named. */
  readonly includesTip: boolean;
  /** Tenders by id, for the order "operator". */
  readonly tenders: readonly string[];
}

/** What goes back to one tender. */
export interface TenderRefund {
  readonly id: string;
  readonly amountMinor: Minor;
  /** Coins that go back for it; null for everything but cash. */
  readonly cashMinor: Minor | null;
}

/** What one refund comes to. */
export interface Refunded {
  readonly ok: true;
  /** By line; empty under `recompute`, which knows only the order. */
  readonly portions: readonly Portion[];
  /** For lines, with fees when they go back and taxes that are not inside. */
  readonly linesMinor: Minor;
  readonly taxMinor: Minor;
  readonly tipMinor: Minor;
  readonly roundingMinor: Minor;
  readonly totalMinor: Minor;
  readonly tenders: readonly TenderRefund[];
  readonly pointsTakenCount: number;
  readonly pointsGivenCount: number;
  /** What the rest costs more than was paid for it; it is not asked for. */
  readonly shortMinor: Minor;
}

/** What went back so far. */
interface Ledger extends ReturnedLines {
  /** For lines and tip, before rounding. */
  readonly exactMinor: Minor;
  readonly hasTip: boolean;
  readonly tendersMinor: readonly Minor[];
  readonly pointsTakenCount: number;
  readonly pointsGivenCount: number;
}

/** Refunds in the order in which they were asked for; each is judged by what the former ones left. */
export function refundAll(
  priced: PricedCart,
  tenders: readonly CapturedTender[],
  policy: RefundPolicy,
  requests: readonly RefundRequest[],
): readonly (Refunded | CartRefusal)[] {
  let ledger: Ledger = {
    returned: new Map(),
    owedMinor: ZERO,
    exactMinor: ZERO,
    taxMinor: ZERO,
    goodsMinor: ZERO,
    pointSharesMinor: ZERO,
    hasTip: false,
    tendersMinor: tenders.map(() => ZERO),
    pointsTakenCount: 0,
    pointsGivenCount: 0,
  };
  return requests.map((request, index) => {
    const next = refundNext({ priced, tenders, policy, ledger }, request, `refunds[${index}]`);
    if (!next.ok) return next;
    ({ ledger } = next);
    return next.refunded;
  });
}

interface Situation {
  readonly priced: PricedCart;
  readonly tenders: readonly CapturedTender[];
  readonly policy: RefundPolicy;
  readonly ledger: Ledger;
}

type Next = { readonly ok: true; readonly ledger: Ledger; readonly refunded: Refunded } | CartRefusal;

function refundNext(situation: Situation, request: RefundRequest, path: string): Next {
  const { priced, policy, ledger } = situation;
  const lines =
    policy.mode === "keep_share"
      ? keptShares(priced, ledger, request.lines, policy.refundsFees, path)
      : recomputed(priced, ledger, request.lines, policy.refundsFees, path);
  if (!lines.ok) return lines;
  const money = moneyOf(situation, lines, request);
  const isLast = money.owedMinor === refundable(priced, policy.refundsFees);
  if (money.totalMinor < policy.minimumMinor && !isLast)
    return { ok: false, code: "cart/refund_below_minimum", path };
  const toTenders = refundTenders(situation, request, money.totalMinor, path);
  if (!toTenders.ok) return toTenders;
  const points = refundPoints(situation, lines.goodsMinor, lines.pointSharesMinor, toTenders.amounts);
  return {
    ok: true,
    ledger: {
      returned: lines.returned,
      owedMinor: money.owedMinor,
      exactMinor: money.exactMinor,
      taxMinor: add(ledger.taxMinor, lines.taxMinor),
      goodsMinor: add(ledger.goodsMinor, lines.goodsMinor),
      pointSharesMinor: add(ledger.pointSharesMinor, lines.pointSharesMinor),
      hasTip: ledger.hasTip || request.includesTip,
      tendersMinor: ledger.tendersMinor.map((before, index) => add(before, toTenders.amounts[index] ?? ZERO)),
      pointsTakenCount: ledger.pointsTakenCount + points.takenCount,
      pointsGivenCount: ledger.pointsGivenCount + points.givenCount,
    },
    refunded: refundedOf(lines, money, toTenders.tenders, points),
  };
}

/** What one refund comes to, and where all refunds with it are. */
interface RefundMoney {
  readonly owedMinor: Minor;
  readonly exactMinor: Minor;
  readonly tipMinor: Minor;
  readonly roundingMinor: Minor;
  readonly totalMinor: Minor;
}

function moneyOf({ priced, ledger }: Situation, lines: LinesRefunded, request: RefundRequest): RefundMoney {
  const tipMinor = request.includesTip && !ledger.hasTip ? priced.totals.tipMinor : ZERO;
  const exactMinor = sum([ledger.exactMinor, lines.owedMinor, tipMinor]);
  const roundingMinor = subtract(roundingUpTo(priced, exactMinor), roundingUpTo(priced, ledger.exactMinor));
  return {
    owedMinor: add(ledger.owedMinor, lines.owedMinor),
    exactMinor,
    tipMinor,
    roundingMinor,
    totalMinor: sum([lines.owedMinor, roundingMinor, tipMinor]),
  };
}

interface RefundPoints {
  readonly takenCount: number;
  readonly givenCount: number;
}

function refundedOf(
  lines: LinesRefunded,
  { tipMinor, roundingMinor, totalMinor }: RefundMoney,
  tenders: readonly TenderRefund[],
  { takenCount, givenCount }: RefundPoints,
): Refunded {
  return {
    ok: true,
    portions: lines.portions,
    linesMinor: lines.owedMinor,
    taxMinor: lines.taxMinor,
    tipMinor,
    roundingMinor,
    totalMinor,
    tenders,
    pointsTakenCount: takenCount,
    pointsGivenCount: givenCount,
    shortMinor: lines.shortMinor,
  };
}

/** 抹零 belongs to everything that was rounded: its part of `exactMinor`, by prefix. */
function roundingUpTo({ totals }: PricedCart, exactMinor: Minor): Minor {
  const wholeMinor = subtract(totals.totalMinor, totals.roundingMinor);
  return wholeMinor === 0 ? ZERO : prefix(totals.roundingMinor, exactMinor, wholeMinor);
}

/** What all lines together may give back. */
function refundable({ cart, lines }: PricedCart, refundsFees: boolean): Minor {
  return sum(lines.map((line) => owedForLine(cart, refundsFees ? line : { ...line, fees: [] })));
}

type ToTenders =
  | { readonly ok: true; readonly amounts: readonly Minor[]; readonly tenders: readonly TenderRefund[] }
  | CartRefusal;

function refundTenders(
  { tenders, policy, ledger }: Situation,
  request: RefundRequest,
  totalMinor: Minor,
  path: string,
): ToTenders {
  if (tenders.length === 0) return { ok: true, amounts: [], tenders: [] };
  const beforeOf = (index: number): Minor => ledger.tendersMinor[index] ?? ZERO;
  const rights = tenders.map(({ amountMinor }, index) => subtract(amountMinor, beforeOf(index)));
  const named = request.tenders.map((id) => tenders.findIndex((tender) => tender.id === id));
  if (named.includes(-1)) return { ok: false, code: "cart/unknown_tender", path: `${path}.tenders` };
  const amounts = fillRights(totalMinor, rights, policy.order, named);
  if (amounts === null) return { ok: false, code: "cart/refund_tenders", path };
  const refunds = tenders.map(({ id, cash }, index): TenderRefund => {
    const amountMinor = amounts[index] ?? ZERO;
    const cashMinor = cash === null ? null : cashRefund(cash, policy.cash, beforeOf(index), amountMinor);
    return { id, amountMinor, cashMinor };
  });
  return { ok: true, amounts, tenders: refunds.filter(({ amountMinor }) => amountMinor !== 0) };
}

function refundPoints(
  { priced, tenders, policy, ledger }: Situation,
  goodsMinor: Minor,
  pointSharesMinor: Minor,
  amounts: readonly Minor[],
): RefundPoints {
  const used = usedPoints(priced);
  // Judged anew, the rest may use more points than before: none are asked for.
  const sharesMinor = minor(Math.max(0, add(ledger.pointSharesMinor, pointSharesMinor)));
  const returned = pointsReturned(used.pointsCount, sharesMinor, used.givenMinor);
  const givenCount = Math.max(0, returned - ledger.pointsGivenCount);
  if (policy.earn === null) return { takenCount: 0, givenCount };
  const giftsMinor = sum(
    tenders.map((tender, index) =>
      isGift(tender) ? add(ledger.tendersMinor[index] ?? ZERO, amounts[index] ?? ZERO) : ZERO,
    ),
  );
  const baseMinor = earnBase(priced, tenders);
  const restMinor = subtract(baseMinor, subtract(add(ledger.goodsMinor, goodsMinor), giftsMinor));
  const lostCount = pointsEarned(baseMinor, policy.earn) - pointsEarned(restMinor, policy.earn);
  return { takenCount: Math.max(0, lostCount - ledger.pointsTakenCount), givenCount };
}

/** What points gave to the order, and how many they were. */
function usedPoints({ cart, applied }: PricedCart): {
  readonly pointsCount: number;
  readonly givenMinor: Minor;
} {
  const ids = new Set(cart.promotions.filter(({ rule }) => rule.kind === "points").map(({ id }) => id));
  const own = applied.filter(({ promotion }) => ids.has(promotion));
  return {
    pointsCount: own.reduce((total, its) => total + its.pointsCount, 0),
    givenMinor: minor(sum(own.map(({ givenMinor }) => givenMinor))),
  };
}
