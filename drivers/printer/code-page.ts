/**
 * Single-byte code pages: text into the characters of one page, then into its bytes. The tables are the
 * upper halves of Unicode's mapping files; U+FFFD stands where a page has nothing to print.
 * G1  No control character of the input becomes a byte below 20 or the byte 7F.
 * G3  Every printable character is one byte and one column.
 */

import { CONTROL, graphemesOf, INVISIBLE, REPLACEMENTS } from "./gbk.ts";

/** Characters of the bytes 80 to FF. */
const UPPER_HALVES = {
  cp437:
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐" +
    "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0",
  cp850:
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐" +
    "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\ufffd±‗¾¶§÷¸°¨·¹³²■\u00a0",
  cp852:
    "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐" +
    "└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\ufffd˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0",
  cp858:
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐" +
    "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\ufffd±‗¾¶§÷¸°¨·¹³²■\u00a0",
  cp866:
    "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмноп░▒▓│┤╡╢╖╕╣║╗╝╜╛┐" +
    "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀рстуфхцчшщъыьэюяЁёЄєЇїЎў°∙·√№¤■\u00a0",
  cp1250:
    "€\ufffd‚\ufffd„…†‡\ufffd‰Š‹ŚŤŽŹ\ufffd‘’“”•–—\ufffd™š›śťžź\u00a0ˇ˘Ł¤Ą¦§¨©Ş«¬\ufffd®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľż" +
    "ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙",
  cp1251:
    "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\ufffd™љ›њќћџ\u00a0ЎўЈ¤Ґ¦§Ё©Є«¬\ufffd®Ї°±Ііґµ¶·ё№є»јЅѕї" +
    "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя",
  cp1252:
    "€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ\u00a0¡¢£¤¥¦§¨©ª«¬\ufffd®¯°±²³´µ¶·¸¹º»¼½¾¿" +
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
} as const;

/** The pages that are known here. */
export type CodePageName = keyof typeof UPPER_HALVES;

/** Every page's name. */
export const CODE_PAGE_NAMES: readonly CodePageName[] = Object.keys(UPPER_HALVES).filter(
  (name): name is CodePageName => name in UPPER_HALVES,
);

const SUBSTITUTE = "?";
const ASCII_PRINTABLE = /^[\x20-\x7e]+$/;
/** Signs of currency and quotation for a page that has not got them. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ...["\u00ab", "\u00bb", "\u201c", "\u201d", "\u201e"].map((quote) => [quote, '"'] as const),
  ["\u00a3", "GBP"],
  ["\u00a5", "Y"],
  ["\u20ac", "EUR"],
]);

/** The same text in characters of the page: what is not in it loses its accent, is paraphrased, or becomes "?". */
export function printableInPage(text: string, page: CodePageName): string {
  if (ASCII_PRINTABLE.test(text)) return text;
  let result = "";
  for (const { segment } of graphemesOf(text.normalize("NFC"))) {
    for (const character of segment) {
      const shown = shownInPage(character, page);
      if (shown !== undefined) result += shown;
      else if (!result.endsWith(SUBSTITUTE) || segment.startsWith(character)) result += SUBSTITUTE;
      // The first part decides: a family emoji is one "?".
      if (shown === undefined) break;
    }
  }
  return result;
}

/** Bytes of text in the page; anything else becomes "?" (G1 holds for every string). */
export function encodeInPage(text: string, page: CodePageName): Uint8Array {
  const bytes = Array.from(text, (character) => {
    if (ASCII_PRINTABLE.test(character)) return character.charCodeAt(0);
    return byteInPage(character, page) ?? (CONTROL.test(character) ? 0x20 : 0x3f);
  });
  return Uint8Array.from(bytes);
}

function byteInPage(character: string, page: CodePageName): number | undefined {
  const index = character === "\ufffd" ? -1 : UPPER_HALVES[page].indexOf(character);
  return index < 0 ? undefined : 0x80 + index;
}

function shownInPage(character: string, page: CodePageName): string | undefined {
  if (ASCII_PRINTABLE.test(character) || byteInPage(character, page) !== undefined) return character;
  if (CONTROL.test(character)) return " ";
  if (INVISIBLE.test(character)) return "";
  // A full-width form, a ligature or a letter with an accent, in plain letters.
  const plain = character.normalize("NFKD").replaceAll(/\p{M}/gu, "").replaceAll("\u2044", "/");
  const words = SIGNS.get(plain) ?? SIGNS.get(character) ?? REPLACEMENTS.get(character);
  if (words !== undefined && isIn(words, page)) return words;
  return plain !== "" && isIn(plain, page) ? plain : undefined;
}

function isIn(text: string, page: CodePageName): boolean {
  return Array.from(text).every((its) => ASCII_PRINTABLE.test(its) || byteInPage(its, page) !== undefined);
}
