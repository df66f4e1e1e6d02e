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
import { LongList } from "../parts/long-list.tsx";
import type { RowPlace } from "../parts/long-list.tsx";
import { last, money, orderFilter, orders, words } from "../store.ts";

/** CSS px of a row, its rule included: look/lists.css has the same. */
const ROW_PX = 96;

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
      <LongList
        rows={rows}
        rowPx={ROW_PX}
        hint={all.length === 0 ? t.noOrders : t.noOrdersLike}
        draw={(row, place) => <Row key={row.order} row={row} place={place} />}
      />
    </Frame>
  );
}

const STATE_ICONS: Readonly<Record<OrderRow["phase"], IconName>> = {
  open: "note",
  frozen: "note",
  closed: "check",
  voided: "close",
};

function Row({ row, place }: { readonly row: OrderRow; readonly place: RowPlace }) {
  const t = words.value;
  const name = row.label !== "" ? row.label : row.receipt;
  return (
    <li class="row row-order" data-phase={row.phase} {...place}>
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

// What staff must know beside the order's own state. A row has one line for it: more than one sign is
// shown by icons, which the order's own room puts in words.
function signsOf(row: OrderRow): readonly Sign[] {
  const t = words.value;
  const signs: (Sign | false)[] = [
    !row.isStored && { id: "row-unstored", icon: "warning", tone: "badge-red", word: t.notStored },
    row.markCount > 0 && {
      id: "row-marks",
      icon: "warning",
      tone: "badge-red",
      word: t.marksBadge(row.markCount),
    },
    (row.print === "failed" || row.print === "unknown") && {
      id: "row-print",
      icon: "printer",
      tone: "badge-red",
      word: t[`print_${row.print}`],
    },
    row.isUnsent && { id: "row-unsent", icon: "up", tone: "badge-amber", word: t.notSent },
    row.isReturned && { id: "row-returned", icon: "returned", tone: "", word: t.returns },
  ];
  return signs.filter((sign) => sign !== false);
}

interface Sign {
  readonly id: string;
  readonly icon: IconName;
  readonly tone: string;
  readonly word: string;
}

function RowSigns({ row }: { readonly row: OrderRow }) {
  const t = words.value;
  const state = row.kind === "return" && row.phase === "closed" ? "refunded" : row.phase;
  const signs = signsOf(row);
  return (
    <>
      <span class="badge" data-phase={row.phase}>
        <Icon name={row.isParked ? "pause" : STATE_ICONS[row.phase]} size={14} />
        {row.isParked ? t.parkedBadge : t[`phase_${state}`]}
      </span>
      {signs.map(({ id, icon, tone, word }) => (
        <span key={id} class={`badge ${tone}`} data-id={id}>
          <Icon name={icon} size={14} />
          {signs.length === 1 ? word : <span class="spoken">{word}</span>}
        </span>
      ))}
    </>
  );
}
