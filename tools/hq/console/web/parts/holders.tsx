/**
 * Which terminal holds which version of what headquarters said: one table for every page that asks.
 * What a terminal has not said since headquarters' start is not guessed.
 */
import type { HolderRow } from "../../api-house.ts";
import { ago, whole } from "../format.ts";
import { say } from "../words/words.ts";
import { Table } from "./table.tsx";

/** One row a terminal. */
export function Holders({ rows }: { readonly rows: readonly HolderRow[] }) {
  if (rows.length === 0) return <p class="empty">{say("terminals_empty")}</p>;
  return (
    <Table
      label={say("holds")}
      rows={rows}
      keyOf={({ terminal }) => terminal}
      columns={[
        { name: say("terminal"), cell: ({ terminal }) => <strong>{terminal}</strong> },
        {
          name: say("version"),
          isFigure: true,
          cell: ({ version }) => versionText(version),
        },
        { name: say("holds"), cell: (row) => <Holding row={row} /> },
        { name: say("seq"), isFigure: true, cell: ({ seq }) => (seq === null ? "" : whole(seq)) },
        { name: say("last_heard"), cell: ({ atMs }) => (atMs === null ? "" : ago(atMs)) },
      ]}
    />
  );
}

function Holding({ row }: { readonly row: HolderRow }) {
  if (row.seq === null) return <span class="chip">{say("holder_not_heard")}</span>;
  if (row.isFetching) return <span class="chip mild">{say("holder_fetching")}</span>;
  return (
    <span class={`chip ${row.isCurrent ? "good" : "mild"}`}>
      {say(row.isCurrent ? "holds_current" : "holds_behind")}
    </span>
  );
}

/** A version as people read it. */
export function versionText(version: number | null): string {
  if (version === null) return say("unknown");
  return version === 0 ? say("version_none") : String(version);
}
