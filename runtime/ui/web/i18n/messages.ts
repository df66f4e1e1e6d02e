/**
 * What the page itself has to say, in both languages, by a stable code. Each says what happened, what
 * is safe and what to do, in three sentences; the trade's own words are core/refusal.ts, those of the
 * connection runtime/ui/words.ts.
 */
import type { Mark } from "../../../../core/order/types.ts";

interface Said {
  readonly en: string;
  readonly zh: string;
}

/** What staff is told of an order in which something did not fit; one for each mark. */
const MARK_MESSAGES: Readonly<Record<`mark/${Mark}`, Said>> = {
  "mark/added_after_freeze": {
    en: "An item was added while the order was being paid. The paid amount stands. Take money for the item in a new order.",
    zh: "收款过程中另有商品加入。已收金额不变。请为该商品另开一单收款。",
  },
  "mark/added_after_void": {
    en: "An item was added after the order was cancelled. Nothing was charged for it. Sell it again if it was handed over.",
    zh: "订单作废后又有商品加入。未对其收款。如已交付顾客，请重新销售。",
  },
  "mark/removed_after_freeze": {
    en: "An item was taken off while the order was being paid. The paid amount stands. Refund the item against the receipt.",
    zh: "收款过程中有商品被删除。已收金额不变。如需退款，请凭小票办理。",
  },
  "mark/removed_more_than_held": {
    en: "Two terminals took the same item off. The order counts it once. Look at the lines before you go on.",
    zh: "两台终端删除了同一商品。订单只计一次。请核对商品行后再继续。",
  },
  "mark/held_twice": {
    en: "Two terminals began to take money for this order. What was taken is recorded. Compare both receipts with the customer.",
    zh: "两台终端同时对此订单收款。已收款项均有记录。请与顾客核对两张小票。",
  },
  "mark/closed_twice": {
    en: "This order was paid on two terminals. Both receipts are recorded. Give one of the two amounts back.",
    zh: "此订单在两台终端上重复收款。两张小票均已记录。请退还其中一笔。",
  },
  "mark/overpaid": {
    en: "More was taken than was due. All of it is recorded. Give the rest back to the customer.",
    zh: "收款多于应收金额。全部款项均有记录。请将多收部分退还顾客。",
  },
  "mark/thaw_ignored": {
    en: "Going back from the payment came too late. The money is recorded. Refund against the receipt if it has to come back.",
    zh: "返回修改时收款已完成。款项已记录。如需退还，请凭小票退款。",
  },
  "mark/order_unknown": {
    en: "A part of this order has not arrived yet. What is shown is stored. Wait for the link to headquarters, then look again.",
    zh: "此订单的部分内容尚未到达。已显示的内容均已保存。请待总部连接恢复后再查看。",
  },
  "mark/line_unknown": {
    en: "A line of this order has not arrived yet. What is shown is stored. Wait for the link to headquarters, then look again.",
    zh: "此订单的某一行尚未到达。已显示的内容均已保存。请待总部连接恢复后再查看。",
  },
  "mark/check_unknown": {
    en: "A receipt of this order has not arrived yet. What is shown is stored. Wait for the link to headquarters, then look again.",
    zh: "此订单的一张小票尚未到达。已显示的内容均已保存。请待总部连接恢复后再查看。",
  },
  "mark/receipt_not_confirmed": {
    en: "The printer did not confirm this receipt. The sale is stored. Print a copy if the customer has none.",
    zh: "打印机未确认此小票。销售已保存。如顾客没有小票，请补打。",
  },
  "mark/receipt_marked": {
    en: "The receipt was printed with a mark, because the printer stopped in the middle. The sale is stored once. Hand over the marked paper.",
    zh: "打印机中途停止，小票带有标记。销售只记录一次。请将带标记的小票交给顾客。",
  },
  "mark/card_unknown": {
    en: "Result unknown: do not charge again. It is recorded. Check now, or call a manager.",
    zh: "结果待确认：请勿重复收款。已记录。请立即查询或联系经理。",
  },
  "mark/card_overridden": {
    en: "Went on without a card's result. It is recorded. Compare the slips.",
    zh: "未确认刷卡结果即继续。已记录。请核对签购单。",
  },
  "mark/card_orphan": {
    en: "The reader moved other money. It is recorded. Call a manager.",
    zh: "读卡器另有扣款。已记录。请联系经理。",
  },
  "mark/card_declined_later": {
    en: "The bank refused a card later. It is recorded. Call a manager.",
    zh: "银行事后拒付。已记录。请联系经理。",
  },
  "mark/returned_twice": {
    en: "The same goods came back at two terminals. Both refunds are recorded. Tell the manager: one of them was too much.",
    zh: "同一商品在两台终端上重复退货。两笔退款均有记录。请告知经理核查。",
  },
};

