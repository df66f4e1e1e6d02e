/**
 * When, where, for whom and on which goods: the fields that promotions, price lists and tax rows
 * share. An empty field asks nothing.
 */
import { say } from "../words/words.ts";
import { HoursField, InstantField, NamesField, WeekdaysField } from "./inputs.tsx";
import type { FieldProps } from "./inputs.tsx";

type Shared = Pick<FieldProps, "entry" | "set">;

/** When, where and for whom. */
export function ValidityFields(shared: Shared) {
  return (
    <fieldset class="entries">
      <legend>{say("validity")}</legend>
      <div class="filters">
        <InstantField {...shared} name="fromMs" label={say("valid_from")} />
        <InstantField {...shared} name="untilMs" label={say("valid_until")} />
        <HoursField {...shared} name="dayParts" label={say("hours")} />
      </div>
      <WeekdaysField {...shared} name="weekdays" label={say("weekdays")} />
      <div class="filters">
        <NamesField {...shared} name="stores" label={say("stores")} />
        <NamesField {...shared} name="channels" label={say("channels")} />
        <NamesField {...shared} name="tiers" label={say("tiers")} />
      </div>
    </fieldset>
  );
}

/** On which goods. */
export function SelectionFields(shared: Shared) {
  return (
    <fieldset class="entries">
      <legend>{say("selection")}</legend>
      <div class="filters">
        <NamesField {...shared} name="categories" label={say("categories")} />
        <NamesField {...shared} name="skus" label={say("skus")} />
        <NamesField {...shared} name="excludedCategories" label={say("excluded")} />
      </div>
    </fieldset>
  );
}
