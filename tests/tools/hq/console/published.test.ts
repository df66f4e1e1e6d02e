/** What headquarters said, newest first, and which terminal holds how much of it. */
import { expect, test } from "vitest";
import { terminalId } from "../../../../core/ids.ts";
import { setPrices } from "../../../../tools/hq/console/catalogue.ts";
import { holdersPage, publishedPage } from "../../../../tools/hq/console/published.ts";
import { setStaff } from "../../../../tools/hq/console/staff.ts";
import { consoleShop, NOW_MS } from "../../../support/console-shop.ts";

const asking =
  (filters: Readonly<Record<string, string>>) =>
  (name: string): string =>
    filters[name] ?? "";

async function shopThatSpoke() {
  const { context } = await consoleShop({ canAuthor: true });
  const { authoring } = context;
  if (authoring === null) throw new Error("The shop has no door to its journal");
  const catalogue = (await authoring.view()).position;
  await setPrices(context, [{ sku: "tea", price: "19" }], "", true);
  await setStaff(context, { clerk: "ana", name: "Ana", rights: ["sell"], pin: "none", newPin: "" }, true);
  return {
    ...context,
    holdings: () => [{ terminal: terminalId("T1"), position: catalogue, atMs: NOW_MS, isFetching: false }],
  };
}

test("publications are listed newest first with who holds them", async () => {
  const context = await shopThatSpoke();
  const { rows } = await publishedPage(context, asking({}));
  expect(
    rows.map(({ type, version, subjects, heldCount, terminalCount }) => [
      type,
      version,
      subjects,
      heldCount,
      terminalCount,
    ]),
  ).toEqual([
    ["staff_set", 0, ["ana"], 0, 2],
    ["price_set", 2, ["tea"], 0, 2],
    ["catalogue_published", 1, [], 1, 2],
  ]);
  const found = await publishedPage(context, asking({ type: "price_set" }));
  expect(found.rows.map(({ version }) => version)).toEqual([2]);
  const behind = await publishedPage(context, asking({ after: String(rows[0]?.seq) }));
  expect(behind.rows).toEqual(rows.slice(1));
});

test("a terminal holds the version that its place in the journal names; one that never asked is not guessed at", async () => {
  const { newestVersion, newestSeq, rows } = await holdersPage(await shopThatSpoke());
  expect([newestVersion, newestSeq]).toEqual([2, 4]);
  expect(rows).toEqual([
    { terminal: "T1", seq: 2, version: 1, isCurrent: false, isFetching: false, atMs: NOW_MS },
    { terminal: "T2", seq: null, version: null, isCurrent: false, isFetching: false, atMs: null },
  ]);
});

test.for([
  [{ type: "gossip" }, "type"],
  [{ after: "-1" }, "after"],
])("the filter %j is refused", async ([filters, field]) => {
  const context = await shopThatSpoke();
  await expect(
    publishedPage(context, asking(filters as Readonly<Record<string, string>>)),
  ).rejects.toMatchObject({
    code: "console/query",
    field,
  });
});
