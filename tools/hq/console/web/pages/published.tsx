/**
 * Published: what headquarters said to its terminals, each entry a signed event of its own journal, and
 * which terminal holds how much of it.
 */
import type { HoldersAnswer, SaidRow } from "../../api-house.ts";
import { useAnswer, useRows } from "../ask.ts";
import { time, whole } from "../format.ts";
import { Drawer } from "../parts/drawer.tsx";
import { Choice, Filters, SavedViews } from "../parts/filters.tsx";
import { Head } from "../parts/frame.tsx";
import { Holders } from "../parts/holders.tsx";
import { Empty, Failed, Loading } from "../parts/states.tsx";
import { List } from "../parts/table.tsx";
import { filter, follow, go, withFilters } from "../route.ts";
import { say, sayCode } from "../words/words.ts";

const TYPES = [
  "catalogue_published",
  "pricing_published",
  "price_set",
  "item_availability_set",
  "staff_set",
  "staff_removed",
  "config_set",
];
/** How often it is asked who holds what. */
const HOLDERS_MS = 5000;

/** See the header. */
export function PublishedPage() {
  const list = useRows<SaidRow>("/api/published", { type: filter("type") });
  const holders = useAnswer<HoldersAnswer>("/api/holders", {}, HOLDERS_MS);
  const chosen = list.rows.find(({ seq }) => String(seq) === filter("open"));
  const isAway = list.failure?.code === "console/no_authoring";
  return (
    <>
      <Head title={say("published_page")}>
        <SavedViews />
      </Head>
      {isAway ? (
        <Empty>{say("catalogue_away")}</Empty>
      ) : (
        <>
          <Filters>
            <Choice
              name="type"
              label={say("said_what")}
              options={[["", say("all")], ...TYPES.map((type) => [type, sayCode("said", type)] as const)]}
            />
          </Filters>
          <SaidList list={list} open={filter("open")} />
          <h2>{say("holds")}</h2>
          {holders.value === null ? (
            holders.failure === null ? (
              <Loading />
            ) : (
              <Failed failure={holders.failure} again={holders.again} />
            )
          ) : (
            <Holders rows={holders.value.rows} />
          )}
        </>
      )}
      {chosen === undefined ? null : <Entry row={chosen} holders={holders.value} />}
    </>
  );
}

function SaidList({
  list,
  open,
}: {
  readonly list: Parameters<typeof List<SaidRow>>[0]["list"];
  readonly open: string;
}) {
  return (
    <List
      label={say("published_page")}
      list={list}
      keyOf={({ seq }) => String(seq)}
      isChosen={({ seq }) => String(seq) === open}
      empty={say(filter("type") === "" ? "published_empty" : "published_none_fits")}
      columns={[
        {
          name: say("time"),
          cell: ({ atMs, seq }) => (
            <a href={withFilters({ open: String(seq) })} onClick={follow} data-id="said-row">
              {time(atMs, true)}
            </a>
          ),
        },
        { name: say("said_what"), cell: ({ type }) => sayCode("said", type) },
        { name: say("said_of"), cell: (row) => subjectsOf(row, 4) },
        {
          name: say("version"),
          isFigure: true,
          cell: ({ version }) => (version === 0 ? "" : String(version)),
        },
        { name: say("begins"), cell: beginOf },
        {
          name: say("held_by"),
          cell: ({ heldCount, terminalCount }) => (
            <span class={`chip ${heldCount === terminalCount && terminalCount > 0 ? "good" : "mild"}`}>
              {say("held_of", { n: heldCount, total: terminalCount })}
            </span>
          ),
        },
        { name: say("seq"), isFigure: true, cell: ({ seq }) => whole(seq) },
      ]}
    />
  );
}

function subjectsOf({ subjects, count }: SaidRow, countMax: number): string {
  const shown = subjects.slice(0, countMax);
  const more = count - shown.length;
  const text = shown.join(", ");
  return shown.length === 0 || more <= 0 ? text : `${text} ${say("and_more", { n: whole(more) })}`;
}

function beginOf({ startsAtMs, atMs }: SaidRow): string {
  return startsAtMs === null || startsAtMs <= atMs ? say("at_once") : time(startsAtMs);
}

function Entry(props: { readonly row: SaidRow; readonly holders: HoldersAnswer | null }) {
  const { row, holders } = props;
  const version = row.version === 0 ? "" : ` ${row.version}`;
  return (
    <Drawer title={`${sayCode("said", row.type)}${version}`} onClose={() => go(withFilters({ open: "" }))}>
      <p>
        {time(row.atMs, true)} · {say("begins")}: {beginOf(row)}
      </p>
      <p>{subjectsOf(row, row.subjects.length)}</p>
      <h3>{say("held_by")}</h3>
      <ul data-id="held-by">
        {(holders?.rows ?? []).map(({ terminal, seq }) => (
          <li key={terminal}>
            <strong>{terminal}</strong>{" "}
            <span class={`chip ${seq !== null && seq >= row.seq ? "good" : "mild"}`}>
              {seq === null
                ? say("holder_not_heard")
                : say(seq >= row.seq ? "holds_current" : "holds_behind")}
            </span>
          </li>
        ))}
      </ul>
    </Drawer>
  );
}
