/**
 * Commands of people about card tenders: ask a reader for money, take it back, and what a second
 * person may say where no reader can.
 *
 * D1 One request at a time for each reader, and none before its earlier ones are known (live.ts).
 * D2 What a request holds is not paid in another way (decide-check.ts asks the same).
 */
import type { CommandOf as Of } from "../command.ts";
import type { Context } from "../context.ts";
import type { ClerkGrant } from "../facts.ts";
import {
  CARD_WORD_LENGTH_MAX,
  CHECK_TENDERS_COUNT_MAX,
  ORDER_TOTAL_MINOR_MAX,
  READER_NAME_LENGTH_MAX,
  REASON_TEXT_LENGTH_MAX,
} from "../limits.ts";
import { minor, negate, subtract } from "../money.ts";
import { payableOf } from "../order/decide-check.ts";
import type { Payable } from "../order/decide-check.ts";
import { fits, isWhole, may } from "../order/decide-lines.ts";
import type { Decided } from "../order/decide-lines.ts";
import type { Order } from "../order/types.ts";
import { refuse } from "../refusal.ts";
import type { Refused } from "../refusal.ts";
import { drawerShift } from "../shift/working.ts";
import type { State } from "../state.ts";
import type { TenderId } from "../ids.ts";
import { aboveLimit } from "./limits.ts";
import { readerRefused } from "./live.ts";
import { readerKnown } from "./readers.ts";
import { capturedEvents } from "./settle.ts";
import { goingBack, heldMinor, holdsAmount, isLive, liveCode, takenBack } from "./types.ts";
import type { CardTender } from "./types.ts";

/** Asks a reader for what is left of a sale, or for a part of it. */
export function decideRequestCard(
  state: State,
  context: Context,
  grant: ClerkGrant,
  order: Order,
  command: Of<"request_card">,
): Decided {
  if (order.kind !== "sale") return refuse("order/wrong_kind");
  const { reader, serial } = command;
  if (reader === "" || !fits(reader, READER_NAME_LENGTH_MAX)) return refuse("command/out_of_range", "reader");
  if (serial === "" || !fits(serial, CARD_WORD_LENGTH_MAX)) return refuse("command/out_of_range", "serial");
  const shift = drawerShift(state, context, grant);
  if (shift !== null && "ok" in shift) return shift;
  const payable = payableOf(state, context, order);
  if ("ok" in payable) return payable;
  const refused = requestRefused(state, context, payable, command);
  if (refused !== null) return refused;
  const amountMinor = minor(command.amountMinor ?? subtract(payable.leftMinor, heldMinor(cardsOf(payable))));
  const watermark = readerKnown(state, serial).reference;
  return {
    ok: true,
    events: [
      ...payable.before,
      {
        type: "tender_requested",
        order: order.id,
        check: payable.check,
        kind: "pay",
        ...{ reader, serial, amountMinor, watermark },
        original: null,
        originalReference: "",
        clerk: grant.clerk,
        shift: shift?.id ?? null,
      },
    ],
  };
}

function cardsOf({ order, check }: Payable): readonly CardTender[] {
  return order.checks.find(({ id }) => id === check)?.cards ?? [];
}

function requestRefused(
  state: State,
  context: Context,
  payable: Payable,
  command: Of<"request_card">,
): Refused | null {
  const { leftMinor } = payable;
  if (leftMinor <= 0) return refuse("tender/nothing_due");
  if (command.leftMinor !== null && command.leftMinor !== leftMinor)
    return refuse("tender/due_changed", String(leftMinor));
  const cards = cardsOf(payable);
  const going = goingBack(cards);
  if (going !== undefined) return refuse(liveCode(going), going.id);
  const freeMinor = subtract(leftMinor, heldMinor(cards));
  const holding = cards.find(holdsAmount);
  // D2
  if (freeMinor <= 0 && holding !== undefined) return refuse(liveCode(holding), holding.id);
  const amountMinor = command.amountMinor ?? freeMinor;
  if (!isWhole(amountMinor, 1, ORDER_TOTAL_MINOR_MAX)) return refuse("command/out_of_range", "amount");
  if (amountMinor > freeMinor) return refuse("command/out_of_range", "amount");
  if (cards.length + 1 >= CHECK_TENDERS_COUNT_MAX || payable.taken.length + 1 >= CHECK_TENDERS_COUNT_MAX)
    return refuse("command/out_of_range", "tenders");
  return (
    readerRefused(state, command) ?? aboveLimit(context.limits.card, minor(amountMinor), paidBy(payable))
  );
}

function paidBy({ taken }: Payable): readonly { readonly amountMinor: number }[] {
  return taken.filter(({ method }) => method === "card");
}

