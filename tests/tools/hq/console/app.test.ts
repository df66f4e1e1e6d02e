/** The console's paths over a shop in memory, without a browser: who may enter, what is answered, what is refused. */
import { expect, test } from "vitest";
import { createApp, PAGE_PATHS } from "../../../../tools/hq/console/app.ts";
import type { ConsoleContext } from "../../../../tools/hq/console/context.ts";
import { Door } from "../../../../tools/hq/console/door.ts";
import { HqFault } from "../../../../tools/hq/fault.ts";
import { consoleShop } from "../../../support/console-shop.ts";
import type { ConsoleShop } from "../../../support/console-shop.ts";

const HOST = "127.0.0.1:8080";
const ASSETS = new Map([
  ["/", { contentType: "text/html", bytes: new TextEncoder().encode("<!doctype html>") }],
  ["/app.js", { contentType: "text/javascript", bytes: new TextEncoder().encode("1") }],
]);

interface Asked {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A browser that came in by the token. */
function enter(context: ConsoleContext) {
  const door = new Door();
  const app = createApp(context, door, ASSETS);
  const send = async (path: string, init: RequestInit = {}): Promise<Asked> => {
    const headers = { host: HOST, ...Object.fromEntries(new Headers(init.headers)) };
    const response = await app.request(`http://${HOST}${path}`, { ...init, headers });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const cookie = async (): Promise<string> => {
    const { headers } = await send(`/?token=${door.token}`);
    return headers.get("set-cookie")?.split(";")[0] ?? "";
  };
  const get = async (path: string): Promise<Asked> =>
    await send(path, { headers: { cookie: await cookie() } });
  const post = async (path: string, body: unknown, changed: Record<string, string> = {}): Promise<Asked> =>
    await send(path, {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
      headers: {
        cookie: await cookie(),
        origin: `http://${HOST}`,
        "content-type": "application/json",
        ...changed,
      },
    });
  return { door, send, get, post, cookie };
}

async function shopAndBrowser(): Promise<{ readonly shop: ConsoleShop } & ReturnType<typeof enter>> {
  const shop = await consoleShop();
  return { shop, ...enter(shop.context) };
}

test("the token is exchanged for a cookie and leaves the address, with its filters kept", async () => {
  const { door, send, cookie } = await shopAndBrowser();
  const first = await send(`/orders?kind=sale&token=${door.token}`);
  expect(first.status).toBe(303);
  expect(first.headers.get("location")).toBe("/orders?kind=sale");
  expect(first.headers.get("set-cookie")).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
  expect((await send("/orders", { headers: { cookie: await cookie() } })).status).toBe(200);
});

test.for([
  ["without a cookie", "/api/orders", {}, "console/session"],
  ["with another cookie", "/api/orders", { cookie: "tillwright_hq_0000=00" }, "console/session"],
  ["with a wrong token", "/api/orders?token=00", {}, "console/session"],
  ["by a name that was rebound to us", "/api/orders", { host: "evil.example" }, "console/origin"],
] as const)("a read %s is refused", async ([, path, headers, code]) => {
  const { send } = await shopAndBrowser();
  const { status, text } = await send(path, { headers });
  expect([status, text]).toEqual([403, JSON.stringify({ error: { code, field: "" } })]);
});

test("a read from another site is refused with console/origin, cookie or not", async () => {
  const { send, cookie } = await shopAndBrowser();
  const { text } = await send("/api/orders", {
    headers: { cookie: await cookie(), "sec-fetch-site": "cross-site" },
  });
  expect(text).toContain("console/origin");
});

test("a write without this console's origin is refused with console/origin", async () => {
  const { post, shop } = await shopAndBrowser();
  const before = await shop.store.stock(shop.context.tenant);
  for (const origin of ["http://evil.example", "null", "http://127.0.0.1:9999"]) {
    const { status, text } = await post("/api/stock-count", { csv: "", confirm: true }, { origin });
    expect([status, text]).toEqual([403, '{"error":{"code":"console/origin","field":""}}']);
  }
  expect(await shop.store.stock(shop.context.tenant)).toEqual(before);
});

test("a page without a session says in words where its address is printed", async () => {
  const { send } = await shopAndBrowser();
  const { status, text } = await send("/reports");
  expect(status).toBe(403);
  expect(text).toContain("printed at its start");
});

test("every page begins with the same file, and every answer is kept from frames and other sites", async () => {
  const { get } = await shopAndBrowser();
  for (const path of PAGE_PATHS) {
    const { status, headers, text } = await get(path);
    expect([status, text]).toEqual([200, "<!doctype html>"]);
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'self';/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  }
});

test.for([
  ["/api/orders?phase=shut", 400, "console/query", "phase"],
  ["/api/orders?after=x", 400, "console/query", "after"],
  ["/api/order?id=x", 404, "console/not_found", "order"],
  ["/api/order?id=T1/0123456789abcdef/1", 404, "console/not_found", "order"],
  ["/api/today?day=never", 400, "console/query", "day"],
  ["/api/reports?period=age", 400, "console/query", "period"],
  ["/api/reports.csv?by=mood", 400, "console/query", "by"],
  ["/api/movements?after=1", 400, "console/query", "after"],
  ["/api/shifts?after=1~", 400, "console/query", "after"],
  ["/api/audit?types=x", 400, "console/query", "types"],
  ["/api/secrets", 404, "console/not_found", "path"],
  ["/nowhere", 404, "console/not_found", "path"],
] as const)("%s is answered %i %s (%s)", async ([path, status, code, field]) => {
  const { get } = await shopAndBrowser();
  const answer = await get(path);
  expect([answer.status, JSON.parse(answer.text)]).toEqual([status, { error: { code, field } }]);
});

test("a database that is away is console/store and our own mistake console/bug, without a stack", async () => {
  const shop = await consoleShop({ isEmpty: true });
  const failing = (error: Error) =>
    enter({
      ...shop.context,
      store: { ...shop.store, console: { ...shop.store.console, orders: () => Promise.reject(error) } },
    });
  const away = await failing(new HqFault("hq/store_failed", "password=secret")).get("/api/orders");
  expect([away.status, away.text]).toEqual([503, '{"error":{"code":"console/store","field":""}}']);
  const bug = await failing(new TypeError("x is undefined")).get("/api/orders");
  expect([bug.status, bug.text]).toEqual([500, '{"error":{"code":"console/bug","field":""}}']);
  expect(shop.lines.join("\n")).toContain("x is undefined");
});

test("today stands beside the same weekday of last week, with what needs a look", async () => {
  const { get, shop } = await shopAndBrowser();
  const today = JSON.parse((await get("/api/today")).text);
  expect(today).toMatchObject({ day: "2026-12-03", lastDay: "2026-11-26", isLive: true, lagCount: 0 });
  expect(today.exceptions.map(({ kind }: { kind: string }) => kind).sort()).toEqual([
    "clerk_locked",
    "low_stock",
    "shift_differs",
  ]);
  const [turnover] = today.turnovers;
  const sum = turnover.hours.reduce((total: number, minor: string) => total + Number(minor), 0);
  expect(String(sum)).toBe(turnover.netMinor);
  await shop.sellNow();
  const after = JSON.parse((await get("/api/today")).text).turnovers[0];
  expect(Number(after.netMinor) - sum).toBe(1800);
  expect(after.saleCount).toBe(turnover.saleCount + 1);
});

test("the list of orders goes on where it ended, and each order is in it once", async () => {
  const { get } = await shopAndBrowser();
  const seen: string[] = [];
  for (let next: string | null = ""; next !== null;) {
    const page: { rows: { order: string }[]; next: string | null } = JSON.parse(
      (await get(`/api/orders?after=${encodeURIComponent(next)}`)).text,
    );
    seen.push(...page.rows.map(({ order }) => order));
    next = page.next;
  }
  expect(seen.length).toBeGreaterThan(150);
  expect(new Set(seen).size).toBe(seen.length);
});

test("an order's timeline has each event with both of its instants", async () => {
  const { get } = await shopAndBrowser();
  const { rows } = JSON.parse((await get("/api/orders?q=T1-A-3")).text);
  expect(rows.map(({ receipts }: { receipts: string[] }) => receipts)).toEqual([["T1-A-3"]]);
  const detail = JSON.parse((await get(`/api/order?id=${rows[0].order}`)).text);
  expect(detail.events.map(({ type }: { type: string }) => type)).toEqual([
    "order_opened",
    "line_added",
    "line_added",
    "check_frozen",
    "tender_captured",
    "check_closed",
  ]);
  for (const { atMs, receivedAtMs } of detail.events) expect(receivedAtMs).toBeGreaterThan(atMs);
  expect(detail.checks[0].lines).toHaveLength(2);
});

test("a report as CSV has its formulas defused and the sums of the page", async () => {
  const { get } = await shopAndBrowser();
  const answer = await get("/api/reports.csv?period=year&date=2026-12-03&by=item");
  expect(answer.headers.get("content-disposition")).toBe(
    'attachment; filename="by-item-2026-01-01-to-2026-12-31.csv"',
  );
  expect(answer.text).toContain("'=cmd,'=1+2 special,CNY,");
  const report = JSON.parse((await get("/api/reports?period=year&date=2026-12-03&by=item")).text);
  const cents = answer.text
    .trim()
    .split("\r\n")
    .slice(1)
    .reduce((sum, line) => sum + Math.round(Number(line.split(",")[3]) * 100), 0);
  expect(String(cents)).toBe(report.totals[0].netMinor);
});

test("a count is taken over only after its preview, whole or not at all", async () => {
  const { post, shop } = await shopAndBrowser();
  const { store, context } = shop;
  const before = await store.stock(context.tenant);
  const csv = "sku,counted,target\ntea,50,60\nlatte,5,10\n";
  const preview = JSON.parse((await post("/api/stock-count", { csv, confirm: false })).text);
  expect(preview).toMatchObject({ refusals: [], rowCount: 2, isTaken: false });
  expect(preview.rows[1]).toMatchObject({ sku: "latte", beforeMilli: null, afterMilli: 5000 });
  expect(await store.stock(context.tenant)).toEqual(before);
  const bad = JSON.parse((await post("/api/stock-count", { csv: `${csv}bun,lots,1\n`, confirm: true })).text);
  expect(bad).toMatchObject({ isTaken: false, refusals: [expect.stringContaining("row 4")] });
  expect(await store.stock(context.tenant)).toEqual(before);
  expect(JSON.parse((await post("/api/stock-count", { csv, confirm: true })).text).isTaken).toBe(true);
  expect((await store.stock(context.tenant)).find(({ sku }) => sku === "tea")?.levelMilli).toBe(50_000);
});

const STAFF = { clerk: "ana", name: "Ana", rights: ["sell"], pin: "none", newPin: "", confirm: true };
const CART = {
  ...{ text: "{}", lines: [], at: "", store: "", channel: "counter", tier: "", guestCount: 0 },
  coupons: [],
};
const RULES = { needsShift: null, cashRounding: null, dayStartMinutes: null, confirm: true };

test.for([
  ["/api/staff", { ...STAFF, rights: "sell" }, "rights"],
  ["/api/staff", { ...STAFF, rights: [1] }, "rights"],
  ["/api/staff", { ...STAFF, pin: "show" }, "pin"],
  ["/api/staff", { ...STAFF, newPin: 2468 }, "newPin"],
  ["/api/staff", { ...STAFF, confirm: undefined }, "confirm"],
  ["/api/rules-check", {}, "text"],
  ["/api/rules", { text: "", startsAt: 0, confirm: true }, "startsAt"],
  ["/api/rules-price", { ...CART, lines: [{ sku: "tea", quantityMilli: 0.5 }] }, "lines"],
  ["/api/rules-price", { ...CART, coupons: [1] }, "coupons"],
  ["/api/rules-price", { ...CART, guestCount: -1 }, "guestCount"],
  ["/api/rules-import", { text: "", kind: "fees", csv: "" }, "kind"],
  ["/api/rules-dry-run", { text: "{}", from: "2026-12-03", to: "2026-12-02" }, "from"],
  ["/api/rules-effect", { from: "2026-12-03", to: "" }, "from"],
  ["/api/settings", { ...RULES, needsShift: "yes" }, "needsShift"],
  ["/api/settings", { ...RULES, dayStartMinutes: "04:00" }, "dayStartMinutes"],
  ["/api/settings", { ...RULES, cashRounding: { incrementMinor: 5, tie: "even" } }, "cashRounding"],
] as const)("what %s does not take is console/body (%j)", async ([path, body, field]) => {
  const { post } = enter((await consoleShop({ canAuthor: true })).context);
  const { status, text } = await post(path, body);
  expect([status, JSON.parse(text)]).toEqual([400, { error: { code: "console/body", field } }]);
});

test("a clerk and the rules are said through their paths, and read back", async () => {
  const { get, post } = enter((await consoleShop({ canAuthor: true })).context);
  expect(JSON.parse((await post("/api/staff", STAFF)).text)).toMatchObject({ refusals: [], seq: 3 });
  expect(JSON.parse((await get("/api/staff")).text).rows).toMatchObject([{ clerk: "ana", hasPin: false }]);
  const rules = { ...RULES, cashRounding: { incrementMinor: 5, tie: "up" }, dayStartMinutes: 60 };
  expect(JSON.parse((await post("/api/settings", rules)).text)).toMatchObject({ refusals: [], seq: 4 });
  expect(JSON.parse((await get("/api/settings")).text)).toMatchObject({ dayStartMinutes: 60 });
  expect(JSON.parse((await get("/api/published?type=config_set")).text).rows).toMatchObject([{ seq: 4 }]);
  expect(JSON.parse((await get("/api/holders")).text)).toMatchObject({ newestSeq: 4 });
  expect(JSON.parse((await get("/api/sold-out")).text).rows).toMatchObject([{ sku: "bun" }]);
});

const BUSY = '{"error":{"code":"console/busy","field":""}}';

test("a dry run is streamed as lines of JSON, and no more run at once than fit", async () => {
  const { post } = enter((await consoleShop({ canAuthor: true })).context);
  const body = { text: '{"currency":"CNY"}', from: "2026-11-20", to: "2026-12-03" };
  const answers = await Promise.all(Array.from({ length: 4 }, () => post("/api/rules-dry-run", body)));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.map(({ text }) => text)).toEqual(Array(2).fill(BUSY));
  const [answer] = answers.filter(({ status }) => status === 200);
  expect(answer?.headers.get("content-type")).toMatch(/^application\/x-ndjson/);
  const lines = (answer?.text ?? "").trim().split("\n");
  expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ kind: "done", changedCount: 0 });
  expect((await post("/api/rules-dry-run", body)).status).toBe(200);
  const effect = (await post("/api/rules-effect", body)).text.trim().split("\n");
  expect(JSON.parse(effect.at(-1) ?? "")).toMatchObject({ kind: "done", effects: [] });
});

test.for(["/api/rules", "/api/staff", "/api/settings", "/api/published", "/api/holders", "/api/sold-out"])(
  "%s is console/no_authoring where headquarters does not write",
  async (path) => {
    const { get } = await shopAndBrowser();
    const { status, text } = await get(path);
    expect([status, text]).toEqual([409, '{"error":{"code":"console/no_authoring","field":""}}']);
  },
);

test.for([
  ["{", "json"],
  ["[]", "json"],
  [{ csv: 1, confirm: true }, "csv"],
  [{ csv: "", confirm: "yes" }, "confirm"],
] as const)("the body %j is refused with console/body", async ([body, field]) => {
  const { post } = await shopAndBrowser();
  const { status, text } = await post("/api/stock-count", body);
  expect([status, JSON.parse(text)]).toEqual([400, { error: { code: "console/body", field } }]);
});

test("a body over its bound is refused with console/too_large", async () => {
  const { post } = await shopAndBrowser();
  const { status, text } = await post("/api/stock-count", {
    csv: "x".repeat(5_000_000),
    confirm: true,
  });
  expect([status, text]).toEqual([413, '{"error":{"code":"console/too_large","field":"body"}}']);
});
