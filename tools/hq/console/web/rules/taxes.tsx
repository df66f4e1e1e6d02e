/**
 * Tax rows of the draft: the rates of selected goods, each from a time on. The first row that fits
 * an item counts, over the catalogue's rate.
 */
import type { RulesCheck } from "../../api-rules.ts";
import { percent, time } from "../format.ts";
import { Drawer } from "../parts/drawer.tsx";
import { Empty } from "../parts/states.tsx";
import { Table } from "../parts/table.tsx";
import { filter, follow, go, withFilters } from "../route.ts";
import { say } from "../words/words.ts";
import { draft, listIn, numberOf, objectIn, putEntry, textOf, withField } from "./draft.ts";
import type { Json } from "./draft.ts";
import { InstantField, PercentField, TextField } from "./inputs.tsx";
import { ProblemsOf } from "./problems.tsx";
import { goodsOf } from "./sentence.ts";
import { SelectionFields } from "./validity.tsx";

/** See the header. */
export function Taxes({ check }: { readonly check: RulesCheck | null }) {
  const list = listIn(objectIn(draft.value ?? ""), "taxes");
  const index = filter("open") === "" ? -1 : Number(filter("open"));
  const chosen = list[index];
  return (
    <>
      <p>
        <button
          type="button"
          data-id="add-tax"
          onClick={() => {
            putEntry("taxes", list.length, { id: `tax${list.length + 1}`, rates: [{ ratePpm: 0 }] });
            go(withFilters({ open: String(list.length) }));
          }}
        >
          {say("add_tax")}
        </button>
      </p>
      {list.length === 0 ? (
        <Empty>{say("taxes_empty")}</Empty>
      ) : (
        <Table
          label={say("rules_taxes")}
          rows={list.map((entry, place) => ({ entry, place }))}
          keyOf={({ place }) => String(place)}
          isChosen={({ place }) => place === index}
          columns={[
            {
              name: say("rule_id"),
              cell: ({ entry, place }) => (
                <a href={withFilters({ open: String(place) })} onClick={follow} data-id="tax-row">
                  {textOf(entry, "id")}
                </a>
              ),
            },
            { name: say("rule_on"), cell: ({ entry }) => goodsOf(entry) },
            {
              name: say("tax_rate"),
              cell: ({ entry }) =>
                listIn(entry, "rates").map((rate, place) => (
                  <span key={place} class="chip">
                    {rateText(rate)}
                  </span>
                )),
            },
          ]}
        />
      )}
      {chosen === undefined ? null : <TaxRow key={index} entry={chosen} index={index} check={check} />}
    </>
  );
}

function rateText(rate: Json): string {
  const fromMs = numberOf(rate, "fromMs");
  return `${percent(numberOf(rate, "ratePpm") ?? 0)}${fromMs === null ? "" : ` ${time(fromMs)}`}`;
}

function TaxRow(props: { readonly entry: Json; readonly index: number; readonly check: RulesCheck | null }) {
  const { entry, index, check } = props;
  const set = (name: string, value: unknown): void => putEntry("taxes", index, withField(entry, name, value));
  const rates = listIn(entry, "rates");
  const setRate = (place: number, name: string, value: unknown): void =>
    set(
      "rates",
      rates.map((rate, each) => (each === place ? withField(rate, name, value) : rate)),
    );
  return (
    <Drawer title={textOf(entry, "id")} onClose={() => go(withFilters({ open: "" }))}>
      <form class="rule" onSubmit={(event) => event.preventDefault()}>
        <div class="filters">
          <TextField entry={entry} set={set} name="id" label={say("rule_id")} />
        </div>
        <SelectionFields entry={entry} set={set} />
        <fieldset class="entries">
          <legend>{say("rates")}</legend>
          {rates.map((rate, place) => (
            <div key={place} class="filters">
              <PercentField
                entry={rate}
                set={(name, value) => setRate(place, name, value)}
                name="ratePpm"
                label={say("rate_percent")}
              />
              <InstantField
                entry={rate}
                set={(name, value) => setRate(place, name, value)}
                name="fromMs"
                label={say("valid_from")}
              />
            </div>
          ))}
          <button type="button" onClick={() => set("rates", [...rates, { ratePpm: 0 }])}>
            {say("add_rate")}
          </button>
        </fieldset>
      </form>
      <ProblemsOf check={check} path={`taxes[${index}]`} />
      <button
        type="button"
        onClick={() => {
          putEntry("taxes", index, null);
          go(withFilters({ open: "" }));
        }}
      >
        {say("remove")}
      </button>
    </Drawer>
  );
}
