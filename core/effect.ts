/**
 * effects: what the world must do because an event was recorded here. Each effect's id comes from
 * the event's identity, so an executor that hears of it twice acts once.
 */
import type { EventId, JobId, OrderId, TenderId } from "./ids.ts";
import { eventId } from "./ids.ts";
import type { State } from "./state.ts";
import type { ShiftClosed, ShiftReported } from "./shift/events.ts";
import type { SlipReceived } from "./tender/events.ts";
import type { Recorded } from "./types.ts";

/** Something that the world must do, once for each id. */
export type Effect =
  /** Print the receipt of a closing; copyNumber 0 is the original. Ends as a finish_print command. */
  | {
      readonly type: "print_receipt";
      readonly id: string;
      readonly job: JobId;
      readonly order: OrderId;
      readonly closing: EventId;
      readonly copyNumber: number;
    }
  /** Print the figures of a shift. Ends as a finish_report command. */
  | {
      readonly type: "print_report";
      readonly id: string;
      readonly job: JobId;
      /** The event that holds the figures: of an X, or of a Z whenever it is printed. */
      readonly report: Recorded<ShiftReported | ShiftClosed>;
    }
  | { readonly type: "open_drawer"; readonly id: string }
  /** Ask a reader for what was recorded. Ends as commands about this tender. */
  | { readonly type: "ask_reader"; readonly id: string; readonly order: OrderId; readonly tender: TenderId }
  /** Print a reader's slip. Ends as a finish_print command. */
  | {
      readonly type: "print_slip";
      readonly id: string;
      readonly job: JobId;
      readonly order: OrderId;
      readonly slip: SlipReceived;
    };

/** The effects of a fresh event of this machine; none of events that others wrote or that are replayed. Training never opens a drawer. */
export function effects(state: State, recorded: Recorded): readonly Effect[] {
  if (recorded.terminal !== state.terminal) return [];
  return effectsOf(state, recorded).filter((effect) => !(state.isTraining && effect.type === "open_drawer"));
}

function effectsOf(state: State, recorded: Recorded): readonly Effect[] {
  const { event } = recorded;
  const job = eventId(recorded);
  switch (event.type) {
    case "check_closed": {
      const print: Effect = {
        type: "print_receipt",
        id: `print:${job}`,
        job,
        order: event.order,
        closing: job,
        copyNumber: 0,
      };
      const hasCash = event.tenders.some((tender) => tender.method === "cash");
      return hasCash ? [{ type: "open_drawer", id: `drawer:${job}` }, print] : [print];
    }
    case "receipt_copied":
      return [
        {
          type: "print_receipt",
          id: `print:${job}`,
          job,
          order: event.order,
          closing: event.closing,
          copyNumber: event.copyNumber,
        },
      ];
    case "tender_requested":
      return [{ type: "ask_reader", id: `reader:${job}`, order: event.order, tender: job }];
    case "slip_received":
      return [{ type: "print_slip", id: `print:${job}`, job, order: event.order, slip: event }];
    case "drawer_opened":
    case "cash_moved":
    case "shift_opened":
      return [{ type: "open_drawer", id: `drawer:${job}` }];
    case "shift_reported":
    case "shift_closed":
      return [{ type: "print_report", id: `print:${job}`, job, report: { ...recorded, event } }];
    case "report_copied": {
      const report = state.reports.get(event.closing);
      return report === undefined ? [] : [{ type: "print_report", id: `print:${job}`, job, report }];
    }
    default:
      return [];
  }
}

/** Whether an event touches money or the world: it must be durable before it is shown, printed or sent. */
export function needsDurable(type: Recorded["event"]["type"]): boolean {
  switch (type) {
    case "tender_captured":
    case "check_closed":
    case "check_frozen":
    case "check_thawed":
    case "order_voided":
    case "receipt_copied":
    case "units_returned":
    case "cash_rounded":
    case "tender_requested":
    case "tender_approved":
    case "tender_declined":
    case "tender_doubted":
    case "tender_reversed":
    case "tender_overridden":
    case "tender_judged":
    case "tender_forwarded":
    case "orphan_found":
    case "orphan_settled":
    case "slip_received":
    case "reader_day_closed":
    case "shift_opened":
    case "shift_joined":
    case "cash_moved":
    case "drawer_opened":
    case "drawer_counted":
    case "shift_reported":
    case "shift_closed":
    case "report_copied":
    case "pin_tried":
    case "pin_passed":
    case "clerk_unlocked":
    case "override_granted":
      return true;
    default:
      return false;
  }
}
