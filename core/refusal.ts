/**
 * When the trade says no. A Refusal is a value: shown to the clerk in words, never thrown and never
 * logged as an error. Each sentence says what happened, what is safe and what to do (UX section 9).
 */

/** Why the trade says no. Codes are stable: logs, tests and the wire know them. */
export type RefusalCode =
  | "clerk/not_signed_on"
  | "clerk/unknown"
  | "clerk/right_missing"
  | "command/out_of_range"
  | "item/unknown"
  | "item/sold_out"
  | "order/unknown"
  | "order/not_owner"
  | "order/not_open"
  | "order/frozen"
  | "order/empty"
  | "order/too_many_lines"
  | "order/wrong_kind"
  | "order/reason_missing"
  | "line/unknown"
  | "line/units_missing"
  | "check/unknown"
  | "check/not_frozen"
  | "check/has_tender"
  | "tender/nothing_due"
  | "tender/amount_due"
  | "tender/nothing_handed"
  | "receipt/unknown"
  | "journal/failed"
  | "journal/full";

export interface Refusal {
  readonly code: RefusalCode;
  /** What the sentence is about (a sku, a right, an amount), for logs and tests; may be empty. */
  readonly about: string;
}

/** The answer of `decide` when it is no. */
export interface Refused {
  readonly ok: false;
  readonly refusal: Refusal;
}

/** A refusal of this code. */
export function refuse(code: RefusalCode, about = ""): Refused {
  return { ok: false, refusal: { code, about } };
}

interface Words {
  readonly en: string;
  readonly zh: string;
}

/** The sentence of each code in both languages. */
export const REFUSAL_WORDS: Readonly<Record<RefusalCode, Words>> = {
  "clerk/not_signed_on": {
    en: "Nobody is signed on. The order is kept. Pick your name first.",
    zh: "尚未登录。订单已保留。请先选择您的姓名。",
  },
  "clerk/unknown": {
    en: "This name is not in the staff list. Nothing was changed. Ask the manager to add it.",
    zh: "员工名单中没有此人。未作任何更改。请让经理添加。",
  },
  "clerk/right_missing": {
    en: "You may not do this. Nothing was changed. Ask someone who may.",
    zh: "您没有此权限。未作任何更改。请找有权限的同事操作。",
  },
  "command/out_of_range": {
    en: "A number or text is outside what is allowed. Nothing was changed. Check it and try again.",
    zh: "数字或文字超出允许范围。未作任何更改。请检查后重试。",
  },
  "item/unknown": {
    en: "This code is not in the catalogue. The order is unchanged. Sell it by open price, or check the code.",
    zh: "商品目录中没有此编码。订单未变。请检查编码或按自定价格销售。",
  },
  "item/sold_out": {
    en: "This item is sold out. The order is unchanged. Offer another one.",
    zh: "此商品已售罄。订单未变。请推荐其他商品。",
  },
  "order/unknown": {
    en: "This order is not on this terminal. Nothing was changed. Look for it in the list of orders.",
    zh: "本机没有此订单。未作任何更改。请在订单列表中查找。",
  },
  "order/not_owner": {
    en: "Another terminal owns this order. Nothing was charged. Take the money there.",
    zh: "此订单属于另一台终端。未收款。请在该终端上收款。",
  },
  "order/not_open": {
    en: "This order is finished. It stays as it is. Start a new order.",
    zh: "此订单已完成，保持不变。请新建订单。",
  },
  "order/frozen": {
    en: "This order is being paid. It stays as it is. Finish the payment, or go back before any money is taken.",
    zh: "此订单正在收款，保持不变。请完成收款，或在收款前返回。",
  },
  "order/empty": {
    en: "There is nothing on this order. Nothing was charged. Add an item first.",
    zh: "订单中没有商品。未收款。请先添加商品。",
  },
  "order/too_many_lines": {
    en: "This order is full. All its lines are kept. Pay it and go on with a new one.",
    zh: "此订单行数已满，所有商品已保留。请先结账，再新建订单。",
  },
  "order/wrong_kind": {
    en: "This step does not fit this order. Nothing was charged. A sale is paid, a return is paid out.",
    zh: "此操作不适用于该订单。未收款。销售单收款，退货单付款。",
  },
  "order/reason_missing": {
    en: "A reason is needed. Nothing was changed. Choose or write one.",
    zh: "需要填写原因。未作任何更改。请选择或填写原因。",
  },
  "line/unknown": {
    en: "This line is not on the order. The order is unchanged. Look at the list again.",
    zh: "订单中没有这一行。订单未变。请重新查看列表。",
  },
  "line/units_missing": {
    en: "The line has fewer units than that. The order is unchanged. Remove at most what it has.",
    zh: "该行数量不足。订单未变。最多只能减去现有数量。",
  },
  "check/unknown": {
    en: "This bill is not on the order. Nothing was changed. Open the order again.",
    zh: "订单中没有此账单。未作任何更改。请重新打开订单。",
  },
  "check/not_frozen": {
    en: "This bill is not waiting for money. Nothing was changed. Open the order again.",
    zh: "此账单不在收款状态。未作任何更改。请重新打开订单。",
  },
  "check/has_tender": {
    en: "Money was already taken for this bill. It is recorded. Take the rest first.",
    zh: "此账单已收部分款项。款项已记录。请先收完余款。",
  },
  "tender/nothing_due": {
    en: "Nothing is due on this order. No money was taken. Close it without money.",
    zh: "此订单无需付款。未收款。请直接关闭订单。",
  },
  "tender/amount_due": {
    en: "Money is due on this order. It stays open. Take the money to close it.",
    zh: "此订单仍有应付金额，保持打开。请收款后关闭。",
  },
  "tender/nothing_handed": {
    en: "The amount handed over is missing. No money was taken. Enter what the customer gave.",
    zh: "未输入实收金额。未收款。请输入顾客所付金额。",
  },
  "receipt/unknown": {
    en: "This order has no receipt yet. Nothing was printed. Pay the order first.",
    zh: "此订单尚无小票。未打印。请先结账。",
  },
  "journal/failed": {
    en: "This terminal cannot store sales any more. What is shown as paid is stored. Stop selling here and call support.",
    zh: "本机已无法保存销售记录。已显示付款的订单已保存。请停止在本机销售并联系支持。",
  },
  "journal/full": {
    en: "The storage is full. All sales are stored. Finish the open order, then call support before selling on.",
    zh: "存储空间已满。所有销售均已保存。请完成当前订单，并联系支持后再继续销售。",
  },
};
