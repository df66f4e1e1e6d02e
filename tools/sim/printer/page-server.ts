/**
 * The virtual printer's page over HTTP on loopback: the page, each receipt as a picture, everything as
 * JSON for tests, and a stream of "something changed".
 */

import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import { listen } from "./device.ts";
import { PAGE_HTML } from "./page.ts";
import { plainLines } from "./paper.ts";
import { receiptSvg } from "./svg.ts";
import type { Tray } from "./tray.ts";

/** Open pages that are told of changes; more have to reload. */
const WATCHERS_MAX = 20;

/** A listening page server. */
export interface PageServer {
  readonly httpPort: number;
  close(): Promise<void>;
}

/** Listens on loopback; `httpPort` 0 for any free port. */
export async function startPageServer(tray: Tray, httpPort: number): Promise<PageServer> {
  const watchers = new Set<ServerResponse>();
  const stopListening = tray.onChange(() => {
    for (const watcher of watchers) watcher.write("data: changed\n\n");
  });
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const receiptNumber = /^\/receipt\/(\d{1,9})\.svg$/.exec(path)?.[1];
    if (request.method !== "GET") answer(response, 405, "text/plain", "Only GET.\n");
    else if (path === "/") answer(response, 200, "text/html; charset=utf-8", PAGE_HTML);
    else if (path === "/receipts.json") answer(response, 200, "application/json", receiptsJson(tray));
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
function receiptsJson(tray: Tray): string {
  const receipts = tray.receipts.map((receipt) => ({
    number: receipt.number,
    columnCount: receipt.columnCount,
    endedBy: receipt.endedBy,
    notShown: receipt.notShown,
    lines: plainLines(receipt),
  }));
  return JSON.stringify({ drawerCount: tray.drawerCount, receipts });
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
