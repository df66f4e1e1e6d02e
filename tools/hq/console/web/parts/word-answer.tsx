/**
 * A word to the terminals on its way: what it would change, why it was refused, or that it was said.
 * Nothing is said before its preview was confirmed.
 */
import { useState } from "preact/hooks";
import type { WordAnswer, WordChange } from "../../api-house.ts";
import { tell } from "../ask.ts";
import type { Failure } from "../ask.ts";
import { addressOf, follow } from "../route.ts";
import { say, sayCode } from "../words/words.ts";
import { Failed } from "./states.tsx";
import { Table } from "./table.tsx";

/** A word that is shown first and said once it is confirmed. */
export interface Wording {
  readonly answer: WordAnswer | null;
  readonly failure: Failure | null;
  /** Asks what `body` would change. */
  readonly preview: (body: object) => void;
  /** Says what was previewed last. */
  readonly publish: () => void;
  readonly forget: () => void;
}

/** Words to this path; `onSaid` hears of one that was published. */
export function useWord(path: string, onSaid: () => void): Wording {
  const [answer, setAnswer] = useState<WordAnswer | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [body, setBody] = useState<object>({});
  const send = async (wanted: object, confirm: boolean): Promise<void> => {
    setBody(wanted);
    const said = await tell<WordAnswer>(path, { ...wanted, confirm });
    setFailure(said.ok ? null : said.failure);
    setAnswer(said.ok ? said.value : null);
    if (said.ok && said.value.seq !== null) onSaid();
  };
  return {
    answer,
    failure,
    preview: (wanted) => void send(wanted, false),
    publish: () => void send(body, true),
    forget: () => {
      setAnswer(null);
      setFailure(null);
    },
  };
}

/** See the header. */
export function Said({ word }: { readonly word: Wording }) {
  const { answer, failure, publish } = word;
  if (failure !== null) return <Failed failure={failure} again={publish} />;
  if (answer === null) return null;
  if (answer.refusals.length > 0)
    return (
      <div class="failed" role="alert">
        <p>
          <strong>{say("refused_title")}</strong>
        </p>
        <ul>
          {answer.refusals.map(({ code, detail }) => (
            <li key={code + detail}>
              {sayCode("refusal", code.replace("/", "_"))} <span class="code">{`${code} ${detail}`}</span>
            </li>
          ))}
        </ul>
      </div>
    );
  if (answer.seq !== null)
    return (
      <p role="status" class="good-text" data-id="said">
        {say("said_done")}{" "}
        <a href={addressOf("/published", { open: String(answer.seq) })} onClick={follow}>
          {say("see_published")}
        </a>
      </p>
    );
  return (
    <>
      <Changes changes={answer.changes} />
      <p>
        <button type="button" onClick={publish} data-id="publish">
          {say("publish")}
        </button>
      </p>
    </>
  );
}

function Changes({ changes }: { readonly changes: readonly WordChange[] }) {
  return (
    <Table
      label={say("preview")}
      rows={changes}
      keyOf={({ what, subject }) => `${what} ${subject}`}
      columns={[
        {
          name: say("change"),
          cell: ({ what, subject }) => {
            const text = subject === "" ? "" : `: ${sayCode(what, subject)}`;
            return `${sayCode("what", what)}${text}`;
          },
        },
        { name: say("before"), cell: ({ before, isWord }) => (isWord ? sayCode("value", before) : before) },
        { name: say("after"), cell: ({ after, isWord }) => (isWord ? sayCode("value", after) : after) },
      ]}
    />
  );
}
