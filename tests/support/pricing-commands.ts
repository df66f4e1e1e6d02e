/** Every command that adjusts an order's price, with everything that may stand in it and some that may not. */
import type { Command, CommandType } from "../../core/command.ts";
import type { LineId, OrderId } from "../../core/ids.ts";

/** What a test tries. */
export interface Tried<Shop> {
  readonly numbers: readonly number[];
  readonly texts: readonly string[];
  readonly ordersOf: (shop: Shop) => readonly OrderId[];
  readonly linesOf: (shop: Shop) => readonly LineId[];
}

type PricingCommandType = Extract<
  CommandType,
  | "give_discount"
  | "enter_coupon"
  | "withdraw_adjustment"
  | "set_tip"
  | "set_guests"
  | "set_tier"
  | "set_tax_treatment"
  | "round_order"
>;

/** The commands by their name. */
export function pricingCommands<Shop>(
  tried: Tried<Shop>,
): Readonly<Record<PricingCommandType, (shop: Shop) => readonly Command[]>> {
  const { numbers, texts, ordersOf, linesOf } = tried;
  const eachNumber = (shop: Shop, make: (order: OrderId, number: number) => readonly Command[]) =>
    ordersOf(shop).flatMap((order) => numbers.flatMap((number) => make(order, number)));
  return {
    give_discount: (shop) =>
      ordersOf(shop).flatMap((order) =>
        [null, ...linesOf(shop)].flatMap((line) =>
          numbers.flatMap((number) =>
            texts.flatMap((reason): readonly Command[] => [
              { type: "give_discount", order, line, ratePpm: null, amountMinor: number, reason },
              { type: "give_discount", order, line, ratePpm: number, amountMinor: 0, reason },
            ]),
          ),
        ),
      ),
    enter_coupon: (shop) =>
      ordersOf(shop).flatMap((order) =>
        texts.map((code): Command => ({ type: "enter_coupon", order, code })),
      ),
    withdraw_adjustment: (shop) =>
      ordersOf(shop).map((order): Command => ({ type: "withdraw_adjustment", order, adjustment: order })),
    set_tip: (shop) =>
      eachNumber(shop, (order, number) => [
        { type: "set_tip", order, ratePpm: null, amountMinor: number },
        { type: "set_tip", order, ratePpm: number, amountMinor: 0 },
      ]),
    set_guests: (shop) =>
      eachNumber(shop, (order, guestCount) => [{ type: "set_guests", order, guestCount }]),
    set_tier: (shop) =>
      ordersOf(shop).flatMap((order) => texts.map((tier): Command => ({ type: "set_tier", order, tier }))),
    set_tax_treatment: (shop) =>
      ordersOf(shop).flatMap((order) =>
        texts.flatMap((reason) =>
          (["standard", "tax_free", "reverse_charge"] as const).map((treatment): Command => ({
            type: "set_tax_treatment",
            order,
            treatment,
            reason,
          })),
        ),
      ),
    round_order: (shop) =>
      ordersOf(shop).flatMap((order) =>
        [true, false].map((isGiven): Command => ({ type: "round_order", order, isGiven })),
      ),
  };
}
