/**
 * Headquarters' console in a real browser, over a shop in memory: every page in both languages and two
 * widths, without a finding of axe and without an error; and what an owner does there.
 */
import { existsSync, readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startConsole } from "../../tools/hq/console/serve.ts";
import { machineRng } from "../../runtime/adapters/machine.ts";
import { createPinHasher } from "../../runtime/adapters/pin-hasher.ts";
import type { RunningConsole } from "../../tools/hq/console/serve.ts";
import { terminalId } from "../../core/ids.ts";
import { minor } from "../../core/money.ts";
import { consoleShop, NOW_MS } from "../support/console-shop.ts";
import type { ConsoleShop } from "../support/console-shop.ts";
import { BROWSER_ARGUMENTS, findBrowser } from "../../tools/standard-day/browser.ts";
import { expectAccessible, expectReadable } from "../support/screen-look.ts";

/** Set to draw the pictures of the documentation anew. */
const isDrawing = process.env["PICTURES"] !== undefined;
const PICTURES = new URL("../../docs/pictures/", import.meta.url);

/** Every page by its picture's name, with what stands on it once it has its answer. */
const STOPS = [
  ["today", "/", ".plot canvas"],
  ["orders", "/orders", "[data-id='order']"],
  ["order", "/orders", ".drawer .timeline li"],
  ["terminals", "/terminals", "tbody tr"],
  ["catalogue", "/catalogue", "tbody tr"],
  ["stock", "/stock", "tbody tr"],
  ["shifts", "/shifts", "[data-id='shift']"],
  ["shift", "/shifts", ".drawer tbody tr"],
  ["reports", "/reports?period=week&by=day", ".plot canvas"],
  ["audit", "/audit", "tbody tr"],
  ["off-sale", "/catalogue?view=sold-out", "[data-id='terminal-word']"],
  ["staff", "/staff", "[data-id='clerk']"],
  ["clerk", "/staff?open=ana", ".drawer form"],
  ["settings", "/settings", "[data-id='needs-shift']"],
  ["published", "/published", "[data-id='said-row']"],
  ["publication", "/published", ".drawer [data-id='held-by'] li"],
  ["rules", "/rules", "[data-id='overlaps'] li"],
  ["rule", "/rules?open=0", ".drawer [data-id='field-offMinor']"],
  ["rules-prices", "/rules?view=prices&open=0", ".drawer [data-id='prices']"],
  ["rules-taxes", "/rules?view=taxes&open=0", ".drawer [data-id='field-ratePpm']"],
  ["rules-document", "/rules?view=document", "[data-id='document']"],
  ["rules-import", "/rules?view=import", "[data-id='import-kind']"],
  ["rules-test", "/rules?view=test&cart=tea%3A2000%3Blatte%3A1000", "[data-id='cart-total']"],
  ["rules-dry-run", "/rules?view=dry-run&from=2026-11-27&to=2026-12-03", "[data-id='dry-done']"],
  ["rules-publish", "/rules?view=publish", "[data-id='rules-preview']"],
  ["cards", "/cards", "[data-id='card-case']"],
  ["rules-effect", "/rules?view=effect", "[data-id='effect-done']"],
] as const;

/** Rules as a planner leaves them: two promotions that meet, a price list, a tax table. */
const PRICING = {
  currency: "CNY",
  promotions: [
    {
      ...{ id: "m50", nameEn: "5 off 50", nameZh: "满50减5" },
      ...{ kind: "spend_once", barMinor: 5000, offMinor: 500 },
    },
    {
      ...{ id: "thu", nameEn: "Thursday tea", nameZh: "周四茶饮9折", kind: "line_percent", payPpm: 900_000 },
      ...{ skus: ["tea", "latte"], weekdays: [4], dayParts: [{ fromMinute: 840, untilMinute: 1080 }] },
    },
  ],
  priceLists: [
    {
      id: "gold",
      nameEn: "Gold",
      nameZh: "金卡",
      tiers: ["gold"],
      prices: [{ sku: "latte", priceMinor: 2400 }],
    },
  ],
  taxes: [{ id: "all", rates: [{ ratePpm: 60_000 }, { fromMs: Date.UTC(2027, 0, 1), ratePpm: 50_000 }] }],
};

