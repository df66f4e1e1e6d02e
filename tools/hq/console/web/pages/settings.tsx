/**
 * Settings: the rules of the house. What is left to the terminals stands in each terminal's own file;
 * the newest word stands as a whole.
 */
import { useState } from "preact/hooks";
import type { SettingsAnswer } from "../../api-house.ts";
import { useAnswer } from "../ask.ts";
import { money } from "../format.ts";
import { Field } from "../parts/filters.tsx";
import { Head } from "../parts/frame.tsx";
import { Empty, Failed, Loading } from "../parts/states.tsx";
import { Said, useWord } from "../parts/word-answer.tsx";
import { addressOf, follow } from "../route.ts";
import { say } from "../words/words.ts";

/** What cash is rounded to in the places that round, in minor units; 1 rounds nothing. */
const INCREMENTS = [1, 5, 10, 50, 100];
const HOUR_MINUTES = 60;

/** See the header. */
export function SettingsPage() {
  const { value, failure, again } = useAnswer<SettingsAnswer>("/api/settings", {});
  return (
    <>
      <Head title={say("settings")}>
        <a href={addressOf("/published", { type: "config_set" })} onClick={follow}>
          {say("see_published")}
        </a>
      </Head>
      {failure === null ? null : failure.code === "console/no_authoring" ? (
        <Empty>{say("catalogue_away")}</Empty>
      ) : (
        <Failed failure={failure} again={again} />
      )}
      {value === null ? (
        failure === null ? (
          <Loading />
        ) : null
      ) : (
        <Rules key={JSON.stringify(value)} rules={value} onSaid={again} />
      )}
    </>
  );
}

function Rules({ rules, onSaid }: { readonly rules: SettingsAnswer; readonly onSaid: () => void }) {
  const [draft, setDraft] = useState(rules);
  const word = useWord("/api/settings", onSaid);
  const change = (changed: Partial<SettingsAnswer>): void => {
    word.forget();
    setDraft({ ...draft, ...changed });
  };
  const { needsShift, cashRounding, dayStartMinutes } = draft;
  return (
    <section class="card">
      <p class="sub">{say("settings_help")}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          word.preview({ needsShift, cashRounding, dayStartMinutes });
        }}
      >
        <div class="filters">
          <Field label={say("needs_shift")}>
            <select
              data-id="needs-shift"
              value={String(needsShift)}
              onChange={({ currentTarget }) => change({ needsShift: flagOf(currentTarget.value) })}
            >
              <option value="null">{say("settings_own")}</option>
              <option value="true">{say("yes")}</option>
              <option value="false">{say("no")}</option>
            </select>
          </Field>
          <Rounding draft={draft} change={change} />
          <DayStart minutes={dayStartMinutes} change={change} />
        </div>
        <button type="submit" data-id="preview">
          {say("preview")}
        </button>
      </form>
      <Said word={word} />
    </section>
  );
}

function flagOf(text: string): boolean | null {
  return text === "null" ? null : text === "true";
}

function Rounding(props: {
  readonly draft: SettingsAnswer;
  readonly change: (changed: Partial<SettingsAnswer>) => void;
}) {
  const { draft, change } = props;
  const { cashRounding, currency } = draft;
  const known = cashRounding?.incrementMinor ?? 1;
  const increments = INCREMENTS.includes(known) ? INCREMENTS : [...INCREMENTS, known];
  return (
    <>
      <Field label={say("rounding_to")}>
        <select
          data-id="rounding"
          value={String(cashRounding?.incrementMinor ?? "own")}
          onChange={({ currentTarget }) => {
            const incrementMinor = Number(currentTarget.value);
            const tie = cashRounding?.tie ?? "up";
            change({ cashRounding: currentTarget.value === "own" ? null : { incrementMinor, tie } });
          }}
        >
          <option value="own">{say("settings_own")}</option>
          {increments.map((increment) => (
            <option key={increment} value={String(increment)}>
              {increment === 1 ? say("rounding_none") : money(String(increment), currency)}
            </option>
          ))}
        </select>
      </Field>
      {cashRounding === null || cashRounding.incrementMinor === 1 ? null : (
        <Field label={say("rounding_tie")}>
          <select
            data-id="rounding-tie"
            value={cashRounding.tie}
            onChange={({ currentTarget }) =>
              change({
                cashRounding: { ...cashRounding, tie: currentTarget.value === "down" ? "down" : "up" },
              })
            }
          >
            <option value="up">{say("tie_up")}</option>
            <option value="down">{say("tie_down")}</option>
          </select>
        </Field>
      )}
    </>
  );
}

function DayStart(props: {
  readonly minutes: number | null;
  readonly change: (changed: Partial<SettingsAnswer>) => void;
}) {
  const { minutes, change } = props;
  const part = (value: number): string => String(value).padStart(2, "0");
  const text =
    minutes === null ? "" : `${part(Math.floor(minutes / HOUR_MINUTES))}:${part(minutes % HOUR_MINUTES)}`;
  return (
    <Field label={`${say("day_start")} (${say("settings_own")}: --:--)`}>
      <input
        type="time"
        value={text}
        data-id="day-start"
        onChange={({ currentTarget }) => {
          const [hours = "", minute = ""] = currentTarget.value.split(":");
          const isEmpty = currentTarget.value === "";
          change({ dayStartMinutes: isEmpty ? null : Number(hours) * HOUR_MINUTES + Number(minute) });
        }}
      />
    </Field>
  );
}
