/**
 * Promotions and tax rates as CSV files, into the fields of a document of pricing rules. What a file says
 * of one name replaces what the document said; the rest of the document stays.
 */
import { compact, tableOf } from "./import-table.ts";
import type { Cells, ImportShop, RowRefusal } from "./import-table.ts";

type Json = Readonly<Record<string, unknown>>;

/** Entries with the row that each comes from, and what is wrong with the file itself. */
export interface ImportRead {
  readonly entries: readonly { readonly id: string; readonly row: number; readonly json: Json }[];
  readonly refusals: RowRefusal[];
}

/** Columns of promotions; only id and kind must be there. */
export const PROMOTION_COLUMNS = [
  "id",
  "name_en",
  "name_zh",
  "kind",
  "percent",
  "amount",
  "bar",
  "take",
  "free",
  "steps",
  "times_max",
  "per",
  "group",
  "priority",
  "categories",
  "skus",
  "excluded",
  "from",
  "until",
  "weekdays",
  "hours",
  "stores",
  "channels",
  "tiers",
  "codes",
] as const;

/** Columns of tax rates; id and rate must be there. Rows of one id are its rates, one after the other. */
export const TAX_COLUMNS = ["id", "categories", "skus", "excluded", "from", "rate"] as const;

/** Kinds that one row can say. A bundle has parts of its own: it is written in the console. */
const KINDS = [
  "line_percent",
  "line_fixed",
  "second_at",
  "cheapest_free",
  "n_for_price",
  "order_percent",
  "spend_once",
  "spend_every",
  "spend_ladder",
];

/** Promotions of a file. */
export function readPromotionRows(text: string, shop: ImportShop): ImportRead {
  const { rows, refusals } = tableOf(text, PROMOTION_COLUMNS, ["id", "kind"], shop);
  const seen = new Map<string, number>();
  const entries = rows.map((cells) => {
    const id = cells.needed("id");
    const before = seen.get(id);
    if (before !== undefined) cells.refuse("id", "import/repeated", `${id} stands in row ${before} already`);
    seen.set(id, cells.row);
    return { id, row: cells.row, json: promotionOf(id, cells) };
  });
  return { entries, refusals };
}

function promotionOf(id: string, cells: Cells): Json {
  const kind = cells.needed("kind");
  if (kind === "bundle") cells.refuse("kind", "import/bundle", "A bundle has parts: write it in the console");
  else if (kind !== "" && !KINDS.includes(kind))
    cells.refuse("kind", "import/unknown_value", `Kinds are ${KINDS.join(", ")}`);
  const text = (key: string): string | undefined => (cells.text(key) === "" ? undefined : cells.text(key));
  return compact({
    id,
    nameEn: text("name_en"),
    nameZh: text("name_zh"),
    kind,
    offPpm: cells.percent("percent"),
    [kind === "n_for_price" ? "priceMinor" : "offMinor"]: cells.amount("amount"),
    barMinor: cells.amount("bar"),
    takeCount: cells.count("take"),
    freeCount: cells.count("free"),
    steps: kind === "spend_ladder" ? stepsOf(cells) : undefined,
    timesCountMax: cells.count("times_max"),
    per: text("per"),
    group: text("group"),
    priorityIndex: cells.count("priority"),
    ...selectionOf(cells),
    fromMs: cells.instant("from"),
    untilMs: cells.instant("until"),
    weekdays: cells.names("weekdays")?.map(Number),
    dayParts: dayPartsOf(cells),
    stores: cells.names("stores"),
    channels: cells.names("channels"),
    tiers: cells.names("tiers"),
    couponCodes: cells.names("codes"),
  });
}

function selectionOf(cells: Cells): Json {
  return {
    categories: cells.names("categories"),
    skus: cells.names("skus"),
    excludedCategories: cells.names("excluded"),
  };
}

// "100:10; 200:30"
function stepsOf(cells: Cells): readonly Json[] | undefined {
  return cells.names("steps")?.map((step) => {
    const [bar = "", off = "", ...rest] = step.split(":").map((part) => part.trim());
    const [barMinor, offMinor] = [cells.amountIn("steps", bar), cells.amountIn("steps", off)];
    if (rest.length > 0) cells.refuse("steps", "import/steps", `${step} is no step such as 100:10`);
    return { barMinor: barMinor ?? 0, offMinor: offMinor ?? 0 };
  });
}

// "17:00-19:00; 22:00-02:00"
function dayPartsOf(cells: Cells): readonly Json[] | undefined {
  return cells.names("hours")?.map((part) => {
    const [, fromHour, fromMinute, untilHour, untilMinute] =
      /^(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})$/.exec(part) ?? [];
    const minutes = (hour: string | undefined, minute: string | undefined): number =>
      Number(hour ?? Number.NaN) * 60 + Number(minute ?? Number.NaN);
    const [from, until] = [minutes(fromHour, fromMinute), minutes(untilHour, untilMinute)];
    if (Number.isNaN(from) || Number.isNaN(until))
      cells.refuse("hours", "import/hours", `${part} is no part of a day such as 17:00-19:00`);
    return { fromMinute: Number.isNaN(from) ? 0 : from, untilMinute: Number.isNaN(until) ? 0 : until };
  });
}

/** Tax rows of a file. */
export function readTaxRows(text: string, shop: ImportShop): ImportRead {
  const { rows, refusals } = tableOf(text, TAX_COLUMNS, ["id", "rate"], shop);
  const entries = new Map<string, { id: string; row: number; json: Json; rates: Json[] }>();
  for (const cells of rows) {
    const id = cells.needed("id");
    const ratePpm = cells.percent("rate");
    if (cells.text("rate") === "") cells.refuse("rate", "import/missing", "This cell must not be empty");
    const rate = compact({ fromMs: cells.instant("from"), ratePpm });
    const json = compact({ id, ...selectionOf(cells) });
    const known = entries.get(id);
    if (known === undefined) entries.set(id, { id, row: cells.row, json, rates: [rate] });
    else {
      if (JSON.stringify(known.json) !== JSON.stringify(json))
        cells.refuse("id", "import/selection", `${id} selects other goods in row ${known.row}`);
      known.rates.push(rate);
    }
  }
  return {
    entries: [...entries.values()].map(({ id, row, json, rates }) => ({ id, row, json: { ...json, rates } })),
    refusals,
  };
}
