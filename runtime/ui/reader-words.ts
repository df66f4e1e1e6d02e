/**
 * What the clerk reads of a card reader: why no money moved, why nobody knows, why it is not ready.
 * What happened, what is safe, what to do.
 */
import type { ReaderDeclineCode, ReaderFaultCode } from "../../drivers/reader/reader.ts";
import type { Language } from "./wire.ts";

type Words = Readonly<Record<Language, string>>;

/** Codes that tenders carry beside those of readers (core/tender). */
export type TenderWordCode =
  | "tender/absent"
  | "tender/asking"
  | "tender/manual"
  | "tender/restarted"
  | "tender/judged_failed"
  | "tender/reversed_by_reader";

const NO_LINK: Words = {
  en: "The card reader does not answer. Nothing was charged now. Check its power and cable; cash is possible.",
  zh: "读卡器无应答。本次未收款。请检查电源和连线；可收现金。",
};
const DOUBT: Words = {
  en: "Result unknown: do not charge again. The reader is asked by itself as soon as it answers.",
  zh: "结果待确认：请勿重复收款。读卡器恢复后将自动查询。",
};

/** The sentence of each code in both languages. */
export const READER_WORDS: Readonly<Record<ReaderDeclineCode | ReaderFaultCode | TenderWordCode, Words>> = {
  "reader/declined": {
    en: "The card was declined. Nothing was charged. Try another card or another way to pay.",
    zh: "刷卡被拒。未收款。请换卡或改用其他付款方式。",
  },
  "reader/cancelled": {
    en: "The payment was cancelled at the reader. Nothing was charged. Start again, or take another way to pay.",
    zh: "已在读卡器上取消。未收款。请重新发起或改用其他付款方式。",
  },
  "reader/card_unreadable": {
    en: "The card could not be read. Nothing was charged. Try again, or another card.",
    zh: "无法读取卡片。未收款。请重试或换卡。",
  },
  "reader/card_expired": {
    en: "The card has expired. Nothing was charged. Ask for another card.",
    zh: "卡片已过期。未收款。请换卡。",
  },
  "reader/card_unknown": {
    en: "This kind of card is not taken here. Nothing was charged. Ask for another card.",
    zh: "不受理此类卡片。未收款。请换卡。",
  },
  "reader/wrong_pin": {
    en: "The PIN was wrong. Nothing was charged. Try again, or another card.",
    zh: "密码错误。未收款。请重试或换卡。",
  },
  "reader/no_funds": {
    en: "The card has not enough money. Nothing was charged. Take a part, or another way to pay.",
    zh: "卡内余额不足。未收款。请收取部分金额或改用其他付款方式。",
  },
  "reader/host_unreachable": {
    en: "The reader cannot reach its bank. Nothing was charged. Try again, or take cash.",
    zh: "读卡器无法联系银行。未收款。请重试或收现金。",
  },
  "reader/day_not_closed": {
    en: "The reader wants its end of day first. Nothing was charged. Close its day in Health, then try again.",
    zh: "读卡器需先日结。未收款。请在状态页日结后重试。",
  },
  "reader/maintenance": {
    en: "The reader is being updated. Nothing was charged. Wait for it, or take cash.",
    zh: "读卡器正在更新。未收款。请等待或收现金。",
  },
  "reader/not_ready": {
    en: "The reader is not ready. Nothing was charged. Look at its display, then try again.",
    zh: "读卡器未就绪。未收款。请查看其屏幕后重试。",
  },
  "reader/printer_not_ready": {
    en: "The printer is not ready, and the reader needs it for its slip. Nothing was charged. Mend the printer first.",
    zh: "打印机未就绪，读卡器需要打印签购单。未收款。请先处理打印机。",
  },
  "reader/limit": {
    en: "The amount is outside what the reader may take. Nothing was charged. Take another amount or way to pay.",
    zh: "金额超出读卡器限额。未收款。请调整金额或改用其他付款方式。",
  },
  "reader/currency": {
    en: "The reader does not take this currency. Nothing was charged. Call support.",
    zh: "读卡器不受理此币种。未收款。请联系支持。",
  },
  "reader/unsupported": {
    en: "The reader cannot do this. Nothing was charged. Take another way to pay.",
    zh: "读卡器不支持此操作。未收款。请改用其他付款方式。",
  },
  "reader/already_reversed": {
    en: "This payment was taken back before. Nothing moved now. Look at the order's payments.",
    zh: "此笔付款已撤销。本次未变动。请查看订单付款记录。",
  },
  "reader/not_reversible": {
    en: "The reader cannot take this payment back any more. Nothing moved. Refund it instead.",
    zh: "读卡器已无法撤销此笔付款。未变动。请改为退款。",
  },
  "reader/refused_result": {
    en: "The reader's result could not be taken and it gave the money back. Nothing is charged. Start again.",
    zh: "未能受理读卡器结果，款项已退回。未收款。请重新发起。",
  },
  "reader/none": {
    en: "No card reader of this name is set up. Nothing was charged. Take another way to pay.",
    zh: "未设置此读卡器。未收款。请改用其他付款方式。",
  },
  "reader/unreachable": NO_LINK,
  "reader/busy": {
    en: "The reader is busy. Nothing was charged. Wait a moment, then try again.",
    zh: "读卡器忙。未收款。请稍候重试。",
  },
  "reader/link_lost": DOUBT,
  "reader/no_answer": DOUBT,
  "reader/protocol": DOUBT,
  "reader/unknown_result": DOUBT,
  "reader/swapped": {
    en: "Another card reader is connected than before. Nothing was charged now. Connect the one that was used, or start again.",
    zh: "连接的读卡器与之前不同。本次未收款。请接回原设备或重新发起。",
  },
  "reader/unsupported_request": {
    en: "This reader cannot do that. Nothing was charged. Use another reader.",
    zh: "此读卡器不支持该请求。未收款。请使用其他读卡器。",
  },
  "reader/closed": DOUBT,
  "tender/absent": {
    en: "The reader knows nothing of this payment. Nothing was charged. You may ask for the card again.",
    zh: "读卡器无此笔付款。未收款。可重新刷卡。",
  },
  "tender/asking": DOUBT,
  "tender/manual": {
    en: "Result unknown: do not charge again. The reader cannot tell any more: a manager must look at its slip or ask the bank.",
    zh: "结果待确认：请勿重复收款。读卡器无法确认，请经理核对签购单或联系银行。",
  },
  "tender/restarted": DOUBT,
  "tender/judged_failed": {
    en: "A manager found that nothing was charged. The amount is due. Take the money.",
    zh: "经理已确认未扣款。金额仍应付。请收款。",
  },
  "tender/reversed_by_reader": {
    en: "The reader gave this payment back. Nothing is charged. The amount is due again.",
    zh: "读卡器已冲正此笔付款。未收款。金额需重新收取。",
  },
};

const UNKNOWN_WORDS: Words = {
  en: "The reader ended without the money. Nothing was charged. Start again, or take another way to pay.",
  zh: "读卡器未完成收款。未收款。请重新发起或改用其他付款方式。",
};

/** The sentence of a code that an event carries; one of a newer release says the least that is safe. */
export function readerSentence(code: string, language: Language): string {
  return (isKnown(code) ? READER_WORDS[code] : UNKNOWN_WORDS)[language];
}

function isKnown(code: string): code is keyof typeof READER_WORDS {
  return Object.hasOwn(READER_WORDS, code);
}
