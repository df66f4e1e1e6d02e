/**
 * The sale: items above, the newest line of the order and the pay buttons below. After a sale its
 * result lies over the lower part, and the next item may be tapped at once.
 */
import { milli, quantityText } from "../../../../core/money.ts";
import type { OrderView } from "../../wire.ts";
import { goTo, openSheet, pay, sendOnce, takeCash } from "../actions.ts";
import { pinDone } from "../passing.ts";
import { DonePanel } from "../parts/done.tsx";
import { Button, Frame, HeaderButton } from "../parts/frame.tsx";
import { Icon } from "../parts/icons.tsx";
import { ScaleStrip } from "../parts/scale.tsx";
import { Categories, CategoryTiles } from "../parts/tiles.tsx";
import {
  clerk,
  clerkName,
  done,
  initialOf,
  isSettled,
  itemName,
  last,
  money,
  order,
  orderFilter,
  status,
  words,
} from "../store.ts";

/** The screen on which a shop spends its day. */
export function SaleRoom() {
  const current = order.value;
  const isEmpty = current === null || current.lines.length === 0;
  return (
    <Frame name="sale" header={<SaleHeader />} bar={isEmpty ? <IdleBar /> : <PayBar current={current} />}>
      <Categories />
      <ScaleStrip />
      <div class="scroll">
        <CategoryTiles />
      </div>
      {isEmpty ? <LastPeek /> : <CartPeek current={current} />}
      <p class="spoken" aria-live="polite">
        {isEmpty ? "" : `${words.value.total} ${money(current.totalMinor)}`}
      </p>
      {done.value !== "hidden" && isEmpty && <DonePanel />}
    </Frame>
  );
}

function SaleHeader() {
  const t = words.value;
  const name = clerkName(clerk.value);
  return (
    <>
      <h1 class="title">
        <span class="avatar avatar-small" aria-hidden="true">
          {initialOf(name)}
        </span>
        <span class="title-text">{name}</span>
      </h1>
      <HeaderButton icon="search" id="search" label={t.search} onTap={() => openSheet({ kind: "search" })} />
      <HeaderButton icon="orders" id="orders" label={t.orders} onTap={() => goTo({ room: "orders" })} />
      <HeaderButton icon="more" id="menu" label={t.more} onTap={() => openSheet({ kind: "menu" })} />
    </>
  );
}

function CartPeek({ current }: { readonly current: OrderView }) {
  const t = words.value;
  const newest = current.lines.at(-1);
  if (newest === undefined) return null;
  const name = itemName(newest.sku, newest.name);
  return (
    <div class="peek">
      <button type="button" class="peek-line" data-id="cart" onClick={() => openSheet({ kind: "cart" })}>
        <span class="spoken">{t.openCart}</span>
        <span class="peek-count">{current.itemCount}</span>
        <span class="peek-name">
          {name}
          <span class="peek-detail">
            {quantityText(milli(newest.quantityMilli))} × {money(newest.unitPriceMinor)}
          </span>
        </span>
        <span class="peek-amount">{money(newest.amountMinor)}</span>
      </button>
      <button
        type="button"
        class="square"
        data-id="undo"
        aria-label={t.undoLast}
        disabled={!current.canUndo || !isSettled.value}
        onClick={() => sendOnce({ type: "undo", order: current.order })}
      >
        <Icon name="undo" />
      </button>
    </div>
  );
}

function LastPeek() {
  const t = words.value;
  const sale = last.value;
  if (sale === null) return null;
  return (
    <div class="peek">
      <button type="button" class="peek-line peek-last" data-id="last" onClick={pinDone}>
        <Icon name="check" size={20} />
        <span class="peek-name">
          {t.lastSale(money(sale.totalMinor))}
          {sale.changeMinor > 0 && <span class="peek-detail">{t.changeWas(money(sale.changeMinor))}</span>}
        </span>
      </button>
    </div>
  );
}

function IdleBar() {
  const t = words.value;
  const parkedCount = status.value?.parkedCount ?? 0;
  const showParked = (): void => {
    orderFilter.value = "parked";
    goTo({ room: "orders" });
  };
  return (
    <>
      {parkedCount > 0 && (
        <Button id="parked" tone="secondary" icon="pause" onTap={showParked}>
          {t.parkedCount(parkedCount)}
        </Button>
      )}
      <button type="button" class="button idle" disabled>
        {t.cartEmpty}
      </button>
    </>
  );
}

function PayBar({ current }: { readonly current: OrderView }) {
  const t = words.value;
  const isDisabled = !isSettled.value;
  if (current.kind === "return") {
    return (
      <Button
        id="pay-out"
        tone="primary"
        isDisabled={isDisabled}
        onTap={() => sendOnce({ type: "pay_out_cash", order: current.order })}
      >
        {t.payOut} {money(current.cashLeftMinor)}
      </Button>
    );
  }
  if (current.totalMinor === 0) {
    return (
      <Button
        id="close-free"
        tone="primary"
        isDisabled={isDisabled}
        onTap={() => sendOnce({ type: "close_without_tender", order: current.order })}
      >
        {t.closeFree}
      </Button>
    );
  }
  const amount = money(current.totalMinor);
  return (
    <>
      <button
        type="button"
        class="button secondary"
        data-id="cash-exact"
        disabled={isDisabled}
        onClick={() => takeCash(current, current.cashLeftMinor)}
      >
        {t.cashExact}
        <span class="spoken">{money(current.cashLeftMinor)}</span>
      </button>
      <button type="button" class="button primary pay" data-id="pay" disabled={isDisabled} onClick={pay}>
        <span>{t.pay}</span>
        <span class="pay-amount">{amount}</span>
        <span class="pay-count">· {current.itemCount}</span>
      </button>
    </>
  );
}
