/**
 * Promotions or tax rates from a CSV file into the draft: shown first, all rows or none. Nothing is
 * published by it.
 */
import { useState } from "preact/hooks";
import type { ImportAnswer, ImportRefusal } from "../../api-rules.ts";
import { tell } from "../ask.ts";
import type { Failure } from "../ask.ts";
import { Field } from "../parts/filters.tsx";
import { Failed } from "../parts/states.tsx";
import { Table } from "../parts/table.tsx";
import { say } from "../words/words.ts";
import { draft, setDraft } from "./draft.ts";
import { RulesChanges } from "./problems.tsx";

/** See the header. */
export function Import() {
  const [kind, setKind] = useState<"promotions" | "taxes">("promotions");
  const [csv, setCsv] = useState("");
  const [answer, setAnswer] = useState<ImportAnswer | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isTaken, setTaken] = useState(false);
  const forget = (): void => {
    setAnswer(null);
    setFailure(null);
    setTaken(false);
  };
  const preview = async (): Promise<void> => {
    const said = await tell<ImportAnswer>("/api/rules-import", { text: draft.value ?? "", kind, csv });
    setFailure(said.ok ? null : said.failure);
    setAnswer(said.ok ? said.value : null);
    setTaken(false);
  };
  return (
    <>
      <form
        class="filters"
        onSubmit={(event) => {
          event.preventDefault();
          void preview();
        }}
      >
        <Field label={say("import_kind")}>
          <select
            value={kind}
            data-id="import-kind"
            onChange={({ currentTarget }) => {
              forget();
              setKind(currentTarget.value === "taxes" ? "taxes" : "promotions");
            }}
          >
            <option value="promotions">{say("rules_promotions")}</option>
            <option value="taxes">{say("rules_taxes")}</option>
          </select>
        </Field>
        <Field label={say("count_file")}>
          <input
            type="file"
            accept=".csv,text/csv"
            data-id="rules-file"
            onChange={({ currentTarget }) => {
              forget();
              void currentTarget.files?.[0]?.text().then(setCsv);
            }}
          />
        </Field>
        <button type="submit" disabled={csv === ""} data-id="import-preview">
          {say("preview")}
        </button>
      </form>
      <p class="sub">{say(kind === "taxes" ? "import_taxes_help" : "import_promotions_help")}</p>
      {failure === null ? null : <Failed failure={failure} again={() => void preview()} />}
      {answer === null ? null : (
        <Answer
          answer={answer}
          isTaken={isTaken}
          onTake={(text) => {
            setDraft(text);
            setTaken(true);
          }}
        />
      )}
    </>
  );
}

function Answer(props: {
  readonly answer: ImportAnswer;
  readonly isTaken: boolean;
  readonly onTake: (text: string) => void;
}) {
  const { answer, isTaken, onTake } = props;
  const { text } = answer;
  if (text === null) return <Refused refusals={answer.refusals} />;
  if (isTaken)
    return (
      <p role="status" class="good-text" data-id="import-taken">
        {say("import_taken")}
      </p>
    );
  return (
    <>
      <p role="status">{say("import_fine")}</p>
      <RulesChanges changes={answer.changes} />
      <p>
        <button type="button" data-id="import-take" onClick={() => onTake(text)}>
          {say("import_take")}
        </button>
      </p>
    </>
  );
}

function Refused({ refusals }: { readonly refusals: readonly ImportRefusal[] }) {
  return (
    <div role="alert" data-id="import-refused">
      <p class="failed">{say("import_refused")}</p>
      <Table
        label={say("import_refused")}
        rows={refusals.map((refusal, index) => ({ ...refusal, index }))}
        keyOf={({ index }) => String(index)}
        columns={[
          { name: say("import_row"), isFigure: true, cell: ({ row }) => (row === 0 ? "" : String(row)) },
          { name: say("import_key"), cell: ({ key }) => key },
          {
            name: say("reason"),
            cell: ({ message, code }) => (
              <>
                {message} <span class="code">{code}</span>
              </>
            ),
          },
        ]}
      />
    </div>
  );
}
