/**
 * What the clerk reads when a printer was not paired or did not print the test page: what happened,
 * what is safe, what to do.
 */
import type { PairWord } from "../printer-pairing.ts";
import type { Language } from "./wire.ts";

const NO_ANSWER = {
  en: "The printer does not answer. Sales are stored and can be printed later. Check its power and its cable, then try again.",
  zh: "打印机没有应答。销售均已保存，可稍后打印。请检查电源和连线后重试。",
};
const BUSY = {
  en: "The printer has too much to print. All sales are stored. Wait until it has caught up, then try again.",
  zh: "打印任务过多。所有销售均已保存。请等待打印完成后重试。",
};

/** The sentence of each code in both languages. */
export const PRINTER_WORDS: Readonly<Record<Exclude<PairWord, "ok">, Readonly<Record<Language, string>>>> = {
  "printer/none": {
    en: "No printer is set up. Sales are stored without paper. Pair a printer in the settings.",
    zh: "尚未设置打印机。销售照常保存，但不打印。请在设置中配对打印机。",
  },
  "printer/unknown_model": {
    en: "This model of printer is not known here. The printer that was paired stays. Choose a model of the list.",
    zh: "不支持此打印机型号。原打印机保持不变。请从列表中选择型号。",
  },
  "printer/not_saved": {
    en: "The pairing could not be stored. The printer is used until the next start, and sales are stored. Pair it again, or call support.",
    zh: "配对未能保存。重启前仍可使用此打印机，销售均已保存。请重新配对或联系支持。",
  },
  "printer/unreachable": NO_ANSWER,
  "printer/timeout": NO_ANSWER,
  "printer/lost_connection": NO_ANSWER,
  "printer/paper_out": {
    en: "The printer has no paper. Sales are stored and can be printed later. Load paper, then try again.",
    zh: "打印机缺纸。销售均已保存，可稍后打印。请装纸后重试。",
  },
  "printer/cover_open": {
    en: "The printer's cover is open. Sales are stored and can be printed later. Close it, then try again.",
    zh: "打印机盖未关。销售均已保存，可稍后打印。请关好后重试。",
  },
  "printer/offline": {
    en: "The printer is switched off line. Sales are stored and can be printed later. Press its feed button once, then try again.",
    zh: "打印机处于脱机状态。销售均已保存，可稍后打印。请按一下走纸键后重试。",
  },
  "printer/error": {
    en: "The printer reports an error. Sales are stored and can be printed later. Clear its cutter, switch it off and on, then try again.",
    zh: "打印机报告故障。销售均已保存，可稍后打印。请清理切刀并重启打印机后重试。",
  },
  "printer/queue_full": BUSY,
  "printer/job_too_large": BUSY,
  "printer/closed": {
    en: "The printer was changed meanwhile. Sales are stored. Try again.",
    zh: "打印机已被更换。销售均已保存。请重试。",
  },
};