/** A shop whose owner has said something of everything, where a terminal holds the half of it. */
async function spokenShop(): Promise<ConsoleShop> {
  const shop = await consoleShop({ canAuthor: true, hasCards: true });
  const { authoring } = shop.context;
  if (authoring === null) throw new Error("The shop has no door to its journal");
  const pin = { salt: new Uint8Array(16), hash: new Uint8Array(32) };
  await authoring.setStaff([
    { clerk: "ana", name: "Ana 安娜", rights: ["sell", "void", "refund", "shift", "approve"], pin },
    { clerk: "ben", name: "Ben 本", rights: ["sell"], pin: null },
  ]);
  await authoring.publishPricing(new TextEncoder().encode(JSON.stringify(PRICING)), null);
  const { position } = await authoring.view();
  const rounding = { incrementMinor: minor(10), tie: "down" } as const;
  await authoring.setRules({ needsShift: true, cashRounding: rounding, dayStartMinutes: 240 });
  await authoring.setAvailability([{ sku: "tea", isSoldOut: true }]);
  await authoring.setPrices([{ sku: "latte", unitPriceMinor: 2700 }], NOW_MS + 86_400_000);
  const alarm = { tenant: shop.context.tenant, terminal: "T2", subject: "", kind: "count" } as const;
  await shop.store.raise([{ ...alarm, code: "link/signature", detail: "batch", count: 3 }]);
  const { position: tip } = await authoring.view();
  const holdings = [
    { terminal: terminalId("T1"), position: tip, atMs: NOW_MS - 4000, isFetching: false },
    { terminal: terminalId("T2"), position, atMs: NOW_MS - 90_000, isFetching: true },
  ];
  return { ...shop, context: { ...shop.context, holdings: () => holdings } };
}

/** A bound against hanging, not a measure. */
const WITHIN = { timeout: 30_000 };

const LOOKS = [
  ["en", 1280],
  ["en", 768],
  ["zh", 1280],
  ["zh", 768],
] as const;

let browser: Browser | null = null;
let context: BrowserContext | null = null;
let running: RunningConsole | null = null;
let errors: string[] = [];

beforeAll(async () => {
  const executablePath = findBrowser();
  if (executablePath !== null) browser = await chromium.launch({ executablePath, args: BROWSER_ARGUMENTS });
});

afterAll(async () => {
  await browser?.close();
});

beforeEach(({ skip }) => {
  if (browser === null) skip("no Chromium was found");
});

afterEach(async () => {
  await context?.close();
  await running?.close();
  [context, running] = [null, null];
});

/** Opens the console by its address and waits for its first page. */
async function open(
  shop: ConsoleShop,
  look: { readonly language?: "en" | "zh"; readonly width?: number } = {},
): Promise<Page> {
  const { language = "en", width = 1280 } = look;
  if (browser === null) throw new Error("There is no browser");
  running = await startConsole(shop.context, { host: "127.0.0.1", port: 0 });
  context = await browser.newContext({
    viewport: { width, height: 900 },
    locale: language === "zh" ? "zh-CN" : "en-GB",
  });
  const page = await context.newPage();
  errors = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(running.url);
  await page.locator("h1").waitFor();
  return page;
}

async function visit(page: Page, path: string): Promise<void> {
  await page.goto(new URL(path, page.url()).href);
  await page.locator("h1").waitFor();
}

const text = async (page: Page, id: string): Promise<string> =>
  (await page.locator(`[data-id="${id}"]`).first().textContent()) ?? "";

