/**
 * The simulated NEO 2 as a process of its own, played by what is typed, and the product's driver at its path
 * as at a hidraw node.
 */

import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { createHidrawPort } from "../../drivers/port/hidraw.ts";
import type { Timers } from "../../drivers/port/timers.ts";
import { createNeo2Reader } from "../../drivers/reader/neo2/driver.ts";
import type { Reader } from "../../drivers/reader/reader.ts";
import { bindReaders } from "../../runtime/adapters/readers.ts";
import { simHost } from "../../tools/sim/neo2/host.ts";
import { Acquirer, memoryLedgerStore } from "../../tools/sim/reader/acquirer.ts";
import { notedDesk, payRequest } from "../support/neo2-rig.ts";
import { NO_SOCAT } from "../support/pty-pair.ts";
import { guard } from "../support/real-guard.ts";

const MAIN = "tools/sim/neo2/main.ts";
const TIMERS: Timers = {
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill();
});

interface Simulated {
  type(line: string): void;
  /** Resolves when it has said this. */
  said(words: string): Promise<void>;
}

async function start(args: readonly string[]): Promise<Simulated> {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  children.push(child);
  guard(child, "TERM");
  let all = "";
  child.stdout.on("data", (text: Uint8Array) => {
    all += Buffer.from(text).toString();
  });
  const said = (words: string) => expect.poll(() => all, { timeout: 20_000 }).toContain(words);
  await said("Simulated NEO 2");
  return { type: (line) => void child.stdin.write(`${line}\n`), said };
}

function readerAt(path: string, acquirer: Acquirer): Reader {
  const limits = { writeTimeoutMs: 2_000, queueBytesMax: 8_192 };
  const openHid = () =>
    createHidrawPort({ path, access: "read_write", reportBytesMax: 64, pollMs: 5, ...limits }, TIMERS);
  const host = simHost(acquirer, "neo2", { faults: [], canInquire: false });
  const currencyDigits = (): string => "978";
  return createNeo2Reader(openHid, TIMERS, { host, waitSeconds: 30, memberWaitMs: 10_000, currencyDigits });
}

test("--help ends well, a wish that makes no sense with 2 and a sentence", () => {
  const help = spawnSync(process.execPath, [MAIN, "--help"], { encoding: "utf8" });
  expect([help.status, help.stdout.includes("--path")]).toEqual([0, true]);
  for (const args of [[], ["--path", "/tmp/x", "--serial", "longer than a number"], ["--nope"]]) {
    const wrong = spawnSync(process.execPath, [MAIN, ...args], { encoding: "utf8" });
    expect([wrong.status, wrong.stderr.includes("Try --help")]).toEqual([2, true]);
  }
});

test("a card that is typed is paid with, a member card is read, and a power cut of the reader leaves a wait that can be cancelled", async ({
  skip,
}) => {
  if (NO_SOCAT !== null) skip(NO_SOCAT);
  const folder = mkdtempSync(join(tmpdir(), "neo2-process-"));
  const path = join(folder, "hidraw0");
  const simulated = await start(["--path", path, "--store", join(folder, "reader.json"), "--ui"]);
  const acquirer = new Acquirer(memoryLedgerStore());
  const reader = readerAt(path, acquirer);
  expect(await reader.ready()).toMatchObject({ ok: true, identity: { serial: "630Z000001" } });

  simulated.type("tap visa");
  await simulated.said("it is held ready");
  expect(await reader.begin(payRequest(), notedDesk())).toEqual({ kind: "captured", reference: "gw-1" });

  simulated.type("member 04A1B2C3D4E5F6");
  expect(await reader.readMemberCard(notedDesk())).toEqual({ kind: "uid", uid: "04A1B2C3D4E5F6" });

  const desk = notedDesk();
  const end = reader.begin(payRequest({ ref: "tender-2" }), desk);
  await expect.poll(() => desk.prompts.at(-1)?.step).toBe("present_card");
  simulated.type("off");
  await simulated.said("It was off");
  reader.cancel();
  expect(await end).toMatchObject({ kind: "declined", code: "reader/cancelled" });

  simulated.type("error 26");
  simulated.type("nonsense");
  await simulated.said("There is no nonsense");
  expect(await reader.begin(payRequest({ ref: "tender-3" }), notedDesk())).toMatchObject({
    kind: "declined",
    code: "reader/card_expired",
  });
  expect(acquirer.netMinor("EUR")).toBe(1_340);
  reader.close();
  rmSync(folder, { recursive: true, force: true });
});

test("a terminal that is configured with it reads member cards, and refuses payments for want of a gateway", async ({
  skip,
}) => {
  if (NO_SOCAT !== null) skip(NO_SOCAT);
  const folder = mkdtempSync(join(tmpdir(), "neo2-bound-"));
  const path = join(folder, "hidraw0");
  const simulated = await start(["--path", path]);
  const bound = bindReaders({
    readers: [{ name: "1", model: "neo2", address: { kind: "hidraw", path }, password: "" }],
    currency: "EUR",
  });
  if (!bound.ok) throw new Error(bound.message);
  const reader = bound.value.get("1");
  simulated.type("member 04A1B2C3D4E5F6");
  expect(await reader?.readMemberCard(notedDesk())).toEqual({ kind: "uid", uid: "04A1B2C3D4E5F6" });
  expect(reader?.state()).toMatchObject({ link: "needs_attention", problem: "reader/host_unreachable" });
  expect(await reader?.begin(payRequest(), notedDesk())).toMatchObject({
    kind: "declined",
    code: "reader/host_unreachable",
  });
  reader?.close();
  rmSync(folder, { recursive: true, force: true });
});
