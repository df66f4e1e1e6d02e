/**
 * The real driver over real sockets: to the virtual printer, to devices that die or fall silent, and to
 * nobody. Only loopback; the driver's time is moved by hand.
 */

import { createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createTcpPort } from "../../drivers/port/tcp.ts";
import { PRINTER_OPTIONS, SHOP_PATIENCE, createPrinter } from "../../drivers/printer/driver.ts";
import type { WatchedPrinter } from "../../drivers/printer/driver.ts";
import { PRINTER_MODELS } from "../../drivers/printer/models.ts";
import { plainLines } from "../../tools/sim/printer/paper.ts";
import { startVirtualPrinter } from "../../tools/sim/printer/server.ts";
import type { VirtualPrinter } from "../../tools/sim/printer/server.ts";
import { ManualTimers } from "../support/manual-timers.ts";
import { CHINESE_RECEIPT, ENGLISH_RECEIPT } from "../support/sample-receipts.ts";

const MODEL = PRINTER_MODELS.gbk_80mm;
const closers: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

test("receipts come out of the virtual printer as they were laid out, and the drawer opens", async () => {
  const device = await virtualPrinter();
  const { printer } = driver(device.tcpPort);
  expect(await printer.openDrawer("d")).toEqual({ kind: "printed", paperLow: false });
  expect(await printer.print("1", ENGLISH_RECEIPT)).toEqual({ kind: "printed", paperLow: false });
  expect(await printer.print("2", CHINESE_RECEIPT)).toEqual({ kind: "printed", paperLow: false });
  const [chinese, english] = device.receipts();
  expect(device.drawerCount()).toBe(1);
  expect(english).toMatchObject({ number: 1, endedBy: "cut", notShown: [] });
  expect(plainLines(english ?? expect.fail("No receipt"))).toContain(`TOTAL${" ".repeat(9)}￡1,267.87`);
  expect(plainLines(chinese ?? expect.fail("No receipt"))).toContain(`合计${" ".repeat(10)}￥1,399.60`);
});

test("several tills share a printer: each waits its turn", async () => {
  const device = await virtualPrinter();
  const tills = [driver(device.tcpPort), driver(device.tcpPort), driver(device.tcpPort)];
  const outcomes = await Promise.all(tills.map(({ printer }) => printer.print("1", ENGLISH_RECEIPT)));
  expect(outcomes.map(({ kind }) => kind)).toEqual(["printed", "printed", "printed"]);
  expect(device.receipts().map(({ endedBy }) => endedBy)).toEqual(["cut", "cut", "cut"]);
});

test("without paper nothing is printed, and the drawer opens all the same", async () => {
  const device = await virtualPrinter();
  device.setCondition({ paper: "out", cover: "closed", cutter: "working" });
  const { printer } = driver(device.tcpPort);
  expect(await printer.print("1", ENGLISH_RECEIPT)).toEqual({ kind: "failed", code: "printer/paper_out" });
  expect(await printer.openDrawer("d")).toMatchObject({ kind: "printed" });
  expect([device.receipts().length, device.drawerCount()]).toEqual([0, 1]);
});

test("a printer that dies in the middle of a receipt leaves it unknown", async () => {
  const tcpPort = await deviceThat((socket, receivedBytes) => {
    if (receivedBytes <= 12) socket.write(Uint8Array.of(0x12));
    else socket.resetAndDestroy();
  });
  const { printer, timers } = driver(tcpPort);
  expect(await printer.print("1", ENGLISH_RECEIPT)).toEqual({
    kind: "unknown",
    code: "printer/lost_connection",
  });
  expect(timers.armedCount).toBe(0);
});

test("a printer that falls silent is given up: failed before the receipt, unknown within it", async () => {
  for (const [answeredBytes, kind] of [
    [0, "failed"],
    [12, "unknown"],
  ] as const) {
    const { promise: silent, resolve: fellSilent } = Promise.withResolvers<void>();
    const tcpPort = await deviceThat((socket, receivedBytes) => {
      if (receivedBytes <= answeredBytes) socket.write(Uint8Array.of(0x12));
      else fellSilent();
    });
    const { printer, timers } = driver(tcpPort);
    const outcome = printer.print("1", ENGLISH_RECEIPT);
    await silent;
    // Writes that the system has still to report re-arm the timer, so time moves until the session ends.
    let isOver = false;
    const over = (): void => {
      isOver = true;
    };
    outcome.then(over, over);
    while (!isOver) {
      timers.advance(1_000);
      await new Promise<void>((resolve) => {
        setImmediate(resolve);
      });
    }
    expect(await outcome).toEqual({ kind, code: "printer/timeout" });
    expect(timers.armedCount).toBe(0);
  }
});

test("nobody at the address is printer/unreachable", async () => {
  const device = await virtualPrinter();
  await device.close();
  const { printer } = driver(device.tcpPort);
  expect(await printer.print("1", ENGLISH_RECEIPT)).toEqual({ kind: "failed", code: "printer/unreachable" });
});

