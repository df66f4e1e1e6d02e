/**
 * Terminals: what is held of each, what waits, its clock, its version and its shift. What a terminal
 * has not sent is not known here; that it was silent is.
 */
import type { TerminalRow } from "../../api.ts";
import { useRows } from "../ask.ts";
import { ago, duration, time, whole } from "../format.ts";
import { Head } from "../parts/frame.tsx";
import { versionText } from "../parts/holders.tsx";
import { List } from "../parts/table.tsx";
import { addressOf, follow } from "../route.ts";
import { say } from "../words/words.ts";

/** Delays below this say nothing of a clock. */
const CLOCK_FINE_MS = 60_000;

/** See the header. */
export function TerminalsPage() {
  const list = useRows<TerminalRow>("/api/terminals", {});
  return (
    <>
      <Head title={say("terminals")} />
      <List
        label={say("terminals")}
        list={list}
        keyOf={({ terminal }) => terminal}
        empty={say("terminals_empty")}
        columns={[
          { name: say("terminal"), cell: ({ terminal }) => <strong>{terminal}</strong> },
          {
            name: say("last_heard"),
            cell: ({ lastReceivedAtMs }) =>
              lastReceivedAtMs === null
                ? say("never")
                : `${time(lastReceivedAtMs)} (${ago(lastReceivedAtMs)})`,
          },
          { name: say("held"), isFigure: true, cell: ({ heldSeq }) => whole(heldSeq) },
          { name: say("projected"), isFigure: true, cell: ({ projectedSeq }) => whole(projectedSeq) },
          {
            name: say("waiting"),
            cell: ({ oldestWaitingAtMs }) =>
              oldestWaitingAtMs === null ? (
                say("none")
              ) : (
                <span class="chip mild">{ago(oldestWaitingAtMs)}</span>
              ),
          },
          { name: say("clock"), cell: ({ clockBehindMs }) => <Clock behindMs={clockBehindMs} /> },
          { name: say("version"), cell: ({ version }) => (version === "" ? say("unknown") : version) },
          {
            name: say("shift"),
            cell: ({ shift }) =>
              shift === null
                ? say("shift_none")
                : `${say("shift_open", { time: time(shift.sinceMs) })} ${shift.clerk} ${shift.drawer}`,
          },
          { name: say("holds_version"), cell: (row) => <Holding row={row} /> },
        ]}
      />
    </>
  );
}

function Holding({ row }: { readonly row: TerminalRow }) {
  const { holdsSeq, holdsVersion, isCurrent } = row;
  if (holdsSeq === null) return <>{say("unknown")}</>;
  return (
    <a href={addressOf("/published")} onClick={follow}>
      <span class={`chip ${isCurrent === true ? "good" : "mild"}`}>
        {say(isCurrent === true ? "holds_current" : "holds_behind")}
      </span>{" "}
      {versionText(holdsVersion)}
    </a>
  );
}

function Clock({ behindMs }: { readonly behindMs: number | null }) {
  if (behindMs === null) return <>{say("unknown")}</>;
  if (behindMs < -CLOCK_FINE_MS)
    return <span class="chip hard">{say("clock_ahead", { duration: duration(-behindMs) })}</span>;
  if (behindMs < CLOCK_FINE_MS) return <>{say("clock_fine")}</>;
  return <>{say("clock_behind", { duration: duration(behindMs) })}</>;
}
