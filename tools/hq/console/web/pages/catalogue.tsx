/**
 * Catalogue: items with their prices, what waits for its start, who holds what; and ways to publish.
 * Nothing is sent to terminals before its preview was confirmed.
 */
import { useState } from "preact/hooks";
import type { CatalogueHead, CatalogueRow, PublishAnswer } from "../../api.ts";
import { tell, useAnswer, useRows } from "../ask.ts";
import type { Failure } from "../ask.ts";
import { money, percent, time, whole } from "../format.ts";
import { Drawer } from "../parts/drawer.tsx";
import { Entry, Field, Filters, SavedViews } from "../parts/filters.tsx";
import { Head } from "../parts/frame.tsx";
import { Holders } from "../parts/holders.tsx";
import { Empty, Failed, Loading } from "../parts/states.tsx";
import { List, Table } from "../parts/table.tsx";
import { addressOf, filter, follow, go, withFilters } from "../route.ts";
import { SoldOut } from "./sold-out.tsx";
import { language, say } from "../words/words.ts";

/** How often it is asked who holds what. */
const HEAD_MS = 10_000;

/** See the header. */
export function CataloguePage() {
  const head = useAnswer<CatalogueHead>("/api/catalogue-head", {}, HEAD_MS);
  return (
    <>
      <Head title={say("catalogue")}>
        <SavedViews />
      </Head>
      <Views />
      {head.failure === null ? null : head.failure.code === "console/no_authoring" ? (
        <Empty>{say("catalogue_away")}</Empty>
      ) : (
        <Failed failure={head.failure} again={head.again} />
      )}
      {head.value === null ? (
        head.failure === null ? (
          <Loading />
        ) : null
      ) : filter("view") === "sold-out" ? (
        <SoldOut />
      ) : (
        <Published head={head.value} again={head.again} />
      )}
    </>
  );
}

function Views() {
  const view = filter("view");
  const link = (name: string, text: string) => (
    <a
      class="button"
      href={addressOf("/catalogue", { view: name })}
      onClick={follow}
      aria-current={view === name ? "page" : undefined}
    >
      {text}
    </a>
  );
  return (
    <div class="tabs" role="group" aria-label={say("catalogue")}>
      {link("", say("items_view"))}
      {link("sold-out", say("off_sale_view"))}
    </div>
  );
}

function Published({ head, again }: { readonly head: CatalogueHead; readonly again: () => void }) {
  const { currency } = head;
  const list = useRows<CatalogueRow>("/api/catalogue", { q: filter("q") });
  const chosen = list.rows.find(({ sku }) => sku === filter("sku"));
  const onDone = (): void => {
    again();
    list.again();
  };
  return (
    <>
      <InForce head={head} />
      <Filters>
        <Entry name="q" label={say("search")} />
      </Filters>
      <List
        label={say("catalogue")}
        list={list}
        keyOf={({ sku }) => sku}
        isChosen={({ sku }) => sku === chosen?.sku}
        empty={say(head.version === 0 ? "catalogue_empty" : "catalogue_none_fits")}
        columns={[
          {
            name: say("sku"),
            cell: ({ sku }) => (
              <a href={withFilters({ sku })} onClick={follow} data-id="item">
                {sku}
              </a>
            ),
          },
          { name: say("name"), cell: nameOf },
          { name: say("category"), cell: ({ category }) => category },
          {
            name: say("price"),
            isFigure: true,
            cell: ({ sku, priceMinor }) => (
              <span data-id={`price-${sku}`}>{money(priceMinor, currency)}</span>
            ),
          },
          {
            name: say("price_to_come"),
            cell: ({ toCome }) =>
              toCome.map(({ priceMinor, startsAtMs }) => (
                <span key={startsAtMs} class="chip mild">
                  {money(priceMinor, currency)} {time(startsAtMs)}
                </span>
              )),
          },
          { name: say("tax"), isFigure: true, cell: ({ taxPpm }) => percent(taxPpm) },
          {
            name: "",
            cell: ({ isSoldOut }) => (isSoldOut ? <span class="chip hard">{say("sold_out")}</span> : null),
          },
        ]}
      />
      <h2>{say("holds")}</h2>
      <Holders rows={head.holdings} />
      <Import onDone={onDone} currency={currency} />
      {chosen === undefined ? null : (
        <Item key={chosen.sku} item={chosen} currency={currency} onDone={onDone} />
      )}
    </>
  );
}

function InForce({ head }: { readonly head: CatalogueHead }) {
  if (head.version === 0) return null;
  return (
    <p class="sub">
      {say("catalogue_version", { n: head.version })} {head.startsAtMs === null ? "" : time(head.startsAtMs)}{" "}
      {head.toCome.map(({ version, startsAtMs }) => (
        <span key={version} class="chip mild">
          {say("price_to_come")}: {version}, {time(startsAtMs)}
        </span>
      ))}
    </p>
  );
}

function nameOf({ nameEn, nameZh }: CatalogueRow): string {
  return language.value === "zh" ? nameZh : nameEn;
}

/** A form whose answer is a preview first, and a publication once it is confirmed. */
function usePublishing(path: string, onDone: () => void) {
  const [answer, setAnswer] = useState<PublishAnswer | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const send = async (body: object, confirm: boolean): Promise<void> => {
    const said = await tell<PublishAnswer>(path, { ...body, confirm });
    setFailure(said.ok ? null : said.failure);
    setAnswer(said.ok ? said.value : null);
    if (said.ok && said.value.version !== null) onDone();
  };
  return { answer, failure, send, forget: () => setAnswer(null) };
}

