/**
 * `tools/inspect` as a function: arguments and input to output and exit code. 0 every item was read,
 * 1 at least one was refused (each refusal is a line of JSON in its place), 2 the command line is wrong.
 */
import { parseArgs } from "node:util";
import { bytesOfHex, refused } from "./inspector.ts";
import type { Inspected, InspectOptions, Inspector } from "./inspector.ts";
import { INSPECTORS } from "./kinds.ts";

/** What is taken from stdin at most: the largest segment in hex, with room. */
export const INPUT_BYTES_MAX = 256 * 1024 * 1024;

/** What the process says and how it ends. */
export interface InspectRun {
  readonly out: string;
  readonly err: string;
  readonly exitCode: 0 | 1 | 2;
}

const HELP = `Shows what bytes of this product say, as one line of JSON an item.

  tools/inspect KIND [--raw] [--lines] [options] < input

${INSPECTORS.map(({ name, summary }) => `  ${name.padEnd(9)}${summary}`).join("\n")}

  --raw      the input is the bytes themselves, not hex
  --lines    an item a line; without it the whole input is one item
  --back     from what was printed to the bytes, for kinds that can: ${INSPECTORS.filter((its) => its.back)
    .map(({ name }) => name)
    .join(", ")}
  --help     this text

${INSPECTORS.filter(({ options }) => Object.keys(options).length > 0)
  .map(
    ({ name, options }) =>
      `options of ${name}\n${Object.entries(options)
        .map(([option, text]) => `  --${option} ${text}`)
        .join("\n")}`,
  )
  .join("\n\n")}

Exits with 0 when every item was read. An item that is refused is the line
{"error":CODE,"offset":N,"message":...} in its place, and the exit code is 1.

  printf 83010203 | tools/inspect cbor
  tools/inspect journal --raw < DIR/journal/seg-00000001-....jnl
  printf 4006381333931 | tools/inspect barcode --raw
`;

/** Runs the command. */
export function runInspect(args: readonly string[], input: Uint8Array): InspectRun {
  const asked = readArgs(args);
  if (typeof asked === "string") return { out: "", err: `tools/inspect: ${asked}\n`, exitCode: 2 };
  if (asked === null) return { out: helpOf(args), err: "", exitCode: 0 };
  const { inspector, options, isRaw, isLines, back } = asked;
  const isText = isRaw || inspector.input !== "bytes";
  const items = itemsOf(back === undefined ? inspector.input : "json", input, isLines);
  let exitCode: 0 | 1 = 0;
  const lines = items.map((item) => {
    const inspected =
      back === undefined ? inspectItem(inspector, item, isText, options) : inspectBack(back, item);
    if (inspected.ok) return JSON.stringify(inspected.value);
    exitCode = 1;
    const { code, offset, message, path } = inspected;
    return JSON.stringify({ error: code, offset, message, path });
  });
  return { out: lines.map((line) => `${line}\n`).join(""), err: "", exitCode };
}

function helpOf(args: readonly string[]): string {
  const own = INSPECTORS.find(({ name }) => name === args[0])?.help;
  return own === undefined ? HELP : `${HELP}\n${own}`;
}

function itemsOf(form: Inspector["input"], input: Uint8Array, isLines: boolean): readonly Uint8Array[] {
  if (form === "json") return isOneJson(input) ? [input] : linesOf(input);
  return isLines || form === "text" ? linesOf(input) : [input];
}

function isOneJson(input: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(input));
    return true;
  } catch {
    return false;
  }
}

interface Asked {
  readonly inspector: Inspector;
  readonly options: InspectOptions;
  readonly isRaw: boolean;
  readonly isLines: boolean;
  /** With --back. */
  readonly back: Inspector["back"];
}

function readArgs(args: readonly string[]): Asked | string | null {
  if (args.length === 0 || args.includes("--help") || args.includes("-h")) return null;
  const [name = "", ...rest] = args;
  const inspector = INSPECTORS.find((its) => its.name === name);
  if (inspector === undefined)
    return `There is no kind ${JSON.stringify(name)}. Kinds: ${INSPECTORS.map((its) => its.name).join(", ")}`;
  const own = Object.fromEntries(
    Object.keys(inspector.options).map((option) => [option, { type: "string" as const }]),
  );
  const flags = {
    raw: { type: "boolean" as const },
    lines: { type: "boolean" as const },
    back: { type: "boolean" as const },
  };
  try {
    const { values } = parseArgs({ args: rest, options: { ...own, ...flags }, strict: true });
    const options = Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, typeof value === "string" ? value : undefined]),
    );
    const isBack = values["back"] === true;
    if (isBack && inspector.back === undefined) return `There is no way back for ${name}`;
    const back = isBack ? inspector.back : undefined;
    return { inspector, options, isRaw: values["raw"] === true, isLines: values["lines"] === true, back };
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

function inspectBack(back: NonNullable<Inspector["back"]>, item: Uint8Array): Inspected {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(item));
  } catch {
    return refused("input/not_json", 0, "An item of --back is JSON as this kind prints it");
  }
  return back(json);
}

function inspectItem(
  inspector: Inspector,
  item: Uint8Array,
  isText: boolean,
  options: InspectOptions,
): Inspected {
  if (isText) return inspector.inspect(item, options);
  const read = bytesOfHex(new TextDecoder("latin1").decode(item));
  return read.ok ? inspector.inspect(read.bytes, options) : read;
}

const LF = 0x0a;
const CR = 0x0d;

/** The lines of the input without their ends; empty ones are left out. */
function linesOf(input: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let index = 0; index <= input.length; index += 1) {
    if (index < input.length && input[index] !== LF) continue;
    const end = input[index - 1] === CR ? index - 1 : index;
    if (end > start) lines.push(input.subarray(start, end));
    start = index + 1;
  }
  return lines;
}
