/**
 * The language of the rules' tables: a situation and a command in words, and the answer as short text.
 *
 *     sell tea 1 · add tea 1 · price gift 1 5.00 reason · more 1 2 · less 1 2 reason · note 1 text
 *     open sale label · open return reason · void reason · freeze · thaw · cash 5.00 · pay_out · close
 *     copy · print printed code · sign_on sam
 *
 * `sell` opens an order; the rest is about the newest order there is. Lines count from 1 in order of
 * entry, and 0 is the order itself in `note`. Steps are split by ";". "sam> cash 5" is another clerk's
 * tap, "B: sell tea 1" is done at terminal B; what one terminal records the other hears at once.
 */
import type { Command } from "../../core/command.ts";
import { isOrderEvent } from "../../core/evolve.ts";
import { clerkId, eventId } from "../../core/ids.ts";
import type { EventId } from "../../core/ids.ts";
import { decimalText, minor, minorFromDecimal, quantityText } from "../../core/money.ts";
import type { Decided } from "../../core/order/decide-lines.ts";
import type { Order } from "../../core/order/types.ts";
import type { OrderKind, PrintOutcome } from "../../core/facts.ts";
import type { Event, Recorded } from "../../core/types.ts";
import { id, STAFF, Writer } from "./core-fixtures.ts";

/** An id that no event has. */
export const NO_EVENT: EventId = id("Z/999");

/** Two terminals that hear each other at once; what is tried is tried at A. */
export class Shop {
  readonly a = staffed("A");
  readonly b = staffed("B");

  constructor(given = "") {
    this.#exchange();
    for (const step of given.split(";").map((each) => each.trim())) {
      if (step === "") continue;
      const decided = this.tap(step);
      if (!decided.ok) throw new Error(`${step} is refused with ${decided.refusal.code}`);
    }
  }

  /** The newest order that A holds; null before there is one. */
  get order(): Order | null {
    return [...this.a.state.orders.values()].at(-1)?.order ?? null;
  }

  /** Taps what `step` says. */
  tap(step: string): Decided {
    const [, terminal = "A", clerk = "boss", words = ""] =
      /^(?:([AB]): *)?(?:(\w*)> *)?(.*)$/.exec(step.trim()) ?? [];
    const writer = terminal === "B" ? this.b : this.a;
    const decided = writer.tap(this.commandOf(words), clerk === "nobody" ? "" : clerk);
    this.#exchange();
    return decided;
  }

