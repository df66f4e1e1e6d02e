/**
 * Fields of one entry of a draft: typed as people write them, kept as the document has them. What cannot
 * be read is said beside its field and changes nothing.
 */
import { useEffect, useState } from "preact/hooks";
import { currencyExponent, minorFromDecimal } from "../../../../../core/money.ts";
import { house } from "../format.ts";
import { Field } from "../parts/filters.tsx";
import { say } from "../words/words.ts";
import { currencyOf, namesOf, numberOf, textOf } from "./draft.ts";
import { dayPartOf, dayPartText } from "./day-part.ts";
import type { Json } from "./draft.ts";

/** What every field is given. */
export interface FieldProps {
  readonly entry: Json;
  readonly name: string;
  readonly label: string;
  /** The field's new value; undefined takes it out. */
  readonly set: (name: string, value: unknown) => void;
}

const PERCENT_DECIMALS = 4;
const MINUTE_MS = 60_000;
const INSTANT_CHARS = 16;

/** A text that is read by `read` when the field is left; null where it cannot be. */
function Typed(props: {
  readonly name: string;
  readonly label: string;
  readonly shown: string;
  readonly read: (text: string) => { readonly value: unknown } | null;
  readonly set: (name: string, value: unknown) => void;
  readonly type?: "text" | "datetime-local";
  readonly mode?: "text" | "decimal" | "numeric";
}) {
  const { name, label, shown, read, set, type = "text", mode = "text" } = props;
  const [text, setText] = useState(shown);
  const [isWrong, setWrong] = useState(false);
  useEffect(() => {
    setText(shown);
    setWrong(false);
  }, [shown]);
  const shared = {
    value: text,
    inputMode: mode,
    autoComplete: "off" as const,
    "aria-invalid": isWrong,
    "data-id": `field-${name}`,
    onInput: ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) =>
      setText(currentTarget.value),
    onChange: ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) => {
      const said = currentTarget.value.trim();
      const made = said === "" ? { value: undefined } : read(said);
      setWrong(made === null);
      if (made !== null) set(name, made.value);
    },
  };
  return (
    <Field label={label}>
      {type === "text" ? <input {...shared} type="text" /> : <input {...shared} type="datetime-local" />}
      {isWrong ? <span class="wrong">{say("not_a_value")}</span> : null}
    </Field>
  );
}

/** A text. */
export function TextField({ entry, name, label, set }: FieldProps) {
  return <Typed {...{ name, label, set }} shown={textOf(entry, name)} read={(value) => ({ value })} />;
}

/** An amount of the draft's currency. */
export function AmountField({ entry, name, label, set }: FieldProps) {
  const exponent = currencyExponent(currencyOf());
  return (
    <Typed
      {...{ name, label, set }}
      mode="decimal"
      shown={decimalOf(numberOf(entry, name), exponent)}
      read={(text) => valueOf(minorFromDecimal(text.replace(",", "."), exponent))}
    />
  );
}

/** A percentage, kept as parts per million. */
export function PercentField({ entry, name, label, set }: FieldProps) {
  return (
    <Typed
      {...{ name, label, set }}
      mode="decimal"
      shown={trimmed(decimalOf(numberOf(entry, name), PERCENT_DECIMALS))}
      read={(text) =>
        valueOf(minorFromDecimal(text.replace("%", "").trim().replace(",", "."), PERCENT_DECIMALS))
      }
    />
  );
}

/** A whole number. */
export function CountField({ entry, name, label, set }: FieldProps) {
  return (
    <Typed
      {...{ name, label, set }}
      mode="numeric"
      shown={String(numberOf(entry, name) ?? "")}
      read={(text) => (/^\d{1,9}$/.test(text) ? { value: Number(text) } : null)}
    />
  );
}

/** Names apart by ";". */
export function NamesField({ entry, name, label, set }: FieldProps) {
  return (
    <Typed
      {...{ name, label, set }}
      shown={namesOf(entry, name).join("; ")}
      read={(text) => {
        const names = text.split(";").map((each) => each.trim());
        return { value: names.filter((each) => each !== "") };
      }}
    />
  );
}

/** An instant, typed in the shop's zone. */
export function InstantField({ entry, name, label, set }: FieldProps) {
  const offsetMs = (house.value?.zoneMinutes ?? 0) * MINUTE_MS;
  const atMs = numberOf(entry, name);
  return (
    <Typed
      {...{ name, label, set }}
      type="datetime-local"
      shown={atMs === null ? "" : new Date(atMs + offsetMs).toISOString().slice(0, INSTANT_CHARS)}
      read={(text) => {
        const value = Date.parse(`${text}:00Z`) - offsetMs;
        return Number.isNaN(value) ? null : { value };
      }}
    />
  );
}

/** One of a few words. */
export function ChoiceField(
  props: FieldProps & { readonly options: readonly (readonly [string, string])[] },
) {
  const { entry, name, label, set, options } = props;
  return (
    <Field label={label}>
      <select
        value={textOf(entry, name)}
        data-id={`field-${name}`}
        onChange={({ currentTarget }) =>
          set(name, currentTarget.value === "" ? undefined : currentTarget.value)
        }
      >
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** "17:00-19:00; 22:00-02:00" as parts of a day. */
export function HoursField({ entry, name, label, set }: FieldProps) {
  const parts = entry[name];
  return (
    <Typed
      {...{ name, label, set }}
      shown={Array.isArray(parts) ? parts.map(dayPartText).join("; ") : ""}
      read={(text) => {
        const read = text.split(";").map((part) => dayPartOf(part.trim()));
        return read.includes(null) ? null : { value: read };
      }}
    />
  );
}

/** Days of the week, Monday first. */
export function WeekdaysField({ entry, name, label, set }: FieldProps) {
  const chosen = namesOf(entry, name).map(Number);
  const days = [1, 2, 3, 4, 5, 6, 7] as const;
  return (
    <fieldset class="choices">
      <legend>{label}</legend>
      {days.map((day) => (
        <label key={day}>
          <input
            type="checkbox"
            checked={chosen.includes(day)}
            onChange={({ currentTarget }) => {
              const next = days.filter((each) =>
                each === day ? currentTarget.checked : chosen.includes(each),
              );
              set(name, next.length === 0 ? undefined : next);
            }}
          />
          {say(`weekday_${day}`)}
        </label>
      ))}
    </fieldset>
  );
}

function valueOf(number: number | null): { readonly value: number } | null {
  return number === null || number < 0 ? null : { value: number };
}

/** Digits with a point; empty for nothing. */
export function decimalOf(value: number | null, exponent: number): string {
  if (value === null) return "";
  const digits = String(Math.abs(value)).padStart(exponent + 1, "0");
  if (exponent === 0) return digits;
  return `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

function trimmed(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