const PRINTER_MESSAGES = {
  "printer/unreachable": {
    en: "The printer does not answer. The sale is saved. Check power and cable, then reprint.",
    zh: "打印机无应答。订单已保存。请检查电源和连线后补打。",
  },
  "printer/paper_out": {
    en: "The paper is out. The sale is saved. Load paper, then reprint.",
    zh: "打印机缺纸。订单已保存。请装纸后补打。",
  },
  "printer/cover_open": {
    en: "The printer's cover is open. The sale is saved. Close it, then reprint.",
    zh: "打印机盖未关。订单已保存。请关好后补打。",
  },
  "printer/fault": {
    en: "The printer reports a fault. The sale is saved. Switch it off and on, then reprint.",
    zh: "打印机故障。订单已保存。请重启打印机后补打。",
  },
  "printer/unknown": {
    en: "The printer did not confirm the receipt. The sale is saved. Look at the paper; reprint if it is missing.",
    zh: "打印机未确认小票。订单已保存。请查看纸张，如未打印请补打。",
  },
  "printer/paper_low": {
    en: "The paper is nearly out. Receipts still come out. Have a new roll at hand.",
    zh: "打印纸即将用完。目前仍可打印。请准备新纸卷。",
  },
} as const satisfies Record<string, Said>;

const HOUSE_MESSAGES = {
  "screen/runtime_gone": {
    en: "The till's program does not answer. Orders that were stored are safe. Wait a moment; if this stays, restart the device.",
    zh: "收银程序没有应答。已保存的订单安全。请稍候；若持续如此，请重启设备。",
  },
  "screen/too_many_taps": {
    en: "Many taps are waiting for an answer. They are kept. Wait a moment, then go on.",
    zh: "有多次点击正在等待确认。它们均已保留。请稍候再继续。",
  },
  "screen/not_ours": {
    en: "The runtime said something that this screen does not know. Orders are safe. Reload the screen.",
    zh: "运行程序发送了本屏幕无法识别的内容。订单安全。请重新打开屏幕。",
  },
  "screen/order_missing": {
    en: "This order is not on this terminal. Nothing was changed. Look for it where it was sold, or at headquarters.",
    zh: "本机没有此订单。未作任何更改。请到原终端或总部查找。",
  },
  "screen/locked": {
    en: "Nobody touched the screen for two minutes. The order is kept. Sign on to go on with it.",
    zh: "屏幕两分钟无人操作。订单已保留。请登录后继续。",
  },
  "scan/payment_code": {
    en: "This is a customer's payment code, not an item. Nothing was charged and the code is not kept. Scan goods here, take cash to pay.",
    zh: "这是顾客的付款码，不是商品。未扣款，付款码未被保存。请在此扫描商品，并收取现金。",
  },
  "scan/cut_off": {
    en: "The scan broke off. The order is unchanged. Scan again.",
    zh: "扫描中断。订单未变。请重新扫描。",
  },
  "scan/too_long": {
    en: "This code is longer than any code that is sold here. The order is unchanged. Scan the code of the item itself.",
    zh: "此条码过长。订单未变。请扫描商品本身的条码。",
  },
  "link/down": {
    en: "There is no link to headquarters. All is kept here, and cash can be taken. Go on selling; it is sent by itself later.",
    zh: "与总部的连接中断。记录均保存在本机，可继续收现金。请继续销售，稍后自动上传。",
  },
  "disk/full": {
    en: "The storage is full. All sales are stored. Finish the open order, then call support.",
    zh: "存储空间已满。所有销售均已保存。请完成当前订单并联系支持。",
  },
  "disk/failed": {
    en: "The storage failed. What is shown as paid is stored. Stop selling here and call support.",
    zh: "存储故障。已显示收款的订单已保存。请停止在本机销售并联系支持。",
  },
  "disk/damaged": {
    en: "A part of the storage was damaged and set aside. What headquarters had is safe; older sales may be missing on this terminal. Selling goes on. Call support today.",
    zh: "部分存储已损坏并已隔离。总部已收到的记录安全；本机可能缺少较早的销售记录。可以继续销售。请今天联系支持。",
  },
  "clock/behind": {
    en: "The clock shows a time before the newest sale. Sales and shifts do not depend on it. Have the clock set right; go on selling.",
    zh: "时钟早于最近一笔销售。销售与班次不受影响。请校准时钟，可继续销售。",
  },
  "clock/before_release": {
    en: "The clock shows a time before this program was made. Sales and shifts do not depend on it. Have the clock set right; go on selling.",
    zh: "时钟早于本程序的发布时间。销售与班次不受影响。请校准时钟，可继续销售。",
  },
  "clock/jumped": {
    en: "The clock has jumped. Sales and shifts do not depend on it. Have the clock set right; go on selling.",
    zh: "时钟发生跳变。销售与班次不受影响。请校准时钟，可继续销售。",
  },
  "shift/unsent": {
    en: "Some records are not at headquarters yet. They are stored here, and a close does not lose them. Close the shift; they are sent by themselves.",
    zh: "部分记录尚未上传总部。它们已保存在本机，交班不会丢失。可以交班，稍后自动上传。",
  },
  "training/on": {
    en: "This is training. Nothing here is a sale, and the drawer stays shut. Leave training in the menu before you serve a customer.",
    zh: "现在是培训模式。此处的操作都不是真实销售，钱箱不会打开。接待顾客前，请在菜单中退出培训。",
  },
} as const satisfies Record<string, Said>;

/** Every message of the page by its code. */
export const MESSAGES = { ...MARK_MESSAGES, ...PRINTER_MESSAGES, ...HOUSE_MESSAGES };

/** The code of a message of the page. */
export type MessageCode = keyof typeof MESSAGES;
