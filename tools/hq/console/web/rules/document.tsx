/**
 * The whole document of the draft as text: what no form edits is edited here. A text that is no JSON
 * is never taken.
 */
import { useEffect, useState } from "preact/hooks";
import { say } from "../words/words.ts";
import { draft, objectIn, pretty, setDraft } from "./draft.ts";

/** See the header. */
export function Document() {
  const kept = draft.value ?? "";
  const [text, setText] = useState(kept);
  useEffect(() => setText(kept), [kept]);
  const isJson = objectIn(text) !== null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isJson) setDraft(pretty(text));
      }}
    >
      <p class="sub">{say("document_help")}</p>
      <textarea
        class="document"
        rows={24}
        spellcheck={false}
        value={text}
        aria-label={say("rules_document")}
        aria-invalid={!isJson}
        data-id="document"
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      {isJson ? null : (
        <p class="failed" role="alert">
          {say("document_not_json")}
        </p>
      )}
      <p>
        <button type="submit" disabled={!isJson || text === kept} data-id="document-take">
          {say("document_take")}
        </button>
      </p>
    </form>
  );
}
