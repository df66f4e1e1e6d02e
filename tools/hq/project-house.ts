/**
 * What the console's audit is made of: records about people, drawers and machines, each as one row of
 * plain words. Says nothing of whether something was right; the rows are facts.
 */
import { eventId } from "../../core/ids.ts";
import type { Recorded } from "../../core/types.ts";
import { saidOfCards } from "./project-cards.ts";
import type { HouseRow } from "./store/rows.ts";

type Said = Pick<HouseRow, "type"> &
  Partial<Pick<HouseRow, "clerk" | "subject" | "amountMinor" | "order" | "detail">>;

/** The row of a record, or null where it is about something else. */
export function houseRowOf(recorded: Recorded): HouseRow | null {
  const said = saidOf(recorded);
  if (said === null) return null;
  const { terminal, epoch, seq, lamport, at, cause } = recorded;
  const empty = { clerk: cause?.clerk ?? "", subject: "", amountMinor: 0, order: "", detail: "" };
  return { terminal, epoch, seq, lamport, atMs: at, ...empty, ...said };
}

function saidOf(recorded: Recorded): Said | null {
  const { event } = recorded;
  switch (event.type) {
    case "epoch_started":
      return { type: event.type, subject: event.opening, detail: event.runtimeVersion };
    case "continuity_lost":
      return { type: event.type, subject: event.series, detail: event.detail };
    case "order_voided":
      return { type: event.type, order: event.order, detail: event.reason };
    case "item_availability_set":
      return { type: event.type, subject: event.sku, detail: event.isSoldOut ? "sold_out" : "on_sale" };
    case "clock_flagged":
      return { type: event.type, subject: event.flag, detail: String(event.byMs) };
    case "clock_trusted":
      return { type: event.type };
    default:
      return saidOfDrawer(recorded) ?? saidOfPeople(recorded) ?? saidOfCards(event);
  }
}

function saidOfDrawer(recorded: Recorded): Said | null {
  const { event } = recorded;
  switch (event.type) {
    case "shift_opened":
      return {
        type: event.type,
        subject: eventId(recorded),
        amountMinor: event.floatMinor,
        detail: event.drawer,
      };
    case "shift_joined":
      return { type: event.type, subject: event.shift };
    case "cash_moved":
      return {
        type: event.type,
        subject: event.kind,
        amountMinor: event.amountMinor,
        detail: event.reason,
      };
    case "drawer_opened":
      return { type: event.type, detail: event.reason };
    default:
      return null;
  }
}

function saidOfPeople({ event }: Recorded): Said | null {
  switch (event.type) {
    case "pin_tried":
      return { type: event.type, clerk: event.clerk, subject: event.purpose };
    case "pin_passed":
      return { type: event.type, clerk: event.clerk, subject: event.attempt };
    case "clerk_unlocked":
      return { type: event.type, subject: event.clerk };
    case "override_granted":
      return {
        type: event.type,
        clerk: event.approver,
        subject: event.requester,
        amountMinor: event.amountMinor,
        order: event.order ?? "",
        detail: event.action,
      };
    default:
      return null;
  }
}
