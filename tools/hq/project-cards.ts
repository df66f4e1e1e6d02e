/**
 * What the console's list of card cases is made of: records in which nobody knew, somebody decided without
 * knowing, a reader moved other money, or its end of day did not agree. Facts; how a case stands now is
 * folded from its order when somebody looks.
 */
import type { DayCase } from "../../core/tender/events.ts";
import { DAY_CASE_KINDS } from "../../core/tender/events.ts";
import type { Event } from "../../core/types.ts";
import type { CARD_TYPES, HouseRow } from "./store/rows.ts";

type Said = { readonly type: (typeof CARD_TYPES)[number] } & Partial<
  Pick<HouseRow, "subject" | "amountMinor" | "order" | "detail">
>;

/** The words of such a record, or null where it is none; a day that agrees is none. */
export function saidOfCards(event: Event): Said | null {
  switch (event.type) {
    case "tender_doubted":
    case "tender_reversed":
      return { type: event.type, order: event.order, subject: event.tender, detail: event.code };
    case "tender_overridden":
    case "tender_judged":
      return { type: event.type, order: event.order, subject: event.tender, detail: event.reason };
    case "orphan_found": {
      const { type, order, tender, amountMinor } = event;
      return { type, order, subject: tender, amountMinor, detail: event.result.reference };
    }
    case "tender_forwarded":
      return event.as === "declined"
        ? { type: event.type, order: event.order, subject: event.tender, detail: event.code }
        : null;
    case "reader_day_closed": {
      const { type, reader, serial, cases } = event;
      if (cases.length === 0) return null;
      return { type, subject: `${reader} ${serial}`.trim(), detail: cases.map(dayCaseText).join("; ") };
    }
    default:
      return null;
  }
}

/** A named difference of a day in its words: kind, money, brand. */
export type DayCaseWords = Pick<DayCase, "kind" | "brand"> & { readonly minor: string };

function dayCaseText({ kind, brand, amountMinor }: DayCase): string {
  return `${kind} ${amountMinor} ${brand.replaceAll(";", ",")}`.trim();
}

/** The differences that a row's detail says; what it does not understand is left out. */
export function dayCasesIn(detail: string): readonly DayCaseWords[] {
  return detail.split("; ").flatMap((text): readonly DayCaseWords[] => {
    const [word = "", minor = "", ...brand] = text.split(" ");
    const kind = DAY_CASE_KINDS.find((its) => its === word);
    return kind === undefined || !/^-?\d+$/.test(minor) ? [] : [{ kind, minor, brand: brand.join(" ") }];
  });
}
