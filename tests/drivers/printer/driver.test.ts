/**
 * The printer driver against a scripted printer in memory: every way it can fail, at every byte, with
 * time moved by hand. That each job ends, once, is what these tests are for.
 */

import { expect, test } from "vitest";
import type { ReceiptBlock } from "../../../core/receipt/block.ts";
import type { MemoryPeer } from "../../../drivers/port/memory.ts";
import { createMemoryPair } from "../../../drivers/port/memory.ts";
import type { Port } from "../../../drivers/port/port.ts";
import { PRINTER_OPTIONS, PRINTER_QUEUE_JOBS_MAX, createPrinter } from "../../../drivers/printer/driver.ts";
import type { PrinterOptions, PrinterState, WatchedPrinter } from "../../../drivers/printer/driver.ts";
import { PRINTER_MODELS } from "../../../drivers/printer/models.ts";
import type { PrintOutcome } from "../../../drivers/printer/session.ts";
import { GOOD_CONDITION } from "../../../tools/sim/printer/status.ts";
import { ManualTimers } from "../../support/manual-timers.ts";
import { ENGLISH_RECEIPT } from "../../support/sample-receipts.ts";
import { scriptedPrinter } from "../../support/scripted-printer.ts";
import type { PrinterScript, ScriptedPrinter } from "../../support/scripted-printer.ts";

const LIMITS = { writeTimeoutMs: 3_000, queueBytesMax: 128 * 1024 };
const SHORT: readonly ReceiptBlock[] = [
  { kind: "text", text: "茶 Tea", align: "left", size: "normal", bold: false },
  { kind: "cut" },
];
const PAPER_OUT = { ...GOOD_CONDITION, paper: "out" } as const;
/** Four questions of three bytes come before the first byte of the job. */
const QUESTION_BYTES = 12;

interface Bench {
  readonly printer: WatchedPrinter;
  readonly timers: ManualTimers;
  readonly peers: MemoryPeer[];
  readonly connections: ScriptedPrinter[];
  /** Lets everything happen, moving time whenever nothing else can; the outcome of the promise. */
  readonly outcomeOf: (promise: Promise<PrintOutcome>) => Promise<PrintOutcome>;
}

function bench(script: PrinterScript | "refuses" = {}, options: PrinterOptions = PRINTER_OPTIONS): Bench {
  const timers = new ManualTimers();
  const peers: MemoryPeer[] = [];
  const connections: ScriptedPrinter[] = [];
  const openPort = (): Port => {
    const { port, peer } = createMemoryPair(LIMITS, timers);
    peers.push(peer);
    if (script === "refuses") peer.refuse();
    else connections.push(scriptedPrinter(peer, script));
    return port;
  };
  const printer = createPrinter(openPort, timers, PRINTER_MODELS.gbk_80mm, options);
  const outcomeOf = async (promise: Promise<PrintOutcome>): Promise<PrintOutcome> => {
    let isSettled = false;
    const settle = (): void => {
      isSettled = true;
    };
    promise.then(settle, settle);
    for (let round = 0; round < 100 && !isSettled; round += 1) {
      await macrotask();
      if (!isSettled) timers.advanceToNext();
    }
    expect(isSettled).toBe(true);
    return promise;
  };
  return { printer, timers, peers, connections, outcomeOf };
}

test("a receipt is printed, marked and the connection let go", async () => {
  const { printer, connections, timers, outcomeOf } = bench();
  expect(await outcomeOf(printer.print("1", SHORT))).toEqual({ kind: "printed", paperLow: false });
  const names = connections[0]?.tokens.map((token) => (token.kind === "command" ? token.name : token.kind));
  const questions = ["DLE EOT", "DLE EOT", "DLE EOT", "DLE EOT"];
  const line = ["ESC a", "GS !", "ESC E", "text", "control"];
  const init = ["ESC @", "GS a", "FS &", "GS r"];
  expect(names).toEqual([...questions, ...init, ...line, "GS r", "GS V", "GS r"]);
  expect(timers.armedCount).toBe(0);
  expect(printer.counters()).toEqual({
    printedCount: 1,
    failedCount: 0,
    unknownCount: 0,
    garbageByteCount: 0,
  });
});

const scripts: readonly [what: string, script: PrinterScript | "refuses", outcome: PrintOutcome][] = [
  ["nobody there", "refuses", { kind: "failed", code: "printer/unreachable" }],
  ["paper out", { condition: PAPER_OUT }, { kind: "failed", code: "printer/paper_out" }],
  [
    "cover open",
    { condition: { ...GOOD_CONDITION, cover: "open" } },
    { kind: "failed", code: "printer/cover_open" },
  ],
  [
    "cutter jammed",
    { condition: { ...GOOD_CONDITION, cutter: "jammed" } },
    { kind: "failed", code: "printer/error" },
  ],
  [
    "roll nearly used up",
    { condition: { ...GOOD_CONDITION, paper: "near_end" } },
    { kind: "printed", paperLow: true },
  ],
  ["connected but silent", { silentAfterBytes: 0 }, { kind: "failed", code: "printer/timeout" }],
  [
    "silent in the middle",
    { silentAfterBytes: QUESTION_BYTES + 5 },
    { kind: "unknown", code: "printer/timeout" },
  ],
  [
    "paper out in the middle",
    { breaks: { afterBytes: QUESTION_BYTES + 5, condition: PAPER_OUT } },
    { kind: "unknown", code: "printer/paper_out" },
  ],
];

