/**
 * The orders of today and those that wait, newest first: state, amount, whether headquarters has them.
 * Colour is never the only sign: each state has its icon and its word.
 */
import { useSignal } from "@preact/signals";

import type { OrderRow } from "../../wire.ts";
import { goTo, reprint } from "../actions.ts";
import { isListed, ORDER_FILTERS } from "../order-filter.ts";
import { Choices } from "../parts/choices.tsx";
import { BackHeader, Button, Frame } from "../parts/frame.tsx";
import { Icon } from "../parts/icons.tsx";
import type { IconName } from "../parts/icons.tsx";
import { last, money, orderFilter, orders, words } from "../store.ts";

/** The list with its filters and its search. */
export function OrdersRoom() {
  const t = words.value;
  const query = useSignal("");
  const sale = last.value;
  const all = orders.value ?? [];
  const rows = all.filter((row) => isListed(row, orderFilter.value, query.value, money(row.totalMinor)));
  const bar =
    sale === null ? undefined : (
      <Button id="reprint-last" tone="primary" icon="printer" onTap={() => reprint(sale.order)}>
        {t.reprintLast}
      </Button>
    );
  return (
    <Frame
      name="orders"
      header={<BackHeader title={t.todaysOrders} onBack={() => goTo({ room: "sale" })} />}
      bar={bar}
    >
      <Choices
        name="filter"
        label={t.filters}
        choices={ORDER_FILTERS.map((id) => ({ id, label: t[`filter_${id}`] }))}
        chosen={orderFilter.value}
        isRow
        onChoose={(id) => {
          orderFilter.value = id;
        }}
      />
      <div class="search-line">
        <input
          class="text-entry"
          data-id="order-query"
          type="search"
          autocomplete="off"
          placeholder={t.searchOrders}
          aria-label={t.searchOrders}
          onInput={(event) => {
            query.value = event.currentTarget.value;
          }}
        />
      </div>
      <div class="scroll">
        {rows.length === 0 && <p class="hint">{all.length === 0 ? t.noOrders : t.noOrdersLike}</p>}
        <ul class="rows">
          {rows.map((row) => (
            <Row key={row.order} row={row} />
          ))}
        </ul>
      </div>
    </Frame>
  );
}

const STATE_ICONS: Readonly<Record<OrderRow["phase"], IconName>> = {
  open: "note",
  frozen: "note",
  closed: "check",
  voided: "close",
};

function Row({ row }: { readonly row: OrderRow }) {
  const t = words.value;
  const name = row.label !== "" ? row.label : row.receipt;
  return (
    <li class="row" data-phase={row.phase}>
      <button
        type="button"
        class="row-open"
        data-id="row"
        onClick={() => goTo({ room: "order", order: row.order, from: "orders" })}
      >
        <span class="row-time">{row.timeText}</span>
        <span class="row-main">
          <span class="row-amount">{money(row.totalMinor)}</span>
          <span class="row-signs">
            <RowSigns row={row} />
          </span>
          <span class="row-detail">
            {t.items(row.itemCount)}
            {name !== "" && <span> · {name}</span>}
          </span>
        </span>
      </button>
      {row.receipt !== "" && (
        <button
          type="button"
          class="square"
          data-id="reprint"
          aria-label={t.reprintOf(row.receipt)}
          onClick={() => reprint(row.order)}
        >
          <Icon name="printer" />
        </button>
      )}
    </li>
  );
}

/** The states of an order as badges: what it is, and what staff must know. */
export function RowSigns({ row }: { readonly row: OrderRow }) {
  const t = words.value;
  const state = row.kind === "return" && row.phase === "closed" ? "refunded" : row.phase;
  return (
    <>
      <span class="badge" data-phase={row.phase}>
        <Icon name={row.isParked ? "pause" : STATE_ICONS[row.phase]} size={14} />
        {row.isParked ? t.parkedBadge : t[`phase_${state}`]}
      </span>
      {row.isReturned && (
        <span class="badge">
          <Icon name="returned" size={14} />
          {t.returns}
        </span>
      )}
      {!row.isStored && (
        <span class="badge badge-red">
          <Icon name="warning" size={14} />
          {t.notStored}
        </span>
      )}
      {row.isUnsent && (
        <span class="badge badge-amber" data-id="row-unsent">
          <Icon name="up" size={14} />
          {t.notSent}
        </span>
      )}
      {row.markCount > 0 && (
        <span class="badge badge-red" data-id="row-marks">
          <Icon name="warning" size={14} />
          {t.marksBadge(row.markCount)}
        </span>
      )}
      {(row.print === "failed" || row.print === "unknown") && (
        <span class="badge badge-red">
          <Icon name="warning" size={14} />
          {t[`print_${row.print}`]}
        </span>
      )}
    </>
  );
}
