/**
 * Records with everything replaced that may be somebody's: names, labels, notes, reasons, clerks' codes,
 * articles, PINs' salts and hashes, references. What is left is what a fold lives of: types, places,
 * times, amounts, quantities, rates and references between records.
 *
 * D1 What stays is a list (EXACT, WORDS, HASHES), and each of it only in its own form. All other text is
 *    replaced, also in events that came after this file: a new field is secret until it is listed.
 * D2 One text has one replacement within a bundle, by a key that nobody keeps: what was equal stays equal,
 *    and nobody can try names until one fits.
 * D3 A field that takes only words of its own (a closed list) keeps its word, for it takes nothing else;
 *    one that takes neither is a fault, and there is no bundle.
 * D4 Records inside records (what was carried, what headquarters said) are redacted like their own; one
 *    that cannot be read is replaced whole by a record of an unknown event.
 */
import { createHmac } from "node:crypto";
import { Bug } from "../../core/bug.ts";
import { HQ_WRITER } from "../../core/hq/events.ts";
import type { Event, Recorded } from "../../core/types.ts";
import { encodeCbor } from "../../protocol/cbor-encode.ts";
import type { Origin } from "../../protocol/field.ts";
import { decodeRecord, encodeRecord } from "../../protocol/record.ts";
import { SupportFault } from "./fault.ts";

/** Fields that say where something stands or how it is counted, each with its only form. */
const EXACT: ReadonlyMap<string, RegExp> = new Map([
  ["terminal", /^[A-Za-z0-9_-]{1,32}$/],
  ["epoch", /^[0-9a-f]{16}$/],
  ["currency", /^[A-Z]{3}$/],
  ["series", /^[0-9A-F]{1,4}$/],
  ["businessDate", /^\d{4}-\d{2}-\d{2}$/],
  ["runtimeVersion", /^\d+\.\d+\.\d+$/],
  ["code", /^[a-z]+\/[a-z0-9_]+$/],
  ["drawer", /^\d{1,3}$/],
]);
/** Fields whose words are closed lists of the trade. */
const WORDS: ReadonlySet<string> = new Set([
  "type",
  "kind",
  "opening",
  "method",
  "outcome",
  "mark",
  "purpose",
  "priceSource",
  "right",
  "rights",
  "flag",
  "tie",
]);
const WORD = /^[a-z][a-z0-9_]{0,31}$/;
const REFERENCE = /^[A-Za-z0-9_-]{1,32}\/[0-9a-f]{16}\/[1-9][0-9]{0,15}$/;
/** Hashes of what is not secret; a PIN's stand under `pin`. */
const HASHES: ReadonlySet<string> = new Set(["viewHash", "hash", "sha256"]);
const UNKNOWN_EVENT_NUMBER = 65_535;

type Way = "word" | "shape" | "keep";

/** Redacts the records of one bundle. */
export class Redactor {
  readonly #key: Uint8Array;
  /** D3: how a field is replaced, by event type and path. */
  readonly #ways = new Map<string, Way>();
  /** View hashes that had to change because names are in them. */
  readonly #views = new Map<string, Uint8Array>();

  /** `key`: 32 random bytes that nobody keeps (D2). */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** The text that stands for this one everywhere (D2). */
  word(text: string): string {
    return text === "" ? "" : `x${this.#digest(text).slice(0, 8)}`;
  }

  /** From here on closings with this view's hash have that one. */
  replaceView(original: Uint8Array, redacted: Uint8Array): void {
    this.#views.set(hexOf(original), redacted);
  }

