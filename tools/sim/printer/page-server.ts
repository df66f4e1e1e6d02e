/**
 * The virtual printer's page over HTTP on loopback: the page, each receipt as a picture, everything as
 * JSON for tests, a stream of "something changed", and the buttons. A button wants a header that no other
 * site's page can send.
 */

import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import { listen } from "./device.ts";
import type { Engine } from "./engine.ts";
import { PAGE_HTML } from "./page.ts";
import { accountOf, marksOf, plainLines } from "./paper.ts";
import { GOOD_CONDITION } from "./status.ts";
import { receiptSvg } from "./svg.ts";
import type { Tray } from "./tray.ts";

/** Open pages that are told of changes; more have to reload. */
const WATCHERS_MAX = 20;

/** A listening page server. */
export interface PageServer {
  readonly httpPort: number;
  close(): Promise<void>;
}

/** What the page shows and what its buttons do. */
export interface PageSubject {
  readonly tray: Tray;
  readonly engine: Engine;
  readonly setCable: (isIn: boolean) => Promise<void>;
  readonly setPower: (isOn: boolean) => Promise<void>;
}

/** Lines left on the roll after the button that says so. */
const LAST_LINES_COUNT = 10;
/** Bytes until the fault of a "soon" button. */
const SOON_BYTES = 400;

/** Listens on loopback; `httpPort` 0 for any free port. */
export async function startPageServer(subject: PageSubject, httpPort: number): Promise<PageServer> {
  const { tray } = subject;
  const buttons = buttonsOf(subject);
  const watchers = new Set<ServerResponse>();
  const stopListening = tray.onChange(() => {
    for (const watcher of watchers) watcher.write("data: changed\n\n");
  });
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const receiptNumber = /^\/receipt\/(\d{1,9})\.svg$/.exec(path)?.[1];
    const button = request.method === "POST" ? buttons.get(path) : undefined;
    if (button !== undefined && request.headers["x-virtual-printer"] === "button") {
      button().then(
        () => {
          tray.touch();
          answer(response, 204, "text/plain", "");
        },
        () => answer(response, 500, "text/plain", "That did not work.\n"),
      );
    } else if (request.method !== "GET") answer(response, 405, "text/plain", "Only GET.\n");
    else if (path === "/") answer(response, 200, "text/html; charset=utf-8", PAGE_HTML);
    else if (path === "/receipts.json") answer(response, 200, "application/json", receiptsJson(subject));
    else if (path === "/events") watch(response, watchers);
    else if (receiptNumber !== undefined) answerPicture(response, tray, Number(receiptNumber));
    else answer(response, 404, "text/plain", "No such page.\n");
  });
  const port = await listen(server, httpPort);
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      stopListening();
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { httpPort: port, close };
}

/** What /receipts.json holds: newest receipt first, each with its lines as plain text. */
function receiptsJson({ tray, engine }: PageSubject): string {
  const receipts = tray.receipts.map((receipt) => ({
    number: receipt.number,
    columnCount: receipt.columnCount,
    endedBy: receipt.endedBy,
    notShown: receipt.notShown,
    marks: marksOf(receipt),
    lines: plainLines(receipt),
  }));
  const { condition, plug, hangingLineCount } = engine;
  const device = { condition, plug, hangingLineCount, account: engine.account() };
  const account = accountOf(tray.receipts);
  return JSON.stringify({ drawerCount: tray.drawerCount, device, account, receipts });
}

function buttonsOf({ engine, setCable, setPower }: PageSubject): ReadonlyMap<string, () => Promise<void>> {
  const now = (press: () => void) => () => Promise.resolve().then(press);
  const change = (part: Partial<Engine["condition"]>) =>
    now(() => engine.setCondition({ ...engine.condition, ...part }));
  return new Map([
    ["/button/roll-new", change({ paper: GOOD_CONDITION.paper })],
    ["/button/roll-low", change({ paper: "near_end" })],
    ["/button/roll-out", change({ paper: "out" })],
    ["/button/roll-last-lines", now(() => engine.setPaperLines(LAST_LINES_COUNT))],
    ["/button/cover-open", change({ cover: "open" })],
    ["/button/cover-close", change({ cover: "closed" })],
    ["/button/cutter-jam", change({ cutter: "jammed" })],
    ["/button/cutter-free", change({ cutter: "working" })],
    ["/button/cable-out", () => setCable(false)],
    ["/button/cable-in", () => setCable(true)],
    ["/button/cable-soon", now(() => engine.planStop({ afterBytes: SOON_BYTES, fault: "cable" }))],
    ["/button/power-off", () => setPower(false)],
    ["/button/power-on", () => setPower(true)],
    ["/button/power-soon", now(() => engine.planStop({ afterBytes: SOON_BYTES, fault: "power" }))],
    ["/button/tear-off", now(() => engine.tearOff())],
  ]);
}

function answerPicture(response: ServerResponse, tray: Tray, receiptNumber: number): void {
  const receipt = tray.receipts.find(({ number }) => number === receiptNumber);
  if (receipt === undefined) answer(response, 404, "text/plain", "No such receipt.\n");
  else answer(response, 200, "image/svg+xml; charset=utf-8", receiptSvg(receipt));
}

function watch(response: ServerResponse, watchers: Set<ServerResponse>): void {
  if (watchers.size >= WATCHERS_MAX) {
    answer(response, 503, "text/plain", "Too many pages are open.\n");
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.write("retry: 1000\n\n");
  watchers.add(response);
  response.on("close", () => watchers.delete(response));
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    "content-type": type,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(body);
}