/** The tender of this id on an order, or null. */
export function cardOn(order: Order, tender: TenderId): CardTender | null {
  return order.checks.flatMap(({ cards }) => cards).find(({ id }) => id === tender) ?? null;
}

/** Asks the reader to take a captured payment back, whole, while its check is not closed. */
export function decideReverseCard(
  state: State,
  grant: ClerkGrant,
  order: Order,
  command: Of<"reverse_card">,
): Decided {
  if (!may(grant, "refund")) return refuse("clerk/right_missing", "refund");
  if (order.owner !== state.terminal) return refuse("order/not_owner");
  const paid = cardOn(order, command.tender);
  if (paid === null) return refuse("tender/not_known");
  const check = order.checks.find(({ id }) => id === paid.check);
  if (check === undefined || check.status !== "frozen") return refuse("check/not_frozen");
  const isBack = takenBack(check.cards).has(paid.id);
  if (paid.kind !== "pay" || paid.status !== "captured" || paid.result === null || isBack)
    return refuse("tender/not_captured");
  // What closes the check meanwhile would close it without what is taken back.
  const live = check.cards.find(isLive);
  if (live !== undefined) return refuse(liveCode(live), live.id);
  const busy = readerRefused(state, paid);
  if (busy !== null) return busy;
  const { serial } = command;
  // Only the device that took it can take it back.
  if (serial !== paid.serial) return refuse("command/out_of_range", "serial");
  return {
    ok: true,
    events: [
      {
        type: "tender_requested",
        order: order.id,
        check: paid.check,
        kind: "reverse",
        reader: paid.reader,
        serial,
        amountMinor: negate(paid.amountMinor),
        watermark: readerKnown(state, serial).reference,
        original: paid.id,
        originalReference: paid.result.reference,
        clerk: grant.clerk,
        shift: paid.shift,
      },
    ],
  };
}

/** Lets the order go on though this tender is not known; recorded with the person who lent the right. */
export function decideOverrideTender(
  state: State,
  grant: ClerkGrant,
  order: Order,
  command: Of<"override_tender">,
): Decided {
  const card = unknownOn(state, grant, order, command.tender, command.reason);
  if ("ok" in card) return card;
  if (card.isOverridden) return refuse("tender/settled");
  const { reason } = command;
  return { ok: true, events: [{ type: "tender_overridden", order: order.id, tender: card.id, reason }] };
}

/** A person found out what no reader could say. */
export function decideJudgeTender(
  state: State,
  context: Context,
  grant: ClerkGrant,
  order: Order,
  command: Of<"judge_tender">,
): Decided {
  const card = unknownOn(state, grant, order, command.tender, command.reason);
  if ("ok" in card) return card;
  const judged = {
    type: "tender_judged",
    order: order.id,
    tender: card.id,
    as: command.as,
    reason: command.reason,
  } as const;
  if (command.as === "failed") return { ok: true, events: [judged] };
  return { ok: true, events: [judged, ...capturedEvents(state, context, order, card, 1)] };
}

/** A person dealt with money that a reader moved and nobody asked for. */
export function decideSettleOrphan(
  state: State,
  grant: ClerkGrant,
  order: Order,
  command: Of<"settle_orphan">,
): Decided {
  const refused = secondPersonRefused(state, grant, order, command.reason);
  if (refused !== null) return refused;
  const orphan = cardOn(order, command.tender)?.orphans.find(({ id }) => id === command.orphan);
  if (orphan === undefined) return refuse("tender/orphan_unknown");
  if (orphan.isSettled) return refuse("tender/settled");
  const { tender, how, reason } = command;
  return {
    ok: true,
    events: [{ type: "orphan_settled", order: order.id, tender, orphan: orphan.id, how, reason }],
  };
}

function secondPersonRefused(state: State, grant: ClerkGrant, order: Order, reason: string): Refused | null {
  if (!may(grant, "approve")) return refuse("clerk/right_missing", "approve");
  if (order.owner !== state.terminal) return refuse("order/not_owner");
  if (!fits(reason, REASON_TEXT_LENGTH_MAX)) return refuse("command/out_of_range", "reason");
  return reason.trim() === "" ? refuse("order/reason_missing") : null;
}

function unknownOn(
  state: State,
  grant: ClerkGrant,
  order: Order,
  tender: TenderId,
  reason: string,
): CardTender | Refused {
  const refused = secondPersonRefused(state, grant, order, reason);
  if (refused !== null) return refused;
  const card = cardOn(order, tender);
  if (card === null) return refuse("tender/not_known");
  if (!isLive(card)) return refuse("tender/settled");
  // While the reader is at work its own word comes first.
  return card.status === "unknown"
    ? card
    : refuse(card.status === "orphaned" ? "tender/settled" : "tender/in_progress");
}
