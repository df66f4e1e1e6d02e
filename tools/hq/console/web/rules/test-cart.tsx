/**
 * The test cart: what goods cost under the draft, priced by core at headquarters, and why. All of the
 * cart is in the address, so it can be sent.
 */
import { useEffect, useState } from "preact/hooks";
import type { CatalogueRow } from "../../api.ts";
import type { CartAnswer, CartLineAnswer, CartReason } from "../../api-rules.ts";
import { tell, useRows } from "../ask.ts";
import type { Failure } from "../ask.ts";
import { money } from "../format.ts";
import { Entry, Field, Filters } from "../parts/filters.tsx";
import { Empty, Failed } from "../parts/states.tsx";
import { Table } from "../parts/table.tsx";
import { filter, go, withFilters } from "../route.ts";
import { language, say, sayCode } from "../words/words.ts";
import { draft } from "./draft.ts";
import { Problems } from "./problems.tsx";

interface Wanted {
  readonly sku: string;
  readonly quantityMilli: number;
}

const MILLI = 1000;
const SHOWN_ITEMS_COUNT = 12;
const ASK_AFTER_MS = 150;

/** See the header. */
export function TestCart() {
  const wanted = wantedIn(filter("cart"));
  const { answer, failure, again } = usePriced(wanted);
  return (
    <>
      <Place />
      <Add wanted={wanted} />
      {failure === null ? null : <Failed failure={failure} again={again} />}
      {wanted.length === 0 ? <Empty>{say("cart_empty")}</Empty> : null}
      {answer !== null && answer.problems.length > 0 ? <Problems problems={answer.problems} /> : null}
      {answer !== null && answer.refusal !== "" ? (
        <p class="failed" role="alert">
          {say("cart_refused", { code: answer.refusal })}
        </p>
      ) : null}
      {answer === null || answer.totals === null ? null : <Priced answer={answer} wanted={wanted} />}
    </>
  );
}

// "tea:2000;bun:1000"
function wantedIn(text: string): readonly Wanted[] {
  return text.split(";").flatMap((part) => {
    const [, sku = "", quantity = ""] = /^(.+):(\d+)$/.exec(part) ?? [];
    return sku === "" ? [] : [{ sku: decodeURIComponent(sku), quantityMilli: Number(quantity) }];
  });
}

function put(wanted: readonly Wanted[]): void {
  const text = wanted
    .map(({ sku, quantityMilli }) => `${encodeURIComponent(sku)}:${quantityMilli}`)
    .join(";");
  go(withFilters({ cart: text }));
}

