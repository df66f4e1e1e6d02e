/**
 * Text fields of a terminal that carry named parts in form encoding ("name=TOTAL&value=%E2%82%AC&key=x"):
 * slip lines and AdditionalResponse. Only the parts in PARTS are read; card numbers are masked while the
 * text is still bytes, for a slip is printed and kept. A text without parts is its own part "text".
 */

/** The parts that may be read; AdditionalResponse has forty others, the BIN and the holder's name among them. */
const PARTS: readonly string[] = ["key", "message", "name", "refusalReason", "value"];
/** The slip line of the card number: its value is the last four digits and nothing else. */
const CARD_NUMBER_KEY = "pan";

const DIGITS_MIN = 13;
const DIGITS_MAX = 19;
const LAST_FOUR = 4;
const ZERO = 0x30;
const NINE = 0x39;
const STAR = 0x2a;
const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const PERCENT = 0x25;
const PLUS = 0x2b;
const SPACE = 0x20;
/** What people put between the groups of a card number. */
const SEPARATORS: ReadonlySet<number> = new Set([0x20, 0x2d, 0x2e]);

/**
 * The named parts of `bytes`, the inside of a JSON text; undefined when it is not UTF-8. A text with JSON
 * escapes (`isPlain` false) is never form encoded; with digits enough for a card number it is not read.
 */
export function readForm(bytes: Uint8Array, isPlain: boolean): ReadonlyMap<string, string> | undefined {
  if (!isPlain) {
    if (bytes.filter(isDigit).length >= DIGITS_MIN) return new Map();
    const text = unquoted(bytes);
    return text === undefined ? undefined : new Map([["text", text]]);
  }
  const pairs = split(bytes, AMPERSAND).map((pair) => {
    const cut = pair.indexOf(EQUALS);
    return {
      name: cut < 0 ? pair : pair.subarray(0, cut),
      value: pair.subarray(cut + 1),
      hasValue: cut >= 0,
    };
  });
  if (!pairs.every(({ hasValue }) => hasValue)) {
    const text = maskedText(copyOf(bytes));
    return text === undefined ? undefined : new Map([["text", text]]);
  }
  const isCardLine = pairs.some(({ name, value }) => equals(name, "key") && equals(value, CARD_NUMBER_KEY));
  const parts = new Map<string, string>();
  for (const { name, value } of pairs) {
    const part = PARTS.find((known) => equals(name, known));
    if (part === undefined) continue;
    const plain = percentDecoded(value);
    if (isCardLine && part === "value") keepLastFour(plain);
    const text = maskedText(plain);
    if (text === undefined) return undefined;
    parts.set(part, text);
  }
  return parts;
}

/**
 * Overwrites, in place, all but the last four digits of whatever could be a card number: 13 to 19 digits
 * in a row, single separators allowed, beginning with 2 to 6, with a right Luhn digit, also inside longer runs.
 */
export function maskCardNumbers(bytes: Uint8Array): void {
  for (let start = 0; start < bytes.length; start += 1) {
    if (!isDigit(bytes[start])) continue;
    const places = digitPlaces(bytes, start);
    for (const place of cardNumbersIn(bytes, places)) bytes[place] = STAR;
    start = places.at(-1) ?? start;
  }
}

function cardNumbersIn(bytes: Uint8Array, places: readonly number[]): ReadonlySet<number> {
  const digits = places.map((place) => (bytes[place] ?? 0) - ZERO);
  const covered = new Set<number>();
  for (let from = 0; from + DIGITS_MIN <= digits.length; from += 1) {
    const first = digits[from] ?? 0;
    if (first < 2 || first > 6) continue;
    for (let count = DIGITS_MIN; count <= DIGITS_MAX && from + count <= digits.length; count += 1)
      if (isLuhn(digits.slice(from, from + count)))
        for (const place of places.slice(from, from + count - LAST_FOUR)) covered.add(place);
  }
  return covered;
}

function digitPlaces(bytes: Uint8Array, start: number): readonly number[] {
  const places = [start];
  for (let at = start + 1; at < bytes.length; at += 1) {
    if (isDigit(bytes[at])) places.push(at);
    else if (!SEPARATORS.has(bytes[at] ?? 0) || !isDigit(bytes[at + 1])) break;
  }
  return places;
}

function isLuhn(digits: readonly number[]): boolean {
  const sum = digits.reduce((total, digit, index) => {
    const isDoubled = (digits.length - index) % 2 === 0;
    const doubled = digit * 2;
    return total + (isDoubled ? (doubled > 9 ? doubled - 9 : doubled) : digit);
  }, 0);
  return sum % 10 === 0;
}

function keepLastFour(bytes: Uint8Array): void {
  const kept = bytes.length - LAST_FOUR;
  for (let at = 0; at < kept; at += 1) if (isDigit(bytes[at])) bytes[at] = STAR;
}

function maskedText(bytes: Uint8Array): string | undefined {
  maskCardNumbers(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  } finally {
    bytes.fill(0);
  }
}

function unquoted(bytes: Uint8Array): string | undefined {
  try {
    const quoted = `"${new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)}"`;
    const text: unknown = JSON.parse(quoted);
    return typeof text === "string" ? text : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Bytes that can be wiped. Small arrays without a buffer of their own live on the engine's heap, where
 * taking a part of one, or a collection, leaves a copy behind.
 */
function apart(lengthBytes: number): Uint8Array {
  return new Uint8Array(new ArrayBuffer(lengthBytes));
}

function copyOf(bytes: Uint8Array): Uint8Array {
  const copy = apart(bytes.length);
  copy.set(bytes);
  return copy;
}

function percentDecoded(bytes: Uint8Array): Uint8Array {
  const decoded = apart(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const hex = byte === PERCENT ? String.fromCharCode(...bytes.subarray(at + 1, at + 3)) : "";
    if (/^[0-9a-fA-F]{2}$/.test(hex)) {
      decoded[length] = Number.parseInt(hex, 16);
      at += 2;
    } else decoded[length] = byte === PLUS ? SPACE : byte;
    length += 1;
  }
  return decoded.subarray(0, length);
}

function split(bytes: Uint8Array, sign: number): readonly Uint8Array[] {
  const parts: Uint8Array[] = [];
  let start = 0;
  for (let end = bytes.indexOf(sign); end >= 0; end = bytes.indexOf(sign, start)) {
    parts.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return [...parts, bytes.subarray(start)];
}

function equals(bytes: Uint8Array, text: string): boolean {
  return bytes.length === text.length && bytes.every((byte, index) => byte === text.charCodeAt(index));
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}
