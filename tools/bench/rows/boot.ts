/**
 * B8, B9, B10: the firmware itself. What its boot to "ready to take an order" costs, what of it is
 * resident then and after a thousand orders that a page taps, and how large its files are.
 */
import { join } from "node:path";
import WebSocket from "ws";
import { buildFirmware } from "../../build/bundle.ts";
import { PROJECT_ROOT } from "../../build/root.ts";
import {
  end,
  firmwareCommand,
  makeFirmwareShop,
  removeShop,
  rssMibOf,
  startNode,
  stop,
} from "../firmware.ts";
import type { FirmwareShop, Started } from "../firmware.ts";
import { inTurn, median } from "../measure.ts";
import type { Medians } from "../measure.ts";
import { rowOf } from "../row.ts";
import type { BenchRow } from "../row.ts";
import { itemAt } from "../sale/shop.ts";

const ROUNDS_COUNT = 9;
const ORDERS_COUNT = 1000;
const LINES_COUNT = 1;
/** Between two taps: a page may say 50 things in a second. */
const TAP_MS = 23;
/** Garbage is collected when there is time: so long it is left alone before it is looked at. */
const REST_MS = 3000;
/** Bare Node, at the moment at which it runs a line of its own. */
const BARE = ["-e", "process.stdout.write('{}\\n');setInterval(()=>0,1e6)"];

/** The rows. Builds the firmware into build/firmware. */
export async function benchBoot(): Promise<readonly BenchRow[]> {
  const { files } = await buildFirmware(join(PROJECT_ROOT, "build/firmware"));
  const code = files.filter(({ path }) => path.endsWith(".cjs"));
  const screen = files.filter(({ path }) => path.startsWith("screen/"));
  const sizes = {
    main: code.reduce((sum, { bytes }) => sum + bytes, 0),
    screen: screen.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0),
  };
  const shop = makeFirmwareShop();
  try {
    // As on a shop's second morning: Node keeps what it compiled when the first day ends.
    const firstMs = await dayMs(shop);
    const rss: { readonly ours: number[]; readonly bare: number[] } = { ours: [], bare: [] };
    const cpu = await inTurn(
      ROUNDS_COUNT,
      () => bootMs(firmwareCommand(shop), rss.ours),
      () => bootMs(BARE, rss.bare),
    );
    const bareMib = median(rss.bare);
    const afterMib = await rssAfterOrders(shop);
    return [bootRow(cpu, firstMs), ...memoryRows(median(rss.ours), afterMib, bareMib), ...sizeRows(sizes)];
  } finally {
    removeShop(shop);
  }
}

/** Starts and stops as a shop does, twice: before the first day there is no folder. Answers what the first start took. */
async function dayMs(shop: FirmwareShop): Promise<number> {
  const first = await startNode(firmwareCommand(shop));
  await stop(first);
  await stop(await startNode(firmwareCommand(shop)));
  return first.cpuMs;
}

async function bootMs(args: readonly string[], rss: number[]): Promise<number> {
  const started = await startNode(args);
  rss.push(started.rssMib);
  await end(started);
  return started.cpuMs;
}

async function rssAfterOrders(shop: FirmwareShop): Promise<number> {
  const started = await startNode(firmwareCommand(shop));
  try {
    await sellByScreen(started);
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    return rssMibOf(started.process.pid ?? 0);
  } finally {
    await end(started);
  }
}

/** What a page is told, as far as a seller needs it. */
interface Told {
  readonly kind?: unknown;
  readonly n?: unknown;
  readonly refusal?: unknown;
  readonly order?: unknown;
}

