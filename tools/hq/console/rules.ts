/**
 * The page Rules: pricing documents that are in force and to come, what is wrong with a draft, a test cart
 * under it, imports into it, and its publication. A draft is kept in the browser; nothing of it is here.
 */
import { catalogueInForce, pricingInForce } from "../../../core/hq/in-force.ts";
import type { CatalogueStart } from "../../../core/hq/events.ts";
import type { Explained } from "../../../core/price/cart/explain.ts";
import { wallMs } from "../../../core/time.ts";
import { readCatalogue } from "../../../runtime/catalogue.ts";
import type { CatalogueItem } from "../../../runtime/catalogue.ts";
import type { Authoring } from "../authoring.ts";
import { asRules, changesOf, overlapsOf, readDocument } from "../pricing/document.ts";
import { importRules } from "../pricing/import.ts";
import type { ImportKind } from "../pricing/import.ts";
import { priceTestCart } from "../pricing/test-cart.ts";
import type { TestPriced } from "../pricing/test-cart.ts";
import type {
  CartAnswer,
  CartReason,
  CartWish,
  ImportAnswer,
  RulesAnswer,
  RulesCheck,
  RulesPublished,
  RulesVersion,
} from "./api-rules.ts";
import { currencyOf, startOf } from "./catalogue.ts";
import type { ConsoleContext } from "./context.ts";
import { doorOf, holdersPage } from "./published.ts";

/** What stands and what is to come. */
export async function rulesPage(context: ConsoleContext): Promise<RulesAnswer> {
  const door = doorOf(context);
  const now = wallMs(context.nowMs());
  const view = await door.view();
  const inForce = pricingInForce(view, now);
  const toCome = view.pricings.filter(({ startsAt }) => startsAt > now);
  return {
    inForce: inForce === null ? null : await versionOf(door, inForce),
    toCome: await Promise.all(toCome.map((its) => versionOf(door, its))),
    currency: await currencyOf(context),
    zoneMinutes: context.zoneMinutes,
    holders: (await holdersPage(context)).rows,
  };
}

async function versionOf(
  door: Authoring,
  { version, startsAt, sha256 }: CatalogueStart,
): Promise<RulesVersion> {
  const file = await door.fileOf(sha256);
  return { version, startsAtMs: startsAt, text: file === null ? null : new TextDecoder().decode(file) };
}

async function textInForce(context: ConsoleContext): Promise<string> {
  const door = doorOf(context);
  const inForce = pricingInForce(await door.view(), wallMs(context.nowMs()));
  return inForce === null ? "" : ((await versionOf(door, inForce)).text ?? "");
}

/** What is to be said of a draft. */
export async function checkRules(context: ConsoleContext, text: string): Promise<RulesCheck> {
  const read = readDocument(text);
  const changes = changesOf(await textInForce(context), text);
  if (!read.ok) return { problems: read.problems, overlaps: [], changes };
  return { problems: [], overlaps: overlapsOf(read.value), changes };
}

/** A draft to the terminals, from a start on; shown first, and published where it is confirmed. */
export async function publishRules(
  context: ConsoleContext,
  text: string,
  startsAt: string,
  isConfirmed: boolean,
): Promise<RulesPublished> {
  const door = doorOf(context);
  const startsAtMs = startOf(context, startsAt);
  const check = await checkRules(context, text);
  const preview = { ...check, startsAtMs, refusal: YES, version: null, seq: null };
  if (check.problems.length > 0 || !isConfirmed) return preview;
  const authored = await door.publishPricing(new TextEncoder().encode(text), startsAtMs);
  if (!authored.ok) return { ...preview, refusal: { code: authored.code, detail: authored.message } };
  const { version, position } = authored;
  context.log(`console: pricing rules were published as version ${version}`);
  return { ...preview, version, seq: position.seq };
}

const YES = { code: "", detail: "" };

