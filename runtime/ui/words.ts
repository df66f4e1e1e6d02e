/**
 * What the clerk reads when a page and the runtime do not understand each other, in the form of all
 * messages: what happened, what is safe, what to do. The trade's own words are core/refusal.ts.
 */
import type { Language, PageFaultCode } from "./wire.ts";

const UNREADABLE = {
  en: "The screen sent something that was not understood. Nothing was changed. Try again; if it comes back, reload the screen.",
  zh: "屏幕发送的内容无法识别。未作任何更改。请重试；若再次出现，请重新打开屏幕。",
};

/** The sentence of each code in both languages. */
export const PAGE_FAULT_WORDS: Readonly<Record<PageFaultCode, Readonly<Record<Language, string>>>> = {
  "wire/not_json": UNREADABLE,
  "wire/not_an_object": UNREADABLE,
  "wire/unknown_kind": UNREADABLE,
  "wire/unknown_command": UNREADABLE,
  "wire/unknown_field": UNREADABLE,
  "wire/wrong_field": UNREADABLE,
  "wire/hello_missing": {
    en: "The screen did not say who it is. Nothing was changed. Reload the screen.",
    zh: "屏幕尚未完成连接。未作任何更改。请重新打开屏幕。",
  },
  "wire/too_many_messages": {
    en: "Too many taps at once. What was answered is stored. Wait a moment and look at the order.",
    zh: "短时间内点击过多。已确认的操作均已保存。请稍候并核对订单。",
  },
};