test.each(scripts)("a printer with %s", async (_what, script, outcome) => {
  const { printer, timers, outcomeOf } = bench(script);
  expect(await outcomeOf(printer.print("1", SHORT))).toEqual(outcome);
  expect(timers.armedCount).toBe(0);
});

test("a printer that dies after any number of bytes leaves failed before the job and unknown after", async () => {
  const whole = bench();
  await whole.outcomeOf(whole.printer.print("1", ENGLISH_RECEIPT));
  const totalBytes = whole.connections[0]?.receivedBytes ?? 0;
  expect(totalBytes).toBeGreaterThan(1_000);
  for (let byteCount = 1; byteCount <= totalBytes; byteCount += 1) {
    const { printer, outcomeOf } = bench({ diesAfterBytes: byteCount });
    const outcome = await outcomeOf(printer.print("1", ENGLISH_RECEIPT));
    const kind = byteCount <= QUESTION_BYTES ? "failed" : "unknown";
    expect([byteCount, outcome]).toEqual([byteCount, { kind, code: "printer/lost_connection" }]);
  }
});

test("a printer that takes no more bytes ends as unknown with printer/timeout", async () => {
  const { printer, peers, connections, outcomeOf } = bench();
  const promise = printer.print("1", SHORT);
  while ((connections[0]?.receivedBytes ?? 0) < QUESTION_BYTES) await Promise.resolve();
  peers[0]?.stall();
  expect(await outcomeOf(promise)).toEqual({ kind: "unknown", code: "printer/timeout" });
});

test("the drawer opens by the queued pulse, and in real time when there is no paper", async () => {
  const ready = bench();
  expect(await ready.outcomeOf(ready.printer.openDrawer("d"))).toMatchObject({ kind: "printed" });
  expect(commandsOf(ready)).toContain("ESC p");
  const blocked = bench({ condition: PAPER_OUT });
  expect(await blocked.outcomeOf(blocked.printer.openDrawer("d"))).toMatchObject({ kind: "printed" });
  expect(commandsOf(blocked)).toContain("DLE DC4");
  expect(commandsOf(blocked)).not.toContain("ESC p");
});

test("jobs go one after the other, each over its own connection", async () => {
  const { printer, connections, outcomeOf } = bench();
  const first = printer.print("1", SHORT);
  const second = printer.openDrawer("1");
  expect(connections).toHaveLength(1);
  await outcomeOf(first);
  await outcomeOf(second);
  expect(connections).toHaveLength(2);
});

test("the same id while it waits or runs is the same job; afterwards it is a new one", async () => {
  const { printer, connections, outcomeOf } = bench();
  const first = printer.print("1", SHORT);
  expect(printer.print("1", SHORT)).toBe(first);
  await outcomeOf(first);
  await outcomeOf(printer.print("1", SHORT));
  expect(connections).toHaveLength(2);
});

test("a queue that is full refuses with printer/queue_full and prints the rest", async () => {
  const { printer, outcomeOf } = bench();
  const jobs = Array.from({ length: PRINTER_QUEUE_JOBS_MAX + 1 }, (_, index) =>
    printer.print(`${index}`, SHORT),
  );
  expect(await printer.print("one more", SHORT)).toEqual({ kind: "failed", code: "printer/queue_full" });
  for (const job of jobs) expect(await outcomeOf(job)).toMatchObject({ kind: "printed" });
});

test("a job over 64 KiB is refused with printer/job_too_large", async () => {
  const { printer, connections } = bench();
  const text = "x".repeat(70_000);
  const outcome = await printer.print("1", [
    { kind: "text", text, align: "left", size: "normal", bold: false },
  ]);
  expect(outcome).toEqual({ kind: "failed", code: "printer/job_too_large" });
  expect(connections).toHaveLength(0);
});

test("closing ends the running job and those that wait with printer/closed", async () => {
  const { printer, timers } = bench();
  const running = printer.print("1", SHORT);
  const waiting = printer.print("2", SHORT);
  printer.close();
  printer.close();
  expect(await running).toEqual({ kind: "failed", code: "printer/closed" });
  expect(await waiting).toEqual({ kind: "failed", code: "printer/closed" });
  expect(await printer.print("3", SHORT)).toEqual({ kind: "failed", code: "printer/closed" });
  expect(timers.armedCount).toBe(0);
});

