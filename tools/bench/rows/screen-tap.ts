/**
 * B12: from a tap on an item to the end of the next frame, on a processor slowed down six times, less
 * the same of a button that does nothing; and the longest task of the page's thread meanwhile. The
 * firmware serves the screen, and a real browser is tapped as wide as the device.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import { buildFirmware } from "../../build/bundle.ts";
import { PROJECT_ROOT } from "../../build/root.ts";
import { BROWSER_ARGUMENTS, deviceOf, findBrowser } from "../../standard-day/browser.ts";
import { end, firmwareCommand, makeFirmwareShop, removeShop, startNode } from "../firmware.ts";
import { median, mustEqual } from "../measure.ts";
import { rowOf } from "../row.ts";
import type { BenchRow } from "../row.ts";

const SLOWER_COUNT = 6;
const ROUNDS_COUNT = 9;
const TAPS_PER_ROUND_COUNT = 10;
const WARM_UP_ROUNDS_COUNT = 2;
/** A quick clerk's pause; the server takes 50 messages in a second. */
const PAUSE_MS = 120;
const HEIGHT_PX = 640;
/** Of those that stand on the first page, so that nothing scrolls. */
const ITEMS_COUNT = 6;
const IDLE = "bench-idle";

/** Notes each tap with the time from its event to the end of the next frame, and adds a button that does nothing. */
const PROBE = `
  window.benchTaps = [];
  addEventListener("click", (event) => {
    const id = event.target.closest("[data-id]")?.dataset.id ?? "";
    requestAnimationFrame(() => {
      const behindFrame = new MessageChannel();
      behindFrame.port1.onmessage = () => window.benchTaps.push({ id, ms: performance.now() - event.timeStamp });
      behindFrame.port2.postMessage(0);
    });
  }, true);
  const idle = document.createElement("button");
  idle.dataset.id = "${IDLE}";
  idle.style.cssText = "position:fixed;top:0;left:0;width:24px;height:24px;z-index:9";
  document.body.append(idle);
`;

interface Tap {
  readonly id: string;
  readonly ms: number;
}

/** The rows. Throws where there is no browser, and when a tap was not sold. */
export async function benchScreenTap(): Promise<readonly BenchRow[]> {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error("bench: B12 needs Chromium, and there is none");
  await buildFirmware(join(PROJECT_ROOT, "build/firmware"));
  const shop = makeFirmwareShop();
  const firmware = await startNode(firmwareCommand(shop));
  const browser = await chromium.launch({ executablePath, args: BROWSER_ARGUMENTS });
  try {
    const ready: unknown = JSON.parse(firmware.firstLine);
    const url = typeof ready === "object" && ready !== null && "screen" in ready ? String(ready.screen) : "";
    const page = await (await browser.newContext(deviceOf(HEIGHT_PX))).newPage();
    await page.goto(url);
    await page.locator('[data-id="clerk-may"]').tap();
    await page.locator('[data-id="item-item-0"]').waitFor();
    await page.evaluate(PROBE);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWER_COUNT });
    for (let round = 0; round < WARM_UP_ROUNDS_COUNT; round += 1) await tapRound(page);
    const rounds: Round[] = [];
    const longestMs = await longestTaskMs(browser, page, async () => {
      for (let round = 0; round < ROUNDS_COUNT; round += 1) rounds.push(await tapRound(page));
    });
    const sold = (WARM_UP_ROUNDS_COUNT + ROUNDS_COUNT) * TAPS_PER_ROUND_COUNT;
    const cart = (await page.locator('[data-id="cart"]').textContent()) ?? "";
    mustEqual("units in the cart", /\d+/.exec(cart)?.[0], String(sold));
    return rowsOfTaps(rounds, longestMs);
  } finally {
    await browser.close();
    await end(firmware);
    removeShop(shop);
  }
}

/** 95th percentiles of one round. */
interface Round {
  readonly ours: number;
  readonly idle: number;
}

/** Taps on items and on the idle button in turn. */
async function tapRound(page: Page): Promise<Round> {
  for (let tap = 0; tap < TAPS_PER_ROUND_COUNT; tap += 1) {
    for (const id of [`item-item-${tap % ITEMS_COUNT}`, IDLE]) {
      await page.locator(`[data-id="${id}"]`).tap();
      await page.waitForTimeout(PAUSE_MS);
    }
  }
  const taps = await page.evaluate<readonly Tap[]>("window.benchTaps.splice(0)");
  mustEqual("taps", taps.length, 2 * TAPS_PER_ROUND_COUNT);
  const [idle, ours] = [true, false].map((isIdle) =>
    percentile95(taps.filter(({ id }) => (id === IDLE) === isIdle).map(({ ms }) => ms)),
  );
  return { ours: ours ?? Number.NaN, idle: idle ?? Number.NaN };
}

function percentile95(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
}

/** One event of a trace, as far as it is looked at. */
interface TraceEvent {
  readonly name?: unknown;
  readonly pid?: unknown;
  readonly tid?: unknown;
  /** Microseconds of the thread's processor time. */
  readonly tdur?: unknown;
  readonly args?: { readonly name?: unknown };
}

/** The longest task that the page's main thread ran during `work`. */
async function longestTaskMs(browser: Browser, page: Page, work: () => Promise<void>): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "tillwright-bench-"));
  const path = join(folder, "trace.json");
  try {
    await browser.startTracing(page, { path, categories: ["toplevel"] });
    await work();
    await browser.stopTracing();
    const { traceEvents }: { readonly traceEvents: readonly TraceEvent[] } = JSON.parse(
      existsSync(path) ? readFileSync(path, "utf8") : '{"traceEvents":[]}',
    );
    const threads = new Set(
      traceEvents
        .filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain")
        .map(({ pid, tid }) => `${String(pid)}/${String(tid)}`),
    );
    const tasks = traceEvents.filter(
      ({ name, pid, tid }) =>
        String(name).endsWith("RunTask") && threads.has(`${String(pid)}/${String(tid)}`),
    );
    mustEqual("whether tasks were traced", tasks.length > 0, true);
    return Math.max(...tasks.map(({ tdur }) => Number(tdur ?? 0) / 1000));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rowsOfTaps(rounds: readonly Round[], longestMs: number): readonly BenchRow[] {
  const [ours, peer] = [median(rounds.map((round) => round.ours)), median(rounds.map(({ idle }) => idle))];
  return [
    rowOf({
      id: "B12 frame",
      what: `tap on one of 200 items to the next frame, 95th percentile, processor ${SLOWER_COUNT} times slower`,
      ours,
      peer,
      peerName: "a button that does nothing",
      ratio: ours / peer,
      judged: "difference",
      better: "less",
      reach: 30,
      dream: 15,
      unit: "ms",
      note: "",
    }),
    rowOf({
      id: "B12 task",
      what: "longest task of the page's thread during these taps, in its processor time",
      ours: longestMs,
      peer: null,
      peerName: "",
      ratio: null,
      judged: "ours",
      better: "less",
      reach: 50,
      dream: 30,
      unit: "ms",
      note: "",
    }),
  ];
}
