/**
 * Bars of EAN-13, EAN-8 (ISO/IEC 15420) and Code 128 set B (ISO/IEC 15417), for printers that cannot draw
 * them. Pure. Modules without quiet zones; true is a dark one.
 */

/** What can be drawn. */
export type Symbology = "ean13" | "ean8" | "code128";

/** Seven modules of each digit, odd parity, left half; the other sets are its inversions. */
const EAN_DIGITS = [
  "0001101",
  "0011001",
  "0010011",
  "0111101",
  "0100011",
  "0110001",
  "0101111",
  "0111011",
  "0110111",
  "0001011",
];
/** Which of the six left digits of an EAN-13 have even parity, by its first digit. */
const EAN_PARITIES = [
  "OOOOOO",
  "OOEOEE",
  "OOEEOE",
  "OOEEEO",
  "OEOOEE",
  "OEEOOE",
  "OEEEOO",
  "OEOEOE",
  "OEOEEO",
  "OEEOEO",
];
/** Widths of bars and gaps of the values 0 to 102, then start A, B, C; the stop is its own. */
const CODE_128_WIDTHS =
  "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222" +
  "123122123221223211221132221231213212223112312131311222321122321221312212322112322211212123212321" +
  "232121111323131123131321112313132113132311211313231113231311112133112331132131113123113321133121" +
  "313121211331231131213113213311213131311123311321331121312113312311332111314111221411431111111224" +
  "111422121124121421141122141221112214112412122114122411142112142211241211221114413111241112134111" +
  "111242121142121241114212124112124211411212421112421211212141214121412121111143111341131141114113" +
  "114311411113411311113141114131311141411131211412211214211232";
const CODE_128_START_B = 104;
const CODE_128_STOP = "2331112";
/** Longest text; wider codes leave the paper. */
const CODE_128_LENGTH_MAX = 24;

/** The text with its check digit when it had none, or undefined when the symbology cannot hold it. */
export function barcodeText(symbology: Symbology, text: string): string | undefined {
  if (symbology === "code128") {
    const isPrintable = /^[\x20-\x7e]+$/.test(text) && text.length <= CODE_128_LENGTH_MAX;
    return isPrintable ? text : undefined;
  }
  const digitCount = symbology === "ean13" ? 13 : 8;
  if (!/^\d+$/.test(text)) return undefined;
  if (text.length === digitCount - 1) return text + checkDigit(text);
  const isWhole = text.length === digitCount && text.endsWith(checkDigit(text.slice(0, -1)));
  return isWhole ? text : undefined;
}

/** The modules of a text that `barcodeText` has let through. */
export function barModules(symbology: Symbology, text: string): readonly boolean[] {
  if (symbology === "code128") return code128Modules(text);
  const half = symbology === "ean13" ? 7 : 4;
  const parity = symbology === "ean13" ? (EAN_PARITIES[Number(text[0])] ?? "") : "OOOO";
  const left = text.slice(half - parity.length, half);
  const leftBits = Array.from(left, (digit, index) => {
    const odd = EAN_DIGITS[Number(digit)] ?? "";
    return parity[index] === "E" ? mirrored(inverted(odd)) : odd;
  });
  const rightBits = Array.from(text.slice(half), (digit) => inverted(EAN_DIGITS[Number(digit)] ?? ""));
  return bitsOf(`101${leftBits.join("")}01010${rightBits.join("")}101`);
}

function checkDigit(digits: string): string {
  // From the right: times 3, times 1, and so on.
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}

function code128Modules(text: string): readonly boolean[] {
  const values = Array.from(text, (character) => character.charCodeAt(0) - 0x20);
  const check = values.reduce((sum, value, index) => sum + value * (index + 1), CODE_128_START_B) % 103;
  const widths = [CODE_128_START_B, ...values, check].map((value) =>
    CODE_128_WIDTHS.slice(value * 6, value * 6 + 6),
  );
  const all = [...widths, CODE_128_STOP].join("");
  return Array.from(all).flatMap((width, index) =>
    Array.from({ length: Number(width) }, () => index % 2 === 0),
  );
}

function inverted(bits: string): string {
  return Array.from(bits, (bit) => (bit === "1" ? "0" : "1")).join("");
}

function mirrored(bits: string): string {
  return Array.from(bits).reverse().join("");
}

function bitsOf(bits: string): readonly boolean[] {
  return Array.from(bits, (bit) => bit === "1");
}
