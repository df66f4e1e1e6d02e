/**
 * Price lists of the draft: prices that stand in the place of list prices, each list with its
 * validity. What is typed is kept in the draft, and headquarters says what is wrong with it.
 */
import { useState } from "preact/hooks";
import { currencyExponent, minorFromDecimal } from "../../../../../core/money.ts";
import type { RulesCheck } from "../../api-rules.ts";
import { whole } from "../format.ts";
import { Drawer } from "../parts/drawer.tsx";
import { Empty } from "../parts/states.tsx";
import { Table } from "../parts/table.tsx";
import { filter, follow, go, withFilters } from "../route.ts";
import { language, say } from "../words/words.ts";
import { currencyOf, draft, listIn, numberOf, objectIn, putEntry, textOf, withField } from "./draft.ts";
import type { Json } from "./draft.ts";
import { CountField, decimalOf, TextField } from "./inputs.tsx";
import { ProblemsOf } from "./problems.tsx";
import { whenOf, whereOf } from "./sentence.ts";
import { ValidityFields } from "./validity.tsx";

/** See the header. */
export function PriceLists({ check }: { readonly check: RulesCheck | null }) {
  const list = listIn(objectIn(draft.value ?? ""), "priceLists");
  const index = filter("open") === "" ? -1 : Number(filter("open"));
  const chosen = list[index];
  return (
    <>
      <p>
        <button
          type="button"
          data-id="add-price-list"
          onClick={() => {
            putEntry("priceLists", list.length, { id: `list${list.length + 1}`, prices: [] });
            go(withFilters({ open: String(list.length) }));
          }}
        >
          {say("add_price_list")}
        </button>
      </p>
      {list.length === 0 ? (
        <Empty>{say("prices_empty")}</Empty>
      ) : (
        <Table
          label={say("rules_prices")}
          rows={list.map((entry, place) => ({ entry, place }))}
          keyOf={({ place }) => String(place)}
          isChosen={({ place }) => place === index}
          columns={[
            {
              name: say("rule_id"),
              cell: ({ entry, place }) => (
                <a href={withFilters({ open: String(place) })} onClick={follow} data-id="price-list">
                  {textOf(entry, "id")}
                </a>
              ),
            },
            {
              name: say("name"),
              cell: ({ entry }) => textOf(entry, language.value === "zh" ? "nameZh" : "nameEn"),
            },
            {
              name: say("price"),
              cell: ({ entry }) => say("prices_count", { n: whole(listIn(entry, "prices").length) }),
            },
            { name: say("rule_when"), cell: ({ entry }) => whenOf(entry) },
            { name: say("rule_where"), cell: ({ entry }) => whereOf(entry) },
          ]}
        />
      )}
      {chosen === undefined ? null : <PriceList key={index} entry={chosen} index={index} check={check} />}
    </>
  );
}

function PriceList(props: {
  readonly entry: Json;
  readonly index: number;
  readonly check: RulesCheck | null;
}) {
  const { entry, index, check } = props;
  const set = (name: string, value: unknown): void =>
    putEntry("priceLists", index, withField(entry, name, value));
  const shared = { entry, set };
  return (
    <Drawer title={textOf(entry, "id")} onClose={() => go(withFilters({ open: "" }))}>
      <form class="rule" onSubmit={(event) => event.preventDefault()}>
        <div class="filters">
          <TextField {...shared} name="id" label={say("rule_id")} />
          <TextField {...shared} name="nameEn" label={say("name_en")} />
          <TextField {...shared} name="nameZh" label={say("name_zh")} />
          <CountField {...shared} name="priorityIndex" label={say("priority")} />
        </div>
        <Prices entry={entry} set={set} />
        <ValidityFields {...shared} />
      </form>
      <ProblemsOf check={check} path={`priceLists[${index}]`} />
      <button
        type="button"
        onClick={() => {
          putEntry("priceLists", index, null);
          go(withFilters({ open: "" }));
        }}
      >
        {say("remove")}
      </button>
    </Drawer>
  );
}

function Prices({
  entry,
  set,
}: {
  readonly entry: Json;
  readonly set: (name: string, value: unknown) => void;
}) {
  const exponent = currencyExponent(currencyOf());
  const shown = listIn(entry, "prices")
    .map((price) => `${textOf(price, "sku")} ${decimalOf(numberOf(price, "priceMinor"), exponent)}`)
    .join("\n");
  const [text, setText] = useState(shown);
  const [isWrong, setWrong] = useState(false);
  return (
    <label class="field">
      <span>{say("prices_of_list")}</span>
      <textarea
        rows={8}
        value={text}
        aria-invalid={isWrong}
        data-id="prices"
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onChange={({ currentTarget }) => {
          const prices = pricesIn(currentTarget.value, exponent);
          setWrong(prices === null);
          if (prices !== null) set("prices", prices);
        }}
      />
      {isWrong ? <span class="wrong">{say("not_a_value")}</span> : null}
    </label>
  );
}

/** An item and its price a line, apart by a space, a tab or a comma. */
function pricesIn(text: string, exponent: number): readonly Json[] | null {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const prices = lines.map((line): Json | null => {
    const [, sku = "", price = ""] = /^(.*\S)[\s,;]+(\d+(?:\.\d+)?)$/.exec(line.trim()) ?? [];
    const priceMinor = minorFromDecimal(price, exponent);
    return sku === "" || priceMinor === null ? null : { sku, priceMinor };
  });
  return prices.every((price) => price !== null) ? prices : null;
}
