/**
 * Filters that live in the address, and views of them that are kept under a name in this browser. What
 * a browser kept is read again with care: only ways within the console count.
 */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { addressOf, filter, follow, go, place, withFilters } from "../route.ts";
import { say } from "../words/words.ts";

/** A labelled place for one filter. */
export function Field({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    <label class="field">
      <span>{label}</span>
      {children}
    </label>
  );
}

/** A choice of one filter; it takes effect at once. */
export function Choice(props: {
  readonly name: string;
  readonly label: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  /** What stands where the address says nothing. */
  readonly fallback?: string;
}) {
  const { name, label, options, fallback = "" } = props;
  return (
    <Field label={label}>
      <select
        name={name}
        value={filter(name) === "" ? fallback : filter(name)}
        onChange={({ currentTarget }) =>
          go(withFilters({ [name]: currentTarget.value === fallback ? "" : currentTarget.value }))
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

/** A text or date of one filter; it takes effect when it is left or sent. */
export function Entry(props: {
  readonly name: string;
  readonly label: string;
  readonly type?: "search" | "date";
  readonly placeholder?: string;
  readonly fallback?: string;
}) {
  const { name, label, type = "search", placeholder = "", fallback = "" } = props;
  const shared = {
    name,
    value: filter(name) === "" ? fallback : filter(name),
    placeholder,
    onChange: ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) => {
      if (currentTarget.value !== filter(name)) go(withFilters({ [name]: currentTarget.value.trim() }));
    },
  };
  return (
    <Field label={label}>
      {type === "date" ? <input {...shared} type="date" /> : <input {...shared} type="search" />}
    </Field>
  );
}

/** A form of filters; sending it changes nothing more, for each took effect already. */
export function Filters({ children }: { readonly children: ComponentChildren }) {
  return (
    <form
      class="filters"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      {children}
    </form>
  );
}

const KEPT = "tillwright.console.views";

/** The kept views of this page, and a way to keep the one that is shown. */
export function SavedViews() {
  const [views, setViews] = useState(keptViews);
  const [name, setName] = useState("");
  const { path, filters } = place.value;
  const address = addressOf(path, { ...filters, order: "", open: "" });
  const keep = (next: readonly View[]): void => {
    localStorage.setItem(KEPT, JSON.stringify(next));
    setViews(next);
  };
  const ofPage = views.filter((view) => view.address.split("?")[0] === path);
  return (
    <details class="views">
      <summary>{say("saved_views")}</summary>
      <ul>
        {ofPage.map((view) => (
          <li key={view.name}>
            <a href={view.address} onClick={follow}>
              {view.name}
            </a>
            <button type="button" class="plain" onClick={() => keep(views.filter((each) => each !== view))}>
              {say("forget")}
            </button>
          </li>
        ))}
      </ul>
      <form
        class="filters"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() === "") return;
          keep([...views.filter((view) => view.name !== name.trim()), { name: name.trim(), address }]);
          setName("");
        }}
      >
        <Field label={say("view_name")}>
          <input value={name} onInput={({ currentTarget }) => setName(currentTarget.value)} />
        </Field>
        <button type="submit">{say("save_view")}</button>
      </form>
    </details>
  );
}

interface View {
  readonly name: string;
  readonly address: string;
}

function keptViews(): readonly View[] {
  try {
    const parsed: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(parsed) ? parsed.filter(isView) : [];
  } catch {
    return [];
  }
}

// Only ways within the console: what is kept in a browser may have been changed there.
function isView(value: unknown): value is View {
  if (typeof value !== "object" || value === null || !("name" in value) || !("address" in value))
    return false;
  return (
    typeof value.name === "string" && typeof value.address === "string" && /^\/(?!\/)/.test(value.address)
  );
}
