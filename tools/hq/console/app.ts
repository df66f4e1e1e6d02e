/**
 * The console's paths: pages and their files, reads below /api, and the few writes. Every answer of
 * /api is JSON (a report may be CSV); what is wrong is a code and a field, never a stack.
 */
import { Hono } from "hono";
import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HqFault, faultLine } from "../fault.ts";
import type { ConsoleCode, ConsoleError, House } from "./api.ts";
import type { ConsoleAssets } from "./build.ts";
import { cardCasesPage } from "./cards.ts";
import { catalogueHead, cataloguePage, importCatalogue, setAvailability, setPrices } from "./catalogue.ts";
import { serveRules } from "./app-rules.ts";
import { bodyOf, flagOf, isPrice, settingsWishIn, staffWishIn, textOf } from "./body.ts";
import type { ConsoleContext } from "./context.ts";
import { dateOf } from "./day.ts";
import { SAFETY_HEADERS } from "./door.ts";
import type { Door } from "./door.ts";
import { auditHead, auditPage, countStock, movementsPage, stockRows, terminalsPage } from "./lists.ts";
import { orderDetail, ordersPage } from "./orders.ts";
import { publishedPage, holdersPage } from "./published.ts";
import { ConsoleFault, dayIn, todayOf } from "./query.ts";
import type { Asked } from "./query.ts";
import { reportCsv, reportPage } from "./reports.ts";
import { setSettings, settingsPage } from "./settings.ts";
import { shiftsPage } from "./shifts.ts";
import { soldOutPage } from "./sold-out.ts";
import { setStaff, staffPage } from "./staff.ts";
import { todayPage } from "./today.ts";

/** Bytes of one request: a count of 50,000 items. */
const BODY_BYTES_MAX = 4_194_304;

type Status = 400 | 403 | 404 | 409 | 413 | 429 | 500 | 503;
const STATUS: Readonly<Record<ConsoleCode, Status>> = {
  "console/session": 403,
  "console/origin": 403,
  "console/not_found": 404,
  "console/query": 400,
  "console/body": 400,
  "console/too_large": 413,
  "console/store": 503,
  "console/no_authoring": 409,
  "console/busy": 429,
  "console/bug": 500,
};

/** The paths of the pages; each begins with the same file. */
export const PAGE_PATHS = [
  "/",
  "/orders",
  "/terminals",
  "/catalogue",
  "/stock",
  "/shifts",
  "/reports",
  "/audit",
  "/staff",
  "/settings",
  "/published",
  "/rules",
  "/cards",
] as const;

/** The console as a handler of requests; it listens nowhere by itself. */
export function createApp(context: ConsoleContext, door: Door, assets: ConsoleAssets): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    const startedMs = performance.now();
    const verdict = door.judge(c.req.raw);
    if (verdict === "enter") await next();
    else if (typeof verdict === "string") c.res = refused(c, verdict);
    else
      c.res = new Response(null, {
        status: 303,
        headers: { location: verdict.location, "set-cookie": verdict.cookie },
      });
    for (const [name, value] of Object.entries(SAFETY_HEADERS)) c.res.headers.set(name, value);
    c.res.headers.set("server-timing", `app;dur=${(performance.now() - startedMs).toFixed(1)}`);
  });
  app.onError((error, c) => failed(c, error, context.log));
  app.notFound((c) => problem(c, "console/not_found", "path"));
  servePages(app, assets);
  serveReads(app, context);
  serveWrites(app, context);
  servePublishing(app, context);
  serveWords(app, context);
  serveRules(app, context);
  return app;
}

function servePages(app: Hono, assets: ConsoleAssets): void {
  for (const [path, { contentType, bytes }] of assets) {
    const paths = path === "/" ? PAGE_PATHS : [path];
    for (const each of paths)
      app.get(each, () => new Response(new Uint8Array(bytes), { headers: { "content-type": contentType } }));
  }
}

