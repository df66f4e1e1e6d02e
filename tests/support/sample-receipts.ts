/**
 * Two receipts as the trade would hand them over, for goldens, previews and the virtual printer's tests:
 * names that wrap, amounts, a discount, double size, and a few characters that are hard for a printer.
 */

import type { ReceiptBlock } from "../../core/receipt/block.ts";

const line = (text: string, align: "left" | "center" | "right" = "left"): ReceiptBlock => ({
  kind: "text",
  text,
  align,
  size: "normal",
  bold: false,
});
const title = (text: string): ReceiptBlock => ({
  kind: "text",
  text,
  align: "center",
  size: "double",
  bold: true,
});
const pair = (left: string, right: string): ReceiptBlock => ({
  kind: "pair",
  left,
  right,
  size: "normal",
  bold: false,
});
const total = (left: string, right: string): ReceiptBlock => ({
  kind: "pair",
  left,
  right,
  size: "double",
  bold: true,
});
const rule: ReceiptBlock = { kind: "rule" };

/** A sale in English; pounds, accents, typographic quotes. */
export const ENGLISH_RECEIPT: readonly ReceiptBlock[] = [
  title("Harbour Café & Stores"),
  line("14 Quay Street, Whitby YO21 1DN", "center"),
  line("VAT no. GB 123 4567 89", "center"),
  { kind: "feed", lineCount: 1 },
  pair("Receipt A-000127", "2025-03-14 09:26"),
  pair("Served by Maisie", "Till 2"),
  rule,
  pair("2 x Flat white", "£6.80"),
  line("  oat milk, extra hot"),
  pair("1 x Toasted sourdough with smoked mackerel, horseradish crème fraîche & pickled beetroot", "£11.50"),
  pair("1 x Gardener’s Sunday hamper (serves four)", "£1,248.00"),
  pair("3 x Postcard – harbour at dusk", "£2.25"),
  pair("Loyalty card, 10% off drinks", "-£0.68"),
  rule,
  total("TOTAL", "£1,267.87"),
  pair("Cash", "£1,270.00"),
  pair("Change", "£2.13"),
  rule,
  pair("VAT 20% included", "£211.31"),
  { kind: "feed", lineCount: 1 },
  {
    kind: "text",
    text: "Thank you, and mind the gulls! Goods may be returned within 28 days with this receipt.",
    align: "center",
    size: "normal",
    bold: false,
  },
  { kind: "feed", lineCount: 2 },
  { kind: "cut" },
];

/** A sale in Chinese; yuan, mixed Latin, full-width marks, a rare character and an emoji. */
export const CHINESE_RECEIPT: readonly ReceiptBlock[] = [
  title("海港咖啡杂货店"),
  line("上海市徐汇区安福路123号", "center"),
  line("电话：021-5555 0123", "center"),
  { kind: "feed", lineCount: 1 },
  pair("单号 A-000128", "2025-03-14 09:31"),
  pair("收银员：小梅", "2号机"),
  rule,
  pair("2 x 燕麦拿铁（热）", "¥64.00"),
  line("  少糖，另加一份浓缩☕"),
  pair("1 x 云南普洱古树生茶礼盒（2019年春茶，357克，附手写贺卡与丝绸包装）", "¥1,288.00"),
  pair("3 x 明信片《外滩黄昏》", "¥18.00"),
  pair("1 x Sourdough 酸种面包 500g", "¥36.00"),
  pair("会员九折（饮品）", "-¥6.40"),
  rule,
  total("合计", "¥1,399.60"),
  pair("现金", "¥1,400.00"),
  pair("找零", "¥0.40"),
  rule,
  { kind: "feed", lineCount: 1 },
  {
    kind: "text",
    text: "谢谢惠顾，欢迎再次光临！商品自购买之日起七天内凭小票可退换，食品除外。",
    align: "center",
    size: "normal",
    bold: false,
  },
  { kind: "feed", lineCount: 2 },
  { kind: "cut" },
];

/** A receipt of exactly 40 printed lines on 80 mm paper, all of them different. */
export function fortyLineReceipt(): readonly ReceiptBlock[] {
  const items = Array.from({ length: 34 }, (_, index) =>
    pair(`${index + 1} x 茶 Tea no. ${index + 1}`, `${index}.50`),
  );
  return [
    title("Forty Lines"),
    line("Receipt A-000040", "center"),
    ...items,
    rule,
    total("TOTAL", "561.00"),
    pair("Cash", "600.00"),
    line("Thank you", "center"),
    { kind: "feed", lineCount: 3 },
    { kind: "cut" },
  ];
}

/** A sale in Russian, for a Cyrillic page. */
export const RUSSIAN_RECEIPT: readonly ReceiptBlock[] = [
  title("Кофейня «Ёлка»"),
  line("ул. Ленина, 14", "center"),
  rule,
  pair("2 x Капучино, большой", "360.00"),
  pair("1 x Пирог с вишней и взбитыми сливками", "240.00"),
  rule,
  total("ИТОГО", "600.00"),
  line("Спасибо! Thank you! 谢谢", "center"),
  { kind: "feed", lineCount: 2 },
  { kind: "cut" },
];

/** A cup with a handle and steam, 96 dots wide; drawn by formula, so that nobody has to keep a picture. */
function cupLogo(): ReceiptBlock {
  const [widthDots, heightDots] = [96, 80];
  const dots = new Uint8Array((widthDots / 8) * heightDots);
  const isBlack = (x: number, y: number): boolean => {
    const isBody = y > 32 && y < 72 && Math.abs(x - 40) < 30 - Math.max(0, y - 56);
    const handle = Math.hypot(x - 70, y - 48);
    const isHandle = handle < 14 && handle > 8 && x > 66;
    const isSteam =
      y < 28 && y > 4 && [28, 40, 52].some((at) => Math.abs(x - at - 3 * Math.sin(y / 4)) < 1.5);
    const isSaucer = y >= 74 && y < 78 && x > 6 && x < 78;
    return isBody || isHandle || isSteam || isSaucer;
  };
  for (let y = 0; y < heightDots; y += 1) {
    for (let x = 0; x < widthDots; x += 1) {
      const index = y * (widthDots / 8) + (x >> 3);
      if (isBlack(x, y)) dots[index] = (dots[index] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return { kind: "image", widthDots, heightDots, dots, align: "center" };
}

/** A logo, barcodes and QR codes. */
export const SYMBOL_RECEIPT: readonly ReceiptBlock[] = [
  cupLogo(),
  title("Harbour Café"),
  pair("2 x Flat white", "£6.80"),
  rule,
  { kind: "barcode", symbology: "ean13", text: "400638133393" },
  { kind: "feed", lineCount: 1 },
  { kind: "barcode", symbology: "ean8", text: "96385074" },
  { kind: "feed", lineCount: 1 },
  { kind: "barcode", symbology: "code128", text: "A-000127 {b}" },
  { kind: "feed", lineCount: 1 },
  { kind: "qr", text: "tw1:till-2/A-000127/9f3c21ab" },
  { kind: "barcode", symbology: "ean13", text: "4006381333932" },
  { kind: "feed", lineCount: 2 },
  { kind: "cut" },
];
