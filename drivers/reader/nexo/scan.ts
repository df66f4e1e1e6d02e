/**
 * Reads JSON bytes by an allow-list: what the list does not name is walked over and never becomes a
 * value, so a card number in a field that nobody asked for exists in the received bytes alone, which the
 * caller wipes. Strict RFC 8259; nothing throws on input; depth, lengths and counts have bounds.
 *
 * S1  No string is made of a field that is not in the list.
 * S2  Of a "last_four" field no more than its last four digits are ever read into a string.
 */

import { readForm } from "./form.ts";

/** What may be read, as data. An object's keys are the names that are looked for. */
export type Allowed =
  | "text"
  /** A text of any length that fits into a message: the encrypted half of an envelope. */
  | "blob"
  /** The digits of the number as they were sent; amounts never pass through floating point. */
  | "number"
  | "flag"
  /** S2: empty when the field does not end in four digits. */
  | "last_four"
  /** A text that may be form-encoded (form.ts): its named parts, card numbers masked. */
  | "form"
  | readonly [Allowed]
  | { readonly [name: string]: Allowed };

/** What was read. A field that was not there, or was of another kind, is not in the map. */
export type Scanned = string | boolean | readonly Scanned[] | ReadonlyMap<string, Scanned>;

/** The first thing against the bytes. */
export type ScanCode =
  | "nexo/too_long"
  | "nexo/not_json"
  | "nexo/too_deep"
  | "nexo/not_utf8"
  | "nexo/duplicate_field";

/** The value, or the byte at which the bytes stop making sense. */
export type ScanOutcome =
  | { readonly ok: true; readonly value: Scanned }
  | { readonly ok: false; readonly code: ScanCode; readonly offset: number };

/** A response with two receipts has 8 to 20 KiB. */
export const MESSAGE_BYTES_MAX = 256 * 1024;
const DEPTH_MAX = 24;
const TEXT_BYTES_MAX = 8 * 1024;
/** Members of a list that are read; more are walked over. */
const LIST_COUNT_MAX = 256;
const NUMBER_BYTES_MAX = 32;
const LAST_FOUR = 4;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const HEX_DIGITS = 4;
const ESCAPES = '"\\/bfnrt';

/** Reads one JSON value of `allowed` out of all of `bytes`. */
export function scanJson(bytes: Uint8Array, allowed: Allowed): ScanOutcome {
  if (bytes.length > MESSAGE_BYTES_MAX)
    return { ok: false, code: "nexo/too_long", offset: MESSAGE_BYTES_MAX };
  const scanner = new Scanner(bytes);
  const value = scanner.document(allowed);
  if (scanner.fault !== undefined || value === undefined)
    return { ok: false, ...(scanner.fault ?? { code: "nexo/not_json", offset: 0 }) };
  return { ok: true, value };
}

/** One pass over the bytes. After a fault every step answers undefined. */
class Scanner {
  fault: { readonly code: ScanCode; readonly offset: number } | undefined;
  readonly #bytes: Uint8Array;
  #at = 0;
  #depth = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  document(allowed: Allowed): Scanned | undefined {
    const value = this.#value(allowed);
    if (this.fault === undefined) {
      this.#blanks();
      if (this.#at < this.#bytes.length) return this.#fail("nexo/not_json");
    }
    return value;
  }

