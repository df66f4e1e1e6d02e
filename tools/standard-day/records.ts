/**
 * The two places where the day is written down, read after it: the terminal's journal on its disk, and
 * what headquarters holds. Changes nothing at either.
 */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { epochId, terminalId } from "../../core/ids.ts";
import type { ShiftClosed } from "../../core/shift/events.ts";
import type { Recorded } from "../../core/types.ts";
import { decodeRecord } from "../../protocol/record.ts";
import { openNodeDisk } from "../../runtime/adapters/node-disk.ts";
import { PROJECT_ROOT } from "../build/root.ts";
import type { Report } from "../hq/report-of.ts";
import { replayJournal } from "../proof/replay/journal.ts";
import { DEMO_TENANT, DEMO_TERMINAL } from "../run/demo.ts";
import type { Demo } from "../run/demo.ts";
import { DayFault } from "./fault.ts";

const run = promisify(execFile);
/** A day's records in hex are some megabytes. */
const OUTPUT_BYTES_MAX = 256 * 1024 * 1024;
/** How long headquarters may take to have counted everything. */
const WHOLE_MS_MAX = 120_000;
const LOOK_AGAIN_MS = 500;

/** A receipt as it was recorded. */
export interface RecordedReceipt {
  readonly receipt: string;
  readonly totalMinor: number;
}

/** What records say of the day. */
export interface DayRecords {
  readonly recordCount: number;
  readonly receipts: readonly RecordedReceipt[];
  readonly shifts: readonly ShiftClosed[];
}

/** What the terminal's journal holds; the terminal may be running. */
export async function journalRecords(demo: Demo): Promise<DayRecords> {
  const disk = await openNodeDisk(demo.terminalDirectory);
  const all: Recorded[] = [];
  const { recordCount } = await replayJournal(disk, ({ recorded }) => {
    if (recorded !== null) all.push(recorded);
  });
  return dayOf(all, recordCount);
}

/** What headquarters holds, record by record. */
export async function officeRecords(demo: Demo): Promise<DayRecords> {
  const text = await office(demo, "records.ts", ["--terminal", DEMO_TERMINAL]);
  const lines = text.split("\n").filter((line) => line !== "");
  const all = lines.map((line): Recorded => {
    const { epoch, bytes }: { readonly epoch: string; readonly bytes: string } = JSON.parse(line);
    const origin = { terminal: terminalId(DEMO_TERMINAL), epoch: epochId(epoch) };
    const read = decodeRecord(new Uint8Array(Buffer.from(bytes, "hex")), origin);
    if (!read.ok) throw new DayFault("standard_day/hq", `a record that nobody can read: ${read.code}`);
    return read.value;
  });
  return dayOf(all, lines.length);
}

/** The report, once nothing of what is held is still to be counted and `zCount` shifts are closed in it. */
export async function officeReport(demo: Demo, zCount: number): Promise<Report> {
  const untilMs = performance.now() + WHOLE_MS_MAX;
  for (;;) {
    const report: Report = JSON.parse(await office(demo, "report.ts", []));
    if (report.lagCount === 0 && report.shifts.length >= zCount) return report;
    if (performance.now() > untilMs)
      throw new DayFault("standard_day/hq", `${report.lagCount} records wait, ${report.shifts.length} Z`);
    await pause(LOOK_AGAIN_MS);
  }
}

async function office(demo: Demo, tool: string, options: readonly string[]): Promise<string> {
  const path = join(PROJECT_ROOT, "tools/hq", tool);
  const args = [path, "--data", demo.hqDirectory, "--tenant", DEMO_TENANT, ...options];
  const { stdout } = await run(process.execPath, args, { maxBuffer: OUTPUT_BYTES_MAX }).catch(
    (cause: unknown) => {
      throw new DayFault("standard_day/hq", cause instanceof Error ? cause.message : tool, cause);
    },
  );
  return stdout;
}

function dayOf(all: readonly Recorded[], recordCount: number): DayRecords {
  const receipts = all.flatMap(({ event, terminal }) =>
    event.type === "check_closed"
      ? [
          {
            receipt: `${terminal}-${event.receipt.series}-${event.receipt.number}`,
            totalMinor: event.totalMinor,
          },
        ]
      : [],
  );
  const shifts = all.flatMap(({ event }) => (event.type === "shift_closed" ? [event] : []));
  return { recordCount, receipts, shifts };
}
