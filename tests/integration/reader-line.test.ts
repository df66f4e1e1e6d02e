/**
 * Card sales over real serial lines: fifty of the enumerated cuts, and a cable that is pulled a hundred
 * times while it is sold. What the acquirer's ledger holds is what the journal has captured. Skipped, and
 * said so, where socat is missing.
 */

import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Fault } from "../../tools/sim/reader/fault-plan.ts";
import { CardLine, SPEED_UP } from "../support/card-line.ts";
import type { LineVictim } from "../support/card-line.ts";
import { NO_SOCAT, ptyNames } from "../support/pty-pair.ts";

const CASE_COUNT = 50;
/** Cases that run at a time. */
const ABREAST_COUNT = 25;
const SALE_MS_MAX = 90_000;
const LONG_MS = 400_000;
const PULL_COUNT = 100;
/** Share of a core that the whole process may use while the cable is out; a driver that spins takes all of it. */
const AWAY_CPU_SHARE_MAX = 0.6;

/** Bytes of a sale each way, about: a cut behind the last of them does not strike. */
const TO_READER_BYTES = 140;
const TO_TILL_BYTES = 590;

/** Cuts spread evenly over the dialogue, victims in turn. */
const CUTS: readonly (Fault & { readonly kind: "cut" })[] = Array.from({ length: CASE_COUNT }, (_, index) => {
  const victims: readonly LineVictim[] = ["till", "reader", "link"];
  const dies = victims[index % victims.length] ?? "till";
  const isToReader = index % 5 < 2;
  const bytes = isToReader ? TO_READER_BYTES : TO_TILL_BYTES;
  const direction = isToReader ? "to_reader" : "to_till";
  return { kind: "cut", direction, afterBytes: Math.floor(((index + 0.5) * bytes) / CASE_COUNT), dies };
});

test(
  `${CASE_COUNT} of the cuts on real serial lines: acquirer and journal agree after each, and each sale is paid once`,
  { timeout: LONG_MS },
  async ({ skip }) => {
    if (NO_SOCAT !== null) skip(NO_SOCAT);
    const names = ptyNames();
    const wrongs: string[] = [];
    let struckCount = 0;
    let nextIndex = 0;
    const work = async (): Promise<void> => {
      for (let index = nextIndex++; index < CUTS.length; index = nextIndex++) {
        const cut = CUTS[index];
        if (cut === undefined) return;
        const model = index % 2 === 0 ? "zvt" : "zvt-newer";
        const line = new CardLine({ path: join(names.near, "..", `line-${index}`), model, faults: [cut] });
        await line.start();
        const isSold = await line.sell(1, SALE_MS_MAX);
        const isAtRest = await line.rest(SALE_MS_MAX);
        const money = `acquirer ${line.acquirer.netMinor("GBP")}, journal ${line.capturedMinor}`;
        if (!isSold || !isAtRest || money !== "acquirer 250, journal 250")
          wrongs.push(`${model} ${JSON.stringify(cut)}: ${money}; ${line.tenders}; sold ${isSold}`);
        if (line.isStruck) struckCount += 1;
        await line.close();
      }
    };
    await Promise.all(Array.from({ length: ABREAST_COUNT }, work));
    names.remove();
    expect(wrongs).toEqual([]);
    expect(struckCount).toBe(CASE_COUNT);
  },
);

test(
  `a cable that is pulled ${PULL_COUNT} times while cards are taken: the reader is found each time, nothing spins, nothing is asked twice`,
  { timeout: LONG_MS },
  async ({ skip }) => {
    if (NO_SOCAT !== null) skip(NO_SOCAT);
    const names = ptyNames();
    const line = new CardLine({ path: names.near, model: "zvt", faults: [] });
    await line.start();
    let isSelling = true;
    let soldCount = 0;
    const selling = (async (): Promise<void> => {
      while (isSelling) if (await line.sell(soldCount + 1, 5_000)) soldCount += 1;
    })();
    let [cpuMs, wallMs] = [0, 0];
    for (let pull = 1; pull <= PULL_COUNT; pull += 1) {
      await pause(10 + ((pull * 37) % 200));
      const cpu = process.cpuUsage();
      const startMs = performance.now();
      await line.replug(40);
      const { user, system } = process.cpuUsage(cpu);
      cpuMs += (user + system) / 1_000;
      wallMs += performance.now() - startMs;
      for (let waitedMs = 0; line.readerState?.link === "down" && waitedMs < 60_000; waitedMs += 20)
        await pause(20);
      expect(line.readerState?.link, `after pull ${pull}`).not.toBe("down");
    }
    isSelling = false;
    await selling;
    expect(await line.sell(soldCount + 1, SALE_MS_MAX)).toBe(true);
    expect(await line.rest(SALE_MS_MAX)).toBe(true);
    // One authorisation for each request at most, and what stands is what is captured.
    const authorised = line.acquirer.entries().filter(({ kind }) => kind === "authorised");
    expect(authorised.length).toBeLessThanOrEqual(line.requestCount);
    expect(line.acquirer.netMinor("GBP")).toBe(line.capturedMinor);
    console.log(
      `${PULL_COUNT} pulls, ${soldCount + 1} sales, ${line.requestCount} requests; ${Math.round(cpuMs)} ms of CPU in ${Math.round(wallMs)} ms without the cable; time runs ${SPEED_UP} times as fast`,
    );
    expect(cpuMs / wallMs).toBeLessThan(AWAY_CPU_SHARE_MAX);
    await line.close();
    names.remove();
  },
);
