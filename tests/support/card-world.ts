/**
 * A till without a disk that takes cards: shorthands for what a reader's executor reports, so that a
 * test reads as the dialogue between clerk, till and reader.
 */
import type { Command, ReaderMoney } from "../../core/command.ts";
import type { Context } from "../../core/context.ts";
import type { OrderId, TenderId } from "../../core/ids.ts";
import type { Order } from "../../core/order/types.ts";
import type { RefusalCode } from "../../core/refusal.ts";
import type { ReaderSays, RecoveryCapabilities } from "../../core/tender/recovery.ts";
import type { CardTender } from "../../core/tender/types.ts";
import type { Event } from "../../core/types.ts";
import { CONTEXT, Writer } from "./core-fixtures.ts";

/** What the reader of these tests can promise: ZVT's newer terminals. */
export const LAST_ONLY: RecoveryCapabilities = { inquiry: "lastOnly", commit: "onAck", autoReversal: true };

/** See the header. Tea is 2.50, a bun 1.20. */
export class CardTill {
  readonly writer: Writer;

  constructor(context: Partial<Context> = {}) {
    this.writer = new Writer("A", { ...CONTEXT, ...context }).signOn("boss").signOn("sam");
  }

  /** An open order of these items; its id. */
  sell(...skus: readonly string[]): OrderId {
    let order: OrderId | null = null;
    for (const sku of skus) {
      this.yes({ type: "add_item", order, sku, quantityMilli: 1000 });
      order ??= [...this.writer.state.orders.keys()].at(-1) ?? null;
    }
    if (order === null) throw new Error("sell: name an item");
    return order;
  }

  /** Does what must be accepted; its events. */
  yes(command: Command, clerk = "boss"): readonly Event[] {
    const decided = this.writer.tap(command, clerk);
    if (!decided.ok)
      throw new Error(`${command.type} was refused: ${decided.refusal.code} ${decided.refusal.about}`);
    return decided.events;
  }

  /** Why a command is refused; "" when it is not. */
  no(command: Command, clerk = "boss"): RefusalCode | "" {
    const decided = this.writer.tap(command, clerk);
    return decided.ok ? "" : decided.refusal.code;
  }

  /** Asks the reader for the rest of an order, or for a part; the tender. */
  ask(order: OrderId, amountMinor: number | null = null, reader = "r1", serial = "68000001"): CardTender {
    this.yes({ type: "request_card", order, amountMinor, leftMinor: null, reader, serial });
    return this.card(order);
  }

  /** The newest card tender of an order. */
  card(order: OrderId): CardTender {
    const card = this.order(order)
      .checks.flatMap(({ cards }) => cards)
      .at(-1);
    if (card === undefined) throw new Error("card: no card was asked for");
    return card;
  }

  order(order: OrderId): Order {
    return this.writer.order(order);
  }

  /** The reader approves what it was asked for, or what `its` says. */
  approve(
    card: CardTender,
    its: Partial<ReaderMoney> & { readonly reference?: string; readonly serial?: string } = {},
  ): readonly Event[] {
    const { reference = "0042", serial = card.serial, ...money } = its;
    return this.yes({
      type: "approve_tender",
      ...idsOf(card),
      ...moneyOf(card, reference, serial),
      ...money,
    });
  }

  capture(card: CardTender): readonly Event[] {
    return this.yes({ type: "capture_tender", ...idsOf(card) });
  }

  decline(card: CardTender, code = "reader/declined", text = ""): readonly Event[] {
    return this.yes({ type: "decline_tender", ...idsOf(card), code, text });
  }

  doubt(card: CardTender, code = "reader/link_lost"): readonly Event[] {
    return this.yes({ type: "doubt_tender", ...idsOf(card), code });
  }

  /** What the reader says when it is asked again. */
  settle(
    card: CardTender,
    says: ReaderSays,
    its: Partial<{ serial: string; money: ReaderMoney | null; capabilities: RecoveryCapabilities }> = {},
  ): readonly Event[] {
    const hasMoney = says === "found" || says === "other";
    const money = hasMoney ? moneyOf(card, "0042", card.serial) : null;
    const { serial = card.serial, capabilities = LAST_ONLY } = its;
    return this.yes({ type: "settle_tender", ...idsOf(card), says, serial, money, capabilities, ...its });
  }
}

/** Names of a tender in a command. */
export function idsOf({ order, id }: CardTender): { readonly order: OrderId; readonly tender: TenderId } {
  return { order, tender: id };
}

/** Money as a reader says it, exactly what was asked for. */
export function moneyOf(card: CardTender, reference = "0042", serial = card.serial): ReaderMoney {
  return {
    amountMinor: Math.abs(card.amountMinor),
    currency: "SEK",
    isOffline: false,
    result: {
      reference,
      authorisation: "A1",
      serial,
      brand: "girocard",
      lastFour: "1234",
      entry: "chip",
      verification: "pin",
    },
  };
}
