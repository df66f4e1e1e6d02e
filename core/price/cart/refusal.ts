/**
 * Why a cart, or what is asked of it, is not taken: a stable code, and the field it is about as a
 * path ("promotions[0].rule.barMinor").
 */

/** Every reason. */
export type CartRefusalCode =
  | "cart/line_repeated"
  | "cart/promotion_repeated"
  | "cart/fee_repeated"
  | "cart/id_reserved"
  | "cart/price_negative"
  | "cart/amount_range"
  | "cart/bar_below_gift"
  | "cart/steps_order"
  | "cart/set_size"
  | "cart/stage_rule"
  | "cart/rounding_currency"
  | "cart/rounding_exclusive"
  | "cart/two_roundings"
  | "cart/unknown_line"
  | "cart/split_too_much"
  | "cart/split_not_whole"
  | "cart/tender_short"
  | "cart/tender_over"
  | "cart/unknown_tender"
  | "cart/refund_exceeds"
  | "cart/refund_recompute"
  | "cart/refund_empty"
  | "cart/refund_below_minimum"
  | "cart/refund_tenders"
  | "cart/stored_short";

/** A refusal with its place. */
export interface CartRefusal {
  readonly ok: false;
  readonly code: CartRefusalCode;
  readonly path: string;
}
