/** The screen's server over real HTTP and WebSocket: the door, the bounds, and that others go on. */
import { request } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { connect, createServer } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";

import type { Assets } from "../../runtime/ui/assets.ts";
import { ASSET_FILES } from "../../runtime/ui/assets.ts";
import {
  PAGE_FRAME_BYTES_MAX,
  PAGE_MESSAGES_PER_SECOND_COUNT_MAX,
  PAGES_COUNT_MAX,
} from "../../runtime/ui/limits.ts";
import { startScreen } from "../../runtime/adapters/screen-server.ts";
import { readScreenMessage } from "../../runtime/ui/wire-view.ts";
import type { ScreenMessage } from "../../runtime/ui/wire.ts";
import { serveTerminal } from "../support/screen-harness.ts";
import type { ServedTerminal } from "../support/screen-harness.ts";
import { SMALL_CATALOGUE } from "../support/screen-terminal.ts";

const assets: Assets = new Map(
  ASSET_FILES.map(({ path, contentType }) => [path, { contentType, bytes: Buffer.from(`file of ${path}`) }]),
);

let terminal: ServedTerminal;
let cookie = "";

beforeAll(async () => {
  terminal = await serveTerminal(assets, SMALL_CATALOGUE, "en");
  const entry = new URL(terminal.screen.url);
  const answer = await ask(entry.pathname + entry.search);
  cookie = answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
});
afterAll(() => terminal.screen.close());

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function ask(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { port } = terminal.screen;
    const asking = request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (body += chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    asking.on("error", reject);
    asking.end();
  });
}

/** A page on a real socket, which keeps what it was told. */
class Page {
  readonly messages: ScreenMessage[] = [];
  readonly socket: WebSocket;
  readonly opened: Promise<"open" | number>;
  readonly closed: Promise<number>;
  #wake: () => void = () => undefined;

