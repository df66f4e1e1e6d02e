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
  | "clerk/pin_needed"
  | "clerk/pin_wrong"
  | "clerk/pin_wait"
  | "clerk/locked"
  | "clerk/not_locked"
  | "approval/same_person"
  | "approval/not_allowed"
  | "order/parked"
  | "order/not_parked"
  | "undo/nothing"
  | "tender/due_changed"
  | "receipt/not_here"
  | "return/nothing"
  | "return/units_gone"
  | "return/in_progress"
  | "return/below_minimum"
  | "discount/too_high"
  | "discount/unknown"
  | "discount/no_rounding"
  | "coupon/unknown"
  | "coupon/entered"
  | "coupon/not_valid"
  | "shift/not_open"
  | "shift/already_open"
  | "shift/unknown"
  | "shift/other_terminal"
  | "shift/not_counted"
  | "shift/difference_reason"
  | "shift/order_waits"
  | "shift/too_many"
  | "drawer/unknown"
  | "shift/ambiguous"
  | "report/unknown"
  | "tender/in_progress"
  | "tender/unknown"
  | "tender/not_known"
  | "tender/not_captured"
  | "tender/settled"
  | "tender/reader_unresolved"
  | "tender/above_payment_limit"
  | "tender/above_check_limit"
  | "tender/offline_not_allowed"
  | "tender/offline_payment_limit"
  | "tender/offline_sum_limit"
  | "tender/offline_count_limit"
  | "tender/offline_age_limit"
  | "tender/orphan_unknown"
  | "tender/reader_missing"
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
  "clerk/pin_needed": {
    en: "This name needs a PIN. Nothing was changed. Enter it.",
    zh: "此姓名需要密码。未作任何更改。请输入密码。",
  },
  "clerk/pin_wrong": {
    en: "This PIN is not right. Nothing was changed. Try again.",
    zh: "密码不正确。未作任何更改。请重试。",
  },
  "clerk/pin_wait": {
    en: "Too many wrong PINs. The order is kept. Wait until the time is over, then try again.",
    zh: "密码错误次数过多。订单已保留。请等待倒计时结束后重试。",
  },
  "clerk/locked": {
    en: "This name is locked after wrong PINs. The order is kept. Ask a manager to unlock it.",
    zh: "此姓名因多次输错密码已锁定。订单已保留。请让经理解锁。",
  },
  "clerk/not_locked": {
    en: "This name is not locked. Nothing was changed. Sign on with the PIN.",
    zh: "此姓名未被锁定。未作任何更改。请用密码登录。",
  },
  "approval/same_person": {
    en: "Nobody can approve for themselves. Nothing was changed. Ask a second person.",
    zh: "不能为自己授权。未作任何更改。请找另一位同事。",
  },
  "approval/not_allowed": {
    en: "This person may not approve this. Nothing was changed. Ask a manager.",
    zh: "此人无权授权该操作。未作任何更改。请找经理。",
  },
  "order/parked": {
    en: "This order is parked. It is kept as it is. Recall it first.",
    zh: "此订单已挂起，保持不变。请先取回。",
  },
  "order/not_parked": {
    en: "This order is not parked. Nothing was changed. It is in the list of orders.",
    zh: "此订单未被挂起。未作任何更改。请在订单列表中查看。",
  },
  "undo/nothing": {
    en: "There is nothing to take back. The order is unchanged. Change its lines by hand.",
    zh: "没有可撤销的操作。订单未变。请手动修改商品行。",
  },
  "tender/due_changed": {
    en: "What is due has changed meanwhile. No money was taken. Look at the new amount and take the money again.",
    zh: "应付金额已变化。未收款。请核对新金额后重新收款。",
  },
  "receipt/not_here": {
    en: "This receipt was not sold on this terminal. Nothing was paid out. Take it back where it was sold, or as a return without receipt.",
    zh: "此小票不是本机售出。未退款。请到原终端退货，或按无小票退货处理。",
  },
  "return/nothing": {
    en: "No unit is chosen. Nothing was paid out. Choose what comes back.",
    zh: "未选择任何商品。未退款。请选择要退的商品。",
  },
  "return/units_gone": {
    en: "These units came back before. Nothing was paid out. Choose at most what is left on the receipt.",
    zh: "这些商品已退过。未退款。最多只能退小票上剩余的数量。",
  },
  "return/below_minimum": {
    en: "This is less than is paid back at all. Nothing was paid out. Take more back at once, or the last of it.",
    zh: "低于最低退款金额。未退款。请一次多退一些，或退最后余下的部分。",
  },
  "discount/too_high": {
    en: "This discount is more than the house allows. The order is unchanged. Give less.",
    zh: "折扣超出门店允许的范围。订单未变。请减少折扣。",
  },
  "discount/unknown": {
    en: "This discount is not on the order. The order is unchanged. Look at the list again.",
    zh: "订单中没有此折扣。订单未变。请重新查看列表。",
  },
  "discount/no_rounding": {
    en: "The house does not round orders. The order is unchanged. Take the exact amount.",
    zh: "门店未设置抹零。订单未变。请按原金额收款。",
  },
  "coupon/unknown": {
    en: "This coupon is not known. The order is unchanged. Check the code.",
    zh: "没有此优惠券。订单未变。请检查券码。",
  },
  "coupon/entered": {
    en: "This coupon is on the order already. The order is unchanged. Each counts once.",
    zh: "此优惠券已使用。订单未变。每张券只能用一次。",
  },
  "coupon/not_valid": {
    en: "This coupon does not count here and now. The order is unchanged. Look at its dates and places.",
    zh: "此优惠券当前不可用。订单未变。请查看有效期和适用范围。",
  },
  "return/in_progress": {
    en: "A refund of this receipt waits for its card. Nothing more was paid out. Finish or cancel that one first.",
    zh: "此小票有一笔退卡尚未完成。未再退款。请先完成或取消该笔退款。",
  },
  "shift/not_open": {
    en: "No shift is open. No money was taken. Open the drawer's shift first.",
    zh: "尚未开班。未收款。请先开班。",
  },
  "shift/already_open": {
    en: "This drawer has a shift already. It goes on. Close it before another one is opened.",
    zh: "此钱箱已有班次，继续使用。请先交班再开新班。",
  },
  "shift/unknown": {
    en: "This shift is not on this terminal. Nothing was changed. Look at the list of shifts.",
    zh: "本机没有此班次。未作任何更改。请查看班次列表。",
  },
  "shift/other_terminal": {
    en: "Another terminal opened this shift. It goes on. Count and close it there.",
    zh: "此班次由另一台终端开启，继续有效。请在该终端清点并交班。",
  },
  "shift/not_counted": {
    en: "The drawer has not been counted since money last moved. The shift goes on. Count it, then close.",
    zh: "上次现金变动后尚未清点钱箱。班次继续。请先清点再交班。",
  },
  "shift/difference_reason": {
    en: "The count differs from what is expected. The shift goes on. Say why, or count again.",
    zh: "清点金额与应有金额不符。班次继续。请说明原因或重新清点。",
  },
  "shift/order_waits": {
    en: "An order waits for its payment. The shift goes on. Finish that order first.",
    zh: "有订单正在收款。班次继续。请先完成该订单。",
  },
  "shift/too_many": {
    en: "Too many shifts are open here. They go on. Close one of them first.",
    zh: "本机开启的班次过多，均继续有效。请先结束其中一个。",
  },
  "drawer/unknown": {
    en: "This drawer is not set up here. Nothing was opened. Choose one of the list.",
    zh: "本机未设置此钱箱。未打开。请从列表中选择。",
  },
  "shift/ambiguous": {
    en: "Several drawers are open and none is yours. No money was taken. Open your own, or sign on as the one whose drawer it is.",
    zh: "已开启多个钱箱但都不属于您。未收款。请开启自己的班次，或以钱箱负责人登录。",
  },
  "report/unknown": {
    en: "This report is not on this terminal. Nothing was printed. Headquarters has all of them.",
    zh: "本机没有此报表。未打印。总部保存有全部报表。",
  },
  "tender/in_progress": {
    en: "The card reader is at work on this order. Nothing else was charged. Wait for it, or cancel it there.",
    zh: "读卡器正在处理此订单。未另行收款。请等待结果，或在读卡器上取消。",
  },
  "tender/unknown": {
    en: "A card payment of this order is not known yet. Do not charge again. Check it now, or call a manager.",
    zh: "此订单的刷卡结果尚未确认。请勿重复收款。请立即查询或联系经理。",
  },
  "tender/not_known": {
    en: "This payment is not on the order. Nothing was changed. Open the order again.",
    zh: "订单中没有此笔付款。未作任何更改。请重新打开订单。",
  },
  "tender/not_captured": {
    en: "This payment was not taken, so it cannot be given back. Nothing was changed. Look at the order's payments.",
    zh: "此笔付款未入账，无法退回。未作任何更改。请查看订单付款记录。",
  },
  "tender/settled": {
    en: "This payment is settled already. It stays as it is. Open the order again.",
    zh: "此笔付款已有结果，保持不变。请重新打开订单。",
  },
  "tender/reader_unresolved": {
    en: "This reader still owes the result of an earlier payment. Nothing was charged. Check that one first, or use another reader.",
    zh: "此读卡器上一笔付款的结果尚未确认。未收款。请先查询该笔，或使用其他读卡器。",
  },
  "tender/above_payment_limit": {
    en: "One payment may not be that high. Nothing was charged. Take a smaller part, or another way to pay.",
    zh: "单笔付款超出上限。未收款。请减少金额或改用其他方式。",
  },
  "tender/above_check_limit": {
    en: "This way to pay has reached its limit on this bill. Nothing was charged. Take the rest another way.",
    zh: "此付款方式已达到本单上限。未收款。余款请用其他方式。",
  },
  "tender/offline_not_allowed": {
    en: "The card's bank cannot be reached, and this shop takes no cards without it. Nothing was charged. Take another way to pay.",
    zh: "无法联系发卡行，本店不接受离线刷卡。未收款。请改用其他付款方式。",
  },
  "tender/offline_payment_limit": {
    en: "Without the bank a card may not pay that much. Nothing was charged. Take another way to pay.",
    zh: "离线刷卡金额超出单笔上限。未收款。请改用其他付款方式。",
  },
  "tender/offline_sum_limit": {
    en: "The cards that wait for their bank have reached their sum. Nothing was charged. Take another way to pay until they are sent.",
    zh: "待上送的离线刷卡总额已达上限。未收款。上送前请改用其他付款方式。",
  },
  "tender/offline_count_limit": {
    en: "Too many cards wait for their bank. Nothing was charged. Take another way to pay until they are sent.",
    zh: "待上送的离线刷卡笔数已达上限。未收款。上送前请改用其他付款方式。",
  },
  "tender/offline_age_limit": {
    en: "A card has waited for its bank for too long. Nothing was charged. Bring the reader on line first.",
    zh: "有离线刷卡等待时间过长。未收款。请先恢复读卡器联网。",
  },
  "tender/orphan_unknown": {
    en: "This case is not on the order. Nothing was changed. Open the order again.",
    zh: "订单中没有此异常记录。未作任何更改。请重新打开订单。",
  },
  "tender/reader_missing": {
    en: "The card reader is not connected. Nothing was charged. Look at its cable and power, or take another way to pay.",
    zh: "读卡器未连接。未收款。请检查连线和电源，或改用其他付款方式。",
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