function serveReads(app: Hono, context: ConsoleContext): void {
  const today = (): number => todayOf(context.nowMs(), context.zoneMinutes);
  const read = (path: string, answer: (asked: Asked, c: Context) => Promise<object>): void => {
    app.get(path, async (c) => c.json(await answer((name) => c.req.query(name) ?? "", c)));
  };
  read("/api/house", () => houseOf(context));
  read("/api/today", (asked) => todayPage(context, dayIn(asked, "day", today()), today()));
  read("/api/orders", (asked) => ordersPage(context, asked));
  read("/api/order", (asked) => orderDetail(context, asked("id")));
  read("/api/terminals", (asked) => terminalsPage(context, asked));
  read("/api/stock", async (asked) => ({ rows: await stockRows(context, asked), next: null }));
  read("/api/movements", (asked) => movementsPage(context, asked));
  read("/api/shifts", (asked) => shiftsPage(context, asked));
  read("/api/reports", (asked) => reportPage(context, asked, today()));
  read("/api/audit", (asked) => auditPage(context, asked));
  read("/api/audit-head", () => auditHead(context));
  read("/api/catalogue", (asked) => cataloguePage(context, asked));
  read("/api/catalogue-head", () => catalogueHead(context));
  read("/api/sold-out", (asked) => soldOutPage(context, asked));
  read("/api/staff", (asked) => staffPage(context, asked));
  read("/api/settings", () => settingsPage(context));
  read("/api/published", (asked) => publishedPage(context, asked));
  read("/api/card-cases", (asked) => cardCasesPage(context, asked));
  read("/api/holders", () => holdersPage(context));
  app.get("/api/reports.csv", async (c) => {
    const { name, text } = await reportCsv(context, (field) => c.req.query(field) ?? "", today());
    c.header("content-type", "text/csv; charset=utf-8");
    c.header("content-disposition", `attachment; filename="${name}"`);
    return c.body(text);
  });
}

async function houseOf(context: ConsoleContext): Promise<House> {
  const { tenant, zoneMinutes, store } = context;
  const newestMs = await store.console.newestClosingAtMs(tenant);
  return {
    tenant,
    zoneMinutes,
    nowMs: context.nowMs(),
    newestDay: newestMs === null ? null : dateOf(newestMs, zoneMinutes),
    canAuthor: context.authoring !== null,
  };
}

/** What headquarters says of people and of the house. */
function serveWords(app: Hono, context: ConsoleContext): void {
  app.post("/api/staff", async (c) => {
    const body = await bodyOf(c);
    return c.json(await setStaff(context, staffWishIn(body), flagOf(body, "confirm")));
  });
  app.post("/api/settings", async (c) => {
    const body = await bodyOf(c);
    return c.json(await setSettings(context, settingsWishIn(body), flagOf(body, "confirm")));
  });
}

function serveWrites(app: Hono, context: ConsoleContext): void {
  app.use(
    "/api/*",
    bodyLimit({ maxSize: BODY_BYTES_MAX, onError: (c) => problem(c, "console/too_large", "body") }),
  );
  app.post("/api/stock-count", async (c) => {
    const body = await bodyOf(c);
    return c.json(await countStock(context, textOf(body, "csv"), flagOf(body, "confirm")));
  });
}

/** Writes that terminals take: prices, catalogues, what is off sale. */
function servePublishing(app: Hono, context: ConsoleContext): void {
  app.post("/api/prices", async (c) => {
    const body = await bodyOf(c);
    const { prices } = body;
    if (!Array.isArray(prices) || !prices.every(isPrice)) throw new ConsoleFault("console/body", "prices");
    const [startsAt, isConfirmed] = [textOf(body, "startsAt"), flagOf(body, "confirm")];
    return c.json(await setPrices(context, prices, startsAt, isConfirmed));
  });
  app.post("/api/catalogue-import", async (c) => {
    const body = await bodyOf(c);
    const [text, startsAt] = [textOf(body, "text"), textOf(body, "startsAt")];
    return c.json(await importCatalogue(context, text, startsAt, flagOf(body, "confirm")));
  });
  app.post("/api/availability", async (c) => {
    const body = await bodyOf(c);
    return c.json(await setAvailability(context, textOf(body, "sku"), flagOf(body, "isSoldOut")));
  });
}

function failed(c: Context, error: Error, log: (line: string) => void): Response {
  if (error instanceof ConsoleFault) return problem(c, error.code, error.field);
  log(`console ${c.req.path}: ${faultLine(error)}`);
  return problem(c, error instanceof HqFault ? "console/store" : "console/bug", "");
}

function problem(c: Context, code: ConsoleCode, field: string): Response {
  const body: ConsoleError = { error: { code, field } };
  return c.json(body, STATUS[code]);
}

// A page that is opened without its token is read by a person.
function refused(c: Context, verdict: "origin" | "session"): Response {
  if (c.req.path.startsWith("/api/")) return problem(c, `console/${verdict}`, "");
  return c.text(
    "Headquarters' console opens by the address that was printed at its start: it ends with ?token=...\n",
    403,
  );
}