  constructor(headers: Record<string, string> = {}) {
    const { port } = terminal.screen;
    this.socket = new WebSocket(`ws://127.0.0.1:${port}/screen`, {
      headers: { cookie, origin: `http://127.0.0.1:${port}`, ...headers },
    });
    this.opened = new Promise((resolve) => {
      this.socket.on("open", () => resolve("open"));
      this.socket.on("unexpected-response", (_request, response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
    });
    this.closed = new Promise((resolve) => this.socket.on("close", resolve));
    this.socket.on("error", () => undefined);
    this.socket.on("message", (data: Buffer) => {
      const read = readScreenMessage(data.toString("utf8"));
      if (read.ok) this.messages.push(read.value);
      this.#wake();
    });
  }

  says(message: unknown): void {
    this.socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }

  /** The first message that matches, now or when it comes. */
  async hears(isIt: (message: ScreenMessage) => boolean): Promise<ScreenMessage> {
    for (;;) {
      const found = this.messages.find(isIt);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async hello(view: number): Promise<this> {
    expect(await this.opened).toBe("open");
    this.says({ kind: "hello", view, language: "en" });
    await this.hears(({ kind }) => kind === "welcome");
    return this;
  }

  async leaves(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}

const answerTo =
  (n: number) =>
  (message: ScreenMessage): boolean =>
    message.kind === "answer" && message.n === n;

test("only loopback is listened on", async () => {
  expect(new URL(terminal.screen.url).hostname).toBe("127.0.0.1");
  const elsewhere = connect({ host: "127.0.0.2", port: terminal.screen.port });
  const outcome = await new Promise((resolve) => {
    elsewhere.on("connect", () => resolve("connected"));
    elsewhere.on("error", () => resolve("refused"));
  });
  elsewhere.destroy();
  expect(outcome).toBe("refused");
});

test("the token leads to the page, and without the cookie there is one sentence", async () => {
  expect(cookie).toMatch(/^tillwright_\d+=[0-9a-f]{64}$/);
  expect(await ask("/app.js", { cookie })).toMatchObject({ status: 200, body: "file of /app.js" });
  for (const path of ["/", "/app.js", "/nothing", "/?token=0"]) {
    const refused = await ask(path);
    expect(refused.status).toBe(403);
    expect(refused.body).toMatch(/^Only this terminal's own screen .*\.\n$/);
  }
});

test("another Host, Origin or method is refused over the wire", async () => {
  expect((await ask("/", { cookie, host: "evil.example" })).status).toBe(403);
  expect((await ask("/", { cookie, origin: "http://evil.example" }, "POST")).status).toBe(403);
  const own = `http://127.0.0.1:${terminal.screen.port}`;
  expect((await ask("/", { cookie, origin: own }, "POST")).status).toBe(405);
});

test("a WebSocket needs the cookie, the host and the origin", async () => {
  expect(await new Page({ cookie: "" }).opened).toBe(403);
  expect(await new Page({ origin: "http://evil.example" }).opened).toBe(403);
  expect(await new Page({ host: "evil.example" }).opened).toBe(403);
  const page = new Page();
  expect(await page.opened).toBe("open");
  await page.leaves();
});

test("a sale over the socket: the view comes before the answer, and a second page sees it", async () => {
  const first = await new Page().hello(101);
  const second = await new Page().hello(102);
  const say = (n: number, command: object, clerk = "ana"): void =>
    first.says({ kind: "command", n, clerk, command });
  say(1, { type: "sign_on", clerk: "ana" }, "");
  await first.hears(answerTo(1));
  say(2, { type: "add_item", order: null, sku: "101", quantityMilli: 1000 });
  await first.hears(answerTo(2));
  const shown = first.messages.findLast((message) => message.kind === "view" && message.order !== undefined);
  const order = shown?.kind === "view" ? shown.order?.order : undefined;
  say(3, { type: "take_cash", order, handedMinor: 5000, leftMinor: null });
  await first.hears(answerTo(3));
  const isSold = (message: ScreenMessage): boolean =>
    message.kind === "view" && message.last?.order === order && message.order === null;
  expect(first.messages.findIndex(isSold)).toBeLessThan(first.messages.findIndex(answerTo(3)));
  expect(await second.hears(isSold)).toMatchObject({ last: { totalMinor: 1800, changeMinor: 3200 } });
  await first.leaves();
  await second.leaves();
});

test("a frame beyond the bound closes that connection with 1009, others go on", async () => {
  const bad = await new Page().hello(201);
  const good = await new Page().hello(202);
  bad.says("x".repeat(PAGE_FRAME_BYTES_MAX + 1));
  expect(await bad.closed).toBe(1009);
  good.says({ kind: "command", n: 1, clerk: "", command: { type: "sign_on", clerk: "li" } });
  await good.hears(answerTo(1));
  await good.leaves();
});

test("a frame at the bound is read, and its content refused", async () => {
  const page = await new Page().hello(203);
  page.says("x".repeat(PAGE_FRAME_BYTES_MAX));
  expect(await page.hears(({ kind }) => kind === "fault")).toMatchObject({ code: "wire/not_json" });
  await page.leaves();
});

test("malformed, binary and unknown messages get codes, ten of them the end", async () => {
  const page = await new Page().hello(301);
  page.says("{");
  page.socket.send(Buffer.from([1, 2, 3]));
  page.says({ kind: "shutdown" });
  for (let count = 3; count < 10; count += 1) page.says("[]");
  expect(await page.closed).toBe(1008);
  const codes = page.messages.flatMap((message) => (message.kind === "fault" ? [message.code] : []));
  expect(codes.slice(0, 4)).toEqual([
    "wire/not_json",
    "wire/not_json",
    "wire/unknown_kind",
    "wire/not_an_object",
  ]);
  expect(codes).toHaveLength(10);
});

test("a flood closes its own connection and leaves the others alone", async () => {
  const flood = await new Page().hello(401);
  const good = await new Page().hello(402);
  for (let count = 0; count < PAGE_MESSAGES_PER_SECOND_COUNT_MAX * 20; count += 1)
    flood.says({ kind: "open", panel: { panel: "none" } });
  expect(await flood.closed).toBe(1008);
  expect(await flood.hears(({ kind }) => kind === "fault")).toMatchObject({ code: "wire/too_many_messages" });
  good.says({ kind: "open", panel: { panel: "health" } });
  await good.hears(({ kind }) => kind === "panel");
  await good.leaves();
});

test("one screen too many is refused, and there is room again when one leaves", async () => {
  const pages = await Promise.all(
    Array.from({ length: PAGES_COUNT_MAX }, (_, index) => new Page().hello(500 + index)),
  );
  expect(await new Page().opened).toBe(503);
  await pages[0]?.leaves();
  const again = await new Page().hello(599);
  await Promise.all([...pages.slice(1), again].map((page) => page.leaves()));
});

test("a half-sent upgrade and a broken frame harm nobody", async () => {
  const { port } = terminal.screen;
  const raw = connect({ host: "127.0.0.1", port });
  const upgrade = [
    "GET /screen HTTP/1.1",
    `Host: 127.0.0.1:${port}`,
    `Origin: http://127.0.0.1:${port}`,
    `Cookie: ${cookie}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
  ];
  raw.on("error", () => undefined);
  raw.write(`${upgrade.join("\r\n")}\r\n\r\n`);
  // Reserved bits set, and not masked: not a frame that a browser sends.
  raw.write(Buffer.from([0xff, 0x05, 1, 2, 3, 4, 5]));
  await new Promise((resolve) => raw.on("close", resolve).resume());
  const good = await new Page().hello(601);
  await good.leaves();
});

test("a port that is taken is refused with screen/port_in_use", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const address = other.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const starting = startScreen({
    ...terminal,
    assets,
    clock: { wall: () => 0 as never, monotonicMs: () => 0 },
    timers: { after: () => () => undefined },
    rng: { bytes: (count) => new Uint8Array(count) },
    onBug: () => undefined,
    port,
  });
  await expect(starting).rejects.toMatchObject({ code: "screen/port_in_use" });
  await new Promise((resolve) => other.close(resolve));
});

test("none of this was a mistake of the server", () => {
  expect(terminal.bugs).toEqual([]);
});
