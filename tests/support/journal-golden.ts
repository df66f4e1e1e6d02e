/**
 * A journal as this release writes it, with what it must be read as for ever: the files of two starts
 * in hex (trailing zeros left out), and below them the business state that they fold to. Each release
 * has a file of its own name; those of older releases were written by this file as it stood then, and
 * are never written again.
 */
import { clerkId, drawerId, eventId } from "../../core/ids.ts";
import type { EventId } from "../../core/ids.ts";
import { minor } from "../../core/money.ts";
import type { Order } from "../../core/order/types.ts";
import { openShifts } from "../../core/shift/working.ts";
import type { PinPurpose } from "../../core/staff/events.ts";
import { currentOrder } from "../../core/state.ts";
import type { State } from "../../core/state.ts";
import type { CheckClosed, Recorded } from "../../core/types.ts";
import { FakeDisk } from "../../tools/sim/disk-fake.ts";
import { shopConfig } from "./fake-world.ts";
import { fromHex, toHex } from "./hex.ts";
import { businessState, openTill, readJournal, receiptsIn, SMALL_SEGMENT_BYTES } from "./terminal-harness.ts";
import type { Till } from "./terminal-harness.ts";

const HEX_LINE_LENGTH = 100;
/** Sales that fill the first segment, so that the second begins with a checkpoint in mid-shift. */
const FILLING_SALES = 6;
/** Ordinal of the start that only reads: its own first record is not part of the golden. */
const READING_START = 9;

/** Cash is rounded to 0.05, and "boss" has a PIN: what is compared is the runtime's, what is recorded is this. */
const CONFIG = shopConfig({
  pins: new Map([[clerkId("boss"), { salt: new Uint8Array(16), hash: new Uint8Array(32) }]]),
  cashRounding: { incrementMinor: minor(5), tie: "up" },
  drawers: [drawerId("1"), drawerId("bar")],
});

/**
 * A day over two starts and the golden's text: PINs that are wrong, right and locked, a shift from its float
 * to its Z, rounded cash, a refund that the boss approves, parking, undo, copies and marked paper, an item
 * off sale. Training is a journal of its own and not in it. Everything comes from arguments: the text is
 * the same each time.
 */
export async function journalGolden(): Promise<string> {
  const disk = new FakeDisk();
  const first = await openTill(disk, 1, { config: CONFIG });
  await openDay(first);
  const closing = await sellRounded(first);
  await first.must({ type: "copy_receipt", order: orderOf(closing) });
  await parkAndUndo(first);
  await refundHalf(first, closing);
  await first.must({ type: "report_shift", shift: shiftOf(first) });
  for (let sale = 0; sale < FILLING_SALES; sale += 1) await first.sell("bun");
  await first.add("bun");
  await first.terminal.close();

  const second = await openTill(disk, 2, { config: CONFIG });
  await closeDay(second);
  await second.terminal.close();
  return textOf(disk);
}

async function openDay(till: Till): Promise<void> {
  const boss = clerkId("boss");
  const sam = clerkId("sam");
  await till.must({ type: "try_pin", clerk: boss, purpose: "sign_on" });
  await till.must({ type: "sign_on", clerk: boss, attempt: await passed(till, "sign_on") });
  await till.must({ type: "sign_on", clerk: sam, attempt: null });
  for (let wrong = 0; wrong < 10; wrong += 1)
    await till.must({ type: "try_pin", clerk: sam, purpose: "sign_on" });
  await till.must({ type: "unlock_clerk", clerk: sam });
  await till.must({ type: "open_shift", drawer: drawerId("1"), floatMinor: 20_000 });
  await till.must({ type: "move_cash", kind: "pay_in", amountMinor: 1000, reason: "零钱 change" });
  await till.must({ type: "open_drawer", reason: "coins for the meter" });
}

// The try of a PIN that was right.
async function passed(till: Till, purpose: PinPurpose): Promise<EventId> {
  const clerk = clerkId("boss");
  const [tried] = await till.must({ type: "try_pin", clerk, purpose });
  if (tried === undefined) throw new Error("golden: There must be a try");
  const attempt = eventId(tried);
  await till.must({ type: "pass_pin", clerk, attempt });
  return attempt;
}

// 1.5 tea and a labelled piece come to 6.23, paid with 3.00 and the rest in coins.
async function sellRounded(till: Till): Promise<Recorded<CheckClosed>> {
  await till.add("tea", "sample");
  const { id: order, lines } = current(till);
  const [line] = lines;
  if (line === undefined) throw new Error("golden: There must be a line");
  await till.must({ type: "add_units", order, line: line.id, quantityMilli: 500 });
  await till.must({ type: "set_note", order, line: line.id, text: "少冰 no ice" });
  await till.must({ type: "add_labelled_item", order, sku: "bun", unitPriceMinor: 248 });
  await till.must({ type: "take_cash", order, handedMinor: 300, leftMinor: null }, "sam");
  const events = await till.must({ type: "take_cash", order, handedMinor: 1000, leftMinor: null }, "sam");
  const closing = events.find(isClosing);
  if (closing === undefined) throw new Error("golden: There must be a closing");
  const { order: its } = closing.event;
  const job = eventId(closing);
  await till.must({
    type: "finish_print",
    order: its,
    job,
    outcome: "printed",
    code: "",
    mark: "resumed",
  });
  return closing;
}

async function parkAndUndo(till: Till): Promise<void> {
  await till.add("tea", "bun");
  const { id: order } = current(till);
  await till.must({ type: "undo", order });
  await till.must({ type: "park_order", order, label: "Table 4" });
  await till.sell("tea");
  await till.must({ type: "recall_order", order });
  await till.must({ type: "void_order", order, reason: "left" });
}

