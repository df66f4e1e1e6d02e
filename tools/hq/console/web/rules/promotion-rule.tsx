/**
 * The fields of a promotion that its kind asks for, and no others: a field of another kind would be
 * refused.
 */
import type { ComponentChildren } from "preact";
import { say } from "../words/words.ts";
import { listIn, textOf, withField } from "./draft.ts";
import type { Json } from "./draft.ts";
import { AmountField, ChoiceField, CountField, NamesField, PercentField } from "./inputs.tsx";
import type { FieldProps } from "./inputs.tsx";

/** Kinds in the order in which a form offers them. */
export const KINDS = [
  "line_percent",
  "line_fixed",
  "second_at",
  "cheapest_free",
  "n_for_price",
  "bundle",
  "order_percent",
  "spend_once",
  "spend_every",
  "spend_ladder",
] as const;

type Shared = Pick<FieldProps, "entry" | "set">;

/** See the header. */
export function RuleFields(shared: Shared) {
  const amount = (name: string, label: string) => <AmountField {...shared} name={name} label={label} />;
  const count = (name: string, label: string) => <CountField {...shared} name={name} label={label} />;
  const percent = <Percent {...shared} />;
  switch (textOf(shared.entry, "kind")) {
    case "line_percent":
    case "second_at":
      return percent;
    case "order_percent":
      return (
        <>
          {percent}
          {amount("barMinor", say("bar"))}
        </>
      );
    case "line_fixed":
      return (
        <>
          {amount("offMinor", say("amount_off"))}
          <ChoiceField {...shared} name="per" label={say("per")} options={perOptions()} />
        </>
      );
    case "cheapest_free":
      return (
        <>
          {count("takeCount", say("take_count"))}
          {count("freeCount", say("free_count"))}
        </>
      );
    case "n_for_price":
      return (
        <>
          {count("takeCount", say("take_count"))}
          {amount("priceMinor", say("set_price_of"))}
        </>
      );
    case "bundle":
      return (
        <>
          {amount("priceMinor", say("set_price_of"))}
          <Parts {...shared} />
        </>
      );
    case "spend_ladder":
      return <Steps {...shared} />;
    default:
      return <Spend {...shared} />;
  }
}

function perOptions(): readonly (readonly [string, string])[] {
  return [
    ["", say("per_line")],
    ["unit", say("per_unit")],
  ];
}

function Spend(shared: Shared) {
  const isEvery = textOf(shared.entry, "kind") === "spend_every";
  return (
    <>
      <AmountField {...shared} name="barMinor" label={say("bar")} />
      <AmountField {...shared} name="offMinor" label={say("amount_off")} />
      {isEvery ? <CountField {...shared} name="timesCountMax" label={say("times_max")} /> : null}
    </>
  );
}

// A share that is paid stays one until it is typed anew.
function Percent({ entry, set }: Shared) {
  const isPaid = entry["payPpm"] !== undefined;
  return (
    <PercentField
      entry={entry}
      set={set}
      name={isPaid ? "payPpm" : "offPpm"}
      label={isPaid ? `${say("percent_off")} (100 -)` : say("percent_off")}
    />
  );
}

/** Entries of a list within the promotion, each with its own fields. */
function Entries(props: {
  readonly shared: Shared;
  readonly name: string;
  readonly label: string;
  readonly add: string;
  readonly fresh: Json;
  readonly fields: (shared: Shared) => ComponentChildren;
}) {
  const { shared, name, label, add, fresh, fields } = props;
  const list = listIn(shared.entry, name);
  const put = (next: readonly Json[]): void => shared.set(name, next);
  return (
    <fieldset class="entries">
      <legend>{label}</legend>
      {list.map((entry, index) => (
        <div key={index} class="filters">
          {fields({
            entry,
            set: (field, value) =>
              put(list.map((each, place) => (place === index ? withField(entry, field, value) : each))),
          })}
          <button type="button" class="plain" onClick={() => put(list.filter((_, place) => place !== index))}>
            {say("forget")}
          </button>
        </div>
      ))}
      <button type="button" onClick={() => put([...list, fresh])}>
        {add}
      </button>
    </fieldset>
  );
}

function Steps(shared: Shared) {
  return (
    <Entries
      shared={shared}
      name="steps"
      label={say("steps")}
      add={say("add_step")}
      fresh={{ barMinor: 0, offMinor: 0 }}
      fields={(step) => (
        <>
          <AmountField {...step} name="barMinor" label={say("bar")} />
          <AmountField {...step} name="offMinor" label={say("amount_off")} />
        </>
      )}
    />
  );
}

function Parts(shared: Shared) {
  return (
    <Entries
      shared={shared}
      name="parts"
      label={say("parts")}
      add={say("add_part")}
      fresh={{ unitCount: 1 }}
      fields={(part) => (
        <>
          <CountField {...part} name="unitCount" label={say("unit_count")} />
          <NamesField {...part} name="skus" label={say("skus")} />
          <NamesField {...part} name="categories" label={say("categories")} />
        </>
      )}
    />
  );
}
