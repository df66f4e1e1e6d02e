/**
 * What the clerk reads when a scan had no effect: what happened, what is safe, what to do. The code
 * itself is never in a sentence.
 */
import type { ScanCode } from "./resolve.ts";

const SCAN_AGAIN = {
  en: "The code was not read whole. Nothing was added. Scan it once more.",
  zh: "条码未完整读取。未添加任何商品。请重新扫描。",
};
const BAD_LABEL = {
  en: "This label contradicts itself. Nothing was added. Scan it once more, or key the item in.",
  zh: "此标签内容有误。未添加任何商品。请重新扫描或手动选择商品。",
};

/** The sentence of each code in both languages. */
export const SCAN_WORDS: Readonly<Record<ScanCode, Readonly<Record<"en" | "zh", string>>>> = {
  "scan/cut_off": SCAN_AGAIN,
  "scan/too_long": {
    en: "This code is too long for goods. Nothing was added. Scan the barcode of the item.",
    zh: "此码过长，不是商品条码。未添加任何商品。请扫描商品上的条码。",
  },
  "scan/noise": {
    en: "The scanner sent something that is no code. Nothing was added. Scan again; if it comes back, check the cable and the settings.",
    zh: "扫描枪发送的内容不是条码。未添加任何商品。请重新扫描；若再次出现，请检查连线和设置。",
  },
  "scan/glued": {
    en: "Two codes came at once. Nothing was added. Scan them one by one.",
    zh: "同时收到两个条码。未添加任何商品。请逐个扫描。",
  },
  "scan/no_aim": {
    en: "The code came without its beginning. Nothing was added. Scan it once more.",
    zh: "条码缺少开头部分。未添加任何商品。请重新扫描。",
  },
  "scan/check_digit": {
    en: "A digit of the code was misread. Nothing was added. Scan it once more, or key the item in.",
    zh: "条码有一位读错。未添加任何商品。请重新扫描或手动选择商品。",
  },
  "scan/unknown_code": {
    en: "This is no code of an item. Nothing was added. Scan the barcode of the item.",
    zh: "这不是商品条码。未添加任何商品。请扫描商品上的条码。",
  },
  "scan/ambiguous": {
    en: "This code can mean two things. Nothing was added. Key the item in.",
    zh: "此码有两种含义。未添加任何商品。请手动选择商品。",
  },
  "scan/bad_report": SCAN_AGAIN,
  "scan/measure": {
    en: "The weight or price on this label cannot be sold. Nothing was added. Weigh the item again.",
    zh: "标签上的重量或价格无法销售。未添加任何商品。请重新称重。",
  },
  "scan/measure_check": {
    en: "The weight or price of this label was misread. Nothing was added. Scan it once more, or weigh the item again.",
    zh: "标签上的重量或价格读取有误。未添加任何商品。请重新扫描或重新称重。",
  },
  "scan/measure_unit": {
    en: "This label is in a unit that this till does not sell in. Nothing was added. Weigh the item here.",
    zh: "标签的计量单位与本机不符。未添加任何商品。请在本店重新称重。",
  },
  "scan/currency": {
    en: "The price on this label is in another currency. Nothing was added. Key the price in.",
    zh: "标签上的价格是其他货币。未添加任何商品。请手动输入价格。",
  },
  "scan/link": {
    en: "This code is a link and names no item. Nothing was added. Scan the barcode of the item.",
    zh: "此码是网址，不是商品。未添加任何商品。请扫描商品上的条码。",
  },
  "scan/gs1_unknown_ai": BAD_LABEL,
  "scan/gs1_length": BAD_LABEL,
  "scan/gs1_character": BAD_LABEL,
  "scan/gs1_value": BAD_LABEL,
  "scan/gs1_repeated": BAD_LABEL,
  "scan/gs1_no_item": {
    en: "This code is of a box, a place or a coupon. Nothing was added. Scan the item itself.",
    zh: "此码属于包装箱、地点或优惠券。未添加任何商品。请扫描商品本身。",
  },
  "scan/unknown_item": {
    en: "This shop has no item with this code. Nothing was added. Look for the item by name, or sell it by open price.",
    zh: "本店没有此条码的商品。未添加任何商品。请按名称查找或按自定价格销售。",
  },
  "scan/unknown_receipt": {
    en: "This receipt is not on this terminal. Nothing was paid out. Look for it on the terminal that sold it.",
    zh: "本机没有此小票。未退款。请在售出的终端上查找。",
  },
};

/** What the clerk reads when a customer's payment code was scanned and none was waited for. */
export const WALLET_CODE_WORDS: Readonly<Record<"en" | "zh", string>> = {
  en: "This is a customer's payment code. Nothing was charged and the code was not kept. Take the payment first, then scan it.",
  zh: "这是顾客的付款码。未收款，也未保存该码。请先选择收款方式，再扫描。",
};