  #fail(code: ScanCode, offset = this.#at): undefined {
    this.fault ??= { code, offset };
    return undefined;
  }

  #value(allowed: Allowed): Scanned | undefined {
    this.#blanks();
    if (!startsOf(allowed).includes(this.#here()) || this.#here() === "") {
      this.#skip();
      return undefined;
    }
    if (allowed === "text") return this.#text(TEXT_BYTES_MAX);
    if (allowed === "blob") return this.#text(MESSAGE_BYTES_MAX);
    if (allowed === "last_four") return this.#lastFour();
    if (allowed === "form") return this.#form();
    if (allowed === "flag") return this.#word(this.#isAt("t") ? "true" : "false");
    if (allowed === "number") return this.#number();
    return isList(allowed) ? this.#list(allowed[0]) : this.#object(allowed);
  }

  #object(fields: { readonly [name: string]: Allowed }): Scanned | undefined {
    if (!this.#enter("{")) return undefined;
    const found = new Map<string, Scanned>();
    for (let isFirst = true; this.fault === undefined && !this.#isLeaving("}", isFirst); isFirst = false) {
      const offset = this.#at;
      const name = this.#name(fields);
      if (this.fault !== undefined) return undefined;
      const allowed = name === undefined ? undefined : fields[name];
      if (name === undefined || allowed === undefined) this.#skip();
      else {
        if (found.has(name)) return this.#fail("nexo/duplicate_field", offset);
        const value = this.#value(allowed);
        if (value !== undefined) found.set(name, value);
      }
    }
    this.#depth -= 1;
    return this.fault === undefined ? found : undefined;
  }

  /** Over a name and its colon: the one of `fields` that it is, compared byte by byte (S1). */
  #name(fields: { readonly [name: string]: Allowed }): string | undefined {
    if (!this.#isAt('"')) return this.#fail("nexo/not_json");
    const start = this.#at + 1;
    this.#skipText();
    const name = this.#bytes.subarray(start, this.#at - 1);
    this.#blanks();
    this.#take(":");
    return Object.keys(fields).find(
      (known) =>
        known.length === name.length && name.every((byte, index) => byte === known.charCodeAt(index)),
    );
  }

  #list(allowed: Allowed): Scanned | undefined {
    if (!this.#enter("[")) return undefined;
    const found: Scanned[] = [];
    for (let isFirst = true; this.fault === undefined && !this.#isLeaving("]", isFirst); isFirst = false) {
      if (found.length >= LIST_COUNT_MAX) this.#skip();
      else {
        const value = this.#value(allowed);
        if (value !== undefined) found.push(value);
      }
    }
    this.#depth -= 1;
    return this.fault === undefined ? found : undefined;
  }

  #number(): string | undefined {
    const start = this.#at;
    this.#skipNumber();
    if (this.fault !== undefined) return undefined;
    if (this.#at - start > NUMBER_BYTES_MAX) return this.#fail("nexo/too_long", start);
    return latin(this.#bytes.subarray(start, this.#at));
  }

  #text(bytesMax: number): string | undefined {
    const start = this.#at;
    const isPlain = this.#skipText();
    if (this.fault !== undefined) return undefined;
    const quoted = this.#bytes.subarray(start, this.#at);
    if (quoted.length > bytesMax) return this.#fail("nexo/too_long", start);
    try {
      const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(quoted);
      if (isPlain) return text.slice(1, -1);
      const unquoted: unknown = JSON.parse(text);
      return typeof unquoted === "string" ? unquoted : this.#fail("nexo/not_json", start);
    } catch {
      return this.#fail("nexo/not_utf8", start);
    }
  }

  #lastFour(): string | undefined {
    const start = this.#at;
    this.#skipText();
    if (this.fault !== undefined) return undefined;
    const end = this.#at - 1;
    const four = latin(this.#bytes.subarray(Math.max(start + 1, end - LAST_FOUR), end));
    return /^[0-9]{4}$/.test(four) ? four : "";
  }

  #form(): Scanned | undefined {
    const start = this.#at;
    const isPlain = this.#skipText();
    if (this.fault !== undefined) return undefined;
    const inner = this.#bytes.subarray(start + 1, this.#at - 1);
    if (inner.length > TEXT_BYTES_MAX) return this.#fail("nexo/too_long", start);
    return readForm(inner, isPlain) ?? this.#fail("nexo/not_utf8", start);
  }

  /** Walks over one value of any kind, checked for its form and not read (S1). */
  #skip(): void {
    this.#blanks();
    const here = this.#here();
    if (here === '"') this.#skipText();
    else if (here === "{") this.#skipMany("{", "}", true);
    else if (here === "[") this.#skipMany("[", "]", false);
    else if (here === "t") this.#word("true");
    else if (here === "f") this.#word("false");
    else if (here === "n") this.#word("null");
    else this.#skipNumber();
  }

  #skipMany(open: string, close: string, isNamed: boolean): void {
    if (!this.#enter(open)) return;
    for (let isFirst = true; this.fault === undefined && !this.#isLeaving(close, isFirst); isFirst = false) {
      if (isNamed) this.#name({});
      if (this.fault === undefined) this.#skip();
    }
    this.#depth -= 1;
  }

  /** The form of a number, digit by digit: its text is never made. */
  #skipNumber(): void {
    if (this.#isAt("-")) this.#at += 1;
    if (this.#isAt("0")) this.#at += 1;
    else this.#digits();
    if (this.#isAt(".")) {
      this.#at += 1;
      this.#digits();
    }
    if (!this.#isAt("e") && !this.#isAt("E")) return;
    this.#at += 1;
    if (this.#isAt("+") || this.#isAt("-")) this.#at += 1;
    this.#digits();
  }

  #digits(): void {
    const start = this.#at;
    while (/[0-9]/.test(this.#here())) this.#at += 1;
    if (this.#at === start) this.#fail("nexo/not_json");
  }

  /** Over a quoted text; true when nothing in it is escaped. */
  #skipText(): boolean {
    let isPlain = true;
    this.#at += 1;
    for (; ; this.#at += 1) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined || byte < SPACE) {
        this.#fail("nexo/not_json");
        return false;
      }
      if (byte === QUOTE) {
        this.#at += 1;
        return isPlain;
      }
      if (byte !== BACKSLASH) continue;
      isPlain = false;
      this.#at += 1;
      if (!this.#isEscape()) {
        this.#fail("nexo/not_json");
        return false;
      }
    }
  }

  #isEscape(): boolean {
    if (!this.#isAt("u")) return this.#here() !== "" && ESCAPES.includes(this.#here());
    const digits = latin(this.#bytes.subarray(this.#at + 1, this.#at + 1 + HEX_DIGITS));
    this.#at += HEX_DIGITS;
    return /^[0-9a-fA-F]{4}$/.test(digits);
  }

  #enter(open: string): boolean {
    this.#take(open);
    this.#depth += 1;
    if (this.#depth > DEPTH_MAX) this.#fail("nexo/too_deep");
    return this.fault === undefined;
  }

  /** Over the closing sign, or over the comma before the next member; false when a member follows. */
  #isLeaving(close: string, isFirst: boolean): boolean {
    this.#blanks();
    if (this.#isAt(close)) {
      this.#at += 1;
      return true;
    }
    if (!isFirst) {
      this.#take(",");
      this.#blanks();
    }
    return false;
  }

  /** Over a bare word; whether it says true. */
  #word(word: "true" | "false" | "null"): boolean | undefined {
    const found = latin(this.#bytes.subarray(this.#at, this.#at + word.length));
    if (found !== word) return this.#fail("nexo/not_json");
    this.#at += word.length;
    return word === "true";
  }

  #take(sign: string): void {
    if (this.#isAt(sign)) this.#at += 1;
    else this.#fail("nexo/not_json");
  }

  #blanks(): void {
    while (" \t\r\n".includes(this.#here()) && this.#at < this.#bytes.length) this.#at += 1;
  }

  #isAt(sign: string): boolean {
    return this.#here() === sign;
  }

  /** The character at this place, "" behind the end. */
  #here(): string {
    const byte = this.#bytes[this.#at];
    return byte === undefined ? "" : String.fromCharCode(byte);
  }
}

/** The characters with which a value of that kind begins; null and other kinds count as "not there". */
function startsOf(allowed: Allowed): string {
  if (allowed === "flag") return "tf";
  if (allowed === "number") return "-0123456789";
  if (typeof allowed === "string") return '"';
  return isList(allowed) ? "[" : "{";
}

function isList(allowed: Allowed): allowed is readonly [Allowed] {
  return Array.isArray(allowed);
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** What stands at `path`, undefined when it is not there. */
export function at(value: Scanned | undefined, ...path: readonly string[]): Scanned | undefined {
  return path.reduce<Scanned | undefined>(
    (inner, name) => (inner instanceof Map ? inner.get(name) : undefined),
    value,
  );
}

/** The text at `path`, "" when there is none. */
export function textAt(value: Scanned | undefined, ...path: readonly string[]): string {
  const found = at(value, ...path);
  return typeof found === "string" ? found : "";
}

/** The list at `path`, empty when there is none. */
export function listAt(value: Scanned | undefined, ...path: readonly string[]): readonly Scanned[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}
