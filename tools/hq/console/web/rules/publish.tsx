/**
 * The draft to the terminals: what it changes and what overlaps first, then a start, then said once
 * for all. Nothing is said before its preview was confirmed.
 */
import { useState } from "preact/hooks";
import type { RulesAnswer, RulesPublished } from "../../api-rules.ts";
import { tell } from "../ask.ts";
import type { Failure } from "../ask.ts";
import { time } from "../format.ts";
import { Field } from "../parts/filters.tsx";
import { Failed } from "../parts/states.tsx";
import { addressOf, follow } from "../route.ts";
import { say, sayCode } from "../words/words.ts";
import { draft } from "./draft.ts";
import { Overlaps, Problems, RulesChanges } from "./problems.tsx";

/** `onDone` hears of a publication. */
export function Publish({ onDone }: { readonly answer: RulesAnswer; readonly onDone: () => void }) {
  const [startsAt, setStartsAt] = useState("");
  const [said, setSaid] = useState<RulesPublished | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const send = async (confirm: boolean): Promise<void> => {
    const told = await tell<RulesPublished>("/api/rules", { text: draft.value ?? "", startsAt, confirm });
    setFailure(told.ok ? null : told.failure);
    setSaid(told.ok ? told.value : null);
    if (told.ok && told.value.version !== null) onDone();
  };
  return (
    <>
      <form
        class="filters"
        onSubmit={(event) => {
          event.preventDefault();
          void send(false);
        }}
      >
        <Field label={`${say("starts_at")} (${say("starts_now")})`}>
          <input
            type="datetime-local"
            value={startsAt}
            data-id="rules-start"
            onInput={({ currentTarget }) => {
              setSaid(null);
              setStartsAt(currentTarget.value);
            }}
          />
        </Field>
        <button type="submit" data-id="rules-preview">
          {say("publish_preview")}
        </button>
      </form>
      {failure === null ? null : <Failed failure={failure} again={() => void send(false)} />}
      {said === null ? null : <Answer said={said} onConfirm={() => void send(true)} />}
    </>
  );
}

function Answer({ said, onConfirm }: { readonly said: RulesPublished; readonly onConfirm: () => void }) {
  const { problems, overlaps, changes, refusal, version, seq, startsAtMs } = said;
  if (problems.length > 0) return <Problems problems={problems} />;
  if (refusal.code !== "")
    return (
      <p class="failed" role="alert">
        <strong>{say("refused_title")}</strong> {sayCode("refusal", refusal.code.replace("/", "_"))}{" "}
        <span class="code">{`${refusal.code} ${refusal.detail}`}</span>
      </p>
    );
  const begins = startsAtMs === null ? say("at_once") : time(startsAtMs);
  if (version !== null)
    return (
      <p role="status" class="good-text" data-id="rules-published">
        {say("publish_done", { n: version })} {say("publish_begins", { time: begins })}{" "}
        <a href={addressOf("/published", { open: String(seq ?? "") })} onClick={follow}>
          {say("see_published")}
        </a>
      </p>
    );
  return (
    <>
      {changes.length === 0 ? <p>{say("nothing_changes")}</p> : <RulesChanges changes={changes} />}
      {overlaps.length === 0 ? null : <Overlaps overlaps={overlaps} />}
      <p>{say("publish_begins", { time: begins })}</p>
      <button type="button" onClick={onConfirm} data-id="rules-confirm">
        {say("publish_confirm")}
      </button>
    </>
  );
}
