/**
 * The simulated scale's page over HTTP on loopback: the page, the scale as JSON, and its buttons. A
 * button wants a header that no other site's page can send.
 */

import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import type { ScaleModel } from "./model.ts";
import { SCALE_PAGE_HTML } from "./page.ts";

/** A listening page server. */
export interface ScalePage {
  readonly url: string;
  close(): Promise<void>;
}

/** The heaviest goods that the page puts on, and what it lifts below zero. */
const GRAMS_MAX = 60_000;
const LIFTED_GRAMS = -250;
const LOOPBACK = "127.0.0.1";

/** Listens on loopback; `httpPort` 0 for any free port. */
export async function startScalePage(model: ScaleModel, httpPort: number): Promise<ScalePage> {
  const buttons = buttonsOf(model);
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const press = pressed(path, buttons, model);
    if (request.method === "POST" && press !== null && request.headers["x-virtual-scale"] === "button") {
      press();
      answer(response, 204, "text/plain", "");
    } else if (request.method !== "GET") answer(response, 405, "text/plain", "Only GET.\n");
    else if (path === "/") answer(response, 200, "text/html; charset=utf-8", SCALE_PAGE_HTML);
    else if (path === "/scale.json") answer(response, 200, "application/json", JSON.stringify(model.face()));
    else answer(response, 404, "text/plain", "No such page.\n");
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(httpPort, LOOPBACK, resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : httpPort;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://${LOOPBACK}:${port}/`, close };
}

function pressed(
  path: string,
  buttons: ReadonlyMap<string, () => void>,
  model: ScaleModel,
): (() => void) | null {
  const grams = /^\/button\/put\/(\d{1,5})$/.exec(path)?.[1];
  if (grams !== undefined && Number(grams) <= GRAMS_MAX) return () => model.put(Number(grams));
  return buttons.get(path) ?? null;
}

/** What a hand at the scale does; zero and tare are its own keys. */
function buttonsOf(model: ScaleModel): ReadonlyMap<string, () => void> {
  const key = (letter: string) => () => void model.answer(Uint8Array.of(letter.charCodeAt(0)));
  return new Map([
    ["/button/take-off", () => model.put(0)],
    ["/button/lift", () => model.put(LIFTED_GRAMS)],
    ["/button/shake", () => model.hold(true)],
    ["/button/still", () => model.hold(false)],
    ["/button/zero", key("Z")],
    ["/button/tare", key("T")],
    ["/button/clear-tare", key("C")],
    ["/button/off", () => model.silence(true)],
    ["/button/on", () => model.silence(false)],
    ["/button/restart", () => model.restart()],
  ]);
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    "content-type": type,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(body);
}
