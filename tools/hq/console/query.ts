/**
 * What a request asks for: filters of an address read strictly, and cursors of lists. What is none is
 * refused with the name of its field; nothing is guessed.
 */
import { eventIdFrom, isClerkId, isTerminalId } from "../../../core/ids.ts";
import { currencyExponent, minorFromDecimal } from "../../../core/money.ts";
import type { OrderCursor, OrderFilter, OrderSearch, TimeCursor } from "../store/console.ts";
import { HOUSE_TYPES } from "../store/rows.ts";
import type { HouseType } from "../store/rows.ts";
import type { ConsoleCode } from "./api.ts";
import { dateOf, dayOf, spanOfDays } from "./day.ts";

/** Thrown where a request is refused; `field` names what is at fault. */
export class ConsoleFault extends Error {
  override readonly name = "ConsoleFault";
  readonly code: ConsoleCode;
  readonly field: string;
  constructor(code: ConsoleCode, field: string, cause?: unknown) {
    super(`${code}: ${field}`, { cause });
    this.code = code;
    this.field = field;
  }
}

/** Filters by name; empty where one was not given. */
export type Asked = (name: string) => string;

const SEARCH_LENGTH_MAX = 100;
const SEPARATOR = "~";

/** One of these texts, or the first where none was given. */
export function oneOf<T extends string>(asked: Asked, name: string, all: readonly [T, ...T[]]): T {
  const text = asked(name);
  if (text === "") return all[0];
  const known = all.find((each) => each === text);
  if (known === undefined) throw new ConsoleFault("console/query", name);
  return known;
}

/** A date as days from 1970; `fallback` where none was given. */
export function dayIn(asked: Asked, name: string, fallback: number): number {
  const text = asked(name);
  if (text === "") return fallback;
  const day = dayOf(text);
  if (day === null) throw new ConsoleFault("console/query", name);
  return day;
}

/** Today in the shop's zone, as days from 1970. */
export function todayOf(nowMs: number, zoneMinutes: number): number {
  return dayOf(dateOf(nowMs, zoneMinutes)) ?? 0;
}

/** The filters of the list of orders. */
export function orderFilterIn(asked: Asked, zoneMinutes: number): OrderFilter {
  const [phase, kind] = [
    oneOf(asked, "phase", ["", "open", "frozen", "closed", "voided"]),
    oneOf(asked, "kind", ["", "sale", "return"]),
  ];
  const [terminal, clerk] = [asked("terminal"), asked("clerk")];
  if (terminal !== "" && !isTerminalId(terminal)) throw new ConsoleFault("console/query", "terminal");
  if (clerk !== "" && !isClerkId(clerk)) throw new ConsoleFault("console/query", "clerk");
  const isBounded = asked("from") !== "" || asked("to") !== "";
  const span = isBounded
    ? spanOfDays(dayIn(asked, "from", 0), dayIn(asked, "to", DAYS_COUNT_MAX) + 1, zoneMinutes)
    : null;
  return {
    span,
    phase: phase === "" ? null : phase,
    kind: kind === "" ? null : kind,
    terminal,
    clerk,
    isMarked: oneOf(asked, "marked", ["", "1"]) === "1",
    search: searchIn(asked("q")),
  };
}

/** As far as dates go here: the year 2200. */
const DAYS_COUNT_MAX = 84_000;

/** What a searched text may mean: an order's id, a receipt, an amount, part of a label. Null for no text. */
export function searchIn(text: string): OrderSearch | null {
  const wanted = text.trim();
  if (wanted === "") return null;
  if (wanted.length > SEARCH_LENGTH_MAX) throw new ConsoleFault("console/query", "q");
  const [, terminal = "", series = "", printed = ""] =
    /^([\w-]+)-([A-Za-z0-9]+)-(\d{1,15})$/.exec(wanted) ?? [];
  const number = /^\d{1,15}$/.test(wanted) ? wanted : printed;
  const receipt = number === "" ? null : { terminal, series, number: Number(number) };
  const amount = /^\d+([.,]\d{1,3})?$/.test(wanted) ? wanted.replace(",", ".") : "";
  return {
    order: eventIdFrom(wanted),
    receipt,
    amountMinor: amount === "" ? null : minorFromDecimal(amount, currencyExponent("")),
    label: wanted.toLowerCase(),
  };
}

/** A place in a list by time, or null at its head. */
export function timeCursorIn(asked: Asked): TimeCursor | null {
  const text = asked("after");
  if (text === "") return null;
  const [atText = "", terminal = "", epoch = "", seqText = "", ...rest] = text.split(SEPARATOR);
  const [atMs, seq] = [wholeOf(atText), wholeOf(seqText)];
  if (atMs === null || seq === null || rest.length === 0) throw new ConsoleFault("console/query", "after");
  return { atMs, terminal, epoch, seq, sku: rest.join(SEPARATOR) };
}

/** The text that `timeCursorIn` reads. */
export function timeCursorText(cursor: TimeCursor): string {
  const { atMs, terminal, epoch, seq, sku } = cursor;
  return [atMs, terminal, epoch, seq, sku].join(SEPARATOR);
}

/** A place in the list of orders, or null at its head. */
export function orderCursorIn(asked: Asked): OrderCursor | null {
  const text = asked("after");
  if (text === "") return null;
  const [atText = "", order = ""] = text.split(SEPARATOR);
  const openedAtMs = wholeOf(atText);
  if (openedAtMs === null || eventIdFrom(order) === null) throw new ConsoleFault("console/query", "after");
  return { openedAtMs, order };
}

/** The text that `orderCursorIn` reads. */
export function orderCursorText({ openedAtMs, order }: OrderCursor): string {
  return `${openedAtMs}${SEPARATOR}${order}`;
}

/** Which records of the house are listed: those that were named, or all that a person has to judge. */
export function houseTypesIn(asked: Asked): readonly HouseType[] {
  const text = asked("types");
  if (text === "") return HOUSE_TYPES.filter((type) => type !== "pin_passed" && type !== "clock_trusted");
  return text.split(",").map((name) => {
    const type = HOUSE_TYPES.find((each) => each === name);
    if (type === undefined) throw new ConsoleFault("console/query", "types");
    return type;
  });
}

/** An instant or a seq: dates before 1970 have a sign. */
function wholeOf(text: string): number | null {
  const value = /^-?\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? value : null;
}
