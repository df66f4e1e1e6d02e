/**
 * The whole order as a sheet: each line with its units, note and removal, and the note's own sheet.
 * Shows what the runtime said; a line changes when its answer has come.
 */
import { useEffect, useRef } from "preact/hooks";

import { milli, quantityText } from "../../../core/money.ts";
import { NOTE_LENGTH_MAX } from "../limits.ts";
import type { LineView, OrderView } from "../wire.ts";
import { addUnit, openSheet, pay, removeLine, removeUnit, setNote } from "./actions.ts";
import { Icon } from "./icons.tsx";
import { Sheet } from "./sheet.tsx";
import { isSettled, itemName, money, order, words } from "./store.ts";

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
  const foot =
    current.kind === "return" || current.totalMinor === 0 ? undefined : (
      <button
        type="button"
        class="button primary pay"
        data-id="cart-pay"
        disabled={!isSettled.value}
        onClick={pay}
      >
        <span>{t.pay}</span>
        <span class="pay-amount">{money(current.totalMinor)}</span>
        <span class="pay-count">· {current.itemCount}</span>
      </button>
    );
  return (
    <Sheet name="cart" title={`${t.cart} · ${t.items(current.itemCount)}`} foot={foot}>
      <ul class="lines" ref={list}>
        {current.lines.map((line) => (
          <CartLine key={line.line} current={current} line={line} />
        ))}
      </ul>
    </Sheet>
  );
}

function CartLine({ current, line }: { readonly current: OrderView; readonly line: LineView }) {
  const t = words.value;
  const name = itemName(line.sku, line.name);
  return (
    <li class="line">
      <div class="line-head">
        <span class="line-name">
          {name}
          <span class="line-each">{t.each(money(line.unitPriceMinor))}</span>
          {line.note !== "" && <span class="line-note">{line.note}</span>}
        </span>
        <span class="line-amount">{money(line.amountMinor)}</span>
      </div>
      <div class="line-tools">
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
        <span class="space" />
        <button
          type="button"
          class="square quiet"
          data-id="note"
          aria-label={t.noteFor(name)}
          onClick={() => openSheet({ kind: "note", line: line.line })}
        >
          <Icon name="note" />
        </button>
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
    </li>
  );
}

/** The note of one line. */
export function NoteSheet({ lineId }: { readonly lineId: LineView["line"] }) {
  const t = words.value;
  const input = useRef<HTMLInputElement>(null);
  const current = order.value;
  const line = current?.lines.find((each) => each.line === lineId);
  useEffect(() => input.current?.focus(), []);
  if (current === null || line === undefined) return null;
  const save = (): void => setNote(current.order, line, input.current?.value ?? "");
  const foot = (
    <button type="button" class="button primary" data-id="save-note" onClick={save}>
      {t.saveNote}
    </button>
  );
  return (
    <Sheet name="note" title={t.noteFor(itemName(line.sku, line.name))} foot={foot}>
      <input
        ref={input}
        class="text-entry"
        data-id="note-text"
        type="text"
        maxLength={NOTE_LENGTH_MAX}
        placeholder={t.notePlaceholder}
        aria-label={t.note}
        defaultValue={line.note}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key === "Enter") save();
        }}
      />
    </Sheet>
  );
}
