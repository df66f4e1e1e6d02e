/** Promotions and tax rates from CSV files: all rows or none, each wrong one by its number, column and reason. */
import { expect, test } from "vitest";
import { importRules } from "../../../../tools/hq/pricing/import.ts";
import type { ImportKind } from "../../../../tools/hq/pricing/import.ts";
import { parsed } from "../../../../tools/hq/pricing/document.ts";

const SHOP = { currency: "CNY", zoneMinutes: 480 };
const DOCUMENT = JSON.stringify({
  currency: "CNY",
  promotions: [{ id: "old", kind: "line_percent", offPpm: 50_000 }],
  tips: { presetsPpm: [100_000] },
});

function taken(kind: ImportKind, csv: string, document = DOCUMENT) {
  const imported = importRules(document, kind, csv, SHOP);
  if (!imported.ok) throw new Error(JSON.stringify(imported.refusals));
  return { document: parsed(imported.text), changes: imported.changes };
}

test("every kind that a row can say becomes its promotion, and the rest of the document stays", () => {
  const csv = [
    "id,name_zh,kind,percent,amount,bar,take,free,steps,times_max,categories,skus,from,until,weekdays,hours,codes",
    "fri,周五9折,line_percent,10,,,,,,,drink; snack,,2026-12-01,2026-12-31 22:00,5;6,17:00-19:00,",
    "cut,,line_fixed,,1.50,,,,,,,tea,,,,,",
    "second,,second_at,50%,,,,,,,,,,,,,",
    "free,,cheapest_free,,,,3,1,,,,,,,,,",
    'three,,n_for_price,,"10,00",,3,,,,,,,,,,',
    "all,,order_percent,5,,200,,,,,,,,,,,",
    "m100,满100减30,spend_once,,30,100,,,,,,,,,,,",
    "each,,spend_every,,10,50,,,,3,,,,,,,",
    "ladder,,spend_ladder,,,,,,100:10; 200:30,,,,,,,,",
    "coupon,,spend_once,,10,,,,,,,,,,,,AUTUMN10",
  ].join("\n");
  const { document, changes } = taken("promotions", csv);
  expect(document["promotions"]).toEqual([
    { id: "old", kind: "line_percent", offPpm: 50_000 },
    {
      id: "fri",
      nameZh: "周五9折",
      kind: "line_percent",
      offPpm: 100_000,
      categories: ["drink", "snack"],
      fromMs: Date.UTC(2026, 10, 30, 16),
      untilMs: Date.UTC(2026, 11, 31, 14),
      weekdays: [5, 6],
      dayParts: [{ fromMinute: 1020, untilMinute: 1140 }],
    },
    { id: "cut", kind: "line_fixed", offMinor: 150, skus: ["tea"] },
    { id: "second", kind: "second_at", offPpm: 500_000 },
    { id: "free", kind: "cheapest_free", takeCount: 3, freeCount: 1 },
    { id: "three", kind: "n_for_price", priceMinor: 1000, takeCount: 3 },
    { id: "all", kind: "order_percent", offPpm: 50_000, barMinor: 20_000 },
    { id: "m100", nameZh: "满100减30", kind: "spend_once", offMinor: 3000, barMinor: 10_000 },
    { id: "each", kind: "spend_every", offMinor: 1000, barMinor: 5000, timesCountMax: 3 },
    {
      id: "ladder",
      kind: "spend_ladder",
      steps: [
        { barMinor: 10_000, offMinor: 1000 },
        { barMinor: 20_000, offMinor: 3000 },
      ],
    },
    { id: "coupon", kind: "spend_once", offMinor: 1000, couponCodes: ["AUTUMN10"] },
  ]);
  expect(document["tips"]).toEqual({ presetsPpm: [100_000] });
  expect(changes.every(({ change }) => change === "added")).toBe(true);
});

test("a row of a known name replaces it in its place", () => {
  const { document, changes } = taken("promotions", "kind,id,percent\nline_percent,old,7.5\n");
  expect(document["promotions"]).toEqual([{ id: "old", kind: "line_percent", offPpm: 75_000 }]);
  expect(changes).toEqual([{ section: "promotions", id: "old", change: "changed" }]);
});

