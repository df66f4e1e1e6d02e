/**
 * The fixed words of an X and a Z in both languages. Names and reasons come from the events; what is
 * printed besides them comes from here.
 */
import type { TenderMethod } from "../facts.ts";

/** One language's words. */
export interface ReportWords {
  readonly training: string;
  readonly terminal: string;
  readonly drawer: string;
  readonly businessDate: string;
  readonly openedBy: string;
  readonly opened: string;
  readonly closed: string;
  readonly printed: string;
  readonly sales: string;
  readonly returns: string;
  readonly net: string;
  readonly tax: string;
  readonly taxBase: string;
  readonly methods: Readonly<Record<TenderMethod, string>>;
  readonly rounding: string;
  readonly voids: string;
  readonly copies: string;
  readonly noSales: string;
  readonly float: string;
  readonly payIn: string;
  readonly payOut: string;
  readonly drop: string;
  readonly cashIn: string;
  readonly change: string;
  readonly cashRefunds: string;
  readonly expected: string;
  readonly counted: string;
  readonly difference: string;
  readonly reason: string;
  readonly position: string;
}

/** The words by the language of the store's receipts. */
export const REPORT_WORDS: Readonly<Record<"en" | "zh", ReportWords>> = {
  en: {
    training: "TRAINING",
    terminal: "Terminal",
    drawer: "Drawer",
    businessDate: "Business date",
    openedBy: "Opened by",
    opened: "Opened",
    closed: "Closed",
    printed: "Printed",
    sales: "Sales",
    returns: "Returns",
    net: "Turnover",
    tax: "Tax",
    taxBase: "Net",
    methods: { cash: "Cash", card: "Card" },
    rounding: "Cash rounding",
    voids: "Voids",
    copies: "Receipt copies",
    noSales: "Drawer without sale",
    float: "Float",
    payIn: "Paid in",
    payOut: "Paid out",
    drop: "To the safe",
    cashIn: "Cash taken",
    change: "Change given",
    cashRefunds: "Cash refunds",
    expected: "Expected",
    counted: "Counted",
    difference: "Difference",
    reason: "Reason",
    position: "Journal",
  },
  zh: {
    training: "培训 TRAINING",
    terminal: "终端",
    drawer: "钱箱",
    businessDate: "营业日",
    openedBy: "开班人",
    opened: "开班",
    closed: "交班",
    printed: "打印",
    sales: "销售",
    returns: "退货",
    net: "营业额",
    tax: "税额",
    taxBase: "不含税",
    methods: { cash: "现金", card: "银行卡" },
    rounding: "现金舍入",
    voids: "作废",
    copies: "小票副本",
    noSales: "无销售开箱",
    float: "备用金",
    payIn: "存入",
    payOut: "支出",
    drop: "缴存",
    cashIn: "收现",
    change: "找零",
    cashRefunds: "现金退款",
    expected: "应有",
    counted: "实点",
    difference: "差额",
    reason: "原因",
    position: "日志",
  },
};
