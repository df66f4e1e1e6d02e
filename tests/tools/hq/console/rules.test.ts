/** The page Rules: a draft is judged, tried and imported into without being sold by, then published with a start. */
import { expect, test } from "vitest";
import {
  checkRules,
  importInto,
  priceCartUnder,
  publishRules,
  rulesPage,
} from "../../../../tools/hq/console/rules.ts";
import { dryRunLines } from "../../../../tools/hq/console/rules-dry-run.ts";
import type { DryRunSaid } from "../../../../tools/hq/console/api-rules.ts";
import { HqFault } from "../../../../tools/hq/fault.ts";
import { consoleShop, NOW_MS } from "../../../support/console-shop.ts";

const text = (fields: object = {}): string => JSON.stringify({ currency: "CNY", ...fields });
const M30 = { id: "m30", nameEn: "3 off 30", kind: "spend_once", barMinor: 3000, offMinor: 300 };
const SPAN = { fromMs: 0, toMs: NOW_MS + 1 };
const CART = { at: "", store: "", channel: "counter", tier: "", guestCount: 0, coupons: [] };

test("nothing is in force before the first publication, and a draft is all new", async () => {
  const { context } = await consoleShop({ canAuthor: true });
  expect(await rulesPage(context)).toMatchObject({ inForce: null, toCome: [], currency: "CNY" });
  const check = await checkRules(context, text({ promotions: [M30, { ...M30, id: "m31" }] }));
  expect(check.problems).toEqual([]);
  expect(check.overlaps).toEqual([{ first: "m30", second: "m31", outcome: "both" }]);
  expect(check.changes.map(({ id, change }) => [id, change])).toContainEqual(["m30", "added"]);
});

test("a draft is published after its preview, under a version and with its start", async () => {
  const { context } = await consoleShop({ canAuthor: true });
  const draft = text({ promotions: [M30] });
  const preview = await publishRules(context, draft, "", false);
  expect([preview.version, preview.refusal.code]).toEqual([null, ""]);
  expect((await rulesPage(context)).inForce).toBe(null);
  const said = await publishRules(context, draft, "", true);
  expect(said).toMatchObject({ version: 2, seq: 3, problems: [] });
  expect((await rulesPage(context)).inForce).toEqual({ version: 2, startsAtMs: NOW_MS, text: draft });
  const later = await publishRules(context, text(), "2026-12-04T12:00", true);
  expect(later).toMatchObject({ version: 3, startsAtMs: Date.UTC(2026, 11, 4, 4) });
  const page = await rulesPage(context);
  expect(page.inForce?.version).toBe(2);
  expect(page.toCome).toEqual([{ version: 3, startsAtMs: Date.UTC(2026, 11, 4, 4), text: text() }]);
  expect((await checkRules(context, draft)).changes).toEqual([]);
});

test.for([
  [text({ promotions: [{ ...M30, offMinor: 4000 }] }), "rules/bar_below_gift"],
  [text({ promotions: [{ ...M30, fromMs: 5, untilMs: 5 }] }), "rules/validity_order"],
  [text({ promotions: [{ id: "x", kind: "line_percent", offPpm: 1_000_001 }] }), "rules/out_of_range"],
  [
    text({
      choice: "priority",
      promotions: [
        { ...M30, group: "g" },
        { ...M30, id: "m31", group: "g" },
      ],
    }),
    "rules/exclusive_overlap",
  ],
  ["nothing", "rules/not_json"],
] as const)("%s is refused at authoring with %s", async ([draft, code]) => {
  const { context } = await consoleShop({ canAuthor: true });
  const said = await publishRules(context, draft, "", true);
  expect(said.problems.map((problem) => problem.code)).toContain(code);
  expect([said.version, (await rulesPage(context)).inForce]).toEqual([null, null]);
});

test("a start in the past is refused by the journal, with its code", async () => {
  const { context } = await consoleShop({ canAuthor: true });
  const said = await publishRules(context, text(), "2026-12-01T12:00", true);
  expect(said).toMatchObject({ version: null, refusal: { code: "authoring/start" } });
});

