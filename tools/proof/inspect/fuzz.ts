/**
 * Throws random and mutated inputs at every kind of `tools/inspect` and holds it to one line of JSON an
 * item: coded refusals only, every byte of a receipt accounted for, memory flat.
 *
 *   node tools/proof/inspect/fuzz.ts [COUNT] [SEED] [KIND]
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { FRAME_DATA_BYTES_MAX, encodeFrame } from "../../../drivers/reader/neo2/frame.ts";
import type { Inspector } from "./inspector.ts";
import { INSPECTORS } from "./kinds.ts";

const COUNT = 1_000_000;
const BYTES_MAX = 400;
/** How much of a golden a mutation begins with: all of it, for a message that is cut says one thing only. */
const SEED_BYTES_MAX = 8000;
const PROGRESS_EVERY = 100_000;
const CODE = /^[a-z0-9]+\/[a-z0-9_]+$/;

/** xorshift32: the same inputs for the same seed. */
export function dice(seed: number): (below: number) => number {
  let state = seed | 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** Valid items that mutations begin with: hex, one a line, names after "#". */
export function seedsIn(text: string): readonly Uint8Array[] {
  return text
    .split("\n")
    .filter((line) => /^[0-9a-f]+$/.test(line) && line.length % 2 === 0)
    .map((line) => new Uint8Array(Buffer.from(line, "hex")));
}

/** The next input: random bytes, or a seed with some bytes changed, cut, doubled or put in. */
export function nextInput(roll: (below: number) => number, seeds: readonly Uint8Array[]): Uint8Array {
  const base = seeds[roll(seeds.length + 1)];
  if (base === undefined) return Uint8Array.from({ length: roll(BYTES_MAX) }, () => roll(256));
  const bytes = [...base.subarray(0, SEED_BYTES_MAX)];
  for (let times = roll(4); times >= 0; times -= 1) {
    const at = roll(bytes.length + 1);
    const kind = roll(4);
    if (kind === 0) bytes[at] = roll(256);
    else if (kind === 1) bytes.splice(at, 1 + roll(8));
    else if (kind === 2) bytes.splice(at, 0, roll(256), roll(256));
    else bytes.push(...bytes.slice(at, at + roll(40)));
  }
  return Uint8Array.from(bytes, (byte) => byte ?? 0);
}

/** What is wrong with what `inspectorIndex` says of this input, or null. */
export function complaintOf(
  inspectorIndex: number,
  input: Uint8Array,
  inspectors: readonly Inspector[] = INSPECTORS,
): string | null {
  const inspector = inspectors[inspectorIndex % inspectors.length];
  if (inspector === undefined) return "no kind";
  const said = inspector.inspect(input, {});
  const back = said.ok ? inspector.back?.(said.value) : inspector.back?.(jsonIn(input));
  if (back?.ok === false && !CODE.test(back.code)) return `${inspector.name} --back: ${back.code}`;
  const line = JSON.stringify(said.ok ? said.value : said);
  if (line.includes("\n")) return `${inspector.name}: more than one line`;
  if (!said.ok)
    return CODE.test(said.code) && Number.isInteger(said.offset) && said.offset >= 0
      ? null
      : `${inspector.name}: ${said.code} at ${said.offset}`;
  return inspector.name === "escpos" && !line.includes('"unaccounted":0')
    ? "escpos: a byte is not accounted for"
    : null;
}

/** The goldens that mutations of `kind` begin with; its own where it has some. */
function goldensOf(kind: string): readonly Uint8Array[] {
  const names = kind === "" ? ["events", "messages"] : [`readers/${kind}`];
  const paths = names.map((name) => new URL(`../../../tests/golden/${name}.txt`, import.meta.url));
  const texts = paths.flatMap((path) => (existsSync(path) ? [readFileSync(path, "utf8")] : []));
  return texts.flatMap((text) => [...seedsIn(text), ...printedIn(text)]);
}

/** Lines of JSON that a kind printed: what --back begins with. */
function printedIn(text: string): readonly Uint8Array[] {
  const lines = text.split("\n").filter((line) => line.startsWith("{"));
  return lines.map((line) => new TextEncoder().encode(line));
}

/**
 * What a mutation would have broken at once, made right again, so that it reaches what lies behind: the
 * lengths and checks of frames.
 */
const RESEALED: ReadonlyMap<string, (bytes: Uint8Array) => Uint8Array> = new Map([
  [
    "neo2",
    (bytes) => {
      const [command = 0, second = 0] = bytes.subarray(10);
      return encodeFrame({ command, second, data: bytes.slice(14, FRAME_DATA_BYTES_MAX) }, "high_first");
    },
  ],
  [
    "zvt",
    (bytes) => {
      const data = bytes.slice(3);
      const head = [bytes[0] ?? 0, bytes[1] ?? 0, 0xff, data.length & 0xff, data.length >>> 8];
      return Uint8Array.of(...head, ...data);
    },
  ],
]);

/** What the input says as JSON, or the input itself where it says nothing. */
function jsonIn(input: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(input));
  } catch {
    return [...input];
  }
}

function main(countText = String(COUNT), seedText = "1", kind = ""): void {
  const count = Number(countText);
  const seed = Number(seedText);
  const inspectors = INSPECTORS.filter(({ name }) => kind === "" || name === kind);
  const seeds = goldensOf(kind);
  console.log(`inputs ${count}, seed ${seed}, ${seeds.length} goldens, ${inspectors.length} kinds`);
  const roll = dice(seed);
  const trace = createHash("sha256");
  const codes = new Map<string, number>();
  let heapMax = 0;
  const startMs = performance.now();
  for (let index = 0; index < count; index += 1) {
    const drawn = nextInput(roll, seeds);
    const input = roll(2) === 0 ? drawn : (RESEALED.get(kind)?.(drawn) ?? drawn);
    const complaint = complaintOf(index, input, inspectors);
    if (complaint !== null) {
      console.log(JSON.stringify({ complaint, index, input: Buffer.from(input).toString("hex") }));
      process.exitCode = 1;
      return;
    }
    const said = inspectors[index % inspectors.length]?.inspect(input, {});
    const word = said?.ok === true ? "ok" : (said?.code ?? "");
    codes.set(word, (codes.get(word) ?? 0) + 1);
    if (index % PROGRESS_EVERY === 0) {
      heapMax = Math.max(heapMax, process.memoryUsage().heapUsed);
      console.error(`${index} inputs, heap ${Math.round(process.memoryUsage().heapUsed / 1e6)} MB`);
    }
    trace.update(word);
  }
  const seconds = (performance.now() - startMs) / 1000;
  console.log(
    JSON.stringify({
      inputs: count,
      seed,
      seconds: Math.round(seconds),
      heapMegabytesMax: Math.round(heapMax / 1e6),
      codes: Object.fromEntries([...codes].sort(([a], [b]) => (a < b ? -1 : 1))),
      trace: trace.digest("hex").slice(0, 16),
    }),
  );
}

if (process.argv[1] === import.meta.filename) main(...process.argv.slice(2));
