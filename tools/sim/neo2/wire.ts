/**
 * Bytes of a simulated NEO 2: the other side of drivers/reader/neo2, written from the same pages of the
 * guide and sharing nothing with it.
 */

const HEADER = [...Buffer.from("ViVOtech2\0", "latin1")];
const PART_BYTES = 63;

/** What came from the till. */
export interface Command {
  readonly command: number;
  readonly sub: number;
  readonly data: Uint8Array;
}

/** CRC-16/CCITT-FALSE, bit by bit. */
export function check(bytes: Iterable<number>): number {
  let sum = 0xffff;
  for (const value of bytes) {
    for (let bit = 7; bit >= 0; bit -= 1) {
      const isOut = ((sum >>> 15) & 1) !== ((value >>> bit) & 1);
      sum = ((sum << 1) & 0xffff) ^ (isOut ? 0x1021 : 0);
    }
  }
  return sum;
}

/** A reply as its bytes; a CRC of a reply has its high byte first. */
export function replyBytes(command: number, status: number, data: Iterable<number> = []): Uint8Array {
  const body = [...data];
  const frame = [...HEADER, command, status, body.length >>> 8, body.length & 0xff, ...body];
  const sum = check(frame);
  return Uint8Array.of(...frame, sum >>> 8, sum & 0xff);
}

/** A burst of user interface events: device, number, two zeros each. */
export function uiBytes(events: readonly (readonly [device: number, index: number])[]): Uint8Array {
  const frame = [
    0x45,
    0x00,
    0x55,
    0x00,
    events.length * 4,
    ...events.flatMap(([device, index]) => [device, index, 0, 0]),
  ];
  const sum = check(frame);
  return Uint8Array.of(...frame, sum >>> 8, sum & 0xff);
}

/** What is wrong with bytes, as the status that a reader would answer, or the command. */
export function commandOf(
  bytes: Uint8Array,
): Command | { readonly status: number; readonly command: number } {
  const [command = 0, sub = 0, high = 0, low = 0] = bytes.subarray(HEADER.length);
  if (HEADER.some((value, index) => bytes[index] !== value)) return { status: 0x01, command };
  const end = HEADER.length + 4 + high * 256 + low;
  const [first, second] = bytes.subarray(end, end + 2);
  if (first === undefined || second === undefined) return { status: 0x07, command };
  const sum = check(bytes.subarray(0, end));
  // Pass-through commands: the high byte first.
  const given = command === 0x2c ? first * 256 + second : second * 256 + first;
  if (given !== sum) return { status: 0x04, command };
  return { command, sub, data: bytes.slice(HEADER.length + 4, end) };
}

/** The reports of a message. */
export function cut(message: Uint8Array): readonly Uint8Array[] {
  const count = Math.ceil(message.length / PART_BYTES);
  return Array.from({ length: count }, (_, index) => {
    const id = count === 1 ? 1 : index === 0 ? 2 : index === count - 1 ? 4 : 3;
    const report = new Uint8Array(PART_BYTES + 1);
    report.set([id, ...message.subarray(index * PART_BYTES, (index + 1) * PART_BYTES)]);
    return report;
  });
}

/** Joins what the till sends. */
export class Joiner {
  #parts: number[] = [];
  #isOpen = false;

  /** The message that this report ends, if it ends one. */
  push(report: Uint8Array): Uint8Array | undefined {
    const [id = 0, ...part] = report;
    if (id === 1 || id === 2) this.#parts = [];
    else if (!this.#isOpen || id < 1 || id > 4) return undefined;
    this.#parts.push(...part);
    this.#isOpen = id === 2 || id === 3;
    return this.#isOpen ? undefined : Uint8Array.from(this.#parts);
  }
}

/** Tag, length, value. */
export function tlv(tag: string, value: Iterable<number>): readonly number[] {
  const bytes = [...value];
  const length = bytes.length < 0x80 ? [bytes.length] : [0x81, bytes.length];
  return [...Buffer.from(tag, "hex"), ...length, ...bytes];
}

/** As real readers write masked and encrypted values: the length always in two bytes. */
export function longTlv(tag: string, value: Iterable<number>): readonly number[] {
  const bytes = [...value];
  return [...Buffer.from(tag, "hex"), 0x81, bytes.length, ...bytes];
}

/** The values of a command by tag; one level. */
export function valuesOf(data: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const values = new Map<string, Uint8Array>();
  for (let index = 0; index < data.length;) {
    const start = index;
    index += 1;
    if (((data[start] ?? 0) & 0x1f) === 0x1f) {
      while (((data[index] ?? 0) & 0x80) !== 0) index += 1;
      index += 1;
    }
    const tag = Buffer.from(data.subarray(start, index)).toString("hex").toUpperCase();
    const length = data[index] ?? 0;
    values.set(tag, data.slice(index + 1, index + 1 + length));
    index += 1 + length;
  }
  return values;
}