test("the page, the pictures, the list and the news are served", async () => {
  const device = await virtualPrinter();
  const base = `http://127.0.0.1:${device.httpPort}`;
  const news = await fetch(`${base}/events`);
  const reader = news.body?.getReader() ?? expect.fail("No stream");
  await reader.read();
  const { printer } = driver(device.tcpPort);
  await printer.print("1", CHINESE_RECEIPT);
  expect(new TextDecoder().decode((await reader.read()).value)).toContain("data: changed");
  await reader.cancel();
  expect(await (await fetch(`${base}/`)).text()).toContain("<title>Virtual printer</title>");
  const list: unknown = await (await fetch(`${base}/receipts.json`)).json();
  expect(list).toMatchObject({ drawerCount: 0, receipts: [{ number: 1, columnCount: 48, endedBy: "cut" }] });
  const picture = await fetch(`${base}/receipt/1.svg`);
  expect(picture.headers.get("content-type")).toContain("image/svg+xml");
  expect(await picture.text()).toContain("云南普洱古树生茶礼盒");
  expect((await fetch(`${base}/receipt/2.svg`)).status).toBe(404);
  expect((await fetch(`${base}/elsewhere`)).status).toBe(404);
  expect((await fetch(`${base}/`, { method: "POST" })).status).toBe(405);
});

test("a receipt that runs out of paper is finished when the page's button brings a new roll", async () => {
  const device = await virtualPrinter();
  const timers = new ManualTimers();
  const limits = { connectTimeoutMs: 3_000, writeTimeoutMs: 3_000, queueBytesMax: 128 * 1024 };
  const openPort = () => createTcpPort({ host: "127.0.0.1", tcpPort: device.tcpPort, ...limits }, timers);
  const printer = createPrinter(openPort, timers, MODEL, { ...PRINTER_OPTIONS, patience: SHOP_PATIENCE });
  closers.push(() => printer.close());
  device.setPaperLines(5);
  const waits = new Promise<void>((resolve) => {
    printer.onState(({ activity }) => {
      if (activity === "waiting") resolve();
    });
  });
  const printing = printer.print("1", ENGLISH_RECEIPT);
  await waits;
  expect(printer.state()).toMatchObject({ activity: "waiting", problem: "printer/paper_out" });
  const base = `http://127.0.0.1:${device.httpPort}`;
  expect(await (await fetch(`${base}/receipts.json`)).json()).toMatchObject({
    device: { condition: { paper: "out" }, plug: "in", hangingLineCount: 5 },
  });
  expect((await press(base, "roll-new", {})).status).toBe(405);
  expect((await press(base, "roll-new", { "x-virtual-printer": "button" })).status).toBe(204);
  expect(await printing).toEqual({ kind: "printed", paperLow: false });
  expect(device.receipts()).toHaveLength(1);
  const { receivedBytes, carriedOutBytes } = device.account();
  expect(carriedOutBytes).toBe(receivedBytes);
});

test("a cable that is pulled resets the client, and nobody is at the address until it is back", async () => {
  const device = await virtualPrinter();
  const { printer } = driver(device.tcpPort);
  const base = `http://127.0.0.1:${device.httpPort}`;
  const button = { "x-virtual-printer": "button" };
  expect((await press(base, "cable-out", button)).status).toBe(204);
  expect(await printer.check()).toEqual({ kind: "failed", code: "printer/unreachable" });
  expect((await press(base, "cable-in", button)).status).toBe(204);
  expect(await printer.check()).toMatchObject({ kind: "printed" });
  expect((await press(base, "no-such-button", button)).status).toBe(405);
});

test("a port that is taken refuses the start and leaves nothing open", async () => {
  const device = await virtualPrinter();
  const taken = { tcpPort: 0, httpPort: device.httpPort, columnCount: 48 };
  await expect(startVirtualPrinter(taken)).rejects.toMatchObject({ code: "EADDRINUSE" });
});

function press(base: string, button: string, headers: Record<string, string>): Promise<Response> {
  return fetch(`${base}/button/${button}`, { method: "POST", headers });
}

async function virtualPrinter(): Promise<VirtualPrinter> {
  const device = await startVirtualPrinter({ tcpPort: 0, httpPort: 0, columnCount: MODEL.columnCount });
  closers.push(() => device.close());
  return device;
}

function driver(tcpPort: number): { printer: WatchedPrinter; timers: ManualTimers } {
  const timers = new ManualTimers();
  const limits = { connectTimeoutMs: 3_000, writeTimeoutMs: 3_000, queueBytesMax: 128 * 1024 };
  const openPort = () => createTcpPort({ host: "127.0.0.1", tcpPort, ...limits }, timers);
  const printer = createPrinter(openPort, timers, MODEL);
  closers.push(() => printer.close());
  return { printer, timers };
}

/** A device that does as it is told on every arrival of bytes. */
async function deviceThat(answer: (socket: Socket, receivedBytes: number) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    let receivedBytes = 0;
    socket.on("error", () => socket.destroy());
    socket.on("data", (bytes) => {
      receivedBytes += bytes.length;
      answer(socket, receivedBytes);
    });
  });
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
}
