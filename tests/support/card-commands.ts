/**
 * Every command about card tenders with everything that may stand in it, and some that may not: for
 * tests that try all commands in all states.
 */
import type { Command, CommandType, ReaderCommand, ReaderMoney } from "../../core/command.ts";
import type { OrderId, TenderId } from "../../core/ids.ts";
import { minor } from "../../core/money.ts";
import type { CardTender } from "../../core/tender/types.ts";
import { NO_EVENT } from "./attempts.ts";
import type { Shop } from "./attempts.ts";

type CardCommandType =
  | ReaderCommand["type"]
  | "request_card"
  | "reverse_card"
  | "continue_refund"
  | "override_tender"
  | "judge_tender"
  | "settle_orphan";

type Makers = Readonly<Record<CardCommandType & CommandType, (shop: Shop) => readonly Command[]>>;

interface Names {
  readonly order: OrderId;
  readonly tender: TenderId;
  readonly card: CardTender | null;
}

const SERIALS = ["68001234", "", "x".repeat(60)];
const AMOUNTS = [null, 0, 1, 250, -1, 0.5, 2 ** 53, Number.NaN];
const REASONS = ["", "because", "bad\nline", "y".repeat(300)];
const CODES = ["", "reader/declined", "c".repeat(80)];

function moneys(card: CardTender | null): readonly ReaderMoney[] {
  const amounts = [card === null ? 250 : Math.abs(card.amountMinor), 1, -1, 0.5, 2 ** 53];
  return amounts.flatMap((amountMinor) =>
    ["0042", "", "z".repeat(80)].map((reference) => ({
      amountMinor,
      currency: "SEK",
      isOffline: amountMinor === 1,
      result: {
        reference,
        authorisation: "",
        serial: card?.serial ?? "68001234",
        brand: "Visa",
        lastFour: "1234",
        entry: "chip",
        verification: "none",
      },
    })),
  );
}

function named(shop: Shop): readonly Names[] {
  const orders = shop.order === null ? [NO_EVENT] : [NO_EVENT, shop.order.id];
  const cards = (shop.order?.checks ?? []).flatMap((check) => check.cards);
  return orders.flatMap((order) => [
    { order, tender: NO_EVENT, card: null },
    ...cards.map((card) => ({ order, tender: card.id, card })),
  ]);
}

/** See the header. */
export const CARD_COMMANDS: Makers = {
  request_card: (shop) =>
    named(shop).flatMap(({ order }) =>
      SERIALS.flatMap((serial) =>
        AMOUNTS.flatMap((amountMinor) =>
          ["r1", "", "r".repeat(20)].map((reader): Command => ({
            type: "request_card",
            order,
            amountMinor,
            leftMinor: null,
            reader,
            serial,
          })),
        ),
      ),
    ),
  reverse_card: (shop) =>
    named(shop).flatMap(({ order, tender }) =>
      SERIALS.map((serial): Command => ({ type: "reverse_card", order, tender, serial })),
    ),
  continue_refund: (shop) =>
    named(shop).flatMap(({ order }) =>
      [true, false].map((inCash): Command => ({ type: "continue_refund", order, inCash })),
    ),
  override_tender: (shop) =>
    named(shop).flatMap(({ order, tender }) =>
      REASONS.map((reason): Command => ({ type: "override_tender", order, tender, reason })),
    ),
  judge_tender: (shop) =>
    named(shop).flatMap(({ order, tender }) =>
      REASONS.flatMap((reason) =>
        (["captured", "failed"] as const).map((as): Command => ({
          type: "judge_tender",
          order,
          tender,
          as,
          reason,
        })),
      ),
    ),
  settle_orphan: (shop) =>
    named(shop).flatMap(({ order, tender, card }) =>
      [NO_EVENT, ...(card?.orphans ?? []).map(({ id }) => id)].map((orphan): Command => ({
        type: "settle_orphan",
        order,
        tender,
        orphan,
        how: "case_opened",
        reason: "told",
      })),
    ),
  approve_tender: (shop) =>
    named(shop).flatMap(({ order, tender, card }) =>
      moneys(card).map((money): Command => ({ type: "approve_tender", order, tender, ...money })),
    ),
  capture_tender: (shop) =>
    named(shop).map(({ order, tender }): Command => ({ type: "capture_tender", order, tender })),
  decline_tender: (shop) =>
    named(shop).flatMap(({ order, tender }) =>
      CODES.flatMap((code) =>
        REASONS.map((text): Command => ({ type: "decline_tender", order, tender, code, text })),
      ),
    ),
  doubt_tender: (shop) =>
    named(shop).flatMap(({ order, tender }) =>
      CODES.map((code): Command => ({ type: "doubt_tender", order, tender, code })),
    ),
  settle_tender: (shop) =>
    named(shop).flatMap(({ order, tender, card }) =>
      (["found", "absent", "other", "in_progress", "unreachable", "unanswerable"] as const).flatMap((says) =>
        [null, ...moneys(card)].map((money): Command => ({
          type: "settle_tender",
          order,
          tender,
          says,
          serial: "68001234",
          money,
          capabilities: { inquiry: "lastOnly", commit: "onAck", autoReversal: true },
        })),
      ),
    ),
  keep_slip: (shop) =>
    named(shop).flatMap(({ order, tender }) =>
      REASONS.map((text): Command => ({
        type: "keep_slip",
        order,
        tender,
        copy: "customer",
        lines: [{ text, isBold: false, isCentred: true }],
      })),
    ),
  forward_tender: (shop) =>
    named(shop).flatMap(({ order, tender }) =>
      CODES.map((code): Command => ({ type: "forward_tender", order, tender, as: "declined", code })),
    ),
  close_reader_day: () =>
    SERIALS.flatMap((serial) =>
      ["Visa", "b".repeat(60)].map((brand): Command => ({
        type: "close_reader_day",
        reader: "r1",
        serial,
        totals: [{ brand, count: 1, amountMinor: minor(250) }],
      })),
    ),
};
