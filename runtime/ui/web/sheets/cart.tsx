/**
 * The whole order as a sheet: each line with its units and its removal, and what may be done with the
 * order besides taking money. Shows what the runtime said; a line changes when its answer has come.
 */
import { useEffect, useRef } from "preact/hooks";

import { milli, quantityText } from "../../../../core/money.ts";
import type { LineView, OrderView } from "../../wire.ts";
import { addUnit, openSheet, pay, removeLine, removeUnit } from "../actions.ts";
import { Icon } from "../parts/icons.tsx";
import { PriceRows } from "../parts/price-rows.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { isSettled, itemName, money, order, words } from "../store.ts";

/** The order's lines, newest at the bottom. */
export function CartSheet() {
  const t = words.value;
  const current = order.value;
  const list = useRef<HTMLUListElement>(null);
  const lineCount = current?.lines.length ?? 0;
  useEffect(() => {
    list.current?.lastElementChild?.scrollIntoView({ block: "nearest" });
  }, [lineCount]);
  // The last line is gone: nothing is left to show.
  useEffect(() => {
    if (lineCount === 0) openSheet(null);
  }, [lineCount]);
  if (current === null) return null;
  return (
    <Sheet
      name="cart"
      title={`${t.cart} · ${t.items(current.itemCount)}`}
      foot={current.phase === "open" ? <CartFoot current={current} /> : undefined}
    >
      {current.label !== "" && <p class="cart-label">{current.label}</p>}
      <ul class="lines" ref={list}>
        {current.lines.map((line) => (
          <CartLine key={line.line} current={current} line={line} />
        ))}
      </ul>
      <PriceRows current={current} />
      {current.phase === "open" && current.kind === "sale" && (
        <button
          type="button"
          class="button secondary"
          data-id="price"
          onClick={() => openSheet({ kind: "price" })}
        >
          {t.priceTitle}
        </button>
      )}
    </Sheet>
  );
}

function CartFoot({ current }: { readonly current: OrderView }) {
  const t = words.value;
  const isPayable = current.kind === "sale" && current.totalMinor > 0;
  return (
    <>
      <button
        type="button"
        class="square quiet danger"
        data-id="void"
        aria-label={t.cancelOrder}
        onClick={() => openSheet({ kind: "reason", ask: "void" })}
      >
        <Icon name="remove" />
      </button>
      <button
        type="button"
        class="button secondary"
        data-id="park"
        onClick={() => openSheet({ kind: "park" })}
      >
        <Icon name="pause" size={20} />
        {t.park}
      </button>
      {isPayable && (
        <button
          type="button"
          class="button primary pay"
          data-id="cart-pay"
          disabled={!isSettled.value}
          onClick={pay}
        >
          <span>{t.pay}</span>
          <span class="pay-amount">{money(current.totalMinor)}</span>
        </button>
      )}
    </>
  );
}

function CartLine({ current, line }: { readonly current: OrderView; readonly line: LineView }) {
  const t = words.value;
  const name = itemName(line.sku, line.name);
  return (
    <li class="line">
      <button
        type="button"
        class="line-head"
        data-id="line"
        onClick={() => openSheet({ kind: "line", line: line.line })}
      >
        <span class="spoken">{t.lineOf}</span>
        <span class="line-name">
          {name}
          <span class="line-each">{t.each(money(line.unitPriceMinor))}</span>
          {line.note !== "" && <span class="line-note">{line.note}</span>}
        </span>
        <span class="line-amount">{money(line.amountMinor)}</span>
        <Icon name="note" size={18} />
      </button>
      <LineTools current={current} line={line} name={name} />
    </li>
  );
}

/** One unit less, one more, and the line off the order. */
export function LineTools(props: {
  readonly current: OrderView;
  readonly line: LineView;
  readonly name: string;
}) {
  const { current, line, name } = props;
  const t = words.value;
  return (
    <div class="line-tools">
      <span class="stepper">
        <button
          type="button"
          class="square"
          data-id="minus"
          aria-label={t.oneMinus(name)}
          onClick={() => removeUnit(current.order, line)}
        >
          <Icon name="minus" />
        </button>
        <span class="line-quantity" data-id="quantity">
          {quantityText(milli(line.quantityMilli))}
        </span>
        <button
          type="button"
          class="square"
          data-id="plus"
          aria-label={t.onePlus(name)}
          onClick={() => addUnit(current.order, line)}
        >
          <Icon name="plus" />
        </button>
      </span>
      <span class="space" />
      <button
        type="button"
        class="square quiet danger"
        data-id="remove"
        aria-label={t.removeLine(name)}
        onClick={() => removeLine(current.order, line)}
      >
        <Icon name="remove" />
      </button>
    </div>
  );
}