test.for(LOOKS)(
  "every page is used without eyes, is read, and says no error (%s, %i px)",
  async ([language, width]) => {
    const page = await open(await spokenShop(), { language, width });
    const visited: string[] = [];
    for (const [name, path, mark] of STOPS) {
      await visit(page, path);
      if (name === "order") await page.locator("[data-id='order']").nth(2).click();
      if (name === "publication") await page.locator("[data-id='said-row']").first().click();
      if (name === "rules-dry-run") await page.locator("[data-id='dry-run']").click();
      if (name === "rules-effect") await page.locator("[data-id='effect-run']").click();
      if (name === "rules-publish") await page.locator("[data-id='rules-preview']").click();
      if (name === "shift") await page.locator("[data-id='shift']").first().click();
      await page.locator(mark).first().waitFor();
      visited.push(name);
      expect(await page.evaluate("document.documentElement.lang")).toBe(language);
      const sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      expect.soft(await page.evaluate(sideways), `${name} scrolls sideways`).toBe(0);
      await expectAccessible(page);
      await expectReadable(page);
      const picture = new URL(`console-${name}.${language}.png`, PICTURES).pathname;
      if (isDrawing && width === 1280) await page.screenshot({ path: picture });
    }
    expect(visited).toEqual(STOPS.map(([name]) => name));
    expect(errors).toEqual([]);
  },
);

test("the pictures of the documentation show every page in both languages", () => {
  const missing = STOPS.flatMap(([name]) => [`console-${name}.en.png`, `console-${name}.zh.png`]).filter(
    (file) => !existsSync(new URL(file, PICTURES)),
  );
  expect(missing).toEqual([]);
});

test("a shop that has sold nothing says so on every page, and nothing fails", async () => {
  const page = await open(await consoleShop({ isEmpty: true }));
  for (const path of new Set(STOPS.map(([, each]) => each))) {
    await visit(page, path);
    await page.locator(".empty:not([role=status])").first().waitFor();
    await expectAccessible(page);
  }
  expect(errors.filter((error) => !error.includes("409"))).toEqual([]);
});

test("a sale appears on Today by itself", async () => {
  const shop = await consoleShop();
  const page = await open(shop);
  await page.locator('[data-id="sales-CNY"]').waitFor();
  const before = Number(await text(page, "sales-CNY"));
  await shop.sellNow();
  await expect.poll(() => text(page, "sales-CNY"), WITHIN).toBe(String(before + 1));
  expect(errors).toEqual([]);
});

test("orders go on page by page, are found by their receipt, and their filters are in the address", async () => {
  const page = await open(await consoleShop());
  await visit(page, "/orders");
  const rows = page.locator("[data-id='order']");
  await rows.first().waitFor();
  expect(await rows.count()).toBe(50);
  await page.locator("[data-id='more']").click();
  await expect.poll(() => page.locator("[data-id='order']").count(), WITHIN).toBe(100);
  const search = page.locator("input[name='q']");
  await search.fill("T1-A-17");
  await search.press("Enter");
  await expect.poll(() => page.locator("[data-id='order']").count(), WITHIN).toBe(1);
  expect(new URL(page.url()).search).toBe("?q=T1-A-17");
  await rows.first().click();
  await page.locator(".timeline li").first().waitFor();
  expect(await page.locator(".timeline li").count()).toBeGreaterThan(4);
  expect(await page.locator(".timeline").textContent()).toContain("At headquarters");
  await page.reload();
  await page.locator(".timeline li").first().waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".drawer").waitFor({ state: "detached" });
  await page.locator("select[name='kind']").selectOption("return");
  await page.locator(".empty").waitFor();
  await page.goBack();
  await expect.poll(() => page.locator("[data-id='order']").count(), WITHIN).toBe(1);
  expect(errors).toEqual([]);
});

test("a view is kept under a name and comes back with its filters", async () => {
  const page = await open(await consoleShop());
  await visit(page, "/orders?kind=return");
  await page.locator("summary").click();
  await page.locator(".views input").fill("What came back");
  await page.locator(".views button[type=submit]").click();
  await visit(page, "/orders");
  await page.locator("summary").click();
  await page.getByRole("link", { name: "What came back" }).click();
  await expect.poll(() => page.locator("[data-id='order']").count(), WITHIN).toBe(1);
  expect(new URL(page.url()).search).toBe("?kind=return");
});

