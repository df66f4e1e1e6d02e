/**
 * The fixed words of a receipt in both languages. Names, prices and notes come from the order;
 * what is printed besides them comes from here.
 */

/** One language's words. */
export interface ReceiptWords {
  readonly sale: string;
  readonly refund: string;
  readonly number: string;
  readonly terminal: string;
  readonly clerk: string;
  readonly total: string;
  readonly refunded: string;
  readonly cash: string;
  readonly card: string;
  /** Before the reader's reference and the approval code. */
  readonly cardReference: string;
  readonly change: string;
  readonly tax: string;
  readonly net: string;
  readonly copy: string;
  /** Above the rest of a paper that the printer left, and above a second whole print. */
  readonly continued: string;
  readonly reprint: string;
  readonly record: string;
  readonly rounding: string;
  readonly subtotal: string;
  /** In the place of the price that stands beside it. */
  readonly listPrice: string;
  readonly tip: string;
  /** What the house rounded the order by; coins are rounded by `rounding`. */
  readonly orderRounding: string;
  readonly taxFree: string;
  readonly reverseCharge: string;
  /** Before the version and the first digits of what prices were made by. */
  readonly rules: string;
  readonly returnOf: string;
  readonly training: string;
}

/** The words by the language of the store's receipts. */
export const RECEIPT_WORDS: Readonly<Record<"en" | "zh", ReceiptWords>> = {
  en: {
    sale: "Receipt",
    refund: "Refund",
    number: "No.",
    terminal: "Terminal",
    clerk: "Served by",
    total: "Total",
    refunded: "Refunded",
    cash: "Cash",
    card: "Card",
    cardReference: "Ref.",
    change: "Change",
    tax: "Tax",
    net: "Net",
    copy: "COPY",
    continued: "CONTINUED",
    reprint: "REPRINT",
    record: "Record",
    rounding: "Rounding",
    subtotal: "Subtotal",
    listPrice: "List price",
    tip: "Tip",
    orderRounding: "Rounded off",
    taxFree: "TAX FREE",
    reverseCharge: "REVERSE CHARGE: tax is owed by the buyer",
    rules: "Prices",
    returnOf: "Return of",
    training: "TRAINING",
  },
  zh: {
    sale: "小票",
    refund: "退款单",
    number: "单号",
    terminal: "终端",
    clerk: "收银员",
    total: "合计",
    refunded: "退款",
    cash: "现金",
    card: "银行卡",
    cardReference: "参考号",
    change: "找零",
    tax: "税额",
    net: "不含税",
    copy: "副本",
    continued: "续打",
    reprint: "重打",
    record: "记录",
    rounding: "舍入",
    subtotal: "小计",
    listPrice: "原价",
    tip: "小费",
    orderRounding: "抹零",
    taxFree: "免税",
    reverseCharge: "反向征税：税款由购买方缴纳",
    rules: "价格规则",
    returnOf: "退自",
    training: "培训 TRAINING",
  },
};
