/**
 * B11: a receipt of 30 lines to printer bytes, against node-thermal-printer. Both papers are read by the
 * virtual printer first and say the same words.
 */
import type { ReceiptBlock } from "../../../core/receipt/block.ts";
import { encodeReceipt } from "../../../drivers/printer/encode.ts";
import { PRINTER_MODELS } from "../../../drivers/printer/models.ts";
import { Interpreter } from "../../sim/printer/interpreter.ts";
import { plainLines } from "../../sim/printer/paper.ts";
import { Tokenizer } from "../../sim/printer/tokenizer.ts";
import { cpuSeconds, inTurn, mustEqual } from "../measure.ts";
import { loadPeer } from "../peers.ts";
import { rowOf } from "../row.ts";
import type { BenchRow } from "../row.ts";

const LINES_COUNT = 30;
const ROUNDS_COUNT = 9;
const OURS_PER_ROUND_COUNT = 4000;
const PEER_PER_ROUND_COUNT = 200;
const MODEL = PRINTER_MODELS.gbk_80mm;

interface ThermalPrinter {
  clear(): void;
  leftRight(left: string, right: string): void;
  cut(): void;
  getBuffer(): Uint8Array;
}
interface Peer {
  readonly ThermalPrinter: new (options: object) => ThermalPrinter;
}

function isPeer(value: unknown): value is Peer {
  return typeof value === "object" && value !== null && "ThermalPrinter" in value;
}

/** The row. Throws when the two papers say different words. */
export async function benchReceipt(): Promise<readonly BenchRow[]> {
  const peer = loadPeer("node-thermal-printer");
  if (!isPeer(peer)) throw new Error("bench: node-thermal-printer exports something else");
  const printer = new peer.ThermalPrinter({
    type: "epson",
    interface: "/dev/null",
    width: MODEL.columnCount,
    characterSet: "PC437_USA",
  });
  const pairs = Array.from(
    { length: LINES_COUNT },
    (_, index) => [`${index + 1} x Item number ${index}`, `${index + 1}.50`] as const,
  );
  const blocks: readonly ReceiptBlock[] = [
    ...pairs.map(([left, right]): ReceiptBlock => ({
      kind: "pair",
      left,
      right,
      size: "normal",
      bold: false,
    })),
    { kind: "cut" },
  ];
  const encodePeer = (): Uint8Array => {
    printer.clear();
    for (const [left, right] of pairs) printer.leftRight(left, right);
    printer.cut();
    return printer.getBuffer();
  };
  const encodeOurs = (): Uint8Array =>
    new Uint8Array(Buffer.concat(encodeReceipt(blocks, MODEL).map(({ bytes }) => bytes)));
  mustEqual("the words on paper", wordsOn(encodeOurs()), wordsOn(encodePeer()));
  const usOf = async (count: number, encode: () => Uint8Array): Promise<number> => {
    let bytes = 0;
    const seconds = await cpuSeconds(() => {
      for (let index = 0; index < count; index += 1) bytes += encode().length;
    });
    if (bytes === 0) throw new Error("bench: a receipt has bytes");
    return (seconds / count) * 1e6;
  };
  const {
    ours,
    peer: theirs,
    ratio,
  } = await inTurn(
    ROUNDS_COUNT,
    () => usOf(OURS_PER_ROUND_COUNT, encodeOurs),
    () => usOf(PEER_PER_ROUND_COUNT, encodePeer),
  );
  return [
    rowOf({
      id: "B11",
      what: "encode a receipt of 30 lines (ratio: times faster)",
      ours,
      peer: theirs,
      peerName: "node-thermal-printer",
      ratio: 1 / ratio,
      judged: "ratio",
      better: "more",
      reach: 20,
      dream: 60,
      unit: "us",
      note: `${encodeOurs().length} bytes, the peer ${encodePeer().length}`,
    }),
  ];
}

function wordsOn(bytes: Uint8Array): readonly string[] {
  const interpreter = new Interpreter(MODEL.columnCount);
  const happenings = new Tokenizer().push(bytes).flatMap((token) => interpreter.push(token));
  return [...happenings, ...interpreter.tearOff()]
    .flatMap((happening) => (happening.kind === "receipt" ? plainLines(happening.receipt) : []))
    .map((line) => line.replaceAll(/\s+/g, " ").trim())
    .filter((line) => line !== "");
}
