/**
 * The sale: items above, the newest line of the order and the pay buttons below. After a sale its
 * result lies over the lower part, and the next item may be tapped at once.
 */
import { milli, quantityText } from "../../../core/money.ts";
import type { OrderView } from "../wire.ts";
import { closeFree, openSheet, pay, payOut, pinDone, removeUnit, showOrders, takeCash } from "./actions.ts";
import { DonePanel } from "./done.tsx";
import { Frame, HeaderButton } from "./frame.tsx";
import { Icon } from "./icons.tsx";
import { clerk, done, initialOf, isSettled, itemName, last, money, order, welcome, words } from "./store.ts";
import { Categories, CategoryTiles } from "./tiles.tsx";

/** The screen on which a shop spends its day. */
export function SaleScreen() {
  const current = order.value;
  const isEmpty = current === null || current.lines.length === 0;
  return (
    <Frame name="sale" header={<SaleHeader />} bar={isEmpty ? <IdleBar /> : <PayBar current={current} />}>
      <Categories />
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
  const name = welcome.value?.staff.find((each) => each.clerk === clerk.value)?.name ?? clerk.value;
  return (
    <>
      <h1 class="title">
        <span class="avatar avatar-small" aria-hidden="true">
          {initialOf(name)}
        </span>
        <span class="title-text">{name}</span>
      </h1>
      <HeaderButton icon="search" id="search" label={t.search} onTap={() => openSheet({ kind: "search" })} />
      <HeaderButton icon="orders" id="orders" label={t.orders} onTap={() => showOrders(true)} />
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
      <button
        type="button"
        class="peek-line"
        data-id="cart"
        aria-label={t.openCart}
        onClick={() => openSheet({ kind: "cart" })}
      >
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
        aria-label={`${t.undoLast}: ${name}`}
        onClick={() => removeUnit(current.order, newest)}
      >
        <Icon name="minus" />
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
  return (
    <button type="button" class="button primary" disabled>
      {words.value.cartEmpty}
    </button>
  );
}

function PayBar({ current }: { readonly current: OrderView }) {
  const t = words.value;
  const isDisabled = !isSettled.value;
  const amount = money(current.totalMinor);
  if (current.kind === "return") {
    return (
      <button
        type="button"
        class="button primary"
        data-id="pay-out"
        disabled={isDisabled}
        onClick={() => payOut(current.order)}
      >
        {t.payOut} {amount}
      </button>
    );
  }
  if (current.totalMinor === 0) {
    return (
      <button
        type="button"
        class="button primary"
        data-id="close-free"
        disabled={isDisabled}
        onClick={() => closeFree(current.order)}
      >
        {t.closeFree}
      </button>
    );
  }
  return (
    <>
      <button
        type="button"
        class="button secondary"
        data-id="cash-exact"
        aria-label={t.cashExactAmount(amount)}
        disabled={isDisabled}
        onClick={() => takeCash(current.order, current.leftMinor)}
      >
        {t.cashExact}
      </button>
      <button
        type="button"
        class="button primary pay"
        data-id="pay"
        aria-label={t.payAmount(amount, current.itemCount)}
        disabled={isDisabled}
        onClick={pay}
      >
        <span>{t.pay}</span>
        <span class="pay-amount">{amount}</span>
        <span class="pay-count">· {current.itemCount}</span>
      </button>
    </>
  );
}
