/**
 * How long each ESC/POS command is, for the virtual printer. Written from the command reference and not
 * from the driver's own table, so that a mistake there shows up here. It knows more than the driver
 * sends: other software may print to the virtual printer too.
 */

/** Bytes that a command's parameters and data take, given the bytes after its opcode; undefined: more are needed to tell. */
type Length = (rest: Uint8Array) => number | undefined;

/** One command. */
export interface CommandRow {
  readonly name: string;
  readonly opcode: readonly number[];
  readonly length: Length;
  /** Carried out at once, before anything that waits. */
  readonly isRealtime: boolean;
}

const at = (rest: Uint8Array, index: number): number => rest[index] ?? 0;

const fixed =
  (byteCount: number): Length =>
  () =>
    byteCount;

/** Two length bytes, low first, then the data. */
const counted16: Length = (rest) => (rest.length < 2 ? undefined : 2 + at(rest, 0) + at(rest, 1) * 256);

/** GS v 0 m xL xH yL yH data. */
const rasterImage: Length = (rest) => {
  if (rest.length < 5) return undefined;
  return 5 + (at(rest, 1) + at(rest, 2) * 256) * (at(rest, 3) + at(rest, 4) * 256);
};

/** GS k: m below 65 ends with NUL, else a count follows. */
const barcode: Length = (rest) => {
  if (rest.length < 2) return undefined;
  if (at(rest, 0) >= 65) return 2 + at(rest, 1);
  const end = rest.indexOf(0, 1);
  return end < 0 ? undefined : end + 1;
};

/** GS V: functions A has one byte, B to D a second. */
const cut: Length = (rest) => {
  if (rest.length < 1) return undefined;
  return [0, 1, 48, 49].includes(at(rest, 0)) ? 1 : 2;
};

const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;
const DLE = 0x10;

const queued = (name: string, opcode: readonly number[], length: Length): CommandRow => ({
  name,
  opcode,
  length,
  isRealtime: false,
});
const realtime = (name: string, opcode: readonly number[], length: Length): CommandRow => ({
  name,
  opcode,
  length,
  isRealtime: true,
});

/** Every command the virtual printer can tell the length of. No opcode is the beginning of another. */
export const COMMANDS: readonly CommandRow[] = [
  queued("ESC @", [ESC, 0x40], fixed(0)),
  queued("ESC a", [ESC, 0x61], fixed(1)),
  queued("ESC E", [ESC, 0x45], fixed(1)),
  queued("ESC G", [ESC, 0x47], fixed(1)),
  queued("ESC -", [ESC, 0x2d], fixed(1)),
  queued("ESC M", [ESC, 0x4d], fixed(1)),
  queued("ESC !", [ESC, 0x21], fixed(1)),
  queued("ESC 2", [ESC, 0x32], fixed(0)),
  queued("ESC 3", [ESC, 0x33], fixed(1)),
  queued("ESC d", [ESC, 0x64], fixed(1)),
  queued("ESC J", [ESC, 0x4a], fixed(1)),
  queued("ESC t", [ESC, 0x74], fixed(1)),
  queued("ESC R", [ESC, 0x52], fixed(1)),
  queued("ESC SP", [ESC, 0x20], fixed(1)),
  queued("ESC $", [ESC, 0x24], fixed(2)),
  queued("ESC p", [ESC, 0x70], fixed(3)),
  queued("ESC 9", [ESC, 0x39], fixed(1)),
  queued("GS !", [GS, 0x21], fixed(1)),
  queued("GS B", [GS, 0x42], fixed(1)),
  queued("GS L", [GS, 0x4c], fixed(2)),
  queued("GS W", [GS, 0x57], fixed(2)),
  queued("GS V", [GS, 0x56], cut),
  queued("GS a", [GS, 0x61], fixed(1)),
  queued("GS r", [GS, 0x72], fixed(1)),
  queued("GS h", [GS, 0x68], fixed(1)),
  queued("GS w", [GS, 0x77], fixed(1)),
  queued("GS H", [GS, 0x48], fixed(1)),
  queued("GS f", [GS, 0x66], fixed(1)),
  queued("GS k", [GS, 0x6b], barcode),
  queued("GS v 0", [GS, 0x76, 0x30], rasterImage),
  queued("GS ( k", [GS, 0x28, 0x6b], counted16),
  queued("GS ( L", [GS, 0x28, 0x4c], counted16),
  queued("GS ( H", [GS, 0x28, 0x48], counted16),
  queued("FS &", [FS, 0x26], fixed(0)),
  queued("FS .", [FS, 0x2e], fixed(0)),
  queued("FS !", [FS, 0x21], fixed(1)),
  queued("FS S", [FS, 0x53], fixed(2)),
  queued("FS W", [FS, 0x57], fixed(1)),
  realtime("DLE EOT", [DLE, 0x04], fixed(1)),
  realtime("DLE DC4", [DLE, 0x14], fixed(3)),
  realtime("DLE ENQ", [DLE, 0x05], fixed(1)),
];
