/**
 * Staff: who works here, who may do what, and who has a PIN. A PIN is typed here and never shown again;
 * what is published stands over each terminal's own staff file.
 */
import { useState } from "preact/hooks";
import type { StaffAnswer, StaffRow } from "../../api-house.ts";
import { useAnswer } from "../ask.ts";
import { Drawer } from "../parts/drawer.tsx";
import { Choice, Entry, Field, Filters, SavedViews } from "../parts/filters.tsx";
import { Head } from "../parts/frame.tsx";
import { Empty, Failed, Loading } from "../parts/states.tsx";
import { Table } from "../parts/table.tsx";
import { Said, useWord } from "../parts/word-answer.tsx";
import { filter, follow, go, withFilters } from "../route.ts";
import { say, sayCode } from "../words/words.ts";

const FILTERS = ["q", "right", "gone"];
/** In the address: a clerk who is not there yet. */
const NEW = "+";

/** See the header. */
export function StaffPage() {
  const filters = Object.fromEntries(FILTERS.map((name) => [name, filter(name)]));
  const { value, failure, again } = useAnswer<StaffAnswer>("/api/staff", filters);
  return (
    <>
      <Head title={say("staff")}>
        <SavedViews />
      </Head>
      {failure === null ? null : failure.code === "console/no_authoring" ? (
        <Empty>{say("catalogue_away")}</Empty>
      ) : (
        <Failed failure={failure} again={again} />
      )}
      {value === null ? failure === null ? <Loading /> : null : <List answer={value} again={again} />}
    </>
  );
}

function List({ answer, again }: { readonly answer: StaffAnswer; readonly again: () => void }) {
  const { rows, rights } = answer;
  const open = filter("open");
  const chosen = rows.find(({ clerk }) => clerk === open);
  const isFiltered = FILTERS.some((name) => filter(name) !== "");
  return (
    <>
      <p class="sub">{say("staff_help")}</p>
      <Filters>
        <Entry name="q" label={say("search")} />
        <Choice
          name="right"
          label={say("right")}
          options={[["", say("all")], ...rights.map((right) => [right, sayCode("right", right)] as const)]}
        />
        <Choice
          name="gone"
          label={say("show")}
          options={[
            ["", say("staff")],
            ["1", say("only_gone")],
          ]}
        />
        <a class="button" href={withFilters({ open: NEW })} onClick={follow} data-id="new-clerk">
          {say("new_clerk")}
        </a>
      </Filters>
      {rows.length === 0 ? (
        <Empty>{say(isFiltered ? "staff_none_fits" : "staff_empty")}</Empty>
      ) : (
        <StaffTable rows={rows} open={open} />
      )}
      {open === NEW || chosen !== undefined ? (
        <Clerk key={open} row={chosen ?? null} rights={rights} onSaid={again} />
      ) : null}
    </>
  );
}

function StaffTable({ rows, open }: { readonly rows: readonly StaffRow[]; readonly open: string }) {
  return (
    <Table
      label={say("staff")}
      rows={rows}
      keyOf={({ clerk }) => clerk}
      isChosen={({ clerk }) => clerk === open}
      columns={[
        {
          name: say("clerk_code"),
          cell: ({ clerk }) => (
            <a href={withFilters({ open: clerk })} onClick={follow} data-id="clerk">
              {clerk}
            </a>
          ),
        },
        { name: say("name"), cell: ({ name, isHere }) => (isHere ? name : say("gone")) },
        {
          name: say("rights"),
          cell: ({ rights }) =>
            rights.map((right) => (
              <span key={right} class="chip">
                {sayCode("right", right)}
              </span>
            )),
        },
        {
          name: say("pin"),
          cell: ({ hasPin, isHere, lockedOn }) => (
            <>
              {isHere ? say(hasPin ? "has_pin" : "no_pin") : ""}{" "}
              {lockedOn.length === 0 ? null : (
                <span class="chip hard">{say("locked_on", { terminals: lockedOn.join(" ") })}</span>
              )}
            </>
          ),
        },
      ]}
    />
  );
}

interface Draft {
  readonly clerk: string;
  readonly name: string;
  readonly rights: readonly string[];
  readonly pin: "keep" | "none" | "new";
  readonly newPin: string;
  readonly again: string;
}

