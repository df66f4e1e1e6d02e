/** What is off sale: headquarters' word and each terminal's own, side by side. */
import { expect, test } from "vitest";
import { setAvailability } from "../../../../tools/hq/console/catalogue.ts";
import { soldOutPage } from "../../../../tools/hq/console/sold-out.ts";
import { consoleShop } from "../../../support/console-shop.ts";

const asking =
  (filters: Readonly<Record<string, string>>) =>
  (name: string): string =>
    filters[name] ?? "";

test("an item stands with what headquarters and each terminal said of it, and when", async () => {
  const { context } = await consoleShop({ canAuthor: true });
  await setAvailability(context, "tea", true);
  await setAvailability(context, "latte", false);
  const { rows } = await soldOutPage(context, asking({}));
  expect(rows.map(({ sku }) => sku)).toEqual(["bun", "tea"]);
  expect(rows[0]).toMatchObject({
    name: "Red bean bun 豆沙包",
    headquarters: null,
    terminals: [{ terminal: "T2", clerk: "ben", isSoldOut: true }],
  });
  expect(rows[1]).toMatchObject({ headquarters: { isSoldOut: true }, terminals: [] });
  const all = await soldOutPage(context, asking({ show: "all" }));
  expect(all.rows.map(({ sku }) => sku)).toEqual(["bun", "latte", "tea"]);
  expect((await soldOutPage(context, asking({ show: "all", q: "LATTE" }))).rows.length).toBe(1);
  expect((await soldOutPage(context, asking({ after: "bun" }))).rows.map(({ sku }) => sku)).toEqual(["tea"]);
});