function Item(props: {
  readonly item: CatalogueRow;
  readonly currency: string;
  readonly onDone: () => void;
}) {
  const { item, currency, onDone } = props;
  const [price, setPrice] = useState("");
  const [startsAt, setStartsAt] = useState("");
  const prices = usePublishing("/api/prices", onDone);
  const availability = usePublishing("/api/availability", onDone);
  const body = { prices: [{ sku: item.sku, price: price.trim().replace(",", ".") }], startsAt };
  return (
    <Drawer title={`${item.sku} ${nameOf(item)}`} onClose={() => go(withFilters({ sku: "" }))}>
      <p>{money(item.priceMinor, currency)}</p>
      <form
        class="filters"
        onSubmit={(event) => {
          event.preventDefault();
          void prices.send(body, false);
        }}
      >
        <Field label={say("set_price")}>
          <input
            value={price}
            inputMode="decimal"
            data-id="new-price"
            onInput={({ currentTarget }) => {
              prices.forget();
              setPrice(currentTarget.value);
            }}
          />
        </Field>
        <Start startsAt={startsAt} onStart={setStartsAt} />
        <button type="submit" disabled={price.trim() === ""} data-id="price-preview">
          {say("price_preview")}
        </button>
      </form>
      <Answer {...prices} currency={currency} onConfirm={() => void prices.send(body, true)} />
      <p>
        <button
          type="button"
          onClick={() => void availability.send({ sku: item.sku, isSoldOut: true }, true)}
        >
          {say("mark_sold_out")}
        </button>{" "}
        <button
          type="button"
          onClick={() => void availability.send({ sku: item.sku, isSoldOut: false }, true)}
        >
          {say("mark_on_sale")}
        </button>
      </p>
      <Answer {...availability} currency={currency} onConfirm={() => {}} />
    </Drawer>
  );
}

function Start(props: { readonly startsAt: string; readonly onStart: (text: string) => void }) {
  return (
    <Field label={`${say("starts_at")} (${say("starts_now")})`}>
      <input
        type="datetime-local"
        value={props.startsAt}
        onInput={({ currentTarget }) => props.onStart(currentTarget.value)}
      />
    </Field>
  );
}

function Answer(props: {
  readonly answer: PublishAnswer | null;
  readonly failure: Failure | null;
  readonly currency: string;
  readonly onConfirm: () => void;
}) {
  const { answer, failure, currency, onConfirm } = props;
  if (failure !== null) return <Failed failure={failure} again={onConfirm} />;
  if (answer === null) return null;
  if (answer.refusals.length > 0)
    return (
      <div class="failed" role="alert">
        <ul>
          {answer.refusals.map((message) => (
            <li key={message}>{say("refused", { message })}</li>
          ))}
        </ul>
      </div>
    );
  if (answer.version !== null)
    return (
      <p role="status" class="good-text" data-id="published">
        {answer.version === 0 ? say("published") : say("price_done", { n: answer.version })}
      </p>
    );
  const { added, changed, removed, same } = answer;
  return (
    <>
      <p role="status">{say("import_rows", { added, changed, removed, same: whole(same) })}</p>
      <Table
        label={say("price_preview")}
        rows={answer.rows}
        keyOf={({ sku }) => sku}
        columns={[
          { name: say("sku"), cell: ({ sku }) => sku },
          { name: say("name"), cell: ({ name }) => name },
          { name: say("before"), isFigure: true, cell: ({ beforeMinor }) => amount(beforeMinor, currency) },
          { name: say("after"), isFigure: true, cell: ({ afterMinor }) => amount(afterMinor, currency) },
        ]}
      />
      <p>
        {say("starts_at")}: {answer.startsAtMs === null ? say("starts_now") : time(answer.startsAtMs)}
      </p>
      <button type="button" onClick={onConfirm} data-id="price-confirm">
        {say("price_confirm")}
      </button>
    </>
  );
}

function amount(minor: string | null, currency: string): string {
  return minor === null ? say("none") : money(minor, currency);
}

function Import({ onDone, currency }: { readonly onDone: () => void; readonly currency: string }) {
  const [text, setText] = useState("");
  const [startsAt, setStartsAt] = useState("");
  const file = usePublishing("/api/catalogue-import", onDone);
  return (
    <section class="card">
      <h2>{say("import_catalogue")}</h2>
      <p class="sub">{say("import_help")}</p>
      <form
        class="filters"
        onSubmit={(event) => {
          event.preventDefault();
          void file.send({ text, startsAt }, false);
        }}
      >
        <Field label={say("count_file")}>
          <input
            type="file"
            accept=".csv,.json,text/csv,application/json"
            data-id="catalogue-file"
            onChange={({ currentTarget }) => {
              file.forget();
              void currentTarget.files?.[0]?.text().then(setText);
            }}
          />
        </Field>
        <Start startsAt={startsAt} onStart={setStartsAt} />
        <button type="submit" disabled={text === ""} data-id="import-preview">
          {say("price_preview")}
        </button>
      </form>
      <Answer {...file} currency={currency} onConfirm={() => void file.send({ text, startsAt }, true)} />
    </section>
  );
}
