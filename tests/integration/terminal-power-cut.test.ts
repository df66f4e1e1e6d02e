/**
 * A scripted sale with the power cut at every change of the disk, in every way a disk may lose what was
 * not synced. After each cut the terminal starts again: what it knows is the fold of a prefix of what was
 * recorded, and the prefix holds every event whose command had been answered as money. Then the script
 * goes on behind the last tap that the journal remembers, as a screen would, and ends as if nothing had been.
 */
import { expect, test } from "vitest";
import type { Command } from "../../core/command.ts";
import { needsDurable } from "../../core/effect.ts";
import { evolve } from "../../core/evolve.ts";
import { clerkId } from "../../core/ids.ts";
import type { Order } from "../../core/order/types.ts";
import { emptyState } from "../../core/state.ts";
import type { State } from "../../core/state.ts";
import type { Recorded } from "../../core/types.ts";
import { encodeRecord } from "../../protocol/record.ts";
import { DiskFault } from "../../runtime/disk.ts";
import type { Disk } from "../../runtime/disk.ts";
import { JournalFault } from "../../runtime/store/fault.ts";
import { FakeDisk } from "../../tools/sim/disk-fake.ts";
import type { CrashMode } from "../../tools/sim/disk-fake.ts";
import { epochAt } from "../support/core-fixtures.ts";
import { PaperTray, settle, TILL } from "../support/fake-world.ts";
import {
  businessState,
  openTill,
  readJournal,
  receiptsIn,
  SMALL_SEGMENT_BYTES,
} from "../support/terminal-harness.ts";
import type { ScriptStep, Till } from "../support/terminal-harness.ts";

function needed(order: Order | null): Order {
  if (order === null) throw new Error("script: There must be an order");
  return order;
}

function add(sku: string, quantityMilli = 1000): ScriptStep {
  return (_, order) => ({ type: "add_item", order: order?.id ?? null, sku, quantityMilli });
}

const cash =
  (handedMinor: number): ScriptStep =>
  (_, order) => ({ type: "take_cash", order: needed(order).id, handedMinor, leftMinor: null });

const sale: ScriptStep = () => ({ type: "open_order", kind: "sale", label: "", reason: "" });

const SCRIPT: readonly ScriptStep[] = [
  () => ({ type: "sign_on", clerk: clerkId("boss"), attempt: null }),
  // Three items, one taken off again, a note, cash with change.
  sale,
  add("tea"),
  add("bun", 3000),
  add("tea", 2000),
  (_, order) => ({
    type: "remove_units",
    order: needed(order).id,
    line: needed(order).lines[1]?.id ?? needed(null).id,
    quantityMilli: 1000,
    reason: "changed mind",
  }),
  (_, order) => ({
    type: "set_note",
    order: needed(order).id,
    line: needed(order).lines[0]?.id ?? null,
    text: "no sugar",
  }),
  cash(2000),
  // A return without its receipt, by open price, paid out.
  () => ({ type: "open_order", kind: "return", label: "", reason: "cold" }),
  (_, order) => ({
    type: "add_open_item",
    order: needed(order).id,
    sku: "tea",
    name: "",
    quantityMilli: 1000,
    unitPriceMinor: 199,
    reason: "as paid",
  }),
  (_, order) => ({ type: "pay_out_cash", order: needed(order).id }),
  // An order that comes to nothing.
  sale,
  add("sample"),
  (_, order) => ({ type: "close_without_tender", order: needed(order).id }),
  // Cash in two parts.
  sale,
  add("bun"),
  cash(50),
  cash(100),
  // And one more on an order that stays open.
  add("tea"),
];
/** Of the script alone. */
const RECEIPT_COUNT = 4;
/** So small that a segment takes few commits: the script rolls over several times. */
const TINY_SEGMENT_BYTES = 53 * 1024;

interface Base {
  readonly title: string;
  readonly disk: FakeDisk;
  readonly segmentBytes: number;
}

interface Session {
  /** The highest seq of an event whose money command was answered. */
  safeSeq: number;
  /** Closings whose drawer or receipt the world saw. */
  readonly effects: string[];
  /** Why the script could not go on. */
  readonly refusals: Set<string>;
}

function session(safeSeq = 0): Session {
  return { safeSeq, effects: [], refusals: new Set() };
}

/** Runs the script from where the journal stands, until its end or a fault of the disk. */
async function run(disk: Disk, segmentBytes: number, ordinal: number, its: Session): Promise<Till | null> {
  const printer = new PaperTray();
  try {
    const till = await openTill(disk, ordinal, { printer, segmentBytes });
    while (till.n < SCRIPT.length) {
      const step = SCRIPT[till.n] ?? expect.fail("The script is over");
      const answer = await till.tap(step(till.state, till.order));
      if (!answer.ok) {
        expect(["journal/failed", "journal/full"]).toContain(answer.refusal.code);
        its.refusals.add(answer.refusal.code);
        break;
      }
      const isMoney = answer.events.some(({ event }) => needsDurable(event.type));
      if (isMoney) its.safeSeq = Math.max(its.safeSeq, answer.events.at(-1)?.seq ?? 0);
    }
    await settle();
    its.effects.push(...printer.printed, ...printer.drawers);
    return till;
  } catch (fault) {
    if (!(fault instanceof JournalFault) && !(fault instanceof DiskFault)) throw fault;
    its.effects.push(...printer.printed, ...printer.drawers);
    return null;
  }
}

