/**
 * Card cases: what readers and people said of payments that were not plain, how each stands now, and what
 * a reader's end of day did not agree about. A list to look at; the terminal settles.
 */
import type { CardCaseRow } from "../../api-house.ts";
import { useRows } from "../ask.ts";
import { money, time } from "../format.ts";
import { Choice, Filters } from "../parts/filters.tsx";
import { Head } from "../parts/frame.tsx";
import { List } from "../parts/table.tsx";
import { addressOf, filter, follow } from "../route.ts";
import { say, sayCode } from "../words/words.ts";

/** See the header. */
export function CardsPage() {
  const list = useRows<CardCaseRow>("/api/card-cases", { open: filter("open") });
  return (
    <>
      <Head title={say("cards")} />
      <p class="sub">{say("cards_hint")}</p>
      <Filters>
        <Choice
          name="open"
          label={say("cards_which")}
          options={[
            ["", say("all")],
            ["1", say("cards_open")],
          ]}
        />
      </Filters>
      <List
        label={say("cards")}
        list={list}
        keyOf={({ id }) => id}
        empty={say("cards_empty")}
        columns={[
          { name: say("time"), cell: ({ atMs }) => time(atMs, true) },
          { name: say("terminal"), cell: ({ terminal }) => terminal },
          { name: say("fact_reader"), cell: ({ reader }) => reader },
          { name: say("what_happened"), cell: (row) => <What row={row} /> },
          {
            name: say("amount"),
            isFigure: true,
            cell: ({ minor, currency }) => (minor === "" ? "" : money(minor, currency)),
          },
          { name: say("cards_now"), cell: (row) => <Now row={row} /> },
          {
            name: say("order"),
            cell: ({ order, label }) =>
              order === "" ? null : (
                <a href={addressOf("/orders", { order })} onClick={follow} data-id="card-case-order">
                  {label === "" ? say("order") : label}
                </a>
              ),
          },
        ]}
      />
    </>
  );
}

function What({ row }: { readonly row: CardCaseRow }) {
  const { type, card, clerk, detail, differences } = row;
  const more = [card, clerk, detail].filter((text) => text !== "").join(", ");
  return (
    <div data-id="card-case">
      {sayCode("event", type)} {more === "" ? null : <span class="code">{more}</span>}
      {differences.length === 0 ? null : (
        <ul>
          {differences.map(({ kind, brand, minor }, index) => (
            <li key={index}>
              {sayCode("difference", kind)}: {money(minor, "")} {brand}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Now({ row: { state, isOpen } }: { readonly row: CardCaseRow }) {
  return <span class={`chip ${isOpen ? "hard" : "good"}`}>{sayCode("card_state", state)}</span>;
}
