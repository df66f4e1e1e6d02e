/**
 * `inspect price`: what core makes of a cart in JSON: every line's gross, shares, net and tax, the
 * totals, the checks of a split, tenders, refunds. It calls core and adds nothing to it.
 */
import { refuseCart } from "../../../core/price/cart/check.ts";
import { explainLine, explainTotal } from "../../../core/price/cart/explain.ts";
import type { Explained } from "../../../core/price/cart/explain.ts";
import { earnBase, pointsEarned } from "../../../core/price/cart/points.ts";
import { priceCart, tipBases } from "../../../core/price/cart/price.ts";
import type { CartRefusal } from "../../../core/price/cart/refusal.ts";
import { refundAll } from "../../../core/price/cart/refund.ts";
import { evenTenders, seatPlans, splitCart } from "../../../core/price/cart/split.ts";
import { drawStored, returnStored } from "../../../core/price/cart/stored-value.ts";
import { captureTenders } from "../../../core/price/cart/tenders.ts";
import type { CapturedTender } from "../../../core/price/cart/tenders.ts";
import { refuseLaterTip, tipAt } from "../../../core/price/cart/tips.ts";
import type { PricedCart } from "../../../core/price/cart/types.ts";
import { jsonOf } from "./cose.ts";
import { refused } from "./inspector.ts";
import type { Inspected, InspectOptions, Inspector, Json, Refused } from "./inspector.ts";
import { readAsked } from "./price-cart.ts";
import type { PriceAsked } from "./price-cart.ts";
import { Fields } from "../../../core/price/rules/fields.ts";
import type { Problem } from "../../../core/price/rules/fields.ts";
import { PRICE_SCHEMA } from "./price-schema.ts";

/** The kind. */
export const priceInspector: Inspector = {
  name: "price",
  summary: "a cart as JSON: shares, taxes, totals, checks of a split, refunds",
  options: { explain: 'WHAT     adds the tree of rules: "total", or the id of a line' },
  input: "json",
  help: PRICE_SCHEMA,
  inspect: (bytes, options) => {
    const parsed = parse(bytes);
    if (!parsed.ok) return parsed;
    const problems: Problem[] = [];
    const asked = readAsked(new Fields(parsed.value, "", problems, "cart"));
    const [problem] = problems;
    if (problem !== undefined) return { ...refused(problem.code, 0, problem.message), path: problem.path };
    const refusal = refuseCart(asked.cart, asked.cash);
    return refusal === null ? answer(asked, options) : refusedBy(refusal);
  },
};

function parse(bytes: Uint8Array): { readonly ok: true; readonly value: unknown } | Refused {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return { ok: true, value };
  } catch (cause) {
    const place = cause instanceof Error ? /position (\d+)/.exec(cause.message)?.[1] : undefined;
    return { ...refused("cart/not_json", Number(place ?? 0), "Not JSON in UTF-8"), path: "" };
  }
}

function refusedBy({ code, path }: CartRefusal): Refused {
  return { ...refused(code, 0, `Refused by the pricing rules: ${code}`), path };
}

function answer(asked: PriceAsked, options: InspectOptions): Inspected {
  const priced = priceCart(asked.cart);
  const captured = captureTenders(priced.totals.totalMinor, asked.tenders, asked.policy.cash);
  if (asked.tenders.length > 0 && !captured.ok) return refusedBy(captured);
  const tenders = captured.ok ? captured.tenders : [];
  const checks = checksOf(priced, asked);
  if (!checks.ok) return checks;
  const stored = storedOf(asked);
  if (!stored.ok) return stored;
  const explained = explainedOf(priced, options["explain"]);
  if (!explained.ok) return explained;
  return {
    ok: true,
    value: {
      kind: "price",
      currency: asked.cart.currency,
      lines: jsonOf(priced.lines),
      applied: jsonOf(priced.applied),
      totals: jsonOf(priced.totals),
      ...tendersOf(asked, tenders),
      ...checks.value,
      ...refundsOf(priced, asked, tenders),
      ...tipsOf(priced, asked),
      ...earnedOf(priced, asked, tenders),
      ...stored.value,
      ...explained.value,
    },
  };
}

type Part = { readonly [name: string]: Json };

const NOTHING: Inspected = { ok: true, value: {} };

function tendersOf({ tenders }: PriceAsked, captured: readonly CapturedTender[]): Part {
  return tenders.length === 0 ? {} : { tenders: jsonOf(captured) };
}

function checksOf(priced: PricedCart, { split, seatOf }: PriceAsked): Inspected {
  if (split === null) return NOTHING;
  if (split.kind === "even")
    return {
      ok: true,
      value: { even: jsonOf(evenTenders(priced.totals.totalMinor, split.count)) },
    };
  const plans = split.kind === "seats" ? seatPlans(priced, split.seats, seatOf) : split.checks;
  const made = splitCart(priced, plans);
  return made.ok ? { ok: true, value: { checks: jsonOf(made.checks) } } : refusedBy(made);
}

function refundsOf(priced: PricedCart, asked: PriceAsked, tenders: readonly CapturedTender[]): Part {
  if (asked.refunds.length === 0) return {};
  const refunds = refundAll(priced, tenders, asked.policy, asked.refunds).map((refund): Json => {
    if (!refund.ok) return { error: refund.code, path: refund.path };
    const { ok: _, ...said } = refund;
    return jsonOf(said);
  });
  return { refunds };
}

function tipsOf(priced: PricedCart, { cart, tipPresets, laterTip }: PriceAsked): Part {
  const { beforeTaxMinor, afterTaxMinor } = tipBases(cart, priced.lines);
  const presets = tipPresets.map((ratePpm) => ({
    ratePpm,
    beforeTaxMinor: tipAt(ratePpm, beforeTaxMinor),
    afterTaxMinor: tipAt(ratePpm, afterTaxMinor),
  }));
  const refusal =
    laterTip === null ? null : refuseLaterTip(laterTip.amountMinor, priced.totals.totalMinor, laterTip.ageMs);
  return {
    ...(presets.length === 0 ? {} : { tipPresets: jsonOf(presets) }),
    ...(laterTip === null ? {} : { laterTip: refusal === null ? { taken: true } : { error: refusal } }),
  };
}

function earnedOf(priced: PricedCart, { policy }: PriceAsked, tenders: readonly CapturedTender[]): Part {
  if (policy.earn === null) return {};
  const baseMinor = earnBase(priced, tenders);
  return { earned: { baseMinor, pointsCount: pointsEarned(baseMinor, policy.earn) } };
}

function storedOf({ stored }: PriceAsked): Inspected {
  if (stored === null) return NOTHING;
  const { amountMinor, buckets, order, returnedMinor } = stored;
  const drawn = drawStored(amountMinor, buckets, order);
  if (drawn === null || returnedMinor > amountMinor)
    return refusedBy({ ok: false, code: "cart/stored_short", path: "storedValue" });
  const back = returnStored(returnedMinor, buckets, drawn);
  const said = buckets.map(({ id }, index) => ({ id, drawnMinor: drawn[index], returnedMinor: back[index] }));
  return { ok: true, value: { storedValue: jsonOf(said) } };
}

function explainedOf(priced: PricedCart, what: string | undefined): Inspected {
  if (what === undefined) return NOTHING;
  const line = priced.lines.find(({ id }) => id === what);
  const tree: Explained | null =
    line !== undefined ? explainLine(priced.cart, line) : what === "total" ? explainTotal(priced) : null;
  return tree === null
    ? refusedBy({ ok: false, code: "cart/unknown_line", path: "--explain" })
    : { ok: true, value: { explain: jsonOf(tree) } };
}
