/**
 * How random days take cards: requests, and reports of a reader that often fit what was asked for and
 * sometimes do not.
 */
import type { Command, ReaderCommand, ReaderMoney } from "../../core/command.ts";
import type { EventId } from "../../core/ids.ts";
import { minor } from "../../core/money.ts";
import type { Order } from "../../core/order/types.ts";
import type { CardTender } from "../../core/tender/types.ts";
import { id } from "./core-fixtures.ts";
import type { Writer } from "./core-fixtures.ts";
import type { Dice } from "./dice.ts";

/** What a command is made from. */
export interface Making {
  readonly writer: Writer;
  readonly dice: Dice;
  readonly order: Order | null;
}

type CardCommandType =
  | ReaderCommand["type"]
  | "request_card"
  | "reverse_card"
  | "continue_refund"
  | "override_tender"
  | "judge_tender"
  | "settle_orphan";

const NO_EVENT = id("Z/999");
const SERIALS = ["68001234", "68009999"];

interface Chosen {
  readonly card: CardTender | null;
  readonly ids: { readonly order: EventId; readonly tender: EventId };
}

function chosen({ order }: Making): Chosen {
  const card = (order?.checks ?? []).flatMap((check) => check.cards).at(-1) ?? null;
  return { card, ids: { order: order?.id ?? NO_EVENT, tender: card?.id ?? NO_EVENT } };
}

// One that waits for its host, wherever it is: there are few.
function waiting(making: Making): Chosen["ids"] {
  const cards = [...making.writer.state.orders.values()].flatMap(({ order }) =>
    order.checks.flatMap((check) => check.cards),
  );
  const card = cards.find(({ status }) => status === "accepted_offline");
  return card === undefined ? chosen(making).ids : { order: card.order, tender: card.id };
}

function moneyOf({ dice, writer }: Making, card: CardTender | null): ReaderMoney {
  return {
    amountMinor: dice.chance(85) ? Math.abs(card?.amountMinor ?? 250) : dice.pick([1, 99_999]),
    currency: dice.chance(95) ? "SEK" : "EUR",
    isOffline: dice.chance(25),
    result: {
      reference: dice.chance(90) ? `R${writer.state.seq}` : (card?.result?.reference ?? "R1"),
      authorisation: dice.pick(["", "A12345"]),
      serial: dice.chance(90) ? (card?.serial ?? "68001234") : "68007777",
      brand: dice.pick(["girocard", "Visa", ""]),
      lastFour: dice.pick(["1234", ""]),
      entry: dice.pick(["stripe", "chip", "contactless", "manual", "unknown"]),
      verification: dice.pick(["none", "signature", "pin", "device", "unknown"]),
    },
  };
}

/** One maker for each command of card tenders. */
export const CARD_MAKERS: Readonly<Record<CardCommandType, (making: Making) => Command>> = {
  request_card: (making) => ({
    type: "request_card",
    order: making.order?.id ?? NO_EVENT,
    amountMinor: making.dice.pick([null, null, 100, 250]),
    leftMinor: null,
    reader: making.dice.pick(["r1", "r2"]),
    serial: making.dice.pick(SERIALS),
  }),
  reverse_card: (making) => {
    const { card, ids } = chosen(making);
    return { type: "reverse_card", ...ids, serial: card?.serial ?? "68001234" };
  },
  continue_refund: (making) => ({
    type: "continue_refund",
    order: making.order?.id ?? NO_EVENT,
    inCash: making.dice.chance(30),
  }),
  override_tender: (making) => ({ type: "override_tender", ...chosen(making).ids, reason: "guest waits" }),
  judge_tender: (making) => ({
    type: "judge_tender",
    ...chosen(making).ids,
    as: making.dice.pick(["captured", "failed"]),
    reason: "asked",
  }),
  settle_orphan: (making) => {
    const { card, ids } = chosen(making);
    const orphan = card?.orphans.at(-1)?.id ?? NO_EVENT;
    return {
      type: "settle_orphan",
      ...ids,
      orphan,
      how: making.dice.pick(["taken_back", "case_opened"]),
      reason: "told",
    };
  },
  approve_tender: (making) => {
    const { card, ids } = chosen(making);
    return { type: "approve_tender", ...ids, ...moneyOf(making, card) };
  },
  capture_tender: (making) => ({ type: "capture_tender", ...chosen(making).ids }),
  decline_tender: (making) => ({
    type: "decline_tender",
    ...chosen(making).ids,
    code: "reader/declined",
    text: making.dice.pick(["", "Limit"]),
  }),
  doubt_tender: (making) => ({
    type: "doubt_tender",
    ...chosen(making).ids,
    code: making.dice.pick(["reader/link_lost", "reader/no_answer"]),
  }),
  settle_tender: (making) => {
    const { dice } = making;
    const { card, ids } = chosen(making);
    const says = dice.pick([
      "found",
      "absent",
      "other",
      "in_progress",
      "unreachable",
      "unanswerable",
    ] as const);
    const hasMoney = says === "found" || says === "other";
    const money = hasMoney ? moneyOf(making, card) : null;
    return {
      type: "settle_tender",
      ...ids,
      says,
      serial: says === "unreachable" ? "" : (card?.serial ?? "68001234"),
      money:
        money === null || card === null || card.result === null ? money : { ...money, result: card.result },
      capabilities: {
        inquiry: dice.pick(["byRef", "lastOnly", "none"]),
        commit: dice.pick(["onAck", "onApproval"]),
        autoReversal: dice.chance(50),
      },
    };
  },
  keep_slip: (making) => ({
    type: "keep_slip",
    ...chosen(making).ids,
    copy: making.dice.pick(["merchant", "customer"]),
    lines: [{ text: "Beleg", isBold: true, isCentred: false }],
  }),
  forward_tender: (making) => ({
    type: "forward_tender",
    ...waiting(making),
    as: making.dice.pick(["captured", "declined"]),
    code: "",
  }),
  close_reader_day: (making) => ({
    type: "close_reader_day",
    reader: "r1",
    serial: making.dice.pick(SERIALS),
    totals: [{ brand: "Visa", count: 1, amountMinor: minor(250) }],
  }),
};
