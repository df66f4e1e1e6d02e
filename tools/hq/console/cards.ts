/**
 * The page Card cases: what nobody knew, what people decided, money that readers moved unasked, and ends
 * of day that did not agree; each with how it stands now. Nothing can be changed here: the terminal's own
 * reader, or a second person there, settles a case.
 */
import { isOrderEvent } from "../../../core/evolve.ts";
import { eventId, eventIdFrom } from "../../../core/ids.ts";
import type { OrderId } from "../../../core/ids.ts";
import { foldOrder } from "../../../core/order/fold.ts";
import { compareRecorded } from "../../../core/order/sort.ts";
import type { Order, RecordedOrderEvent } from "../../../core/order/types.ts";
import type { CardTender } from "../../../core/tender/types.ts";
import { decodeRecord } from "../../../protocol/record.ts";
import { dayCasesIn } from "../project-cards.ts";
import type { StoredRecord } from "../store/console.ts";
import { CARD_TYPES } from "../store/rows.ts";
import type { HouseRow } from "../store/rows.ts";
import type { Page } from "./api.ts";
import type { CardCaseRow } from "./api-house.ts";
import type { ConsoleContext } from "./context.ts";
import { pageOf } from "./page.ts";
import { timeCursorIn, timeCursorText } from "./query.ts";
import type { Asked } from "./query.ts";

const PAGE_COUNT = 50;

/** One page of cases, newest first; of one tender only what was said last. */
export async function cardCasesPage(context: ConsoleContext, asked: Asked): Promise<Page<CardCaseRow>> {
  const { store, tenant } = context;
  const rows = await store.console.house(tenant, CARD_TYPES, timeCursorIn(asked), PAGE_COUNT + 1);
  const orders = await ordersOf(context, rows);
  const page = pageOf(
    rows,
    PAGE_COUNT,
    (row) => caseRow(row, orders),
    ({ atMs, terminal, epoch, seq }) => timeCursorText({ atMs, terminal, epoch, seq, sku: "" }),
  );
  const seen = new Set<string>();
  const newest = page.rows.filter(({ tender }) => tender === "" || (!seen.has(tender) && seen.add(tender)));
  const isOpenOnly = asked("open") === "1";
  return { ...page, rows: isOpenOnly ? newest.filter(({ isOpen }) => isOpen) : newest };
}

/** Cases of the newest page that a person still has to see to. */
export async function openCardCases(context: ConsoleContext): Promise<readonly CardCaseRow[]> {
  const { rows } = await cardCasesPage(context, (name) => (name === "open" ? "1" : ""));
  return rows.filter(({ tender }) => tender !== "");
}

async function ordersOf(
  { store, tenant }: ConsoleContext,
  rows: readonly HouseRow[],
): Promise<ReadonlyMap<string, Order>> {
  const ids = [...new Set(rows.flatMap(({ order }) => eventIdFrom(order) ?? []))];
  const records = await store.console.recordsOf(tenant, ids);
  return new Map([...records].map(([id, stored]) => [id, folded(id, stored)]));
}

function folded(id: OrderId, stored: readonly StoredRecord[]): Order {
  const events = stored.flatMap((record): readonly RecordedOrderEvent[] => {
    const decoded = decodeRecord(record.bytes, record);
    if (!decoded.ok) return [];
    const { event } = decoded.value;
    return isOrderEvent(event) ? [{ ...decoded.value, event }] : [];
  });
  return foldOrder(id, events.sort(compareRecorded));
}

function caseRow(row: HouseRow, orders: ReadonlyMap<string, Order>): CardCaseRow {
  const { type, terminal, atMs, clerk, subject, order, detail } = row;
  const held = orders.get(order);
  const card = held?.checks.flatMap(({ cards }) => cards).find(({ id }) => id === subject) ?? null;
  const isDay = type === "reader_day_closed";
  return {
    ...{ id: eventId(row), type, terminal, atMs, clerk, order },
    tender: isDay ? "" : subject,
    reader: isDay ? subject : `${card?.reader ?? ""} ${card?.serial ?? ""}`.trim(),
    label: held?.label ?? "",
    currency: held?.currency ?? "",
    minor: isDay ? "" : String(row.amountMinor === 0 ? (card?.amountMinor ?? 0) : row.amountMinor),
    card: card?.result === null || card === null ? "" : `${card.result.brand} ${card.result.lastFour}`.trim(),
    detail: isDay ? "" : detail,
    state: isDay ? "differs" : stateOf(card),
    isOpen: isDay || isOpen(card),
    differences: isDay ? dayCasesIn(detail) : [],
  };
}

function stateOf(card: CardTender | null): string {
  if (card === null) return "unknown";
  if (hasOrphan(card)) return "orphaned";
  return card.isOverridden && isOpen(card) ? "overridden" : card.status;
}

function hasOrphan({ orphans }: CardTender): boolean {
  return orphans.some(({ isSettled }) => !isSettled);
}

const OPEN: ReadonlySet<CardTender["status"]> = new Set(["requested", "approved", "unknown", "orphaned"]);

function isOpen(card: CardTender | null): boolean {
  return card === null || OPEN.has(card.status) || card.status === "declined_later" || hasOrphan(card);
}