test("a count is shown before it is taken over, and wrong rows are named", async () => {
  const page = await open(await consoleShop());
  await visit(page, "/stock");
  const choose = async (csv: string): Promise<void> => {
    const file = { name: "count.csv", mimeType: "text/csv", buffer: Buffer.from(csv) };
    await page.locator("[data-id='count-file']").setInputFiles(file);
    await page.locator("[data-id='count-preview']:not([disabled])").click();
  };
  await choose("sku,counted,target\ntea,lots,5\n");
  expect(await page.locator(".failed li").textContent()).toContain("row 2");
  await choose("sku,counted,target\nlatte,12,20\n");
  await page.locator("[data-id='count-take']").click();
  await page.locator("[data-id='sku']", { hasText: "latte" }).waitFor();
  expect(errors).toEqual([]);
});

test("a price is published after its preview, with its start", async () => {
  const page = await open(await consoleShop({ canAuthor: true }));
  await visit(page, "/catalogue");
  await page.locator("[data-id='item']", { hasText: "tea" }).click();
  await page.locator("[data-id='new-price']").fill("19.50");
  await page.locator("[data-id='price-preview']").click();
  expect(await page.locator(".drawer tbody").textContent()).toContain("18.00");
  await page.locator("[data-id='price-confirm']").click();
  await page.locator("[data-id='published']").waitFor();
  await expect.poll(() => text(page, "price-tea"), WITHIN).toContain("19.50");
  await page.locator("[data-id='new-price']").fill("20");
  await page.locator(".drawer input[type='datetime-local']").fill("2026-12-04T12:00");
  await page.locator("[data-id='price-preview']").click();
  await page.locator("[data-id='price-confirm']").click();
  await page.locator("td .chip", { hasText: "20.00" }).waitFor();
  expect(await page.locator("td .chip", { hasText: "20.00" }).textContent()).toContain("12:00");
  expect(errors).toEqual([]);
});

test("items are imported after a diff, and rows that are wrong are named", async () => {
  const page = await open(await consoleShop({ canAuthor: true }));
  await visit(page, "/catalogue");
  await page.locator("[data-id='item']").first().waitFor();
  const choose = async (csv: string): Promise<void> => {
    const file = { name: "items.csv", mimeType: "text/csv", buffer: Buffer.from(csv) };
    await page.locator("[data-id='catalogue-file']").setInputFiles(file);
    await page.locator("[data-id='import-preview']:not([disabled])").click();
  };
  const head = "sku,name_en,name_zh,category,price,tax";
  await choose(`${head}\ntea,Tea,茶,all,much,6\n`);
  expect(await page.locator(".card .failed li").textContent()).toContain("row 2");
  await choose(`${head}\ntea,Tea,茶,all,21,6\nmug,"Mug, large",大杯,goods,45.00,13\n`);
  expect(await page.locator(".card p[role=status]").textContent()).toBe(
    "1 new, 1 changed, 3 leave, 0 stay as they are.",
  );
  await page.locator(".card [data-id='price-confirm']").click();
  await page.locator("[data-id='item']", { hasText: "mug" }).waitFor();
  expect(await text(page, "price-tea")).toContain("21.00");
  expect(errors).toEqual([]);
});

test("a clerk is said with rights and a PIN that is never shown, and a lost PIN is replaced", async () => {
  const shop = await consoleShop({ canAuthor: true });
  const page = await open(shop);
  const answers: string[] = [];
  page.on("response", (response) => {
    if (response.url().includes("/api/")) void response.text().then((body) => answers.push(body));
  });
  await visit(page, "/staff");
  await page.locator(".empty").waitFor();
  await page.locator("[data-id='new-clerk']").click();
  await page.locator("[data-id='clerk-code']").fill("ana");
  await page.locator("[data-id='clerk-name']").fill("Ana");
  await page.locator("[data-id='right-refund']").check();
  await page.locator("[data-id='pin-new']").check();
  await page.locator("[data-id='newPin']").fill("2468");
  await page.locator("[data-id='again']").fill("2469");
  expect(await page.locator("[data-id='preview']").isDisabled()).toBe(true);
  await page.locator("[data-id='again']").fill("2468");
  await page.locator("[data-id='preview']").click();
  expect(await page.locator(".drawer tbody").textContent()).toContain("Right: Refund");
  await page.locator("[data-id='publish']").click();
  await page.locator("[data-id='said']").waitFor();
  await page.locator("[data-id='clerk']", { hasText: "ana" }).click();
  await page.locator("[data-id='pin-keep']").waitFor();
  await page.locator("[data-id='pin-new']").check();
  await page.locator("[data-id='newPin']").fill("1357");
  await page.locator("[data-id='again']").fill("1357");
  await page.locator("[data-id='preview']").click();
  await page.locator("[data-id='publish']").click();
  await page.locator("[data-id='said'] a").click();
  await page.locator("[data-id='said-row']").first().waitFor();
  // The clock of this shop stands still: what is said of staff at one instant is one entry.
  expect(await page.locator("[data-id='said-row']").count()).toBe(2);
  const [word] = (await shop.context.authoring?.staff()) ?? [];
  if (word === undefined || word.pin === null) throw new Error("There is no PIN");
  const { salt, hash } = word.pin;
  expect(await createPinHasher(machineRng).matches("1357", { salt, hash })).toBe(true);
  const told = `${answers.join()} ${await page.content()}`;
  for (const secret of [salt, hash].map((bytes) => Buffer.from(bytes).toString("hex")))
    expect(told).not.toContain(secret);
  expect(told).not.toContain("1357");
  expect(errors).toEqual([]);
});

