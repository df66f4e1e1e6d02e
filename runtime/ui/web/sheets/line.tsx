/**
 * One line of the order: its units, its note by a chip or in words, and its removal. Units change at
 * once; the note is sent when it is saved.
 */
import { useEffect, useRef } from "preact/hooks";

import { NOTE_LENGTH_MAX } from "../../limits.ts";
import type { LineView, OrderView } from "../../wire.ts";
import { openSheet, setNote } from "../actions.ts";
import { Button } from "../parts/frame.tsx";
import { PriceSteps } from "../parts/price-rows.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { itemName, money, order, words } from "../store.ts";
import { LineTools } from "./cart.tsx";

const NOTES = ["noteNoSugar", "noteNoIce", "noteHot", "noteToGo", "noteGift"] as const;

/** The sheet of a line; back in the order once it is done or the line is gone. */
export function LineSheet({ lineId }: { readonly lineId: LineView["line"] }) {
  const t = words.value;
  const input = useRef<HTMLInputElement>(null);
  const current = order.value;
  const line = current?.lines.find((each) => each.line === lineId);
  const isGone = line === undefined;
  useEffect(() => {
    if (isGone) openSheet({ kind: "cart" });
  }, [isGone]);
  if (current === null || line === undefined) return null;
  const save = (): void => {
    setNote(current.order, line, input.current?.value ?? "");
    openSheet({ kind: "cart" });
  };
  const addWord = (word: string): void => {
    if (input.current === null) return;
    const { value } = input.current;
    input.current.value = value === "" ? word : `${value}, ${word}`.slice(0, NOTE_LENGTH_MAX);
  };
  const name = itemName(line.sku, line.name);
  return (
    <Sheet
      name="line"
      title={name}
      foot={
        <Button id="save-note" tone="primary" onTap={save}>
          {t.saveNote}
        </Button>
      }
    >
      <p class="line-sum">
        <span>{t.each(money(line.unitPriceMinor))}</span>
        <span class="line-amount">{money(line.amountMinor)}</span>
      </p>
      <LinePrice current={current} line={line} />
      <LineTools current={current} line={line} name={name} />
      <input
        ref={input}
        class="text-entry"
        data-id="note-text"
        type="text"
        maxLength={NOTE_LENGTH_MAX}
        placeholder={t.notePlaceholder}
        aria-label={t.noteFor(name)}
        defaultValue={line.note}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key === "Enter") save();
        }}
      />
      <div class="choices">
        {NOTES.map((key) => (
          <button key={key} type="button" class="chip" data-id={key} onClick={() => addWord(t[key])}>
            {t[key]}
          </button>
        ))}
      </div>
    </Sheet>
  );
}

/** Why the line costs what it costs, and a discount on it. */
function LinePrice({ current, line }: { readonly current: OrderView; readonly line: LineView }) {
  return (
    <>
      <PriceSteps
        price={current.pricing?.lines.find((its) => its.line === line.line)}
        version={current.pricing?.version ?? null}
      />
      {current.phase === "open" && current.kind === "sale" && (
        <button
          type="button"
          class="button secondary"
          data-id="line-discount"
          onClick={() => openSheet({ kind: "discount", line: line.line })}
        >
          {words.value.discount}
        </button>
      )}
    </>
  );
}