  /** The command that these words are. */
  commandOf(words: string): Command {
    const [verb = "", first = "", second = "", third = "", ...more] = words.split(" ");
    const order = this.order?.id ?? NO_EVENT;
    const rest = [second, third, ...more].join(" ").trim();
    const from = (text: string): string => [text, rest].join(" ").trim();
    switch (verb) {
      case "sign_on":
        return { type: "sign_on", clerk: clerkId(first), attempt: null };
      case "open": {
        const kind: OrderKind = first === "return" ? "return" : "sale";
        return { type: "open_order", kind, label: kind === "sale" ? rest : "", reason: rest };
      }
      case "sell":
        return { type: "add_item", order: null, sku: first, quantityMilli: quantityOf(second) };
      case "add":
        return { type: "add_item", order, sku: first, quantityMilli: quantityOf(second) };
      case "price":
        return {
          type: "add_open_item",
          order: this.order?.id ?? null,
          sku: first,
          name: "",
          quantityMilli: quantityOf(second),
          unitPriceMinor: minorOf(third),
          reason: more.join(" "),
        };
      case "more":
        return { type: "add_units", order, line: this.#line(first), quantityMilli: quantityOf(second) };
      case "less": {
        const reason = [third, ...more].join(" ").trim();
        const quantityMilli = quantityOf(second);
        return { type: "remove_units", order, line: this.#line(first), quantityMilli, reason };
      }
      case "note":
        return { type: "set_note", order, line: first === "0" ? null : this.#line(first), text: rest };
      case "void":
        return { type: "void_order", order, reason: from(first) };
      case "freeze":
        return { type: "freeze_check", order };
      case "thaw":
        return { type: "thaw_check", order, check: this.#check(first) };
      case "cash":
        return { type: "take_cash", order, handedMinor: minorOf(first), leftMinor: null };
      case "pay_out":
        return { type: "pay_out_cash", order };
      case "close":
        return { type: "close_without_tender", order };
      case "copy":
        return { type: "copy_receipt", order };
      case "print": {
        const outcome: PrintOutcome = first === "failed" || first === "unknown" ? first : "printed";
        const job = this.order?.jobs.at(-1)?.id ?? NO_EVENT;
        return { type: "finish_print", order, job, outcome, code: rest, mark: "none" };
      }
      default:
        throw new Error(`No command begins with "${verb}"`);
    }
  }

  /** Answers and events as short text. */
  textOf(decided: Decided): string {
    if (!decided.ok) {
      const { code, about } = decided.refusal;
      return about === "" ? code : `${code} ${about}`;
    }
    return decided.events.length === 0
      ? "nothing"
      : decided.events.map((event) => this.#event(event)).join(", ");
  }

  #event(event: Event): string {
    switch (event.type) {
      case "order_opened":
        return words("opened", event.kind, event.label, event.reason);
      case "line_added": {
        const price = `${quantityText(event.quantityMilli)} x ${decimalText(event.unitPriceMinor, 2)}`;
        const source = event.priceSource === "open" ? "by hand" : "";
        return words("line", event.sku, price, source, event.reason);
      }
      case "units_added":
        return words("more", this.#ordinal(event.line), quantityText(event.quantityMilli));
      case "units_removed":
        return words("less", this.#ordinal(event.line), quantityText(event.quantityMilli), event.reason);
      case "note_set":
        return words("note", event.line === null ? "0" : this.#ordinal(event.line), event.text);
      case "order_voided":
        return words("voided", event.reason);
      case "check_frozen":
        return words("frozen", decimalText(event.dueMinor, 2));
      case "check_thawed":
        return "thawed";
      case "tender_captured": {
        const money = [event.amountMinor, event.handedMinor, event.changeMinor];
        const [amount = "", handed = "", change = ""] = money.map((each) => decimalText(each, 2));
        return words("cash", amount, "of", handed, "back", change);
      }
      case "check_closed": {
        const { series, number } = event.receipt;
        const tenders = event.tenders.map((tender) => decimalText(tender.amountMinor, 2)).join("+");
        const taxes = event.taxes.map((tax) => decimalText(tax.taxMinor, 2)).join("+");
        return words(
          "closed",
          decimalText(event.totalMinor, 2),
          `[${tenders}]`,
          `tax ${taxes}`,
          `${series}-${number}`,
        );
      }
      case "receipt_copied":
        return `copy ${event.copyNumber}`;
      case "print_finished":
        return words(event.outcome, event.code);
      case "clerk_signed_on":
        return words("signed on", event.clerk);
      default:
        return event.type;
    }
  }

  #lines(): readonly EventId[] {
    const entry = this.order === null ? undefined : this.a.state.orders.get(this.order.id);
    const added = (entry?.events ?? []).filter((recorded) => recorded.event.type === "line_added");
    return added.map((recorded) => eventId(recorded));
  }

  #line(ordinal: string): EventId {
    return this.#lines()[Number(ordinal) - 1] ?? NO_EVENT;
  }

  #ordinal(line: EventId): string {
    return String(this.#lines().indexOf(line) + 1);
  }

  // The newest check, or the one of this number.
  #check(ordinal: string): EventId {
    const checks = this.order?.checks ?? [];
    const check = ordinal === "" ? checks.at(-1) : checks[Number(ordinal) - 1];
    return check?.id ?? NO_EVENT;
  }

  #exchange(): void {
    for (const [from, to] of [
      [this.a, this.b],
      [this.b, this.a],
    ] as const) {
      const heardCount = this.#heardCounts.get(to) ?? 0;
      for (const recorded of from.records.slice(heardCount)) to.hear(recorded);
      this.#heardCounts.set(to, from.records.length);
    }
  }

  readonly #heardCounts = new Map<Writer, number>();
}

/** What A answers to `command` after `given`, as text. */
export function attempt(given: string, command: string): string {
  const shop = new Shop(given);
  const decided = shop.tap(command);
  return shop.textOf(decided);
}

function staffed(name: string): Writer {
  const writer = new Writer(name);
  for (const { clerk } of STAFF) writer.signOn(clerk);
  return writer;
}

function words(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" ");
}

// "2" and "0.755"; what is no number at all stays one that decide has to refuse.
function quantityOf(text: string): number {
  return minorFromDecimal(text, 3) ?? Number(text === "" ? "1000" : text);
}

function minorOf(text: string): number {
  return minorFromDecimal(text, 2) ?? minor(0) + Number(text);
}

/** A writer's own records that are folded with orders. */
export function orderEvents(writer: Writer): readonly Recorded[] {
  return writer.records.filter((recorded) => isOrderEvent(recorded.event));
}