test("the rules of the house are said after their preview, and a view of clerks is kept", async () => {
  const page = await open(await spokenShop());
  await visit(page, "/settings");
  await page.locator("[data-id='needs-shift']").selectOption("false");
  await page.locator("[data-id='rounding']").selectOption("own");
  await page.locator("[data-id='day-start']").fill("05:15");
  await page.locator("[data-id='preview']").click();
  expect(await page.locator(".card tbody tr").count()).toBe(3);
  expect(await page.locator(".card tbody").textContent()).toContain("05:15");
  await page.locator("[data-id='publish']").click();
  await expect.poll(() => page.locator("[data-id='day-start']").inputValue(), WITHIN).toBe("05:15");
  await visit(page, "/staff?right=approve");
  await page.locator("[data-id='clerk']").first().waitFor();
  expect(await page.locator("[data-id='clerk']").count()).toBe(1);
  await page.locator("summary").click();
  await page.locator(".views input").fill("Who may lend rights");
  await page.locator(".views button[type=submit]").click();
  await visit(page, "/staff");
  await page.locator("summary").click();
  await page.getByRole("link", { name: "Who may lend rights" }).click();
  await expect.poll(() => page.locator("[data-id='clerk']").count(), WITHIN).toBe(1);
  expect(new URL(page.url()).search).toBe("?right=approve");
  await visit(page, "/staff?right=fly");
  await page.locator(".failed").waitFor();
  expect(await page.locator(".failed").textContent()).toContain("console/query");
  expect(errors.filter((error) => !error.includes("400"))).toEqual([]);
});

