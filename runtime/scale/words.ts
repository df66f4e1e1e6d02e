/**
 * What the clerk reads when the scale gave no weight: what happened, what is safe, what to do. Each
 * code of the desk has its sentence in both languages; nothing is decided here.
 */
import type { ScaleCode } from "./desk.ts";

/** The sentence of each code in both languages. */
export const SCALE_WORDS: Readonly<Record<ScaleCode, Readonly<Record<"en" | "zh", string>>>> = {
  "scale/none": {
    en: "This till has no scale. Nothing was added. Use a weighed label, or sell the item by open price.",
    zh: "本机没有连接电子秤。未添加任何商品。请扫描称重标签或按自定价格销售。",
  },
  "scale/silent": {
    en: "The scale does not answer. Nothing was added. Check that it is switched on and its cable, then tap the item again.",
    zh: "电子秤没有应答。未添加任何商品。请检查电源和连线，然后重新点击商品。",
  },
  "scale/motion": {
    en: "The scale does not come to rest. Nothing was added. Let go of the goods and tap the item again.",
    zh: "电子秤读数不稳定。未添加任何商品。请放稳货物后重新点击商品。",
  },
  "scale/over": {
    en: "This is too heavy for the scale. Nothing was added. Weigh it in parts.",
    zh: "超出电子秤量程。未添加任何商品。请分次称重。",
  },
  "scale/under_zero": {
    en: "The scale is below zero. Nothing was added. Clear the plate and press Zero.",
    zh: "电子秤读数低于零。未添加任何商品。请清空秤盘并点击“置零”。",
  },
  "scale/outside_zero": {
    en: "The scale does not know its zero. Nothing was added. Clear the plate and press Zero.",
    zh: "电子秤尚未归零。未添加任何商品。请清空秤盘并点击“置零”。",
  },
  "scale/empty": {
    en: "Nothing lies on the scale. Nothing was added. Put the goods on it and tap the item again.",
    zh: "秤盘上没有货物。未添加任何商品。请放上货物后重新点击商品。",
  },
  "scale/not_by_weight": {
    en: "This item is sold by the piece. Nothing was added. Tap it to add one.",
    zh: "此商品按件销售。未添加任何商品。请直接点击添加。",
  },
};
