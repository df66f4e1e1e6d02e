/**
 * The system calls of a real process, as strace saw them, and what may not happen in them: a promise
 * (an answer, a receipt, a batch) before the sync of what it promises.
 * The tracer sees the end of one call before it lets the next begin, so the order of its lines is the
 * order of what was waited for.
 */
import { spawnSync } from "node:child_process";
import { decimalText, minor } from "../../core/money.ts";
import { encodeCbor } from "../../protocol/cbor-encode.ts";
import { decodeMark, MARK_PATH, SLOT_BYTES } from "../../runtime/store/mark.ts";

const STRACE = "strace";
/** The calls that write, sync and name. A "?" lets strace pass over what a processor does not have. */
const CALLS = [
  ...["pwrite64", "write", "writev", "sendto", "sendmsg"],
  ...["fdatasync", "fsync", "?rename", "?renameat", "renameat2"],
];
/** Bytes of one call that are kept: a batch fits. */
const BYTES_KEPT_MAX = 100_000;

/** The command that runs another under strace and writes to `path`. */
export function straceCommand(path: string): readonly string[] {
  return [
    ...[STRACE, "-f", "-yy", "-x", "-s", String(BYTES_KEPT_MAX)],
    ...["-e", `trace=${CALLS.join(",")}`, "-e", "signal=none", "-o", path],
  ];
}

/** Why nothing can be traced here, or null. */
export function whyNoStrace(): string | null {
  const { error, status, stderr } = spawnSync(STRACE, ["-o", "/dev/null", "true"], { encoding: "utf8" });
  if (error !== undefined) return "no strace here: make setup says why";
  return status === 0 ? null : `strace may not trace here: ${stderr.trim().split("\n")[0] ?? ""}`;
}

/** One call that ended well. */
export interface Call {
  readonly name: string;
  /** What its descriptor is: a path, or "TCP:[from->to]"; empty for calls without one. */
  readonly target: string;
  /** Its arguments behind the descriptor, as strace prints them. */
  readonly rest: string;
  /** The lines at which it was entered and left. */
  readonly fromIndex: number;
  readonly toIndex: number;
}

/** Reads what strace wrote; calls that failed, or never returned, are left out. */
export function parseTrace(text: string): readonly Call[] {
  const open = new Map<string, { readonly text: string; readonly fromIndex: number }>();
  const calls: Call[] = [];
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) {
    const [, thread = "", said = ""] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    const resumed = /^<\.\.\. \w+ resumed>/.exec(said);
    const begun = said.endsWith("<unfinished ...>");
    if (begun) open.set(thread, { text: said.slice(0, -" <unfinished ...>".length), fromIndex: index });
    if (begun || said === "") continue;
    const before = resumed === null ? undefined : open.get(thread);
    const whole = resumed === null ? said : `${before?.text ?? ""}${said.slice(resumed[0].length)}`;
    const call = callOf(whole, before?.fromIndex ?? index, index);
    if (call !== null) calls.push(call);
  }
  return calls;
}

function callOf(text: string, fromIndex: number, toIndex: number): Call | null {
  const [, name, argumentsText, result] = /^(\w+)\((.*)\)\s+= (-?\d+)/.exec(text) ?? [];
  if (name === undefined || argumentsText === undefined || Number(result) < 0) return null;
  const [head = "", target = ""] = /^\d+<(.*?)>(?=, |$)/.exec(argumentsText) ?? [];
  return { name, target, rest: argumentsText.slice(head.length), fromIndex, toIndex };
}

/** The bytes that a call wrote, all of its buffers together. */
export function bytesOf(call: Call): Buffer {
  const parts = [...call.rest.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = ""]) => unescape(text));
  return Buffer.concat(parts);
}

const ESCAPES: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, v: 11, f: 12, '"': 34, "\\": 92 };

function unescape(text: string): Buffer {
  const bytes: number[] = [];
  for (const [, hex, octal, letter, plain] of text.matchAll(
    /\\x([0-9a-f]{2})|\\([0-7]{1,3})|\\(.)|([^\\]+)/gs,
  )) {
    if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else if (letter !== undefined) bytes.push(ESCAPES[letter] ?? letter.charCodeAt(0));
    else bytes.push(...Buffer.from(plain ?? "", "latin1"));
  }
  return Buffer.from(bytes);
}

/** A sale that can be told from all others by the amount that was handed. */
export interface TracedSale {
  /** The number of its paying step. */
  readonly n: number;
  /** Above 65,535, so that it has five bytes of its own in CBOR. */
  readonly handedMinor: number;
}

/** Where the traced terminal's other ends listen. */
export interface TracedPorts {
  readonly printerPort: number;
  readonly hqPort: number;
}

/** A promise that was made, and how many calls it came after the sync that it had to wait for. */
export interface Promised {
  readonly n: number;
  readonly kind: "answered" | "printed" | "sent";
  readonly distance: number;
}

/** What was promised in time, and what was wrong, in words. */
export interface OrderOfCalls {
  readonly promised: readonly Promised[];
  readonly faults: readonly string[];
}

