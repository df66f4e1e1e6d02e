/**
 * A journal as this release writes it, with what it must be read as for ever: the files of two starts
 * in hex (trailing zeros left out), and below them the business state that they fold to.
 */
import { clerkId } from "../../core/ids.ts";
import { FakeDisk } from "../../tools/sim/disk-fake.ts";
import { businessState, openTill, readJournal, receiptsIn, SMALL_SEGMENT_BYTES } from "./terminal-harness.ts";
import { fromHex, toHex } from "./hex.ts";

const HEX_LINE_LENGTH = 100;
/** Ordinal of the start that only reads: its own first record is not part of the golden. */
const READING_START = 9;

/** Sells over two starts and returns the golden's text. Everything in it comes from arguments: it is the same each time. */
export async function journalGolden(): Promise<string> {
  const disk = new FakeDisk();
  const first = await openTill(disk, 1);
  await first.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  await first.add("tea", "bun", "sample");
  const order = first.order;
  if (order === null) throw new Error("golden: There must be an order");
  const [line] = order.lines;
  if (line === undefined) throw new Error("golden: There must be a line");
  await first.must({ type: "add_units", order: order.id, line: line.id, quantityMilli: 1500 });
  await first.must({ type: "set_note", order: order.id, line: line.id, text: "少冰 no ice" });
  await first.must({ type: "take_cash", order: order.id, handedMinor: 100, leftMinor: null });
  await first.must({ type: "take_cash", order: order.id, handedMinor: 100_000, leftMinor: null });
  await first.must({ type: "copy_receipt", order: order.id });
  await first.add("bun");
  await first.terminal.close();

  const second = await openTill(disk, 2);
  await second.add("tea");
  const open = second.order;
  if (open === null) throw new Error("golden: The open order must be back");
  await second.must({ type: "take_cash", order: open.id, handedMinor: open.openTotalMinor, leftMinor: null });
  await second.must({ type: "open_order", kind: "return", label: "", reason: "broken" });
  const back = second.order;
  if (back === null) throw new Error("golden: There must be a return");
  await second.must({
    type: "add_open_item",
    order: back.id,
    sku: "CUP",
    name: "Cup 杯",
    quantityMilli: 1000,
    unitPriceMinor: 6550,
    reason: "no receipt",
  });
  await second.must({ type: "pay_out_cash", order: back.id });
  await second.sell("bun");
  await second.terminal.close();
  return textOf(disk);
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
  await till.terminal.close();
  return JSON.stringify({ recordCount: records.length, receipts: receiptsIn(records), state }, null, 1);
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
