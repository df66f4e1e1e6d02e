/**
 * The scale's driver against the simulated scale over TCP and over a real pseudo-terminal, set as the
 * scale wants it; and the simulator's page and command line. The pseudo-terminal is skipped, and said
 * so, where socat is missing.
 */

import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { PortFactory } from "../../drivers/port/port.ts";
import { createSerialPort } from "../../drivers/port/serial.ts";
import { createTcpPort } from "../../drivers/port/tcp.ts";
import type { Timers } from "../../drivers/port/timers.ts";
import { createScale } from "../../drivers/scale/driver.ts";
import type { ScaleAnswer } from "../../drivers/scale/reading.ts";
import { PROJECT_ROOT } from "../../tools/build/root.ts";
import { COUNTER_SCALE } from "../../tools/sim/scale/model.ts";
import { startVirtualScale } from "../../tools/sim/scale/server.ts";
import type { VirtualScale } from "../../tools/sim/scale/server.ts";
import { NO_SOCAT } from "../support/pty-pair.ts";

const BUILD = { ...COUNTER_SCALE, settleMs: 150 };
const LIMITS = { writeTimeoutMs: 2_000, queueBytesMax: 1024 };
const PATIENCE_MS = 10_000;

const timers: Timers = {
  after: (delayMs, run) => {
    const handle = setTimeout(run, delayMs);
    return () => clearTimeout(handle);
  },
};

/** Apples, then too much, then the same apples after the cable was pulled. */
async function weighAll(virtual: VirtualScale, openPort: PortFactory): Promise<readonly ScaleAnswer[]> {
  const waiting: (() => void)[] = [];
  const scale = createScale(openPort, timers, (answer) => {
    if (answer.kind === "down") for (const tell of waiting.splice(0)) tell();
  });
  const weigh = (): Promise<ScaleAnswer> => new Promise((resolve) => scale.weigh(PATIENCE_MS, resolve));
  const given: ScaleAnswer[] = [];
  for (const grams of [755, 16_200]) {
    virtual.model.put(grams);
    given.push(await weigh());
  }
  const lost = new Promise<void>((resolve) => waiting.push(resolve));
  virtual.unplug();
  await lost;
  virtual.model.put(755);
  let again: ScaleAnswer = { kind: "down", code: "port/lost" };
  while (again.kind === "down") {
    await new Promise((resolve) => setTimeout(resolve, 50));
    again = await weigh();
  }
  scale.close();
  return [...given, again];
}

const EXPECTED: readonly ScaleAnswer[] = [
  { kind: "stable", weightGrams: 755, isNet: false },
  { kind: "over" },
  { kind: "stable", weightGrams: 755, isNet: false },
];

test("over TCP: a weight, too much, and the same weight after the connection was reset", async () => {
  const virtual = await startVirtualScale(BUILD, { tcpPort: 0, pagePort: 0, pty: null });
  const address = { host: "127.0.0.1", tcpPort: virtual.tcpPort, connectTimeoutMs: 2_000, ...LIMITS };
  expect(await weighAll(virtual, () => createTcpPort(address, timers))).toEqual(EXPECTED);
  await virtual.close();
});

test("over a pseudo-terminal at 9600 7E1: a weight, and scale/silent when it is switched off", async ({
  skip,
}) => {
  if (NO_SOCAT !== null) skip(NO_SOCAT);
  const folder = mkdtempSync(join(tmpdir(), "tillwright-scale-"));
  const path = join(folder, "scale");
  const virtual = await startVirtualScale(BUILD, { tcpPort: 0, pagePort: 0, pty: path });
  const line = { path, baudRate: 9600, dataBits: 7, parity: "even", stopBits: 1, rtscts: false } as const;
  const answers: ScaleAnswer[] = [];
  let onDown: () => void = () => {};
  const scale = createScale(
    () => createSerialPort({ ...line, ...LIMITS }, timers),
    timers,
    (answer) => {
      answers.push(answer);
      if (answer.kind === "down") onDown();
    },
  );
  virtual.model.put(755);
  const weighed = await new Promise<ScaleAnswer>((resolve) => scale.weigh(PATIENCE_MS, resolve));
  expect(weighed).toEqual(EXPECTED[0]);
  const down = new Promise<void>((resolve) => {
    onDown = resolve;
  });
  virtual.model.silence(true);
  await down;
  expect(answers.at(-1)).toEqual({ kind: "down", code: "scale/silent" });
  scale.close();
  await virtual.close();
  rmSync(folder, { recursive: true, force: true });
});

test("the page's buttons put goods on and take them off; other sites' do not", async () => {
  const virtual = await startVirtualScale(BUILD, { tcpPort: 0, pagePort: 0, pty: null });
  const press = (name: string, headers: Readonly<Record<string, string>>): Promise<Response> =>
    fetch(`${virtual.pageUrl}button/${name}`, { method: "POST", headers });
  const own = { "x-virtual-scale": "button" };
  expect((await press("put/755", {})).status).toBe(405);
  expect((await press("put/755", own)).status).toBe(204);
  expect(await (await fetch(`${virtual.pageUrl}scale.json`)).json()).toMatchObject({ plateGrams: 755 });
  expect((await press("take-off", own)).status).toBe(204);
  expect(virtual.model.face().plateGrams).toBe(0);
  expect((await press("put/99999", own)).status).toBe(405);
  const page = await (await fetch(virtual.pageUrl)).text();
  for (const [, name = ""] of page.matchAll(/data-press="([a-z-]+)"/g))
    expect([name, (await press(name, own)).status]).toEqual([name, 204]);
  await virtual.close();
});

test("the command line says what it can do, where it listens, and refuses nonsense", async () => {
  const main = join(PROJECT_ROOT, "tools/sim/scale/main.ts");
  expect(spawnSync(process.execPath, [main, "--help"], { encoding: "utf8" }).stdout).toContain("--pty PATH");
  expect(spawnSync(process.execPath, [main, "--port", "none"]).status).toBe(2);
  expect(spawnSync(process.execPath, [main, "--bogus"]).status).toBe(2);
  const child = spawn(process.execPath, [main, "--port", "0", "--page-port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  for await (const bytes of child.stdout) {
    said += String(bytes);
    if (said.includes("Its page")) child.kill("SIGTERM");
  }
  expect(said).toMatch(
    /^Virtual scale   tcp:\/\/127\.0\.0\.1:\d+\nIts page {8}http:\/\/127\.0\.0\.1:\d+\/\n$/,
  );
});
