/**
 * The words of a reader's end of day in Chinese: the keys of en-day.ts.
 * Complete by type, as zh.ts is.
 */
import type { enDay } from "./en-day.ts";

function order(label: string): string {
  return label === "" ? "" : `（${label}）`;
}

/** A part of the words (zh.ts). */
export const zhDay: typeof enDay = {
  readerDayTitle: "读卡器日结",
  readerDayLast: (closed) => `上次日结：${closed}`,
  readerDayShow: (count) => (count === 0 ? "查看：全部相符" : `查看 ${count} 项差异`),
  readerDayNone: "尚无日结。",
  readerDayAgrees: "读卡器与日志相符。",
  readerDayDiffers: "读卡器与日志不符。销售已保存；差异如下。",
  readerDayNothing: "均无刷卡。",
  dayBrand: "卡种",
  dayAtReader: "读卡器",
  dayInJournal: "日志",
  dayOther: "其他",
  dayCase_reader_more: (amount, label) => `读卡器多 ${amount}${order(label)}。销售已记录。请向收单机构查询。`,
  dayCase_journal_more: (amount, label) =>
    `读卡器缺 ${amount}${order(label)}。销售已记录。请向收单机构查询。`,
  dayCase_count_differs: (_amount, label) => `笔数不符${order(label)}。款项不缺。请核对签购单。`,
  dayCase_unknown: (amount, label) =>
    `结果待确认：${amount}${order(label)}。请勿重复收款。请立即查询或联系经理。`,
  dayCase_orphan: (amount, label) => `读卡器另有扣款 ${amount}${order(label)}。不属于任何销售。请退回。`,
  dayCase_judged_charged: (amount, label) =>
    `经理确认已扣款，读卡器缺 ${amount}${order(label)}。销售已记录。请向收单机构查询。`,
  dayCase_judged_not_charged: (amount, label) =>
    `经理确认未扣款，读卡器多 ${amount}${order(label)}。可能重复付款。请退回。`,
  dayCase_offline: (amount, label) =>
    `离线收款，读卡器缺 ${amount}${order(label)}。销售已记录。请向收单机构查询。`,
  cardPaidNoCash: "已用卡付款。未收现金，请退还顾客。",
  cardUnknownNoCash: "结果待确认：请勿重复收款。未收现金。请立即查询。",
  cardEnding: "正在先结束刷卡",
  dayOrder: "查看订单",
  dayIsAtReader: "读卡器合计中有此笔。",
  dayIsNotAtReader: "读卡器合计中未见此笔。",
};
