/**
 * The ZVT driver on a real serial line whose cable is pulled again and again in the middle of payments:
 * it connects every time, asks nothing twice, and the ledger holds what it says. What the kernel does to
 * a hung-up line, and a core that spins on it, is only seen here.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { createSerialPort } from "../../drivers/port/serial.ts";
import type { ReaderEnd } from "../../drivers/reader/reader.ts";
import { readerRow } from "../../drivers/reader/registry.ts";
import { CARDS } from "../../tools/sim/reader/cards.ts";
import { startVirtualReader } from "../../tools/sim/reader/server.ts";
import { OLDER } from "../../tools/sim/reader/zvt/behaviour.ts";
import { keptDesk, payRequest } from "../conformance/reader.ts";
import { NO_SOCAT } from "../support/pty-pair.ts";

/** A silent line waits its five seconds each time, so the hundred of a whole run take minutes: ZVT_PULLS=100. */
const PULLS = Number(process.env["ZVT_PULLS"] ?? 14);
const PULL_MS_MAX = 15_000;
/** A cable that is pulled so long after the request: into each stage of a payment. */
const STAGES_MS = [0, 2, 5, 10, 20, 40, 80] as const;
/** The machine may be busy with other tests; a core that spins takes all of the time. */
const CPU_SHARE_MAX = 0.7;

const PATIENCE = { timeout: 60_000, interval: 50 };
const CARD = CARDS.find(
  ({ isReadable, issuerCode, tapAsks }) => isReadable && issuerCode === 0 && tapAsks === "nothing",
);
const TAP = {
  kind: "holder",
  act: { kind: "present", cardKey: CARD?.key ?? "", technology: "contactless" },
} as const;

const timers = {
  after: (delayMs: number, run: () => void) => {
    const handle = setTimeout(run, delayMs);
    return () => clearTimeout(handle);
  },
};
const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

test(
  `a serial line that is pulled ${PULLS} times: connected every time, nothing asked twice`,
  async ({ skip }) => {
    if (NO_SOCAT !== null) skip(NO_SOCAT);
    const folder = mkdtempSync(join(tmpdir(), "tillwright-zvt-"));
    closers.push(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, "line");
    const device = await startVirtualReader({
      link: { kind: "pty", path },
      httpPort: 0,
      behaviour: { ...OLDER, whenLinkIsLost: "abort", answerMs: 300 },
      directory: null,
      faults: [],
    });
    closers.push(() => device.close());
    const openPort = (): ReturnType<typeof createSerialPort> =>
      createSerialPort(
        {
          path,
          baudRate: 9_600,
          dataBits: 8,
          parity: "none",
          stopBits: 2,
          rtscts: false,
          writeTimeoutMs: 2_000,
          queueBytesMax: 16_384,
        },
        timers,
      );
    const reader = readerRow("zvt")?.make({
      timers,
      link: { kind: "serial", openPort },
      password: "123456",
      currency: "EUR",
    });
    if (reader === undefined) throw new Error("The registry has no ZVT terminal");
    closers.push(() => reader.close());
    const ends: ReaderEnd["kind"][] = [];
    const settled: string[] = [];
    const cpuStart = process.cpuUsage();
    const startMs = performance.now();
    let watermark = "";
    for (let pull = 0; pull < PULLS; pull += 1) {
      const request = payRequest("EUR", { amountMinor: 100 + pull, watermark });
      await vi.waitFor(async () => expect(await reader.ready()).toMatchObject({ ok: true }), PATIENCE);
      const ending = reader.begin(request, keptDesk());
      const tapping = setInterval(() => device.unit.put(TAP), 5);
      await pause(STAGES_MS[pull % STAGES_MS.length]);
      await device.setCable(false);
      ends.push((await ending).kind);
      clearInterval(tapping);
      await device.setCable(true);
      const serial = reader.state().identity?.serial ?? "";
      const said = await vi.waitFor(async () => {
        const answer = await reader.inquire({ request, serial });
        expect(["found", "absent"]).toContain(answer.kind);
        return answer;
      }, PATIENCE);
      settled.push(said.kind);
      if (said.kind === "found") watermark = said.result.reference;
      const mine = device.acquirer.list().filter(({ amountMinor }) => amountMinor === request.amountMinor);
      expect(mine.length).toBeLessThanOrEqual(1);
      expect(said.kind).toBe(mine.some(({ state }) => state === "stands") ? "found" : "absent");
    }
    const cpu = process.cpuUsage(cpuStart);
    const share = (cpu.user + cpu.system) / 1000 / (performance.now() - startMs);
    expect(ends).toHaveLength(PULLS);
    expect(settled).toHaveLength(PULLS);
    expect(reader.state().counters["reconnect"]).toBeGreaterThanOrEqual(PULLS);
    expect(share).toBeLessThan(CPU_SHARE_MAX);
  },
  PULLS * PULL_MS_MAX,
);
