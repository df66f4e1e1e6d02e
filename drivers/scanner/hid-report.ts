/**
 * Input reports of a scanner in HID POS mode (USB HID Point of Sale Usage Tables 1.02, usage page 8C,
 * usage 02) joined to codes. Pure and resumable; a chain of reports is one code.
 *
 *   id 02 | length | "]" c m | data, 56 bytes at most | … | vendor's symbology | reserved | 1: more follows
 *
 * Some devices put the identifier one byte later. F1 of frame.ts holds here too: a chain that breaks is
 * cut off, and what follows of it is dropped until a chain ends.
 */

import { AIM_CHARS } from "./aim.ts";
import type { Frame } from "./frame.ts";
import type { ScanRejection } from "./result.ts";

/** Bytes of one report, its id included. */
export const HID_REPORT_BYTES = 64;

const REPORT_ID = 0x02;
const LENGTH_INDEX = 1;
const AIM_INDEX = 2;
const MORE_INDEX = 63;
const DATA_BYTES_MAX = 56;
const AIM_START = 0x5d;
const CARRIAGE_RETURN = 0x0d;
const GROUP_SEPARATOR = 0x1d;

/** Feature report that turns some keyboard scanners into HID POS ones, by vendor. */
export const HID_POS_SWITCH: ReadonlyMap<number, Uint8Array> = new Map([
  [0x0c2e, Uint8Array.of(254, 1)],
  [0x23d0, Uint8Array.of(254, 1)],
]);

/** Usage page 8C (bar code scanner), usage 02, as a report descriptor begins. */
const POS_USAGE = [0x05, 0x8c, 0x09, 0x02] as const;

/** True when a device's report descriptor says that it is a HID POS scanner. */
export function isPosScanner(reportDescriptor: Uint8Array): boolean {
  return POS_USAGE.every((value, index) => reportDescriptor[index] === value);
}

/** Where a chain stands. `skipping`: the rest of a broken chain is on its way. */
export type ChainState =
  | { readonly kind: "reading"; readonly aim: string; readonly data: string }
  | { readonly kind: "skipping" };

/** A state and what was found. */
export interface ChainStep {
  readonly state: ChainState;
  readonly frames: readonly Frame[];
}

/** No chain is open. */
export const CHAIN_START: ChainState = { kind: "reading", aim: "", data: "" };

interface Report {
  readonly aim: string;
  readonly data: string;
  readonly hasMore: boolean;
}

/** The next state after one report; `codeBytesMax` bounds a chain. Reports with another id are not ours and change nothing. */
export function readHidReport(state: ChainState, bytes: Uint8Array, codeBytesMax: number): ChainStep {
  if (bytes[0] !== REPORT_ID) return { state, frames: [] };
  const report = parseReport(bytes);
  if (report === undefined) return refuse("scan/bad_report", false);
  const { aim, hasMore } = report;
  if (state.kind === "skipping") return { state: hasMore ? state : CHAIN_START, frames: [] };
  if (state.aim !== "" && state.aim !== aim) return refuse("scan/cut_off", hasMore);
  const data = state.data + report.data;
  if (data.length > codeBytesMax) return refuse("scan/too_long", hasMore);
  if (hasMore) return { state: { kind: "reading", aim, data }, frames: [] };
  const text = aim + data.replace(/\r$/, "");
  if (!/^[\x20-\x7e\x1d]*$/.test(text)) return refuse("scan/noise", false);
  return { state: CHAIN_START, frames: [{ kind: "code", text, endedBy: "terminator" }] };
}

/** The chain's next report did not come, or the link ended. */
export function chainSilence(state: ChainState): ChainStep {
  const isOpen = state.kind === "reading" && state.aim !== "";
  return { state: CHAIN_START, frames: isOpen ? [{ kind: "rejected", code: "scan/cut_off" }] : [] };
}

/** True while the rest of a chain is waited for. */
export function isChainOpen(state: ChainState): boolean {
  return state.kind === "skipping" || state.aim !== "";
}

function refuse(code: ScanRejection, hasMore: boolean): ChainStep {
  return { state: hasMore ? { kind: "skipping" } : CHAIN_START, frames: [{ kind: "rejected", code }] };
}

function parseReport(bytes: Uint8Array): Report | undefined {
  const length = bytes[LENGTH_INDEX] ?? 0;
  const aimIndex = [AIM_INDEX, AIM_INDEX + 1].find((index) => bytes[index] === AIM_START);
  const more = bytes[MORE_INDEX];
  const isSized = bytes.length === HID_REPORT_BYTES && length <= DATA_BYTES_MAX;
  if (!isSized || aimIndex === undefined || more === undefined || more > 1) return undefined;
  const dataIndex = aimIndex + AIM_CHARS;
  const data = bytes.subarray(dataIndex, dataIndex + length);
  return {
    aim: textOf(bytes.subarray(aimIndex, dataIndex)),
    data: textOf(data),
    hasMore: more === 1,
  };
}

/** Bytes that no code holds become one that is refused at the end of the chain. */
function textOf(bytes: Uint8Array): string {
  return String.fromCharCode(
    ...bytes.map((value) => {
      const isOfCode =
        value === CARRIAGE_RETURN || value === GROUP_SEPARATOR || (value >= 0x20 && value <= 0x7e);
      return isOfCode ? value : 0;
    }),
  );
}