/** Items of the catalogue in force, by sku. */
export async function itemsOf(context: ConsoleContext): Promise<ReadonlyMap<string, CatalogueItem>> {
  const door = doorOf(context);
  const catalogue = catalogueInForce(await door.view(), wallMs(context.nowMs()));
  const file = catalogue === null ? null : await door.fileOf(catalogue.sha256);
  const read = file === null ? null : readCatalogue(new TextDecoder().decode(file), "en");
  return read?.ok === true ? read.value.bySku : new Map();
}

/** The test cart under a draft. Items that no catalogue has are left out. */
export async function priceCartUnder(
  context: ConsoleContext,
  text: string,
  wish: CartWish,
): Promise<CartAnswer> {
  const read = readDocument(text);
  if (!read.ok) return { ...NOTHING_PRICED, problems: read.problems };
  const items = await itemsOf(context);
  const lines = wish.lines.flatMap(({ sku, quantityMilli }) => {
    const item = items.get(sku);
    return item === undefined || quantityMilli <= 0 ? [] : [{ item, quantityMilli }];
  });
  const { currency } = read.value;
  if (lines.length === 0) return { ...NOTHING_PRICED, currency };
  const { store, channel, tier, guestCount, coupons } = wish;
  const at = wallMs(startOf(context, wish.at) ?? context.nowMs());
  const { zoneMinutes } = context;
  const cart = { lines, at, store, channel, tier, guestCount, coupons, zoneMinutes };
  return cartAnswer(currency, lines, priceTestCart(cart, asRules(read.value, text, 0)));
}

const NOTHING_PRICED: CartAnswer = {
  problems: [],
  refusal: "",
  currency: "",
  lines: [],
  totals: null,
  explained: null,
};

function cartAnswer(
  currency: string,
  wanted: readonly { readonly item: CatalogueItem }[],
  answer: TestPriced,
): CartAnswer {
  if (!answer.ok) return { ...NOTHING_PRICED, currency, refusal: answer.code };
  const { cart, lines, totals } = answer.priced;
  return {
    ...NOTHING_PRICED,
    currency,
    lines: lines.map((line, index) => ({
      sku: wanted[index]?.item.sku ?? "",
      name: wanted[index]?.item.name ?? "",
      quantityMilli: line.quantityMilli,
      listMinor: String(line.listMinor),
      grossMinor: String(line.grossMinor),
      shares: line.shares.map(({ promotion, amountMinor }) => ({
        promotion,
        amountMinor: String(amountMinor),
      })),
      netMinor: String(line.netMinor),
      taxMinor: String(line.taxMinor),
    })),
    totals: {
      grossMinor: String(totals.grossMinor),
      discountMinor: String(totals.discountMinor),
      feesMinor: String(totals.feesMinor),
      taxMinor: String(totals.taxMinor),
      isTaxInclusive: cart.tax.isInclusive,
      totalMinor: String(totals.totalMinor),
    },
    explained: reasonOf(answer.explained),
  };
}

function reasonOf({ rule, amountMinor, insideTaxMinor, parts }: Explained): CartReason {
  return {
    rule,
    amountMinor: String(amountMinor),
    insideTaxMinor: String(insideTaxMinor),
    parts: parts.map(reasonOf),
  };
}

/** A CSV file into a draft: the draft with it, or every row that keeps it out. */
export async function importInto(
  context: ConsoleContext,
  text: string,
  kind: ImportKind,
  csv: string,
): Promise<ImportAnswer> {
  const { zoneMinutes } = context;
  const currency = currencyIn(text) ?? (await currencyOf(context));
  const imported = importRules(text, kind, csv, { currency, zoneMinutes });
  if (!imported.ok) return { refusals: imported.refusals, text: null, changes: [] };
  return { refusals: [], text: imported.text, changes: imported.changes };
}

function currencyIn(text: string): string | null {
  return /"currency"\s*:\s*"([A-Z]{3})"/.exec(text)?.[1] ?? null;
}