test("the test cart is core's price under the draft, of items that the catalogue has", async () => {
  const { context } = await consoleShop({ canAuthor: true });
  const wish = {
    ...CART,
    lines: [
      { sku: "tea", quantityMilli: 2000 },
      { sku: "nothing", quantityMilli: 1000 },
    ],
  };
  const answer = await priceCartUnder(context, text({ promotions: [M30] }), wish);
  expect(answer.lines).toMatchObject([
    { sku: "tea", grossMinor: "3600", shares: [{ promotion: "m30", amountMinor: "300" }], netMinor: "3300" },
  ]);
  expect(answer.totals).toMatchObject({ totalMinor: "3300", discountMinor: "300" });
  expect(answer.explained).toMatchObject({ rule: "total", amountMinor: "3300" });
  const empty = await priceCartUnder(context, text(), { ...CART, lines: [] });
  expect([empty.totals, empty.problems]).toEqual([null, []]);
  const wrong = await priceCartUnder(context, text({ fees: 1 }), wish);
  expect(wrong.problems).toMatchObject([{ code: "rules/not_a_list", path: "fees" }]);
});

test("an import answers with the draft that it would be, or with rows, columns and reasons", async () => {
  const { context } = await consoleShop({ canAuthor: true });
  const good = await importInto(context, text(), "taxes", "id,rate\nall,13\n");
  expect(good.refusals).toEqual([]);
  expect(JSON.parse(good.text ?? "")).toMatchObject({
    taxes: [{ id: "all", rates: [{ ratePpm: 130_000 }] }],
  });
  const bad = await importInto(context, text(), "taxes", "id,rate\nall,130\n");
  expect(bad).toMatchObject({ text: null, refusals: [{ row: 2, key: "rate", code: "rules/out_of_range" }] });
});

async function said(
  draft: string,
  context: Parameters<typeof dryRunLines>[0],
): Promise<readonly DryRunSaid[]> {
  const lines: DryRunSaid[] = [];
  for await (const line of dryRunLines(context, draft, SPAN, () => false)) lines.push(line);
  return lines;
}

test("a dry run says its rows, how far it is, and a total that is their exact sum", async () => {
  const { context } = await consoleShop({ canAuthor: true });
  const lines = await said(text({ promotions: [M30] }), context);
  const rows = lines.flatMap((line) => (line.kind === "row" ? [line] : []));
  const done = lines.at(-1);
  if (done?.kind !== "done") throw new Error("It did not end");
  expect(done.closingCount).toBe(done.totalCount);
  expect(rows.length).toBe(done.changedCount);
  expect(rows.length).toBeGreaterThan(10);
  const sum = rows.reduce(
    (total, { beforeMinor, afterMinor }) => total + BigInt(afterMinor) - BigInt(beforeMinor),
    0n,
  );
  expect(sum).toBe(BigInt(done.afterMinor) - BigInt(done.beforeMinor));
  expect(sum).toBe(BigInt(-300 * rows.length));
  expect(lines.filter(({ kind }) => kind === "progress").length).toBeGreaterThan(1);
});

test("a dry run of a draft that is refused prices nothing, and a database that fails is a code without a stack", async () => {
  const { context, lines } = await consoleShop({ canAuthor: true });
  expect(await said(text({ fees: 1 }), context)).toMatchObject([
    { kind: "refused", problems: [{ code: "rules/not_a_list" }] },
  ]);
  const failing = (error: Error) => ({
    ...context,
    store: { ...context.store, console: { ...context.store.console, sales: () => Promise.reject(error) } },
  });
  expect(await said(text(), failing(new HqFault("hq/store_failed", "secret")))).toEqual([
    { kind: "failed", code: "console/store" },
  ]);
  expect(await said(text(), failing(new TypeError("x is undefined")))).toEqual([
    { kind: "failed", code: "console/bug" },
  ]);
  expect(lines.join("\n")).toContain("x is undefined");
});
