/** The slot holds one printer at a time, says how it is, and lets it go when another is paired. */
import { expect, test } from "vitest";
import type { ReceiptBlock } from "../../core/receipt/block.ts";
import { createMemoryPair } from "../../drivers/port/memory.ts";
import { createPrinter } from "../../drivers/printer/driver.ts";
import { PRINTER_MODELS } from "../../drivers/printer/models.ts";
import type { PrintOutcome } from "../../drivers/printer/session.ts";
import { PaperStatus, printerWord } from "../../runtime/paper-status.ts";
import { PRINTER_LOOK_MS, PrinterSlot } from "../../runtime/printer-slot.ts";
import type { PairedPrinter } from "../../runtime/ui/panels.ts";
import { GOOD_CONDITION } from "../../tools/sim/printer/status.ts";
import type { PrinterCondition } from "../../tools/sim/printer/status.ts";
import { settle } from "../support/fake-world.ts";
import { ManualTimers } from "../support/manual-timers.ts";
import { scriptedPrinter } from "../support/scripted-printer.ts";

const LIMITS = { writeTimeoutMs: 1_000, queueBytesMax: 65_536 };
const RECEIPT: readonly ReceiptBlock[] = [
  { kind: "text", text: "One", align: "left", size: "normal", bold: false },
  { kind: "cut" },
];

interface Bench {
  readonly slot: PrinterSlot;
  readonly timers: ManualTimers;
  readonly words: string[];
  /** How each host's printer is; one that is not here refuses. */
  readonly hosts: Map<string, PrinterCondition>;
  readonly connections: string[];
  /** Lets a job run to its end. */
  readonly turn: () => Promise<void>;
  readonly end: (promise: Promise<PrintOutcome>) => Promise<PrintOutcome>;
}

function bench(): Bench {
  const timers = new ManualTimers();
  const hosts = new Map<string, PrinterCondition>();
  const connections: string[] = [];
  const slot = new PrinterSlot(({ address, model }) => {
    if (model !== "gbk_80mm" || address.kind !== "tcp") return null;
    const { host } = address;
    return createPrinter(
      () => {
        const { port, peer } = createMemoryPair(LIMITS, timers);
        connections.push(host);
        const condition = hosts.get(host);
        if (condition === undefined) peer.refuse();
        else scriptedPrinter(peer, { condition });
        return port;
      },
      timers,
      PRINTER_MODELS.gbk_80mm,
    );
  }, timers);
  const words: string[] = [];
  slot.onState((state) => {
    const word = printerWord(state);
    if (word !== words.at(-1)) words.push(word);
  });
  const turn = async (): Promise<void> => {
    for (let round = 0; round < 30; round += 1) await settle();
  };
  const end = async (promise: Promise<PrintOutcome>): Promise<PrintOutcome> => {
    await turn();
    return promise;
  };
  return { slot, timers, words, hosts, connections, turn, end };
}

function at(host: string, model = "gbk_80mm"): PairedPrinter {
  return { address: { kind: "tcp", host, port: 9100 }, model };
}

test("an empty slot fails every job with printer/none, and its word is none", async () => {
  const { slot } = bench();
  expect(printerWord(slot.state())).toBe("none");
  const none = { kind: "failed", code: "printer/none" };
  expect([await slot.print("1", RECEIPT), await slot.openDrawer("d"), await slot.check()]).toEqual([
    none,
    none,
    none,
  ]);
  expect(slot.paired).toBeNull();
  expect(slot.counters()).toMatchObject({ printedCount: 0, failedCount: 0 });
  slot.close();
});

test("a printer is untried until it has answered, and only then ok", async () => {
  const { slot, hosts, words, turn } = bench();
  hosts.set("a", GOOD_CONDITION);
  expect(slot.pair(at("a"))).toBe(true);
  expect(printerWord(slot.state())).toBe("untried");
  await turn();
  expect(words).toEqual(["untried", "ok"]);
  expect(slot.counters()).toMatchObject({ printedCount: 0, failedCount: 0 });
  slot.close();
});

test("one that is away is printer/unreachable at the start, and ok at the next look once it is back", async () => {
  const { slot, hosts, words, timers, turn } = bench();
  slot.pair(at("a"));
  await turn();
  hosts.set("a", { ...GOOD_CONDITION, paper: "near_end" });
  timers.advance(PRINTER_LOOK_MS);
  await turn();
  expect(words).toEqual(["untried", "printer/unreachable", "ok"]);
  expect(slot.state().paperLow).toBe(true);
  hosts.set("a", { ...GOOD_CONDITION, cover: "open" });
  timers.advance(PRINTER_LOOK_MS);
  await turn();
  expect(words.at(-1)).toBe("printer/cover_open");
  slot.close();
  expect(timers.armedCount).toBe(0);
});

test("a model that is not known changes nothing", async () => {
  const { slot, hosts, turn, end } = bench();
  hosts.set("a", GOOD_CONDITION);
  slot.pair(at("a"));
  await turn();
  expect(slot.pair(at("b", "dot-matrix"))).toBe(false);
  expect(slot.paired).toEqual(at("a"));
  expect(await end(slot.print("1", RECEIPT))).toMatchObject({ kind: "printed" });
  slot.close();
});

test("jobs of the printer before end as printer/closed, and the next job goes to the new one", async () => {
  const { slot, hosts, connections, timers, words, turn, end } = bench();
  hosts.set("b", GOOD_CONDITION);
  slot.pair(at("a"));
  await turn();
  const waiting = [slot.print("1", RECEIPT), slot.print("2", RECEIPT)];
  slot.pair(at("b"));
  expect(await Promise.all(waiting)).toMatchObject([{ kind: "failed" }, { code: "printer/closed" }]);
  expect(await end(slot.print("3", RECEIPT))).toMatchObject({ kind: "printed" });
  expect(connections.at(-1)).toBe("b");
  expect(words.at(-1)).toBe("ok");
  const before = connections.length;
  slot.pair(null);
  timers.advance(PRINTER_LOOK_MS * 3);
  await turn();
  expect([connections.length, printerWord(slot.state())]).toEqual([before, "none"]);
  slot.close();
  expect(timers.armedCount).toBe(0);
});

test("what the terminal says of a watched printer follows it, and a job's outcome adds nothing", async () => {
  const { slot, hosts, turn } = bench();
  let changeCount = 0;
  const paper = new PaperStatus(slot, () => {
    changeCount += 1;
  });
  expect(paper.word).toBe("none");
  hosts.set("a", { ...GOOD_CONDITION, paper: "out" });
  slot.pair(at("a"));
  await turn();
  paper.hear("ok");
  expect(paper.word).toBe("printer/paper_out");
  expect(changeCount).toBeGreaterThan(1);
  slot.close();
});
