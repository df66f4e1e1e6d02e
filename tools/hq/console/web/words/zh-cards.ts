/**
 * The words of card cases in Chinese. A part of zh.ts.
 * Complete at compile time, as zh.ts is.
 */
import type { enCards } from "./en-cards.ts";

/** The words. */
export const zhCards: Readonly<Record<keyof typeof enCards, string>> = {
  cards: "刷卡异常",
  cards_hint: "不正常的刷卡付款。在终端上处理：由读卡器查询，或由第二人确认。",
  cards_which: "范围",
  cards_open: "仅未处理",
  cards_now: "当前状态",
  cards_empty: "没有刷卡异常，所有刷卡均正常。",
  ex_card_open: "{terminal}：刷卡 {amount} 状态为“{state}”（{ago}）",
  event_reader_day_closed: "读卡器日结不符",
  type_tender_doubted: "刷卡结果待确认",
  type_tender_reversed: "读卡器已冲正",
  type_tender_overridden: "未确认即继续",
  type_tender_judged: "由人判定的刷卡",
  type_tender_forwarded: "离线刷卡事后被拒",
  type_orphan_found: "读卡器另有扣款",
  type_reader_day_closed: "读卡器日结不符",
  card_state_requested: "读卡器处理中",
  card_state_approved: "已批准未结清",
  card_state_unknown: "待确认",
  card_state_orphaned: "另有扣款",
  card_state_captured: "已收款",
  card_state_accepted_offline: "等待银行",
  card_state_declined: "未收款",
  card_state_declined_later: "事后被拒",
  card_state_reversed: "已冲正",
  card_state_overridden: "待确认，已继续",
  card_state_differs: "不符",
  difference_reader_more: "读卡器多出",
  difference_journal_more: "日志多出",
  difference_count_differs: "笔数不符",
  difference_unknown: "结果待确认",
  difference_orphan: "读卡器另有扣款",
  difference_judged_charged: "判定已扣款，读卡器无此笔",
  difference_judged_not_charged: "判定未扣款，读卡器有此笔",
  difference_offline: "离线收款，读卡器无此笔",
};