function Clerk(props: {
  readonly row: StaffRow | null;
  readonly rights: readonly string[];
  readonly onSaid: () => void;
}) {
  const { row, rights, onSaid } = props;
  const [draft, setDraft] = useState<Draft>(() => draftOf(row));
  const word = useWord("/api/staff", () => {
    // What was typed is not kept once it was said.
    setDraft((before) => ({ ...before, pin: "keep", newPin: "", again: "" }));
    onSaid();
  });
  const change = (changed: Partial<Draft>): void => {
    word.forget();
    setDraft({ ...draft, ...changed });
  };
  const { clerk, name, pin, newPin, again } = draft;
  const body = { clerk, name, rights: draft.rights, pin, newPin: pin === "new" ? newPin : "" };
  const differs = pin === "new" && newPin !== again;
  const title = row === null ? say("clerk_new") : `${row.clerk} ${row.name}`;
  return (
    <Drawer title={title} onClose={() => go(withFilters({ open: "" }))}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!differs) word.preview(body);
        }}
      >
        <Names draft={draft} isNew={row === null} change={change} />
        <Rights all={rights} chosen={draft.rights} onChange={(chosen) => change({ rights: chosen })} />
        <Pin draft={draft} hasPin={row?.hasPin === true} change={change} />
        {differs && again !== "" ? (
          <p class="failed" role="alert">
            {say("pin_differs")}
          </p>
        ) : null}
        <p>
          <button type="submit" disabled={differs} data-id="preview">
            {say(row !== null && !row.isHere ? "come_back" : "preview")}
          </button>{" "}
          {row?.isHere === true ? (
            <button
              type="button"
              data-id="take-away"
              onClick={() => word.preview({ ...body, rights: null, pin: "none" })}
            >
              {say("take_away")}
            </button>
          ) : null}
        </p>
      </form>
      <Said word={word} />
    </Drawer>
  );
}

function Names(props: {
  readonly draft: Draft;
  readonly isNew: boolean;
  readonly change: (changed: Partial<Draft>) => void;
}) {
  const { draft, isNew, change } = props;
  return (
    <>
      {isNew ? (
        <Field label={say("clerk_code")}>
          <input
            value={draft.clerk}
            autoComplete="off"
            data-id="clerk-code"
            onInput={({ currentTarget }) => change({ clerk: currentTarget.value.trim() })}
          />
        </Field>
      ) : null}
      <Field label={say("name")}>
        <input
          value={draft.name}
          autoComplete="off"
          data-id="clerk-name"
          onInput={({ currentTarget }) => change({ name: currentTarget.value })}
        />
      </Field>
    </>
  );
}

function draftOf(row: StaffRow | null): Draft {
  const { clerk = "", name = "", rights = ["sell"], hasPin = false } = row ?? {};
  return { clerk, name, rights, pin: hasPin ? "keep" : "none", newPin: "", again: "" };
}

function Rights(props: {
  readonly all: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}) {
  const { all, chosen, onChange } = props;
  return (
    <fieldset class="choices">
      <legend>{say("rights")}</legend>
      {all.map((right) => (
        <label key={right}>
          <input
            type="checkbox"
            checked={chosen.includes(right)}
            data-id={`right-${right}`}
            onChange={({ currentTarget }) =>
              onChange(currentTarget.checked ? [...chosen, right] : chosen.filter((each) => each !== right))
            }
          />
          {sayCode("right", right)}
        </label>
      ))}
    </fieldset>
  );
}

function Pin(props: {
  readonly draft: Draft;
  readonly hasPin: boolean;
  readonly change: (changed: Partial<Draft>) => void;
}) {
  const { draft, hasPin, change } = props;
  const wishes = [
    ...(hasPin ? [["keep", "pin_keep"] as const] : []),
    ["none", "pin_remove"] as const,
    ["new", "pin_change"] as const,
  ];
  const digits = (id: "newPin" | "again", label: string) => (
    <Field label={label}>
      <input
        type="password"
        inputMode="numeric"
        autoComplete="new-password"
        maxLength={8}
        value={draft[id]}
        data-id={id}
        onInput={({ currentTarget }) => change({ [id]: currentTarget.value })}
      />
    </Field>
  );
  return (
    <fieldset class="choices">
      <legend>{say("pin")}</legend>
      {wishes.map(([wish, words]) => (
        <label key={wish}>
          <input
            type="radio"
            name="pin"
            checked={draft.pin === wish}
            data-id={`pin-${wish}`}
            onChange={() => change({ pin: wish })}
          />
          {say(words)}
        </label>
      ))}
      {draft.pin === "new" ? (
        <div class="filters">
          {digits("newPin", say("pin_new_field"))}
          {digits("again", say("pin_again"))}
        </div>
      ) : null}
    </fieldset>
  );
}
