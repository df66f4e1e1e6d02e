/**
 * The words of a reader's end of day in Chinese: the keys of en-day.ts.
 */
import type { enDay } from "./en-day.ts";

function of(brand: string): string {
  return brand === "" ? "" : `${brand}：`;
}

function order(label: string): string {
  return label === "" ? "" : `（${label}）`;
}

/** A part of the words (zh.ts). */
export const zhDay: typeof enDay = {
  readerDayTitle: "读卡器日结",
  readerDayLast: (closed) => `上次日结：${closed}`,
  readerDayShow: (count) => (count === 0 ? "查看：全部相符" : `查看 ${count} 项差异`),
  readerDayNone: "此读卡器尚无日结。",
  readerDayAgrees: "读卡器与日志相符：每笔刷卡都有记录。",
  readerDayDiffers: "读卡器与日志不符。销售已保存；差异如下。",
  readerDayNothing: "读卡器和日志均无刷卡。",
  dayBrand: "卡种",
  dayAtReader: "读卡器",
  dayInJournal: "日志",
  dayOther: "其他",
  dayCase_reader_more: (brand, amount, label) =>
    `${of(brand)}读卡器比日志多 ${amount}${order(label)}。本机未丢失记录。请向收单机构查询是哪笔付款。`,
  dayCase_journal_more: (brand, amount, label) =>
    `${of(brand)}日志有 ${amount} 而读卡器没有${order(label)}。销售已记录，款项可能缺失。请向收单机构查询。`,
  dayCase_count_differs: (brand, _amount, label) =>
    `${of(brand)}金额相符，笔数不符${order(label)}。款项不缺。请核对签购单。`,
  dayCase_unknown: (brand, amount, label) =>
    `${of(brand)}${amount} 是否扣款尚不确定${order(label)}。请勿重复收款。请查询或找经理。`,
  dayCase_orphan: (brand, amount, label) =>
    `${of(brand)}读卡器多收 ${amount}，无人请求${order(label)}。不属于任何销售。请办理退回。`,
  dayCase_judged_charged: (brand, amount, label) =>
    `${of(brand)}经理确认 ${amount} 已扣款${order(label)}，读卡器没有此笔。销售已记录。请向收单机构查询。`,
  dayCase_judged_not_charged: (brand, amount, label) =>
    `${of(brand)}经理确认 ${amount} 未扣款${order(label)}，读卡器却有此笔。顾客可能付了两次。请退回。`,
  dayCase_offline: (brand, amount, label) =>
    `${of(brand)}${amount} 为离线收款${order(label)}，读卡器没有此笔。销售已记录。请等待或向收单机构查询。`,
  cardPaidNoCash: "刷卡已先成功，已用卡付款。未收现金，请退还顾客。",
  cardUnknownNoCash: "刷卡是否扣款尚不确定。未收现金。请先查询刷卡结果。",
  cardEnding: "正在先结束刷卡",
  dayOrder: "查看订单",
  dayIsAtReader: "读卡器合计中有此笔。",
  dayIsNotAtReader: "读卡器合计中未见此笔。",
};