/** Checks each sale: write, sync, and only then its answer, its receipt and its batch. */
export function checkOrder(
  calls: readonly Call[],
  sales: readonly TracedSale[],
  ports: TracedPorts,
): OrderOfCalls {
  const writes = calls.filter(({ name }) => !name.startsWith("f") && !name.startsWith("rename"));
  const read = writes.map((call) => ({ call, bytes: bytesOf(call) }));
  const first = (isWhere: (target: string) => boolean, mark: Buffer): Call | undefined =>
    read.find(({ call, bytes }) => isWhere(call.target) && bytes.includes(mark))?.call;
  const promised: Promised[] = [];
  const faults: string[] = [];
  for (const { n, handedMinor } of sales) {
    const money = Buffer.from(encodeCbor(handedMinor));
    const written = first(isSegment, money);
    const synced = written === undefined ? undefined : syncBehind(calls, written);
    if (synced === undefined) {
      faults.push(`sale ${n}: ${written === undefined ? "was not written" : "was not synced"}`);
      continue;
    }
    const promises = {
      answered: first((target) => !target.startsWith("/") && !target.startsWith("TCP"), answerOf(n)),
      printed: first((target) => target.endsWith(`:${ports.printerPort}]`), paperOf(handedMinor)),
      sent: first((target) => target.endsWith(`:${ports.hqPort}]`), money),
    };
    for (const kind of ["answered", "printed", "sent"] as const) {
      const promise = promises[kind];
      if (promise === undefined) faults.push(`sale ${n}: was not ${kind}`);
      else if (promise.fromIndex < synced.toIndex)
        faults.push(`sale ${n}: was ${kind} before its sync ended`);
      else promised.push({ n, kind, distance: promise.fromIndex - synced.toIndex });
    }
  }
  return { promised, faults: [...faults, ...markFaults(calls), ...nameFaults(calls)] };
}

function isSegment(target: string): boolean {
  return /\/journal\/seg-[^/]+\.jnl$/.test(target);
}

/** The first sync of that file that was entered after the write had returned. */
function syncBehind(calls: readonly Call[], written: Call): Call | undefined {
  return calls.find(
    ({ name, target, fromIndex }) =>
      (name === "fdatasync" || name === "fsync") && target === written.target && fromIndex > written.toIndex,
  );
}

function answerOf(n: number): Buffer {
  return Buffer.from(`{"n":${n},"ok":true`);
}

/** The amount as it stands on an English receipt: 1234567 is 12345.67. */
function paperOf(handedMinor: number): Buffer {
  return Buffer.from(decimalText(minor(handedMinor), 2));
}

/** A mark claims nothing that was not synced when it was written. */
function markFaults(calls: readonly Call[]): readonly string[] {
  return calls.flatMap((call) => {
    const mark = call.target.endsWith(`/${MARK_PATH}`)
      ? decodeMark(bytesOf(call).subarray(0, SLOT_BYTES))
      : null;
    if (mark === null) return [];
    const number = String(mark.segmentNumber).padStart(8, "0");
    const block = calls.findLast(
      (other) =>
        other.toIndex < call.fromIndex &&
        other.name === "pwrite64" &&
        other.target.includes(`/seg-${number}-`) &&
        endOf(other) === mark.endBytes,
    );
    const synced = block === undefined ? undefined : syncBehind(calls, block);
    const isTrue = synced !== undefined && synced.toIndex < call.fromIndex;
    return isTrue ? [] : [`the mark of record ${mark.seq} was written before its sync ended`];
  });
}

/** Where a pwrite64 ended in its file. */
function endOf(call: Call): number {
  const [, length, offset] = /, (\d+), (\d+)$/.exec(call.rest) ?? [];
  return Number(length) + Number(offset);
}

/** A segment gets its name when its bytes are synced, and its first block when its name is. */
function nameFaults(calls: readonly Call[]): readonly string[] {
  return calls.flatMap((rename) => {
    const [source, target] = [...rename.rest.matchAll(/"([^"]*)"/g)].map(([, path = ""]) => path);
    if (!rename.name.startsWith("rename") || source === undefined || target === undefined) return [];
    if (!isSegment(target)) return [];
    const faults: string[] = [];
    const made = calls.findLast(
      (call) => call.name === "pwrite64" && call.target === source && call.toIndex < rename.fromIndex,
    );
    const synced = made === undefined ? undefined : syncBehind(calls, made);
    if (synced === undefined || synced.toIndex > rename.fromIndex)
      faults.push(`${target} was named unsynced`);
    const named = calls.find(
      ({ name, target: place, fromIndex }) =>
        name === "fsync" && place.endsWith("/journal") && fromIndex > rename.toIndex,
    );
    const block = calls.find((call) => call.name === "pwrite64" && call.target === target);
    if (named === undefined || (block !== undefined && block.fromIndex < named.toIndex)) {
      faults.push(`${target} was used before its name was synced`);
    }
    return faults;
  });
}