function fold(records: readonly Recorded[]): State {
  const state = emptyState(TILL, epochAt(0));
  for (const recorded of records) evolve(state, recorded);
  return state;
}

/** The shop without names that differ from start to start: what was sold, for how much, under which numbers. */
function outcome(state: State): unknown {
  return [...state.orders.values()].map(({ order }) => ({
    kind: order.kind,
    phase: order.phase,
    lines: order.lines.map((line) => [line.sku, line.quantityMilli, line.unitPriceMinor, line.note]),
    closings: order.checks.map((check) => [
      check.lines.map((line) => [line.sku, line.quantityMilli, line.unitPriceMinor, line.note]),
      check.tenders.map((tender) => [tender.amountMinor, tender.handedMinor, tender.changeMinor]),
      check.closings.map(({ facts }) => [facts.totalMinor, facts.receipt.number]),
    ]),
  }));
}

function hexOf(records: readonly Recorded[]): readonly string[] {
  return records.map((record) => Buffer.from(encodeRecord(record)).toString("hex"));
}

interface Dry {
  readonly records: readonly Recorded[];
  readonly changeCount: number;
  readonly outcome: unknown;
}

async function dryRun(base: Base): Promise<Dry> {
  const disk = base.disk.image();
  const till = (await run(disk, base.segmentBytes, 1, session())) ?? expect.fail("The script must end");
  const { changeCount } = disk;
  await till.terminal.close();
  const { records } = await readJournal(disk);
  return { records, changeCount, outcome: outcome(till.state) };
}

const CRASHES: readonly (readonly [CrashMode, seed: number])[] = [
  ["drop", 0],
  ["keep", 0],
  ["prefix", 1],
  ["prefix", 2],
  ["torn", 1],
  ["torn", 2],
  ["torn", 3],
];

/** The start after a cut knows a prefix that holds what was safe; the rest of the script ends as without the cut. */
async function expectRecovered(
  after: FakeDisk,
  base: Base,
  dry: Dry,
  before: Session,
  where: string,
): Promise<string> {
  const { recovered, records } = await readJournal(after);
  expect(["new", "clean", "torn"], where).toContain(recovered.verdict);
  expect(recovered.continuity).toBe("kept");
  // A prefix, byte for byte, of what was recorded, that holds what was safe.
  expect(records.length, where).toBeGreaterThanOrEqual(before.safeSeq);
  expect(hexOf(records), where).toEqual(hexOf(dry.records.slice(0, records.length)));
  // The state at the start is its fold. A printer that hears nothing leaves the view as it is.
  const { segmentBytes } = base;
  const opened = await openTill(after.image(), 2, { segmentBytes });
  if (records.length > 0) expect(businessState(opened.state), where).toEqual(businessState(fold(records)));
  await opened.terminal.close();

  const rest = session(before.safeSeq);
  const till = (await run(after, segmentBytes, 2, rest)) ?? expect.fail(where);
  await till.terminal.close();
  expect(outcome(till.state), where).toEqual(dry.outcome);
  const numbers = receiptsIn((await readJournal(after)).records);
  // One series without a gap; its name is of the start that recorded first.
  const [series = ""] = numbers[0]?.split(" ") ?? [];
  expect(numbers, where).toEqual(numbers.map((_, index) => `${series} ${index + 1}`));
  // Nothing was printed twice, and no drawer opened twice for one closing.
  const all = [...before.effects, ...rest.effects];
  expect(new Set(all).size, where).toBe(all.length);
  return recovered.verdict;
}

async function cutEverywhere(base: Base): Promise<Dry> {
  const dry = await dryRun(base);
  const verdicts = new Map<string, number>();
  for (let at = 1; at <= dry.changeCount; at += 1) {
    const disk = base.disk.image();
    disk.cutAt(at);
    const before = session();
    await run(disk, base.segmentBytes, 1, before);
    for (const [mode, seed] of CRASHES) {
      const after = disk.crash(mode, seed * 1000 + at);
      const where = `${base.title}: change ${at}, ${mode} ${seed}`;
      const verdict = await expectRecovered(after, base, dry, before, where);
      verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
    }
  }
  expect(verdicts.get("torn") ?? 0).toBeGreaterThan(0);
  const found = [...verdicts].map(([verdict, count]) => `${count} ${verdict}`).join(", ");
  console.log(
    `power cuts, ${base.title}: ${dry.records.length} records, ${dry.changeCount} writes, syncs and names, ` +
      `${dry.changeCount * CRASHES.length} cuts recovered (${found})`,
  );
  return dry;
}