// "sam" may not pay back; the boss lends the right.
async function refundHalf(till: Till, closing: Recorded<CheckClosed>): Promise<void> {
  const order = till.state.orders.get(closing.event.order)?.order;
  const lines = (order?.checks[0]?.lines ?? []).map((line) => ({ line: line.id, quantityMilli: 1000 }));
  const approval = { approver: clerkId("boss"), attempt: await passed(till, "approve") };
  const command = {
    type: "refund",
    closing: eventId(closing),
    lines: lines.slice(0, 2),
    reason: "broken",
  } as const;
  await till.must(command, "sam", approval);
}

async function closeDay(till: Till): Promise<void> {
  await till.sell("tea");
  await till.must({ type: "open_order", kind: "return", label: "", reason: "broken" });
  await till.must({
    type: "add_open_item",
    order: current(till).id,
    sku: "CUP",
    name: "Cup 杯",
    quantityMilli: 1000,
    unitPriceMinor: 6550,
    reason: "no receipt",
  });
  await till.must({ type: "pay_out_cash", order: current(till).id });
  await till.must({ type: "set_sold_out", sku: "tea", isSoldOut: true });
  await till.must({ type: "move_cash", kind: "drop", amountMinor: 5000, reason: "safe" });
  const shift = shiftOf(till);
  const denominations = [{ valueMinor: 500, count: 20 }];
  await till.must({ type: "count_drawer", shift, denominations });
  const [z] = await till.must({ type: "close_shift", shift, reason: "a note is missing" });
  if (z === undefined) throw new Error("golden: There must be a Z");
  await till.must({ type: "print_report", closing: eventId(z) });
  await till.must({
    type: "finish_report",
    job: eventId(z),
    outcome: "failed",
    code: "printer/paper_out",
    mark: "none",
  });
  await till.must({ type: "open_shift", drawer: drawerId("bar"), floatMinor: 0 });
  await till.must({ type: "sign_off", clerk: clerkId("sam") });
  await till.must({ type: "try_pin", clerk: clerkId("sam"), purpose: "sign_on" });
  await till.add("bun");
  await till.must({ type: "park_order", order: current(till).id, label: "后来 later" });
  await till.add("bun");
}

function current(till: Till): Order {
  if (till.order === null) throw new Error("golden: There must be an order");
  return till.order;
}

function orderOf({ event }: Recorded<CheckClosed>): EventId {
  return event.order;
}

function shiftOf(till: Till): EventId {
  const [shift] = openShifts(till.state);
  if (shift === undefined) throw new Error("golden: There must be an open shift");
  return shift.id;
}

function isClosing(recorded: Recorded): recorded is Recorded<CheckClosed> {
  return recorded.event.type === "check_closed";
}

async function textOf(disk: FakeDisk): Promise<string> {
  const names = (await disk.list("journal")).filter((name) => name.startsWith("seg-"));
  const parts: string[] = [];
  for (const name of names) {
    const path = `journal/${name}`;
    const file = await disk.open(path, "existing");
    const bytes = await file.read(0, await file.size());
    await file.close();
    parts.push(`file ${path} ${bytes.length}`, ...hexLines(bytes));
  }
  parts.push("state", await stateText(disk));
  return `${parts.join("\n")}\n`;
}

function hexLines(bytes: Uint8Array): readonly string[] {
  const end = bytes.findLastIndex((byte) => byte !== 0) + 1;
  const hex = toHex(bytes.subarray(0, end));
  return hex.match(new RegExp(`.{1,${HEX_LINE_LENGTH}}`, "g")) ?? [];
}

/** What the journal on `disk` is: its receipts in order and the business state of a start that reads it. */
export async function stateText(disk: FakeDisk): Promise<string> {
  const { records } = await readJournal(disk);
  const till = await openTill(disk.image(), READING_START);
  const state = businessState(till.state);
  const day = dayState(till.state);
  await till.terminal.close();
  const text = { recordCount: records.length, receipts: receiptsIn(records), state };
  return JSON.stringify(day === null ? text : { ...text, day }, null, 1);
}

/** Shifts, people and stock; null where a journal says nothing of them, as those of 0.1.0. */
function dayState(state: State): unknown {
  if (state.businessDate === "") return null;
  return {
    businessDate: state.businessDate,
    nextZNumber: state.nextZNumber,
    shifts: [...state.shifts.values()],
    reports: [...state.reports.keys()],
    reportJobs: [...state.reportJobs],
    pins: [...state.pins],
    soldOut: [...state.soldOut],
    parked: [...state.orders.values()].filter(({ order }) => order.isParked).map(({ order }) => order.id),
    current: currentOrder(state)?.id ?? null,
    clockFlag: state.clockFlag,
  };
}

/** The files of a golden on a disk again, and the state that it says they fold to. */
export async function diskOfGolden(
  golden: string,
): Promise<{ readonly disk: FakeDisk; readonly state: string }> {
  const [files = "", state = ""] = golden.split("\nstate\n");
  const disk = new FakeDisk();
  await disk.makeDirectory("journal");
  await disk.syncDirectory("");
  for (const part of files.split(/^file /m).slice(1)) {
    const [head = "", ...lines] = part.trim().split("\n");
    const [path = "", sizeText = "0"] = head.split(" ");
    const bytes = new Uint8Array(Math.max(Number(sizeText), SMALL_SEGMENT_BYTES));
    bytes.set(fromHex(lines.join("")));
    disk.put(path, bytes.subarray(0, Number(sizeText)));
  }
  return { disk, state: state.trimEnd() };
}