function usePriced(wanted: readonly Wanted[]) {
  const [state, setState] = useState<{
    readonly answer: CartAnswer | null;
    readonly failure: Failure | null;
  }>({
    answer: null,
    failure: null,
  });
  const [turn, setTurn] = useState(0);
  const text = draft.value ?? "";
  const coupons = filter("coupons")
    .split(";")
    .map((code) => code.trim().toUpperCase())
    .filter((code) => code !== "");
  const body = {
    text,
    lines: wanted,
    at: filter("at"),
    store: filter("store"),
    channel: filter("channel") === "" ? "counter" : filter("channel"),
    tier: filter("tier"),
    guestCount: /^\d{1,6}$/.test(filter("guests")) ? Number(filter("guests")) : 0,
    coupons,
  };
  const asked = JSON.stringify(body);
  useEffect(() => {
    let isOld = false;
    const timer = setTimeout(() => {
      void tell<CartAnswer>("/api/rules-price", body).then((said) => {
        if (!isOld)
          setState(said.ok ? { answer: said.value, failure: null } : { answer: null, failure: said.failure });
      });
    }, ASK_AFTER_MS);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [asked, turn]);
  return { ...state, again: () => setTurn(turn + 1) };
}

function Place() {
  return (
    <Filters>
      <Field label={`${say("cart_at")} (${say("cart_now")})`}>
        <input
          type="datetime-local"
          value={filter("at")}
          data-id="cart-at"
          onChange={({ currentTarget }) => go(withFilters({ at: currentTarget.value }))}
        />
      </Field>
      <Entry name="store" label={say("store")} />
      <Entry name="channel" label={say("channel")} placeholder="counter" />
      <Entry name="tier" label={say("tier")} />
      <Entry name="guests" label={say("guests")} />
      <Entry name="coupons" label={say("coupons")} />
    </Filters>
  );
}

function Add({ wanted }: { readonly wanted: readonly Wanted[] }) {
  const list = useRows<CatalogueRow>("/api/catalogue", { q: filter("q") });
  const shown = list.rows.slice(0, SHOWN_ITEMS_COUNT);
  return (
    <section>
      <Filters>
        <Entry name="q" label={say("cart_add")} />
      </Filters>
      <p class="items">
        {shown.map(({ sku, nameEn, nameZh }) => (
          <button
            key={sku}
            type="button"
            data-id={`add-${sku}`}
            onClick={() => {
              const known = wanted.some((each) => each.sku === sku);
              put(
                known
                  ? wanted.map((each) =>
                      each.sku === sku ? { sku, quantityMilli: each.quantityMilli + MILLI } : each,
                    )
                  : [...wanted, { sku, quantityMilli: MILLI }],
              );
            }}
          >
            {language.value === "zh" ? nameZh : nameEn}
          </button>
        ))}
      </p>
    </section>
  );
}

function Priced({ answer, wanted }: { readonly answer: CartAnswer; readonly wanted: readonly Wanted[] }) {
  const { currency, lines, totals, explained } = answer;
  const shown = (minor: string): string => money(minor, currency);
  return (
    <>
      <Table
        label={say("rules_test")}
        rows={lines}
        keyOf={({ sku }) => sku}
        columns={[
          { name: say("name"), cell: ({ name }) => name },
          { name: say("quantity"), cell: ({ sku }) => <Quantity sku={sku} wanted={wanted} /> },
          { name: say("list_price"), isFigure: true, cell: ({ listMinor }) => shown(listMinor) },
          {
            name: say("off"),
            cell: ({ shares, grossMinor, listMinor }) => (
              <Off shares={shares} overrideMinor={difference(grossMinor, listMinor)} shown={shown} />
            ),
          },
          { name: say("tax"), isFigure: true, cell: ({ taxMinor }) => shown(taxMinor) },
          { name: say("to_pay"), isFigure: true, cell: ({ netMinor }) => shown(netMinor) },
        ]}
      />
      {totals === null ? null : (
        <dl class="figures">
          <Figure name={say("list_price")} value={shown(totals.grossMinor)} />
          <Figure name={say("off")} value={shown(difference("0", totals.discountMinor))} id="cart-off" />
          {totals.feesMinor === "0" ? null : <Figure name={say("fees")} value={shown(totals.feesMinor)} />}
          <Figure
            name={say(totals.isTaxInclusive ? "tax_inside" : "tax_on_top")}
            value={shown(totals.taxMinor)}
          />
          <Figure name={say("total")} value={shown(totals.totalMinor)} id="cart-total" />
        </dl>
      )}
      {explained === null ? null : (
        <details open>
          <summary>{say("why")}</summary>
          <ul class="reasons" data-id="why">
            <Reason reason={explained} shown={shown} />
          </ul>
        </details>
      )}
    </>
  );
}

function Figure(props: { readonly name: string; readonly value: string; readonly id?: string }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd data-id={props.id}>{props.value}</dd>
    </div>
  );
}

function Quantity({ sku, wanted }: { readonly sku: string; readonly wanted: readonly Wanted[] }) {
  const known = wanted.find((each) => each.sku === sku);
  return (
    <input
      class="quantity"
      type="number"
      min={0}
      step={0.001}
      aria-label={`${say("quantity")} ${sku}`}
      value={(known?.quantityMilli ?? 0) / MILLI}
      onChange={({ currentTarget }) => {
        const quantityMilli = Math.round(Number(currentTarget.value) * MILLI);
        const next = wanted.map((each) => (each.sku === sku ? { sku, quantityMilli } : each));
        put(next.filter((each) => each.quantityMilli > 0));
      }}
    />
  );
}

function Off(props: {
  readonly shares: CartLineAnswer["shares"];
  readonly overrideMinor: string;
  readonly shown: (minor: string) => string;
}) {
  const { shares, overrideMinor, shown } = props;
  return (
    <>
      {overrideMinor === "0" ? null : (
        <span class="chip">
          {say("reason_override")} {shown(overrideMinor)}
        </span>
      )}
      {shares.map(({ promotion, amountMinor }) => (
        <span key={promotion} class="chip good">
          {promotion} {shown(difference("0", amountMinor))}
        </span>
      ))}
    </>
  );
}

function difference(a: string, b: string): string {
  return String(BigInt(a) - BigInt(b));
}

function Reason({
  reason,
  shown,
}: {
  readonly reason: CartReason;
  readonly shown: (minor: string) => string;
}) {
  const [word = "", ...rest] = reason.rule.split(" ");
  return (
    <li>
      {sayCode("reason", word).replace("{id}", rest.join(" "))} <strong>{shown(reason.amountMinor)}</strong>
      {reason.parts.length === 0 ? null : (
        <ul>
          {reason.parts.map((part, index) => (
            <Reason key={index} reason={part} shown={shown} />
          ))}
        </ul>
      )}
    </li>
  );
}