/** A disk with a sale of yesterday and an order of thirty lines that is still open. */
async function yesterday(segmentBytes: number): Promise<FakeDisk> {
  const disk = new FakeDisk();
  const { terminal } = await openTill(disk, 9, { segmentBytes });
  const cause = { view: 2, clerk: clerkId("boss") };
  let n = 0;
  const tap = async (command: Command): Promise<void> => {
    n += 1;
    const answer = await terminal.loop.submit(command, { ...cause, n });
    if (!answer.ok) throw new Error(answer.refusal.code);
    // Taps come one after the other; in one turn of the machine no disk makes its next segment.
    await settle();
  };
  await tap({ type: "sign_on", clerk: cause.clerk, attempt: null });
  await tap({ type: "add_item", order: null, sku: "tea", quantityMilli: 1000 });
  const [sold] = terminal.loop.state.orders.keys();
  await tap({ type: "take_cash", order: sold ?? needed(null).id, handedMinor: 250, leftMinor: null });
  await tap({ type: "add_item", order: null, sku: "tea", quantityMilli: 1000 });
  const open = [...terminal.loop.state.orders.keys()].at(-1) ?? needed(null).id;
  for (let line = 1; line < 30; line += 1) {
    await tap({ type: "add_item", order: open, sku: "bun", quantityMilli: 1000 });
  }
  await terminal.close();
  return disk.image();
}

test("a power cut at every write and sync of a sale leaves a prefix with all that was shown as safe", async () => {
  const dry = await cutEverywhere({
    title: "a first start",
    disk: new FakeDisk(),
    segmentBytes: SMALL_SEGMENT_BYTES,
  });
  expect(receiptsIn(dry.records)).toHaveLength(RECEIPT_COUNT);
});

test("a power cut while segments roll over, with yesterday's order still open, loses nothing either", async () => {
  const dry = await cutEverywhere({
    title: "a second day in tiny segments",
    disk: await yesterday(TINY_SEGMENT_BYTES),
    segmentBytes: TINY_SEGMENT_BYTES,
  });
  expect(receiptsIn(dry.records)).toHaveLength(RECEIPT_COUNT + 1);
  const heads = dry.records.filter((record) => record.event.type === "checkpoint_opened");
  expect(heads.length).toBeGreaterThan(1);
});

test("a disk that fails at any one call ends the sale loudly and loses nothing that was shown as safe", async () => {
  const base: Base = { title: "faults", disk: new FakeDisk(), segmentBytes: TINY_SEGMENT_BYTES };
  const dry = await dryRun(base);
  const counting = base.disk.image();
  await run(counting, base.segmentBytes, 1, session());
  let refusedCount = 0;
  for (let at = 1; at <= counting.callCount; at += 1) {
    const disk = base.disk.image();
    disk.failAt(at, at % 2 === 0 ? "disk/io" : "disk/read_only");
    const before = session();
    await run(disk, base.segmentBytes, 1, before);
    refusedCount += before.refusals.has("journal/failed") ? 1 : 0;
    for (const mode of ["drop", "keep"] as const) {
      await expectRecovered(disk.crash(mode), base, dry, before, `call ${at}, ${mode}`);
    }
  }
  expect(refusedCount).toBeGreaterThan(0);
  console.log(`disk faults: at each of ${counting.callCount} calls, ${refusedCount} of them in mid-sale`);
});

test("a disk that is full at any byte refuses in words and loses nothing that was shown as safe", async () => {
  const base: Base = { title: "full", disk: new FakeDisk(), segmentBytes: TINY_SEGMENT_BYTES };
  const dry = await dryRun(base);
  const counting = base.disk.image();
  await run(counting, base.segmentBytes, 1, session());
  const totalBytes = counting.paths().reduce((sum, path) => sum + counting.bytesOf(path).length, 0);
  let fullCount = 0;
  for (let bytes = 0; bytes <= totalBytes; bytes += 1999) {
    const disk = base.disk.image();
    disk.limit(bytes);
    const before = session();
    await run(disk, base.segmentBytes, 1, before);
    expect(before.refusals).not.toContain("journal/failed");
    fullCount += before.refusals.has("journal/full") ? 1 : 0;
    // Without room the journal rolls over elsewhere: what was recorded is this run's own.
    const { records } = await readJournal(disk);
    await expectRecovered(disk.crash("drop"), base, { ...dry, records }, before, `full at ${bytes}`);
  }
  expect(fullCount).toBeGreaterThan(0);
  console.log(`full disks: ${Math.ceil(totalBytes / 1999)} sizes, ${fullCount} of them full in mid-sale`);
});