test("a promotion is drafted, tried, run over the past and published, and nothing is sold by it before", async () => {
  const shop = await consoleShop({ canAuthor: true });
  const page = await open(shop);
  await visit(page, "/rules");
  await page.locator("[data-id='rules-in-force']").waitFor();
  await page.locator("[data-id='add-promotion']").click();
  await page.locator(".drawer [data-id='field-id']").fill("m30");
  await page.locator(".drawer [data-id='field-kind']").selectOption("spend_once");
  await page.locator(".drawer [data-id='field-barMinor']").fill("2.00");
  await page.locator(".drawer [data-id='field-offMinor']").fill("3.00");
  await page.locator(".drawer [data-id='field-offMinor']").blur();
  await page.locator(".drawer [data-id='problems']").waitFor();
  expect(await page.locator(".drawer [data-id='problems']").textContent()).toContain("rules/bar_below_gift");
  await page.locator(".drawer [data-id='field-barMinor']").fill("30");
  await page.locator(".drawer [data-id='field-barMinor']").blur();
  await page.locator(".drawer [data-id='problems']").waitFor({ state: "detached" });
  await page.locator("[data-id='close']").click();
  // A draft outlives the page.
  await page.reload();
  await page.locator("[data-id='promotion']", { hasText: "m30" }).waitFor();
  await page.locator("[data-id='view-test']").click();
  await page.locator("[data-id='add-tea']").click();
  await expect.poll(() => text(page, "cart-total"), WITHIN).toContain("18.00");
  await page.locator("[data-id='add-tea']").click();
  await expect.poll(() => text(page, "cart-total"), WITHIN).toContain("33.00");
  expect(await text(page, "why")).toContain("promotion m30");
  expect(new URL(page.url()).searchParams.get("cart")).toBe("tea:2000");
  await page.locator("[data-id='view-dry-run']").click();
  await page.locator("[data-id='dry-run']").click();
  await page.locator("[data-id='dry-done']").waitFor();
  const sum = await text(page, "dry-sum");
  expect(sum).toMatch(/^-CN¥|^-¥|-/);
  expect(await text(page, "dry-total")).toContain(sum);
  const download = page.waitForEvent("download");
  await page.locator("[data-id='dry-csv']").click();
  const csv = readFileSync(await (await download).path(), "utf8")
    .trim()
    .split("\r\n");
  const cents = csv.slice(1).reduce((total, line) => total + Math.round(Number(line.split(",")[6]) * 100), 0);
  expect((cents / 100).toFixed(2)).toBe(sum.replaceAll(/[^\d.-]/g, ""));
  expect((await shop.context.authoring?.view())?.pricings).toEqual([]);
  await page.locator("[data-id='view-publish']").click();
  await page.locator("[data-id='rules-start']").fill("2026-12-04T09:00");
  await page.locator("[data-id='rules-preview']").click();
  await page.locator("[data-id='rules-confirm']").click();
  await page.locator("[data-id='rules-published']").waitFor();
  expect(await text(page, "rules-published")).toContain("version 2");
  await page.locator("[data-id='rules-in-force'] .chip").waitFor();
  expect((await shop.context.authoring?.view())?.pricings).toMatchObject([
    { version: 2, startsAt: Date.UTC(2026, 11, 4, 1) },
  ]);
  expect(errors).toEqual([]);
});

test("promotions and taxes are imported with a preview, and wrong rows are named by number, column and reason", async () => {
  const page = await open(await consoleShop({ canAuthor: true }));
  await visit(page, "/rules?view=import");
  const choose = async (csv: string): Promise<void> => {
    const file = { name: "rules.csv", mimeType: "text/csv", buffer: Buffer.from(csv) };
    await page.locator("[data-id='rules-file']").setInputFiles(file);
    await page.locator("[data-id='import-preview']:not([disabled])").click();
  };
  await choose("id,kind,percent\nfri,line_percent,10\nsat,line_percent,lots\n");
  await page.locator("[data-id='import-refused'] tbody tr").waitFor();
  expect(await page.locator("[data-id='import-refused'] tbody td").allTextContents()).toEqual([
    "3",
    "percent",
    "lots is no percentage import/percent",
  ]);
  await choose("id,kind,percent\nfri,line_percent,10\nsat,line_percent,20\n");
  await page.locator("[data-id='import-take']").click();
  await page.locator("[data-id='import-taken']").waitFor();
  await page.locator("[data-id='import-kind']").selectOption("taxes");
  await choose("id,rate,categories\nfood,13,food\n");
  await page.locator("[data-id='import-take']").click();
  await page.locator("[data-id='view-promotions']").click();
  await expect.poll(() => page.locator("[data-id='promotion']").count(), WITHIN).toBe(2);
  expect(await page.locator("[data-id='overlaps'] li").textContent()).toContain("fri + sat");
  await page.locator("[data-id='view-taxes']").click();
  expect(await page.locator("[data-id='tax-row']").textContent()).toBe("food");
  await page.locator("[data-id='discard']").click();
  await page.locator(".empty").waitFor();
  expect(errors).toEqual([]);
});

test("a headquarters that stops is said in words, and what is shown stays", async () => {
  const page = await open(await consoleShop());
  await page.locator(".plot canvas").waitFor();
  await running?.close();
  running = null;
  await page.locator(".failed").first().waitFor();
  expect(await page.locator(".failed").first().textContent()).toContain("cannot be reached");
  expect(await page.locator("[data-id='sales-CNY']").count()).toBe(1);
});
