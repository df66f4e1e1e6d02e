/**
 * What is off sale: headquarters' word beside each terminal's own, with their times. A part of the page
 * Catalogue. A terminal follows whichever it heard later.
 */
import type { SoldOutRow, SoldOutWord } from "../../api-house.ts";
import { useRows } from "../ask.ts";
import { time } from "../format.ts";
import { Choice, Entry, Filters } from "../parts/filters.tsx";
import { List } from "../parts/table.tsx";
import { filter } from "../route.ts";
import { say } from "../words/words.ts";

/** See the header. */
export function SoldOut() {
  const filters = { q: filter("q"), show: filter("show") };
  const list = useRows<SoldOutRow>("/api/sold-out", filters);
  const isFiltered = filters.q !== "" || filters.show !== "";
  return (
    <>
      <Filters>
        <Entry name="q" label={say("search")} />
        <Choice
          name="show"
          label={say("show")}
          options={[
            ["", say("show_off")],
            ["all", say("show_all")],
          ]}
        />
      </Filters>
      <List
        label={say("off_sale_view")}
        list={list}
        keyOf={({ sku }) => sku}
        empty={say(isFiltered ? "off_sale_none_fits" : "off_sale_empty")}
        columns={[
          { name: say("sku"), cell: ({ sku }) => sku },
          { name: say("name"), cell: ({ name }) => name },
          {
            name: say("by_headquarters"),
            cell: ({ headquarters }) =>
              headquarters === null ? say("says_nothing") : <Word word={headquarters} />,
          },
          {
            name: say("by_terminals"),
            cell: ({ terminals }) =>
              terminals.length === 0
                ? say("says_nothing")
                : terminals.map((word) => (
                    <p key={word.terminal} class="word" data-id="terminal-word">
                      <strong>{word.terminal}</strong> <Word word={word} /> {word.clerk}
                    </p>
                  )),
          },
        ]}
      />
    </>
  );
}

function Word({ word }: { readonly word: SoldOutWord }) {
  return (
    <>
      <span class={`chip ${word.isSoldOut ? "hard" : "good"}`}>
        {say(word.isSoldOut ? "sold_out" : "on_sale")}
      </span>
      <span class="code">{time(word.atMs)}</span>
    </>
  );
}
