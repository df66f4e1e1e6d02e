/**
 * What is known of a terminal, over rows in memory. Kept apart from what PostgreSQL does in SQL, so
 * that each checks the other.
 */
import { eventIdFrom, isTerminalId } from "../../../core/ids.ts";
import { CLOCK_BATCHES_COUNT_MAX, clockBehindMs } from "./clock-behind.ts";
import type { OpenShift, TerminalState } from "./console.ts";
import type { TenantRows } from "./memory-rows.ts";

/** The state of this terminal; none where nothing of it is held. */
export function terminalState(rows: TenantRows, tenant: string, terminal: string): readonly TerminalState[] {
  const held = rows.terminals.get(terminal);
  const newest = held?.epochs()[0];
  if (held === undefined || newest === undefined || !isTerminalId(terminal)) return [];
  const { epoch } = newest;
  const key = `${terminal}/${epoch}`;
  const position = rows.positions.get(key) ?? 0;
  const batches = rows.batches.get(key) ?? [];
  const waiting = batches.filter(({ toSeq }) => toSeq > position).map(({ receivedAtMs }) => receivedAtMs);
  const newestBatches = batches.slice(-CLOCK_BATCHES_COUNT_MAX).toReversed();
  const starts = [...rows.house.values()]
    .filter((row) => row.type === "epoch_started" && row.terminal === terminal)
    .sort((a, b) => b.lamport - a.lamport);
  return [
    {
      terminal,
      epoch,
      epochCount: held.epochCount,
      heldSeq: newest.tip.seq,
      projectedSeq: Math.max(position, newest.fromSeq - 1),
      lastReceivedAtMs: newestBatches[0]?.receivedAtMs ?? null,
      oldestWaitingAtMs: waiting.length === 0 ? null : Math.min(...waiting),
      clockBehindMs: clockBehindMs({ tenant, terminal, epoch }, newestBatches),
      version: starts[0]?.detail ?? "",
      shift: openShift(rows, terminal),
    },
  ];
}

function openShift(rows: TenantRows, terminal: string): OpenShift | null {
  const [last] = [...rows.house.values()]
    .filter(
      (row) => row.terminal === terminal && (row.type === "shift_opened" || row.type === "shift_joined"),
    )
    .sort((a, b) => b.lamport - a.lamport);
  const shift = last === undefined ? null : eventIdFrom(last.subject);
  if (last === undefined || shift === null) return null;
  if ([...rows.shifts.values()].some((closed) => closed.shift === shift)) return null;
  const drawer = last.type === "shift_opened" ? last.detail : "";
  return { shift, sinceMs: last.atMs, clerk: last.clerk, drawer };
}