test("rows of one tax id are its rates, and an empty document begins with the shop's currency", () => {
  const csv = "id,categories,from,rate\nfood,food,,9%\nfood,food,2027-01-01,8.875\nrest,,,13\n";
  expect(taken("taxes", csv, "").document).toEqual({
    currency: "CNY",
    taxes: [
      {
        id: "food",
        categories: ["food"],
        rates: [{ ratePpm: 90_000 }, { fromMs: Date.UTC(2026, 11, 31, 16), ratePpm: 88_750 }],
      },
      { id: "rest", rates: [{ ratePpm: 130_000 }] },
    ],
  });
});

test.for([
  ["promotions", "id,price\na,1\n", 1, "price", "import/unknown_column"],
  ["promotions", "id,percent\na,1\n", 1, "kind", "import/missing_column"],
  ["promotions", "id,kind,kind\na,b,c\n", 1, "", "import/column_repeated"],
  ["promotions", "id,kind\n", 0, "", "import/empty"],
  ["promotions", 'id,kind\n"a,line_percent\n', 0, "", "import/quote"],
  ["promotions", "id,kind\na\n", 2, "", "import/cells"],
  ["promotions", "id,kind,percent\n,line_percent,1\n", 2, "id", "import/missing"],
  ["promotions", "id,kind\na,lottery\n", 2, "kind", "import/unknown_value"],
  ["promotions", "id,kind\na,bundle\n", 2, "kind", "import/bundle"],
  ["promotions", "id,kind,percent\na,line_percent,ten\n", 2, "percent", "import/percent"],
  ["promotions", "id,kind,amount\na,line_fixed,1.234\n", 2, "amount", "import/amount"],
  ["promotions", "id,kind,take\na,cheapest_free,two\n", 2, "take", "import/count"],
  ["promotions", "id,kind,percent,from\na,line_percent,1,2026-02-30\n", 2, "from", "import/instant"],
  ["promotions", "id,kind,percent,hours\na,line_percent,1,morning\n", 2, "hours", "import/hours"],
  ["promotions", "id,kind,steps\na,spend_ladder,1:2:3\n", 2, "steps", "import/steps"],
  ["promotions", "id,kind,percent\na,line_percent,1\na,line_percent,2\n", 3, "id", "import/repeated"],
  ["promotions", "id,kind,percent\na,line_percent,101\n", 2, "percent", "rules/out_of_range"],
  ["promotions", "id,kind,percent\nb c,line_percent,1\n", 2, "id", "rules/unknown_value"],
  ["promotions", "id,kind\na,line_percent\n", 2, "percent", "rules/missing"],
  ["promotions", "id,kind,amount,bar\na,spend_once,2,1\n", 2, "bar", "rules/bar_below_gift"],
  [
    "promotions",
    "id,kind,percent,from,until\nb,line_percent,1,,\na,line_percent,1,2026-12-02,2026-12-01\n",
    3,
    "until",
    "rules/validity_order",
  ],
  ["taxes", "id,rate\na,\n", 2, "rate", "import/missing"],
  ["taxes", "id,rate\na,120\n", 2, "rate", "rules/out_of_range"],
  ["taxes", "id,rate,skus\na,1,tea\na,2,bun\n", 3, "id", "import/selection"],
  ["taxes", "id,rate,from\na,1,2026-12-01\na,2,2026-12-01\n", 2, "from", "rules/rates_order"],
] as const)("%s %j is refused at row %i, column %s with %s", ([kind, csv, row, key, code]) => {
  const imported = importRules(DOCUMENT, kind, csv, SHOP);
  if (imported.ok) throw new Error("It was taken");
  expect(imported.refusals).toContainEqual(expect.objectContaining({ row, key, code }));
});

test("a file beyond the bound of rows is refused as a whole", () => {
  const csv = `id,kind,percent\n${"a,line_percent,1\n".repeat(5001)}`;
  expect(importRules("", "promotions", csv, SHOP)).toMatchObject({
    ok: false,
    refusals: [{ row: 0, code: "import/too_many" }],
  });
});

test("what was wrong with the document before is not put on a row", () => {
  const broken = JSON.stringify({ currency: "CNY", promotions: [{ id: "old", kind: "line_percent" }] });
  const imported = importRules(broken, "promotions", "id,kind,percent\na,line_percent,1\n", SHOP);
  expect(imported).toMatchObject({
    ok: false,
    refusals: [{ row: 0, key: "promotions[0].offPpm", code: "rules/missing" }],
  });
});