test("noise from the printer is counted and changes nothing", async () => {
  const { printer, peers, connections, outcomeOf } = bench();
  const promise = printer.print("1", SHORT);
  while ((connections[0]?.receivedBytes ?? 0) < QUESTION_BYTES) await Promise.resolve();
  peers[0]?.send(Uint8Array.of(0xff, 0x80, 0x10, 0x00, 0x00, 0x00));
  expect(await outcomeOf(promise)).toMatchObject({ kind: "printed" });
  expect(printer.counters()).toMatchObject({ printedCount: 1, garbageByteCount: 2 });
});

const PATIENT: PrinterOptions = {
  ...PRINTER_OPTIONS,
  patience: { blockedMs: 60_000, reconnectDelaysMs: [250, 500] },
};

test("the drawer opens while a receipt waits for paper, and the receipt ends in doubt when none comes", async () => {
  const broken = bench({ breaks: { afterBytes: QUESTION_BYTES + 30, condition: PAPER_OUT } }, PATIENT);
  const { printer, timers, connections } = broken;
  const states: PrinterState[] = [];
  printer.onState((state) => states.push(state));
  const receipt = printer.print("1", SHORT);
  const early = printer.openDrawer("early");
  for (let turn = 0; turn < 50 && printer.state().activity !== "waiting"; turn += 1) {
    await macrotask();
    timers.advanceToNext();
  }
  expect(printer.state()).toMatchObject({ activity: "waiting", problem: "printer/paper_out" });
  const late = printer.openDrawer("late");
  expect(await early).toMatchObject({ kind: "printed" });
  expect(await late).toMatchObject({ kind: "printed" });
  expect(connections).toHaveLength(1);
  expect(commandsOf(broken).filter((name) => name === "DLE DC4")).toHaveLength(2);
  expect(await broken.outcomeOf(receipt)).toEqual({ kind: "unknown", code: "printer/paper_out" });
  expect(printer.state()).toMatchObject({
    activity: "idle",
    problem: "printer/paper_out",
    waitingJobCount: 0,
  });
  expect(states.map(({ activity }) => activity)).toContain("waiting");
  expect(timers.armedCount).toBe(0);
});

test("a job that is given up while it waits lets the drawer's pulse go as well", async () => {
  const { printer, timers } = bench(
    { breaks: { afterBytes: QUESTION_BYTES + 30, condition: PAPER_OUT } },
    PATIENT,
  );
  const receipt = printer.print("1", SHORT);
  for (let turn = 0; turn < 50 && printer.state().activity !== "waiting"; turn += 1) {
    await macrotask();
    timers.advanceToNext();
  }
  const drawer = printer.openDrawer("d");
  printer.close();
  expect(await receipt).toEqual({ kind: "unknown", code: "printer/closed" });
  expect(await drawer).toMatchObject({ kind: "unknown" });
  expect(timers.armedCount).toBe(0);
});

test("a drawer pulse is never given twice: its lost connection ends it, whatever the patience", async () => {
  const { printer, connections, outcomeOf } = bench({ diesAfterBytes: QUESTION_BYTES + 3 }, PATIENT);
  expect(await outcomeOf(printer.openDrawer("d"))).toEqual({
    kind: "unknown",
    code: "printer/lost_connection",
  });
  expect(connections).toHaveLength(1);
});

test("a printer that always dies is given up after as many connections as the patience has pauses", async () => {
  const { printer, connections, outcomeOf } = bench({ diesAfterBytes: QUESTION_BYTES + 20 }, PATIENT);
  expect(await outcomeOf(printer.print("1", SHORT))).toEqual({
    kind: "unknown",
    code: "printer/lost_connection",
  });
  expect(connections).toHaveLength(3);
  expect(printer.state()).toMatchObject({ lostLinkCount: 2, problem: "printer/lost_connection" });
});

test("asking how it is prints nothing and tells the state", async () => {
  const low = bench({ condition: { ...GOOD_CONDITION, paper: "near_end" } });
  expect(await low.outcomeOf(low.printer.check())).toMatchObject({ kind: "printed" });
  expect(low.printer.state()).toMatchObject({ activity: "idle", problem: undefined, paperLow: true });
  expect(new Set(commandsOf(low))).toEqual(new Set(["DLE EOT"]));
  const open = bench({ condition: { ...GOOD_CONDITION, cover: "open" } });
  expect(await open.outcomeOf(open.printer.check())).toEqual({ kind: "failed", code: "printer/cover_open" });
  expect(open.printer.state()).toMatchObject({ problem: "printer/cover_open" });
  const away = bench("refuses");
  await away.outcomeOf(away.printer.check());
  expect(away.printer.state()).toMatchObject({ problem: "printer/unreachable" });
});

function commandsOf({ connections }: Bench): readonly string[] {
  const tokens = connections.flatMap((connection) => connection.tokens);
  return tokens.flatMap((token) => (token.kind === "command" ? [token.name] : []));
}

function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
