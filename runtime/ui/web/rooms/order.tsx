/**
 * One order, whole: what staff has to look at, its items with what came back, and everything that
 * happened to it with whether that is stored here and at headquarters.
 */
import { milli, quantityText } from "../../../../core/money.ts";
import type { ClosingView, OrderDetail, SoldLineView, TimelineRow } from "../../panels.ts";
import { leftMilli } from "../../refund-amount.ts";
import { goTo, reprint, sendOnce } from "../actions.ts";
import type { Words } from "../i18n/en.ts";
import { BackHeader, Button, Frame } from "../parts/frame.tsx";
import { Icon } from "../parts/icons.tsx";
import { clerkName, detail, isSettled, itemName, money, order as current, said, words } from "../store.ts";
import type { Room } from "../store.ts";

type OrderRoomState = Extract<Room, { room: "order" }>;

/** The order of the open panel. */
export function OrderRoom({ shown }: { readonly shown: OrderRoomState }) {
  const t = words.value;
  const back = (): void => goTo({ room: shown.from });
  const panel = detail.value?.order === shown.order ? detail.value : null;
  const content = panel?.content ?? null;
  return (
    <Frame
      name="order"
      header={<BackHeader title={content === null ? t.orderTitle : titleOf(content)} onBack={back} />}
      bar={content === null ? undefined : <OrderBar content={content} from={shown.from} />}
    >
      <div class="scroll" tabIndex={0}>
        {panel !== null && content === null && <p class="hint">{said("screen/order_missing")}</p>}
        {content !== null && <OrderBody content={content} />}
      </div>
    </Frame>
  );
}

function titleOf(content: OrderDetail): string {
  const t = words.value;
  const receipt = content.closings.at(-1)?.receipt ?? "";
  if (receipt !== "") return receipt;
  if (content.label !== "") return content.label;
  return content.kind === "return" ? t.returnTitle : t.orderTitle;
}

function OrderBody({ content }: { readonly content: OrderDetail }) {
  const t = words.value;
  return (
    <>
      {content.marks.length > 0 && (
        <section class="marks" aria-label={t.marksTitle}>
          {content.marks.map((mark) => (
            <p key={mark} class="mark">
              <Icon name="warning" size={20} />
              <span>{said(`mark/${mark}`)}</span>
            </p>
          ))}
        </section>
      )}
      {content.returnOf !== "" && <p class="order-fact">{t.returnOfReceipt(content.returnOf)}</p>}
      {content.reason !== "" && (
        <p class="order-fact">
          {t.reason}: {content.reason}
        </p>
      )}
      {content.openLines.length > 0 && (
        <Sold title={t.linesTitle} lines={content.openLines} totalMinor={content.openTotalMinor} />
      )}
      {content.closings.map((closing) => (
        <Closing key={closing.closing} closing={closing} />
      ))}
      <h2 class="section">{t.historyTitle}</h2>
      <ol class="timeline" data-id="timeline">
        {content.timeline.map((row, index) => (
          <Step key={`${row.timeText} ${index}`} row={row} />
        ))}
      </ol>
    </>
  );
}

function Closing({ closing }: { readonly closing: ClosingView }) {
  const t = words.value;
  return (
    <>
      <Sold
        title={`${closing.timeText} · ${t.soldBy(clerkName(closing.clerk))}`}
        lines={closing.lines}
        totalMinor={closing.totalMinor}
      />
      <p class="order-fact">
        {closing.changeMinor > 0 &&
          `${t.received(money(closing.handedMinor))} · ${t.changeWas(money(closing.changeMinor))} · `}
        {closing.roundingMinor !== 0 && `${t.rounding} ${money(closing.roundingMinor)} · `}
        {t[`print_${closing.print}`]}
        {closing.copyCount > 0 && ` · ${t.copies(closing.copyCount)}`}
      </p>
    </>
  );
}

