/**
 * The orders of today, newest first: state, amount, whether headquarters has them, and reprint.
 * Colour is never the only sign: each state has its icon and its word.
 */
import type { OrderRow } from "../wire.ts";
import { reprint, showOrders } from "./actions.ts";
import { Frame, HeaderButton } from "./frame.tsx";
import { Icon } from "./icons.tsx";
import type { IconName } from "./icons.tsx";
import { last, money, orders, words } from "./store.ts";

/** The list of today. */
export function OrdersScreen() {
  const t = words.value;
  const header = (
    <>
      <HeaderButton icon="back" id="back" label={t.back} onTap={() => showOrders(false)} />
      <h1 class="title">{t.todaysOrders}</h1>
    </>
  );
  const sale = last.value;
  const bar =
    sale === null ? undefined : (
      <button type="button" class="button primary" data-id="reprint-last" onClick={() => reprint(sale.order)}>
        <Icon name="printer" size={22} />
        {t.reprintLast}
      </button>
    );
  return (
    <Frame name="orders" header={header} bar={bar}>
      <div class="scroll">
        {orders.value?.length === 0 && <p class="hint">{t.noOrders}</p>}
        <ul class="rows">
          {orders.value?.map((row) => (
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
  const state = row.kind === "return" && row.phase === "closed" ? "refunded" : row.phase;
  return (
    <li class="row" data-phase={row.phase}>
      <span class="row-time">{row.timeText}</span>
      <span class="row-main">
        <span class="row-amount">{money(row.totalMinor)}</span>
        <span class="row-signs">
          <span class="badge" data-phase={row.phase}>
            <Icon name={STATE_ICONS[row.phase]} size={14} />
            {t[`phase_${state}`]}
          </span>
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
          {(row.print === "failed" || row.print === "unknown") && (
            <span class="badge badge-red">
              <Icon name="warning" size={14} />
              {t[`print_${row.print}`]}
            </span>
          )}
        </span>
        <span class="row-detail">
          {t.items(row.itemCount)}
          {row.receipt !== "" && <span> · {row.receipt}</span>}
        </span>
      </span>
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
