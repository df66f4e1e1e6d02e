/**
 * The screen over HTTP and WebSocket on loopback: binds node:http and ws to runtime/ui/gate.ts (who
 * may come in) and runtime/ui/server.ts (what is said). Decides nothing itself.
 * Listens on 127.0.0.1 and never on another address. Implements RELIABILITY 7.6.
 */
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";
import type { RawData } from "ws";

import type { Timers } from "../../drivers/port/timers.ts";
import type { Rng } from "../clock.ts";
import { ASSET_FILES } from "../ui/assets.ts";
import type { Asset, Assets } from "../ui/assets.ts";
import { Gate } from "../ui/gate.ts";
import type { Answered, Asked } from "../ui/gate.ts";
import { PAGE_FRAME_BYTES_MAX, PAGES_COUNT_MAX } from "../ui/limits.ts";
import { ScreenServer } from "../ui/server.ts";
import type { ScreenOptions } from "../ui/server.ts";

const LOOPBACK = "127.0.0.1";
/** Half-finished requests are dropped after this. */
const REQUEST_MS_MAX = 10_000;
/** Sockets of all kinds at one time: pages, their files, and whoever else on this machine knocks. */
const SOCKETS_COUNT_MAX = 64;
/** A page that was told to go has this long to say goodbye. */
const CLOSE_GRACE_MS = 1000;

export interface StartScreenOptions extends ScreenOptions {
  readonly assets: Assets;
  readonly rng: Rng;
  /** 0 for any free port. */
  readonly port: number;
}

/** A listening screen. `url` carries the token: it belongs to the terminal's own browser. */
export interface Screen {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** The screen's port is taken by another program. */
export class ScreenPortFault extends Error {
  override readonly name = "ScreenPortFault";
  readonly code = "screen/port_in_use";
  constructor(port: number, cause: unknown) {
    super(
      `Port ${port} of the screen is taken. Nothing was changed. Change screenPort, or stop the other program.`,
      {
        cause,
      },
    );
  }
}

/** A file of the screen is missing. */
export class ScreenAssetFault extends Error {
  override readonly name = "ScreenAssetFault";
  readonly code = "screen/file_missing";
}

/** Reads the screen's built files from a folder. Rejects with ScreenAssetFault when one is missing. */
export async function loadScreenAssets(directory: string): Promise<Assets> {
  const entries = ASSET_FILES.map(async ({ path, file, contentType }): Promise<[string, Asset]> => {
    const from = join(directory, file);
    const bytes = await readFile(from).catch((cause: unknown) => {
      throw new ScreenAssetFault(`The screen's file ${from} cannot be read. Install the firmware again.`, {
        cause,
      });
    });
    return [path, { contentType, bytes }];
  });
  return new Map(await Promise.all(entries));
}

/** Serves the screen. Rejects with ScreenPortFault when the port is taken. */
export async function startScreen(options: StartScreenOptions): Promise<Screen> {
  const http = createServer({ requestTimeout: REQUEST_MS_MAX });
  http.maxConnections = SOCKETS_COUNT_MAX;
  const port = await listening(http, options.port);
  const gate = new Gate(port, options.rng, options.assets, options.status);
  const screen = new ScreenServer(options);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: PAGE_FRAME_BYTES_MAX,
    perMessageDeflate: false,
  });
  http.on("request", (request, response) => reply(response, gate.answer(askedOf(request))));
  http.on("upgrade", (request, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    const refusal = gate.refusesUpgrade(askedOf(request)) ?? crowded(sockets.clients.size);
    if (refusal !== null) socket.end(rawReply(refusal));
    else sockets.handleUpgrade(request, socket, head, (opened) => bind(screen, opened, options.timers));
  });
  const close = async (): Promise<void> => {
    screen.close();
    await new Promise<void>((resolve) => {
      http.close(() => resolve());
      for (const client of sockets.clients) client.terminate();
      http.closeAllConnections();
    });
  };
  return { url: gate.url, port, close };
}

function listening(http: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once("error", (cause: NodeJS.ErrnoException) =>
      reject(cause.code === "EADDRINUSE" ? new ScreenPortFault(port, cause) : cause),
    );
    http.listen(port, LOOPBACK, () => {
      const address = http.address();
      if (address === null || typeof address === "string") reject(new Error("The screen has no port"));
      else resolve(address.port);
    });
  });
}

function bind(screen: ScreenServer, socket: WebSocket, timers: Timers): void {
  let stopGrace = (): void => undefined;
  const session = screen.connect({
    get bufferedBytes() {
      return socket.bufferedAmount;
    },
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: (code, reason) => {
      socket.close(code, reason);
      stopGrace();
      stopGrace = timers.after(CLOSE_GRACE_MS, () => socket.terminate());
    },
  });
  socket.on("message", (data: RawData, isBinary: boolean) => {
    // Bytes are not of this protocol: read as text that no message is.
    session.receive(isBinary ? "" : textOf(data));
  });
  // A frame too long or not of the protocol: ws has closed the socket with its code already.
  socket.on("error", () => session.closed());
  socket.on("close", () => {
    stopGrace();
    session.closed();
  });
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString("utf8");
  return data instanceof ArrayBuffer ? Buffer.from(data).toString("utf8") : data.toString("utf8");
}

function crowded(pageCount: number): Answered | null {
  if (pageCount < PAGES_COUNT_MAX) return null;
  const body = `This terminal has ${PAGES_COUNT_MAX} screens open already: close one of them.\n`;
  return { status: 503, headers: { "content-type": "text/plain; charset=utf-8" }, body };
}

function askedOf(request: IncomingMessage): Asked {
  return { method: request.method ?? "", target: request.url ?? "", headers: request.headers };
}

function reply(response: ServerResponse, answered: Answered): void {
  response.writeHead(answered.status, answered.headers);
  response.end(answered.body);
}

const REASONS: Readonly<Record<number, string>> = {
  403: "Forbidden",
  404: "Not Found",
  503: "Service Unavailable",
};

function rawReply({ status, headers, body }: Answered): string {
  const length = Buffer.byteLength(body);
  const lines = Object.entries({ ...headers, "content-length": String(length), connection: "close" });
  const head = [
    `HTTP/1.1 ${status} ${REASONS[status] ?? ""}`,
    ...lines.map(([name, value]) => `${name}: ${value}`),
  ];
  return `${head.join("\r\n")}\r\n\r\n${String(body)}`;
}
