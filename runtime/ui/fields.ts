/**
 * Reading JSON from the other side of the wire: one field at a time, each with its kind and bounds.
 * Strict: a field too many is as wrong as one that is missing. Nothing is guessed or converted.
 * What is wrong is thrown as WrongField and caught by the reader that began, never further out.
 */
import { eventIdFrom, isClerkId, isDrawerId } from "../../core/ids.ts";
import type { ClerkId, DrawerId, EventId } from "../../core/ids.ts";
import { WIRE_TEXT_LENGTH_MAX } from "./limits.ts";

/** Why a message cannot be read. */
export type WireCode =
  | "wire/not_json"
  | "wire/not_an_object"
  | "wire/unknown_kind"
  | "wire/unknown_command"
  | "wire/unknown_field"
  | "wire/wrong_field";

/** What reading a message gives: `field` is the path to what is wrong, empty for the message itself. */
export type WireResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: WireCode; readonly field: string };

/** One field is wrong; thrown and caught within one reading. */
export class WrongField extends Error {
  override readonly name = "WrongField";
  readonly code: WireCode;
  readonly field: string;

  constructor(code: WireCode, field: string) {
    super(`${code}: ${field}`);
    this.code = code;
    this.field = field;
  }
}

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The fields of one JSON object. Every method throws WrongField when its field is not as it says. */
export class FieldReader {
  readonly #json: Json;
  readonly #path: string;
  readonly #all: FieldReader[];
  readonly #read = new Set<string>();

  /** `path` is how messages name this object, empty for the outermost; `all` gathers the readers of one message. */
  constructor(value: unknown, path: string, all: FieldReader[] = []) {
    if (!isObject(value)) throw new WrongField(path === "" ? "wire/not_an_object" : "wire/wrong_field", path);
    this.#json = value;
    this.#path = path;
    this.#all = all;
    all.push(this);
  }

  /** Refuses what nobody read, here and in every object within: a field too many. */
  end(): void {
    for (const reader of this.#all)
      for (const name of Object.keys(reader.#json))
        if (!reader.#read.has(name)) throw reader.wrong(name, "wire/unknown_field");
  }

  #get(name: string): unknown {
    this.#read.add(name);
    return this.#json[name];
  }

  /** Text of at most `lengthMax` UTF-16 units; may be empty. */
  text(name: string, lengthMax: number): string {
    const value = this.#get(name);
    if (typeof value !== "string" || value.length > lengthMax) throw this.wrong(name);
    return value;
  }

  /** A whole number in these bounds, both included. */
  whole(name: string, min: number, max: number): number {
    const value = this.#get(name);
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < min || value > max) {
      throw this.wrong(name);
    }
    return value;
  }

  /** Any safe integer: for numbers whose bounds the trade checks and answers in words. */
  integer(name: string): number {
    return this.whole(name, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  }

  /** True or false. */
  flag(name: string): boolean {
    const value = this.#get(name);
    if (typeof value !== "boolean") throw this.wrong(name);
    return value;
  }

  /** One of these words. */
  word<const W extends string>(name: string, words: readonly W[]): W {
    const value = this.#get(name);
    const found = words.find((word) => word === value);
    if (found === undefined) throw this.wrong(name);
    return found;
  }

  /** The identity of an event. */
  eventId(name: string): EventId {
    const value = this.#get(name);
    const id = typeof value === "string" ? eventIdFrom(value) : null;
    if (id === null) throw this.wrong(name);
    return id;
  }

  /** A clerk's code. */
  clerkId(name: string): ClerkId {
    const value = this.#get(name);
    if (typeof value !== "string" || !isClerkId(value)) throw this.wrong(name);
    return value;
  }

  /** A drawer's name. */
  drawerId(name: string): DrawerId {
    const value = this.#get(name);
    if (typeof value !== "string" || !isDrawerId(value)) throw this.wrong(name);
    return value;
  }

  /** Null, or what `read` makes of the field. */
  nullable<T>(name: string, read: (from: this, name: string) => T): T | null {
    return this.#get(name) === null ? null : read(this, name);
  }

  /** Whether the field is there at all. */
  has(name: string): boolean {
    return this.#json[name] !== undefined;
  }

  /** The object in a field. */
  object(name: string): FieldReader {
    return new FieldReader(this.#get(name), this.#at(name), this.#all);
  }

  /** The objects in a list of at most `countMax`, each read by `read`. */
  list<T>(name: string, countMax: number, read: (from: FieldReader) => T): readonly T[] {
    const value = this.#get(name);
    if (!Array.isArray(value) || value.length > countMax) throw this.wrong(name);
    const entries: readonly unknown[] = value;
    return entries.map((entry, index) =>
      read(new FieldReader(entry, `${this.#at(name)}[${index}]`, this.#all)),
    );
  }

  /** A list of at most `countMax` plain values, each read by `read`, which gives null for a wrong one. */
  values<T>(name: string, countMax: number, read: (value: unknown) => T | null): readonly T[] {
    const value = this.#get(name);
    if (!Array.isArray(value) || value.length > countMax) throw this.wrong(name);
    const entries: readonly unknown[] = value;
    return entries.map((entry, index) => {
      const its = read(entry);
      if (its === null) throw this.wrong(`${name}[${index}]`);
      return its;
    });
  }

  /** A list of clerks' codes. */
  clerkIds(name: string, countMax: number): readonly ClerkId[] {
    return this.values(name, countMax, (value) =>
      typeof value === "string" && isClerkId(value) ? value : null,
    );
  }

  /** A list of drawers' names. */
  drawerIds(name: string, countMax: number): readonly DrawerId[] {
    return this.values(name, countMax, (value) =>
      typeof value === "string" && isDrawerId(value) ? value : null,
    );
  }

  /** A list of whole numbers of at least 0. */
  wholes(name: string, countMax: number): readonly number[] {
    return this.values(name, countMax, (value) =>
      typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null,
    );
  }

  /** What to throw when a field is not as it must be. */
  wrong(name: string, code: WireCode = "wire/wrong_field"): WrongField {
    return new WrongField(code, this.#at(name));
  }

  #at(name: string): string {
    return this.#path === "" ? name : `${this.#path}.${name}`;
  }
}

/** The word in a field that decides how the rest is read; `code` when it is none of them. */
export function kindOf<const W extends string>(
  from: FieldReader,
  name: string,
  words: readonly W[],
  code: WireCode,
): W {
  const value = from.text(name, WIRE_TEXT_LENGTH_MAX);
  const found = words.find((word) => word === value);
  if (found === undefined) throw from.wrong(name, code);
  return found;
}

/** Reads one message: JSON text, then whatever `read` makes of its fields. Does not throw on input. */
export function readWire<T>(text: string, read: (from: FieldReader) => T): WireResult<T> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { ok: false, code: "wire/not_json", field: "" };
  }
  try {
    const from = new FieldReader(parsed, "");
    const value = read(from);
    from.end();
    return { ok: true, value };
  } catch (cause) {
    if (!(cause instanceof WrongField)) throw cause;
    return { ok: false, code: cause.code, field: cause.field };
  }
}