  /** The record's bytes with everything replaced. Throws support/not_redactable. */
  record(recorded: Recorded): Uint8Array {
    const { type } = recorded.event;
    const bytes = this.#tried(recorded, (path) => this.#ways.get(`${type} ${path}`) ?? "word");
    if (bytes !== null) return bytes;
    const paths = new Set<string>();
    this.#replaced(recorded, (path) => {
      paths.add(path);
      return "keep";
    });
    for (const path of paths) this.#ways.set(`${type} ${path}`, this.#wayOf(recorded, path));
    const again = this.#tried(recorded, (path) => this.#ways.get(`${type} ${path}`) ?? "word");
    if (again === null) throw new SupportFault("support/not_redactable", type);
    return again;
  }

  /** What stands for a record that cannot be read (D4). */
  unknown(seq: number): Uint8Array {
    return encodeCbor([Math.max(1, seq), 0, 0, null, [UNKNOWN_EVENT_NUMBER, 1]]);
  }

  // D3: tried on this field alone, all others as they were.
  #wayOf(recorded: Recorded, path: string): Way {
    for (const way of ["word", "shape"] as const) {
      if (this.#tried(recorded, (its) => (its === path ? way : "keep")) !== null) return way;
    }
    let isWord = true;
    this.#replaced(recorded, (its, text) => {
      if (its === path && !WORD.test(text)) isWord = false;
      return "keep";
    });
    if (!isWord) throw new SupportFault("support/not_redactable", `${recorded.event.type} ${path}`);
    return "keep";
  }

  #tried(recorded: Recorded, wayOf: (path: string) => Way): Uint8Array | null {
    try {
      return encodeRecord(this.#replaced(recorded, wayOf));
    } catch (error) {
      if (error instanceof Bug) return null;
      throw error;
    }
  }

  #replaced(recorded: Recorded, wayOf: (path: string, text: string) => Way): Recorded {
    const { terminal, epoch, seq, lamport, at, cause, event } = recorded;
    const redact = (value: unknown, path: string): unknown => this.#value(value, path, event, wayOf);
    const replaced = { cause: redact(cause, "cause"), event: redact(event, "") };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- encodeRecord refuses what no row could read again
    return { terminal, epoch, seq, lamport, at, ...replaced } as unknown as Recorded;
  }

  #value(value: unknown, path: string, event: Event, wayOf: (path: string, text: string) => Way): unknown {
    if (typeof value === "string") return this.#text(value, path, wayOf);
    if (value instanceof Uint8Array) return this.#bytes(value, path, event);
    if (Array.isArray(value)) return value.map((its: unknown) => this.#value(its, path, event, wayOf));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, its]: [string, unknown]) => [
        key,
        this.#value(its, path === "" ? key : `${path}.${key}`, event, wayOf),
      ]),
    );
  }

  // D1
  #text(text: string, path: string, wayOf: (path: string, text: string) => Way): string {
    const name = path.split(".").at(-1) ?? "";
    if (text === "" || REFERENCE.test(text)) return text;
    if (EXACT.get(name)?.test(text) === true) return text;
    if (WORDS.has(name) && WORD.test(text)) return text;
    switch (wayOf(path, text)) {
      case "word":
        return this.word(text);
      case "shape":
        return this.#shape(text);
      case "keep":
        return text;
    }
  }

  /** Digits for digits and letters for letters, for fields that count them. */
  #shape(text: string): string {
    const digest = Buffer.from(this.#digest(text), "hex");
    return Array.from(text)
      .map((character, index) => {
        const byte = digest[index % digest.length] ?? 0;
        if (/[0-9]/.test(character)) return String(byte % 10);
        if (/[a-f]/.test(character)) return "abcdef"[byte % 6] ?? "a";
        if (/[a-z]/.test(character)) return String.fromCharCode(0x61 + (byte % 26));
        if (/[A-Z]/.test(character)) return String.fromCharCode(0x41 + (byte % 26));
        return /[\w./:-]/.test(character) ? character : "x";
      })
      .join("");
  }

  #bytes(bytes: Uint8Array, path: string, event: Event): Uint8Array {
    const steps = path.split(".");
    const name = steps.at(-1) ?? "";
    if (name === "records") return this.#nested(bytes, event);
    if (HASHES.has(name) && !steps.includes("pin"))
      return (name === "viewHash" ? this.#views.get(hexOf(bytes)) : undefined) ?? bytes;
    return new Uint8Array(bytes.length);
  }

  // D4
  #nested(bytes: Uint8Array, event: Event): Uint8Array {
    const origin = originOf(event);
    const decoded = origin === null ? null : decodeRecord(bytes, origin);
    return decoded?.ok === true ? this.record(decoded.value) : this.unknown(1);
  }

  #digest(text: string): string {
    return createHmac("sha256", this.#key).update(text).digest("hex");
  }
}

function originOf(event: Event): Origin | null {
  if (event.type === "records_carried") return { terminal: event.terminal, epoch: event.epoch };
  return event.type === "hq_records_taken" ? { terminal: HQ_WRITER, epoch: event.epoch } : null;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
