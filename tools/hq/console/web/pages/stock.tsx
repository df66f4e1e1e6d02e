/**
 * Stock: levels of counted items, what moved of each, and counts that are imported after a preview. A
 * file with one wrong row changes nothing.
 */
import { useState } from "preact/hooks";
import type { CountAnswer, MovementRow, StockRow } from "../../api.ts";
import { tell, useRows } from "../ask.ts";
import type { Failure } from "../ask.ts";
import { percent, quantity, time, whole } from "../format.ts";
import { Drawer } from "../parts/drawer.tsx";
import { Choice, Entry, Field, Filters } from "../parts/filters.tsx";
import { Head } from "../parts/frame.tsx";
import { Failed } from "../parts/states.tsx";
import { List, Table } from "../parts/table.tsx";
import { addressOf, filter, follow, go, withFilters } from "../route.ts";
import { say, sayCode } from "../words/words.ts";

/** See the header. */
export function StockPage() {
  const [low, q, sku] = [filter("low"), filter("q"), filter("sku")];
  const list = useRows<StockRow>("/api/stock", { low, q });
  return (
    <>
      <Head title={say("stock")} />
      <Filters>
        <Entry name="q" label={say("search")} />
        <Choice
          name="low"
          label={say("only_low")}
          options={[
            ["", say("no")],
            ["1", say("yes")],
          ]}
        />
      </Filters>
      <List
        label={say("stock")}
        list={list}
        keyOf={(row) => row.sku}
        isChosen={(row) => row.sku === sku}
        empty={say(low === "" && q === "" ? "stock_empty" : "stock_none_fits")}
        columns={[
          {
            name: say("sku"),
            cell: (row) => (
              <a href={withFilters({ sku: row.sku })} onClick={follow} data-id="sku">
                {row.sku}
              </a>
            ),
          },
          { name: say("name"), cell: ({ name }) => name },
          {
            name: say("level"),
            isFigure: true,
            cell: ({ levelMilli, isLow }) => (
              <>
                {isLow ? <span class="chip hard">{say("low")}</span> : null} {quantity(levelMilli)}
              </>
            ),
          },
          { name: say("target"), isFigure: true, cell: ({ targetMilli }) => quantity(targetMilli) },
          { name: say("threshold"), isFigure: true, cell: ({ thresholdPpm }) => percent(thresholdPpm) },
        ]}
      />
      <CountImport onTaken={list.again} />
      {sku === "" ? null : <Movements key={sku} sku={sku} />}
    </>
  );
}

function Movements({ sku }: { readonly sku: string }) {
  const list = useRows<MovementRow>("/api/movements", { sku });
  return (
    <Drawer title={`${say("movements")}: ${sku}`} onClose={() => go(withFilters({ sku: "" }))}>
      <List
        label={say("movements")}
        list={list}
        keyOf={({ id }) => id}
        empty={say("movements_empty")}
        columns={[
          { name: say("time"), cell: ({ atMs }) => time(atMs) },
          { name: say("kind"), cell: ({ kind }) => sayCode("kind", kind) },
          {
            name: say("receipt"),
            cell: ({ receipt, order }) => (
              <a href={addressOf("/orders", { order })} onClick={follow}>
                {receipt}
              </a>
            ),
          },
          { name: say("quantity"), isFigure: true, cell: ({ quantityMilli }) => quantity(quantityMilli) },
        ]}
      />
    </Drawer>
  );
}

function CountImport({ onTaken }: { readonly onTaken: () => void }) {
  const [csv, setCsv] = useState("");
  const [answer, setAnswer] = useState<CountAnswer | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const send = async (confirm: boolean): Promise<void> => {
    const said = await tell<CountAnswer>("/api/stock-count", { csv, confirm });
    setFailure(said.ok ? null : said.failure);
    if (!said.ok) return;
    setAnswer(said.value);
    if (said.value.isTaken) onTaken();
  };
  return (
    <section class="card">
      <h2>{say("count_import")}</h2>
      <p class="sub">{say("count_help")}</p>
      <form
        class="filters"
        onSubmit={(event) => {
          event.preventDefault();
          void send(false);
        }}
      >
        <Field label={say("count_file")}>
          <input
            type="file"
            accept=".csv,text/csv"
            data-id="count-file"
            onChange={({ currentTarget }) => {
              setAnswer(null);
              void currentTarget.files?.[0]?.text().then(setCsv);
            }}
          />
        </Field>
        <button type="submit" disabled={csv === ""} data-id="count-preview">
          {say("count_preview")}
        </button>
      </form>
      {failure === null ? null : <Failed failure={failure} again={() => void send(false)} />}
      {answer === null ? null : <CountPreview answer={answer} onConfirm={() => void send(true)} />}
    </section>
  );
}

function CountPreview(props: { readonly answer: CountAnswer; readonly onConfirm: () => void }) {
  const { refusals, rows, rowCount, isTaken } = props.answer;
  if (refusals.length > 0)
    return (
      <div class="failed" role="alert">
        <p>{say("count_refused")}</p>
        <ul>
          {refusals.map((refusal) => (
            <li key={refusal}>{refusal}</li>
          ))}
        </ul>
      </div>
    );
  return (
    <>
      <p role="status">{say(isTaken ? "count_taken" : "count_rows", { n: whole(rowCount) })}</p>
      <Table
        label={say("count_preview")}
        rows={rows}
        keyOf={({ sku }) => sku}
        columns={[
          { name: say("sku"), cell: ({ sku }) => sku },
          { name: say("name"), cell: ({ name }) => name },
          {
            name: say("before"),
            isFigure: true,
            cell: ({ beforeMilli }) => (beforeMilli === null ? say("none") : quantity(beforeMilli)),
          },
          { name: say("after"), isFigure: true, cell: ({ afterMilli }) => quantity(afterMilli) },
          { name: say("target"), isFigure: true, cell: ({ targetMilli }) => quantity(targetMilli) },
        ]}
      />
      {isTaken ? null : (
        <button type="button" onClick={props.onConfirm} data-id="count-take">
          {say("count_take")}
        </button>
      )}
    </>
  );
}
