/**
 * The console's paths for pricing rules. Bodies are read strictly here; what is answered is made in
 * rules.ts and rules-dry-run.ts.
 */
import type { Context, Hono } from "hono";
import { stream } from "hono/streaming";
import { IMPORT_KINDS } from "../pricing/import.ts";
import type { Span } from "../store/console.ts";
import type { CartWish } from "./api-rules.ts";
import { bodyOf, flagOf, isObject, textOf } from "./body.ts";
import type { Body } from "./body.ts";
import type { ConsoleContext } from "./context.ts";
import { dayIn, ConsoleFault } from "./query.ts";
import { spanOfDays } from "./day.ts";
import { doorOf } from "./published.ts";
import { checkRules, importInto, priceCartUnder, publishRules, rulesPage } from "./rules.ts";
import { DRY_RUNS_COUNT_MAX, dryRunLines, effectLines } from "./rules-dry-run.ts";

/** Lines of one test cart, and coupons of it. */
const CART_COUNT_MAX = 100;
const QUANTITY_MILLI_MAX = 1_000_000_000;

/** Adds the paths to the console's. */
export function serveRules(app: Hono, context: ConsoleContext): void {
  app.get("/api/rules", async (c) => c.json(await rulesPage(context)));
  app.post("/api/rules-check", async (c) => {
    const body = await bodyOf(c);
    return c.json(await checkRules(context, textOf(body, "text")));
  });
  app.post("/api/rules", async (c) => {
    const body = await bodyOf(c);
    const [text, startsAt] = [textOf(body, "text"), textOf(body, "startsAt")];
    return c.json(await publishRules(context, text, startsAt, flagOf(body, "confirm")));
  });
  app.post("/api/rules-price", async (c) => {
    const body = await bodyOf(c);
    return c.json(await priceCartUnder(context, textOf(body, "text"), cartWishIn(body)));
  });
  app.post("/api/rules-import", async (c) => {
    const body = await bodyOf(c);
    const kind = IMPORT_KINDS.find((each) => each === body["kind"]);
    if (kind === undefined) throw new ConsoleFault("console/body", "kind");
    return c.json(await importInto(context, textOf(body, "text"), kind, textOf(body, "csv")));
  });
  serveDryRun(app, context);
}

function serveDryRun(app: Hono, context: ConsoleContext): void {
  let runningCount = 0;
  const streamed = (
    c: Context,
    lines: (isStopped: () => boolean) => AsyncIterable<{ readonly kind: string }>,
  ): Response => {
    if (runningCount >= DRY_RUNS_COUNT_MAX) throw new ConsoleFault("console/busy", "");
    c.header("content-type", "application/x-ndjson; charset=utf-8");
    runningCount += 1;
    let isStopped = false;
    return stream(c, async (out) => {
      out.onAbort(() => {
        isStopped = true;
      });
      try {
        // Rows go with what follows them, so that a page of them is one write.
        let waiting = "";
        for await (const said of lines(() => isStopped)) {
          waiting += `${JSON.stringify(said)}\n`;
          if (said.kind === "row") continue;
          await out.write(waiting);
          waiting = "";
        }
      } finally {
        runningCount -= 1;
      }
    });
  };
  app.post("/api/rules-dry-run", async (c) => {
    const body = await bodyOf(c);
    const [text, span] = [textOf(body, "text"), spanIn(body, context)];
    doorOf(context);
    return streamed(c, (isStopped) => dryRunLines(context, text, span, isStopped));
  });
  app.post("/api/rules-effect", async (c) => {
    const span = spanIn(await bodyOf(c), context);
    return streamed(c, (isStopped) => effectLines(context, span, isStopped));
  });
}

/** From the first day to the end of the last. */
function spanIn(body: Body, { zoneMinutes }: ConsoleContext): Span {
  const day = (name: string): number => dayIn((field) => textOf(body, field), name, -1);
  const [from, to] = [day("from"), day("to")];
  if (from < 0 || to < from) throw new ConsoleFault("console/body", "from");
  return spanOfDays(from, to + 1, zoneMinutes);
}

/** A test cart as the page sends one. */
function cartWishIn(body: Body): CartWish {
  const { lines, coupons, guestCount } = body;
  if (!Array.isArray(lines) || lines.length > CART_COUNT_MAX || !lines.every(isWishLine))
    throw new ConsoleFault("console/body", "lines");
  if (!Array.isArray(coupons) || coupons.length > CART_COUNT_MAX || !coupons.every(isText))
    throw new ConsoleFault("console/body", "coupons");
  if (typeof guestCount !== "number" || !Number.isSafeInteger(guestCount) || guestCount < 0)
    throw new ConsoleFault("console/body", "guestCount");
  const [at, store] = [textOf(body, "at"), textOf(body, "store")];
  const [channel, tier] = [textOf(body, "channel"), textOf(body, "tier")];
  return { lines, coupons, guestCount, at, store, channel, tier };
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isWishLine(value: unknown): value is CartWish["lines"][number] {
  if (!isObject(value)) return false;
  const { sku, quantityMilli } = value;
  const isQuantity = typeof quantityMilli === "number" && Number.isSafeInteger(quantityMilli);
  return typeof sku === "string" && isQuantity && quantityMilli >= 0 && quantityMilli <= QUANTITY_MILLI_MAX;
}
