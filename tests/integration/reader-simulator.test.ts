/**
 * The virtual card reader on a real TCP port and a real serial line, its page, and its stores on a real
 * disk. The till is bytes written by hand.
 */

import { createReadStream, createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { CARDS } from "../../tools/sim/reader/cards.ts";
import { startVirtualReader } from "../../tools/sim/reader/server.ts";
import type { VirtualReader, VirtualReaderOptions } from "../../tools/sim/reader/server.ts";
import { NEWER, OLDER } from "../../tools/sim/reader/zvt/behaviour.ts";
import { fromHex, toHex } from "../support/hex.ts";
import { NO_SOCAT } from "../support/pty-pair.ts";

const REGISTER = "06 00 06 12 34 56 10 09 78";
const CHARGE = "06 01 0a 04 00 00 00 00 13 40 49 09 78";
const OK = "80 00 00";

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function reader(options: Partial<VirtualReaderOptions> = {}): Promise<VirtualReader> {
  const started = await startVirtualReader({
    link: { kind: "tcp", tcpPort: 0 },
    httpPort: 0,
    behaviour: OLDER,
    directory: null,
    faults: [],
    ...options,
  });
  closers.push(() => started.close());
  return started;
}

interface Till {
  readonly say: (hex: string) => void;
  /** Resolves when what it heard in all ends like this. */
  readonly heard: (end: RegExp) => Promise<void>;
  readonly socket: Socket;
}

async function till(tcpPort: number): Promise<Till> {
  const socket = connect(tcpPort, "127.0.0.1");
  await new Promise((resolve) => socket.once("connect", resolve));
  socket.on("error", () => {});
  let all = "";
  socket.on("data", (bytes: Uint8Array) => {
    all += toHex(bytes);
  });
  closers.push(() => void socket.destroy());
  return {
    socket,
    say: (hex) => void socket.write(fromHex(hex)),
    heard: (end) => vi.waitFor(() => expect(all).toMatch(end), { timeout: 20_000 }),
  };
}

async function press(page: VirtualReader, button: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${page.httpPort}/button/${button}`, {
    method: "POST",
    headers: { "x-virtual-reader": "button" },
  });
  return response.status;
}

async function pageJson(page: VirtualReader): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(`http://127.0.0.1:${page.httpPort}/reader.json`);
  return Object(await response.json()) as Readonly<Record<string, unknown>>;
}

test("a charge over TCP: the holder taps on the page, and the ledger and the page show it without the card's number", async () => {
  const device = await reader();
  const { say, heard } = await till(device.tcpPort);
  say(REGISTER);
  await heard(/060f0a19002952500041490978$/);
  say(OK);
  say(CHARGE);
  await heard(/800000$/);
  expect((await pageJson(device))["prompt"]).toBe("present_card");
  expect(await press(device, "card/visa/contactless")).toBe(204);
  await heard(/040f4e2700.*$/);
  say(OK);
  await heard(/060f00$/);
  say(OK);
  const shown = JSON.stringify(await pageJson(device));
  expect(shown).toContain(`"state":"stands"`);
  expect(CARDS.filter((card) => shown.includes(card.pan))).toEqual([]);
});

test("a button without the page's header presses nothing, and an unknown page is not there", async () => {
  const device = await reader();
  const address = `http://127.0.0.1:${device.httpPort}`;
  expect((await fetch(`${address}/button/power-off`, { method: "POST" })).status).toBe(405);
  expect(device.unit.isOn).toBe(true);
  expect((await fetch(`${address}/nowhere`)).status).toBe(404);
  expect(await (await fetch(`${address}/`)).text()).toContain("Virtual card reader");
});

test("power that goes when the result has left is found by the till as a reset, and the reader forgets nothing", async () => {
  const directory = mkdtempSync(join(tmpdir(), "tillwright-reader-"));
  closers.push(() => rmSync(directory, { recursive: true, force: true }));
  const device = await reader({ behaviour: NEWER, directory });
  const { say, heard, socket } = await till(device.tcpPort);
  say(REGISTER);
  await heard(/490978$/);
  say(OK);
  await press(device, "power-after-result");
  say(CHARGE);
  await heard(/800000$/);
  const gone = new Promise((resolve) => socket.once("close", resolve));
  await press(device, "card/visa/contactless");
  await gone;
  expect(device.unit.isOn).toBe(false);
  await device.close();

  const again = await reader({ behaviour: NEWER, directory });
  expect(again.unit.state.memory.turnovers.map((its) => its.amountMinor)).toEqual([1340]);
  expect(again.acquirer.netMinor("EUR")).toBe(1340);
  const kept = readdirSync(directory).map((name) => readFileSync(join(directory, name), "utf8"));
  expect(kept).toHaveLength(2);
  expect(CARDS.filter((card) => kept.join("\n").includes(card.pan))).toEqual([]);
});

test("a cable that is out refuses tills, and one that is in again takes them", async () => {
  const device = await reader();
  await press(device, "cable-out");
  await expect(
    new Promise((resolve, reject) => {
      const socket = connect(device.tcpPort, "127.0.0.1");
      socket.once("connect", resolve);
      socket.once("error", reject);
    }),
  ).rejects.toThrow("ECONNREFUSED");
  await press(device, "cable-in");
  const { say, heard } = await till(device.tcpPort);
  say(REGISTER);
  await heard(/490978$/);
});

test("on a serial line the same comes in blocks, also after the power went and came", async ({ skip }) => {
  if (NO_SOCAT !== null) skip(NO_SOCAT);
  const directory = mkdtempSync(join(tmpdir(), "tillwright-reader-"));
  closers.push(() => rmSync(directory, { recursive: true, force: true }));
  const path = join(directory, "line");
  const device = await reader({ link: { kind: "pty", path } });
  const [input, output] = [createReadStream(path), createWriteStream(path)];
  closers.push(() => {
    input.on("error", () => {});
    input.destroy();
    output.destroy();
  });
  let all = "";
  input.on("data", (bytes) => {
    if (typeof bytes !== "string") all += toHex(bytes);
  });
  const heard = (end: string): Promise<void> =>
    vi.waitFor(() => expect(all.slice(-end.length)).toBe(end), { timeout: 20_000 });
  // A status enquiry from the papers, and its answer 80 00 00 behind the acknowledgement.
  const ENQUIRE = "10 02 05 01 03 12 34 56 10 03 e0 43";
  output.write(fromHex(ENQUIRE));
  await heard("06" + "10028000001003f51f");
  output.write(fromHex("06"));
  await heard("1002060f0bf0f0f7322e31342e3135001003b111");
  output.write(fromHex("06 10 02 80 00 00 10 03 f5 1f"));
  await heard("06");
  device.unit.powerOff();
  device.unit.powerOn();
  output.write(fromHex(ENQUIRE));
  await heard("06" + "10028000001003f51f");
});