function Sold(props: {
  readonly title: string;
  readonly lines: readonly SoldLineView[];
  readonly totalMinor: number;
}) {
  const t = words.value;
  return (
    <section class="sold">
      <h2 class="section">{props.title}</h2>
      {props.lines.map((line) => (
        <p key={line.line} class="sold-line">
          <span class="sold-quantity">{quantityText(milli(line.quantityMilli))} ×</span>
          <span class="sold-name">
            {itemName(line.sku, line.name)}
            {line.note !== "" && <span class="line-note">{line.note}</span>}
            {line.returnedMilli > 0 && (
              <span class="sold-returned">
                <Icon name="returned" size={14} />
                {leftMilli(line) === 0
                  ? t.returnedAll
                  : t.returnedSome(quantityText(milli(line.returnedMilli)))}
              </span>
            )}
          </span>
          <span>{money(line.amountMinor)}</span>
        </p>
      ))}
      <p class="sold-total">
        <span>{t.total}</span>
        <span>{money(props.totalMinor)}</span>
      </p>
    </section>
  );
}

function Step({ row }: { readonly row: TimelineRow }) {
  const t = words.value;
  const parts = [
    row.quantityMilli === null ? "" : `${quantityText(milli(row.quantityMilli))} ×`,
    row.detail,
    row.amountMinor === null ? "" : money(row.amountMinor),
  ].filter((part) => part !== "");
  return (
    <li class="step" data-type={row.type}>
      <span class="step-time">{row.timeText}</span>
      <span class="step-what">
        <span class="step-name">{stepName(t, row.type)}</span>
        {parts.length > 0 && <span class="step-detail">{parts.join(" ")}</span>}
        {row.clerk !== "" && <span class="step-detail">{clerkName(row.clerk)}</span>}
      </span>
      <span class="step-signs">
        <StepSign isDone={row.isStored} icon="disk" label={row.isStored ? t.storedHere : t.storedNot} />
        <StepSign isDone={row.isSent} icon="up" label={row.isSent ? t.sentHq : t.sentNot} />
      </span>
    </li>
  );
}

function StepSign(props: { readonly isDone: boolean; readonly icon: "disk" | "up"; readonly label: string }) {
  return (
    <span class="step-sign" data-done={props.isDone} role="img" aria-label={props.label} title={props.label}>
      <Icon name={props.icon} size={16} />
      <Icon name={props.isDone ? "check" : "clock"} size={14} />
    </span>
  );
}

function stepName(t: Words, type: string): string {
  const key = `event_${type}`;
  return isStepKey(t, key) ? t[key] : t.event_other;
}

type StepKey = Extract<keyof Words, `event_${string}`>;

function isStepKey(t: Words, key: string): key is StepKey {
  return key in t;
}

function OrderBar({ content, from }: { readonly content: OrderDetail; readonly from: "sale" | "orders" }) {
  const t = words.value;
  const { order } = content;
  if (content.isParked) {
    return (
      <Button
        id="recall"
        tone="primary"
        isDisabled={!isSettled.value}
        onTap={() => sendOnce({ type: "recall_order", order })}
      >
        {t.recall}
      </Button>
    );
  }
  const closing = content.closings.at(-1);
  if (closing === undefined) {
    return current.value?.order === order ? (
      <Button id="go-on" tone="primary" onTap={() => goTo({ room: "sale" })}>
        {t.goOn}
      </Button>
    ) : null;
  }
  const canRefund = content.kind === "sale" && closing.lines.some((line) => leftMilli(line) > 0);
  return (
    <>
      <Button
        id="copy"
        tone="secondary"
        icon="printer"
        isDisabled={!isSettled.value}
        onTap={() => reprint(order)}
      >
        {t.printCopy}
      </Button>
      {content.kind === "sale" && (
        <Button
          id="refund"
          tone="primary"
          icon="returned"
          isDisabled={!canRefund}
          onTap={() => goTo({ room: "refund", order, from })}
        >
          {canRefund ? t.refund : t.returnedAll}
        </Button>
      )}
    </>
  );
}