/** Taps ORDERS_COUNT orders as a page does, one tap after the answer to the one before. */
async function sellByScreen(started: Started): Promise<void> {
  const ready: unknown = JSON.parse(started.firstLine);
  const url = typeof ready === "object" && ready !== null && "screen" in ready ? String(ready.screen) : "";
  const { origin, host } = new URL(url);
  const welcome = await fetch(url, { redirect: "manual" });
  const [cookie = ""] = (welcome.headers.get("set-cookie") ?? "").split(";");
  const socket = new WebSocket(`ws://${host}/screen`, { origin, headers: { cookie } });
  let orderId: string | null = null;
  let n = 0;
  let onAnswer: (told: Told) => void = () => {};
  const opened = new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
    socket.once("close", (code) => reject(new Error(`bench: the screen closed with ${code}`)));
  });
  socket.on("message", (data: Buffer) => {
    const told: Told = JSON.parse(data.toString());
    if (told.kind === "view" && "order" in told) orderId = idOf(told.order);
    if (told.kind === "answer" && told.n === n) onAnswer(told);
    if (told.kind === "fault") onAnswer({ refusal: told });
  });
  await opened;
  const clerk = { current: "" };
  const tap = async (command: object): Promise<void> => {
    n += 1;
    const answered = new Promise<Told>((resolve) => {
      onAnswer = resolve;
    });
    socket.send(JSON.stringify({ kind: "command", n, clerk: clerk.current, command }));
    const { refusal } = await answered;
    await new Promise((resolve) => setTimeout(resolve, TAP_MS));
    if (refusal !== null && refusal !== undefined) throw new Error(`bench: ${JSON.stringify(refusal)}`);
  };
  socket.send(JSON.stringify({ kind: "hello", view: 7, language: "en" }));
  await tap({ type: "sign_on", clerk: "may" });
  clerk.current = "may";
  for (let order = 0; order < ORDERS_COUNT; order += 1) {
    for (let line = 0; line < LINES_COUNT; line += 1) {
      await tap({
        type: "add_item",
        order: line === 0 ? null : orderId,
        sku: itemAt((order + line) % 200).sku,
        quantityMilli: 1000,
      });
    }
    await tap({ type: "take_cash", order: orderId, handedMinor: 1_000_000, leftMinor: null });
  }
  socket.close();
}

function idOf(order: unknown): string | null {
  return typeof order === "object" && order !== null && "order" in order ? String(order.order) : null;
}

function bootRow({ ours, peer, ratio }: Medians, firstMs: number): BenchRow {
  return rowOf({
    id: "B8",
    what: "processor time of a boot to ready to take an order",
    ours,
    peer,
    peerName: "bare Node that says a line",
    ratio,
    judged: "ratio",
    better: "less",
    reach: 1.8,
    dream: 1.5,
    unit: "ms",
    note: `the very first start, with nothing compiled: ${Math.round(firstMs)} ms`,
  });
}

function memoryRows(readyMib: number, afterMib: number, bareMib: number): readonly BenchRow[] {
  const common = {
    peer: bareMib,
    peerName: "bare Node",
    judged: "difference",
    better: "less",
    unit: "MiB resident",
    note: "",
  } as const;
  return [
    rowOf({
      ...common,
      id: "B9 ready",
      what: "memory when ready, over bare Node's",
      ours: readyMib,
      ratio: readyMib / bareMib,
      reach: 16,
      dream: 10,
    }),
    rowOf({
      ...common,
      id: "B9 sold",
      what: `memory after ${ORDERS_COUNT} orders, over bare Node's`,
      ours: afterMib,
      ratio: afterMib / bareMib,
      reach: 24,
      dream: 14,
    }),
  ];
}

function sizeRows(sizes: { readonly main: number; readonly screen: number }): readonly BenchRow[] {
  const common = { peer: null, peerName: "", ratio: null, judged: "ours", better: "less", note: "" } as const;
  return [
    rowOf({
      ...common,
      id: "B10 firmware",
      what: "the firmware's bundle",
      ours: sizes.main / 1000,
      reach: 500,
      dream: 350,
      unit: "KB",
    }),
    rowOf({
      ...common,
      id: "B10 screen",
      what: "the screen's files, gzipped",
      ours: sizes.screen / 1000,
      reach: 60,
      dream: 40,
      unit: "KB",
    }),
  ];
}
