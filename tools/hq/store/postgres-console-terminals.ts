/**
 * What is known of each terminal, on PostgreSQL. One look at the newest epoch of each; older ones are
 * history and not state.
 */
import { eventIdFrom, isTerminalId } from "../../../core/ids.ts";
import { HqFault } from "../fault.ts";
import { CLOCK_BATCHES_COUNT_MAX, clockBehindMs } from "./clock-behind.ts";
import type { OpenShift, TerminalState } from "./console.ts";
import { epochIn } from "./postgres-commit.ts";
import { atMsOf, numberOrNullIn } from "./postgres-time.ts";
import { HQ_WRITER } from "../../../core/hq/events.ts";
import { bytesIn, numberIn, textIn } from "./sql.ts";
import type { Query, Row } from "./sql.ts";

/** `terminals` of the console. */
export async function terminalStates(
  query: Query,
  tenant: string,
  after: string,
  countMax: number,
): Promise<readonly TerminalState[]> {
  const rows = await query.rows(
    `select t.terminal, t.epoch_count, e.epoch, e.tip_seq,
            greatest(coalesce(p.seq, 0), e.from_seq - 1) as projected_seq,
            (select ${atMsOf("min(b.received_at)")} from batch b
              where b.tenant = e.tenant and b.terminal = e.terminal and b.epoch = e.epoch
                and b.to_seq > coalesce(p.seq, 0)) as waiting_at_ms,
            coalesce((select h.detail from house_event h
                       where h.tenant = t.tenant and h.type = 'epoch_started' and h.terminal = t.terminal
                       order by h.lamport desc limit 1), '') as version
       from terminal t
       join epoch e on e.tenant = t.tenant and e.terminal = t.terminal and e.arrival_index = t.epoch_count - 1
       left join projector_pos p on p.tenant = e.tenant and p.terminal = e.terminal and p.epoch = e.epoch
      where t.tenant = $1 and t.terminal > $2 and t.terminal <> $3 order by t.terminal limit $4`,
    [tenant, after, HQ_WRITER, countMax],
  );
  const shifts = await openShifts(
    query,
    tenant,
    rows.map((row) => textIn(row, "terminal")),
  );
  return await Promise.all(rows.map((row) => stateOf(query, tenant, row, shifts)));
}

async function stateOf(
  query: Query,
  tenant: string,
  row: Row,
  shifts: ReadonlyMap<string, OpenShift>,
): Promise<TerminalState> {
  const [terminal, epoch] = [textIn(row, "terminal"), epochIn(row, "epoch")];
  if (!isTerminalId(terminal)) throw new HqFault("hq/store_unreadable", "terminal");
  const batches = await query.rows(
    `select body, ${atMsOf("received_at")} as received_at_ms from batch
      where tenant = $1 and terminal = $2 and epoch = $3 order by to_seq desc limit $4`,
    [tenant, terminal, epoch, CLOCK_BATCHES_COUNT_MAX],
  );
  const received = batches.map((batch) => ({
    body: bytesIn(batch, "body"),
    receivedAtMs: numberIn(batch, "received_at_ms"),
  }));
  return {
    terminal,
    epoch,
    epochCount: numberIn(row, "epoch_count"),
    heldSeq: numberIn(row, "tip_seq"),
    projectedSeq: numberIn(row, "projected_seq"),
    lastReceivedAtMs: received[0]?.receivedAtMs ?? null,
    oldestWaitingAtMs: numberOrNullIn(row, "waiting_at_ms"),
    clockBehindMs: clockBehindMs({ tenant, terminal, epoch }, received),
    version: textIn(row, "version"),
    shift: shifts.get(terminal) ?? null,
  };
}

// The shift that each of these terminals opened or joined last, unless a Z closed it.
async function openShifts(
  query: Query,
  tenant: string,
  terminals: readonly string[],
): Promise<ReadonlyMap<string, OpenShift>> {
  const rows = await query.rows(
    `select h.terminal, h.shift, h.clerk, h.drawer, ${atMsOf("h.at")} as at_ms
       from (select distinct on (terminal) terminal, subject as shift, clerk, at,
                    case when type = 'shift_opened' then detail else '' end as drawer
               from house_event
              where tenant = $1 and type in ('shift_opened', 'shift_joined') and terminal = any($2::text[])
              order by terminal, lamport desc) h
      where not exists (select 1 from shift_closing s where s.tenant = $1 and s.shift = h.shift)`,
    [tenant, terminals],
  );
  return new Map(
    rows.map((row) => {
      const shift = eventIdFrom(textIn(row, "shift"));
      if (shift === null) throw new HqFault("hq/store_unreadable", "shift");
      const open = {
        shift,
        sinceMs: numberIn(row, "at_ms"),
        clerk: textIn(row, "clerk"),
        drawer: textIn(row, "drawer"),
      };
      return [textIn(row, "terminal"), open];
    }),
  );
}
