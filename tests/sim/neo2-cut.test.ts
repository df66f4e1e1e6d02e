/**
 * The till killed at every report of a NEO 2 payment, and around the host's word: what the next start
 * decides by the recovery table agrees with the acquirer, and nobody pays for the customer before. Where the
 * gateway can be asked no case is left to a person; where it cannot, each one that is has its reason.
 */

import { expect, test } from "vitest";
import { recoveryRow } from "../../core/tender/recovery.ts";
import type { JournalShows, RecoveryRow } from "../../core/tender/recovery.ts";
import type { HidPortFactory } from "../../drivers/port/hid.ts";
import type { Timers } from "../../drivers/port/timers.ts";
import { createNeo2Reader } from "../../drivers/reader/neo2/driver.ts";
import type { CardHost } from "../../drivers/reader/neo2/host.ts";
import type { Reader } from "../../drivers/reader/reader.ts";
import { drive, neo2Rig, notedDesk, payRequest, settle } from "../support/neo2-rig.ts";
import type { Neo2Rig } from "../support/neo2-rig.ts";

/** Where the till dies. A number: when so many reports have travelled. */
type Death = number | "question_unsent" | "question_sent" | "answer_unwritten" | "answer_written";

const TAP = { kind: "present", card: "visa", entry: "tap" } as const;
const NEVER = new Promise<never>(() => {});
const SERIAL = "630Z000001";

/** One start of the till: everything that it does stops when it dies. */
class Till {
  readonly reader: Reader;
  readonly #rig: Neo2Rig;
  readonly #death: Death | undefined;
  isAlive = true;
  journal: JournalShows = "intent";

  constructor(rig: Neo2Rig, death?: Death) {
    this.#rig = rig;
    this.#death = death;
    const { host } = rig.options;
    const options = { ...rig.options, host: host === undefined ? undefined : this.#hostOf(host) };
    this.reader = createNeo2Reader(this.#openHid, this.#timers, options);
  }

  pay(): Promise<unknown> {
    return this.reader.begin(payRequest(), {
      ...notedDesk(),
      take: () => {
        this.#dieAt("answer_unwritten");
        if (!this.isAlive) return NEVER;
        this.journal = "approval";
        this.#dieAt("answer_written");
        return this.isAlive ? Promise.resolve("accept") : NEVER;
      },
    });
  }

  #dieAt(point: Death): void {
    if (this.#death === point) this.isAlive = false;
  }

  readonly #openHid: HidPortFactory = () => {
    const port = this.#rig.socket.openHid();
    const count = (): void => {
      if (typeof this.#death === "number" && this.#rig.socket.reportCount() >= this.#death)
        this.isAlive = false;
    };
    return {
      open: () => port.open(),
      close: () => port.close(),
      sendFeature: (report) => port.sendFeature(report),
      onClose: (listener) => port.onClose((fault) => this.isAlive && listener(fault)),
      onReport: (listener) =>
        port.onReport((report) => {
          count();
          if (this.isAlive) listener(report);
        }),
      write: (report) => {
        count();
        return this.isAlive ? port.write(report) : NEVER;
      },
    };
  };

  readonly #timers: Timers = {
    after: (delayMs, run) => this.#rig.timers.after(delayMs, () => this.isAlive && run()),
  };

  #hostOf(host: CardHost): CardHost {
    const authorise: CardHost["authorise"] = async (question) => {
      this.#dieAt("question_unsent");
      if (!this.isAlive) return NEVER;
      const answer = await host.authorise(question);
      this.#dieAt("question_sent");
      return this.isAlive ? answer : NEVER;
    };
    return { ...host, authorise };
  }
}

/** What the next start decides, asking again while it must. */
async function recover(rig: Neo2Rig, till: Till, journal: JournalShows): Promise<RecoveryRow> {
  for (let round = 0; round < 20; round += 1) {
    const said = await drive(rig.timers, till.reader.inquire({ request: payRequest(), serial: SERIAL }));
    const serial =
      said.kind === "found" || said.kind === "other"
        ? said.result.serial
        : "serial" in said
          ? said.serial
          : "";
    const row = recoveryRow(journal, said.kind, serial === SERIAL, till.reader.capabilities);
    if (row.action !== "keep_asking") return row;
    rig.timers.advance(1_000);
    await settle();
  }
  throw new Error("it asks for ever");
}

const STANDS: Partial<Readonly<Record<RecoveryRow["action"], number>>> = {
  capture: 1_340,
  approve_and_capture: 1_340,
  fail: 0,
  reversed_by_reader: 0,
};

/** The action, after it was held against the ledger and the next customer has paid. */
async function play(death: Death, canInquire: boolean): Promise<RecoveryRow | "finished"> {
  const rig = neo2Rig({ gestures: [TAP], canInquire });
  const first = new Till(rig, death);
  let isEnded = false;
  void first.pay().then(() => {
    isEnded = true;
  });
  for (let round = 0; round < 500 && first.isAlive && !isEnded; round += 1) {
    await settle();
    if (first.isAlive && !isEnded) rig.timers.advanceToNext();
  }
  if (isEnded) return "finished";
  // The card holder does not know that the till is dead, and holds the card against the reader.
  rig.device.gesture(TAP);
  rig.timers.advance(2_000);
  await settle();

  const second = new Till(rig);
  const row = await recover(rig, second, first.journal);
  const netMinor = rig.acquirer.netMinor("EUR");
  const stands = STANDS[row.action];
  expect([death, row.action, netMinor]).toEqual([death, row.action, stands ?? netMinor]);

  rig.device.script(TAP);
  const next = await drive(
    rig.timers,
    second.reader.begin(payRequest({ ref: "next", amountMinor: 250 }), notedDesk()),
  );
  expect([death, next.kind, rig.acquirer.netMinor("EUR")]).toEqual([death, "captured", netMinor + 250]);
  expect(rig.device.counters().intrusionCount).toBe(0);
  second.reader.close();
  return row;
}

async function reportCount(): Promise<number> {
  const rig = neo2Rig({ gestures: [TAP] });
  await drive(rig.timers, rig.reader.begin(payRequest(), notedDesk()));
  return rig.socket.reportCount();
}

test.each([true, false])(
  "killed at every place, with a gateway that can be asked again: %s",
  async (canInquire) => {
    const count = await reportCount();
    const places: readonly Death[] = [
      ...Array.from({ length: count }, (_, at) => at),
      "question_unsent",
      "question_sent",
      "answer_unwritten",
      "answer_written",
    ];
    const manual: string[] = [];
    let decidedCount = 0;
    for (const death of places) {
      const row = await play(death, canInquire);
      if (row === "finished") throw new Error(`${death} kills nobody`);
      if (row.action === "manual") manual.push(row.because);
      else decidedCount += 1;
    }
    expect(decidedCount + manual.length).toBe(places.length);
    if (canInquire) expect(manual).toEqual([]);
    // Only the written approval decides by itself; the others are asked of the acquirer by a person.
    else expect([decidedCount, new Set(manual).size]).toEqual([1, 1]);
  },
);
