/**
 * GS1 element strings: identifiers and values out of the data of a GS1 symbol, and the checks of single
 * values, both driven by gs1-table.ts (GS1 General Specifications, sections 3 and 7.8). Knows nothing
 * of what an identifier means. Which identifiers belong together is not checked: it is no matter of
 * reading, and labels in the field often break it.
 */

import { hasGoodCheckDigit, isDigits } from "./check-digit.ts";
import { isGs1Date, isGs1Time } from "./gs1-date.ts";
import { GS1_TABLE } from "./gs1-table.ts";
import type { Gs1TableRow } from "./gs1-table.ts";
import type { Read, ScanRejection } from "./result.ts";

/** One identifier with its value. */
export interface Gs1Element {
  readonly ai: string;
  readonly value: string;
}

/** Elements that one code may hold; real labels have under ten. */
export const GS1_ELEMENTS_COUNT_MAX = 32;

const SEPARATOR = "\u001d";
const AI_CHARS_MIN = 2;
const AI_CHARS_MAX = 4;

interface Component {
  readonly characters: RegExp;
  readonly charsMin: number;
  readonly charsMax: number;
  readonly isOptional: boolean;
  readonly checks: readonly string[];
}

interface Rule {
  readonly components: readonly Component[];
  /** Characters of the value where no separator follows it; undefined where one does. */
  readonly fixedChars: number | undefined;
  readonly row: Gs1TableRow;
}

const CHARACTERS: Readonly<Record<string, RegExp>> = {
  N: /^[0-9]*$/,
  X: /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]*$/,
  Y: /^[#\-/0-9A-Z]*$/,
  Z: /^[0-9A-Za-z_\-=]*$/,
};

const NEVER = /^$/;

let rulesOnce: ReadonlyMap<string, Rule> | undefined;

/** By identifier. Made by the first code that is looked at, and so not by a start. */
function rules(): ReadonlyMap<string, Rule> {
  rulesOnce ??= new Map(GS1_TABLE.flatMap(rulesOf));
  return rulesOnce;
}

function rulesOf(row: Gs1TableRow): readonly (readonly [string, Rule])[] {
  const [first, last, flags, format] = row;
  const components = format.split(" ").map(componentOf);
  const chars = components.reduce((sum, { charsMax }) => sum + charsMax, 0);
  const rule: Rule = { components, fixedChars: flags.includes("*") ? chars : undefined, row };
  const count = Number(last) - Number(first) + 1;
  return Array.from({ length: count }, (_, index) => [
    String(Number(first) + index).padStart(first.length, "0"),
    rule,
  ]);
}

/** "[X..17]", "N6,yymmdd" */
function componentOf(text: string): Component {
  const [type = "", ...checks] = text.replaceAll(/[[\]]/g, "").split(",");
  const [, set = "", range = "", max = "0"] = /^([NXYZ])(\.\.)?(\d+)$/.exec(type) ?? [];
  const charsMax = Number(max);
  const charsMin = range === "" ? charsMax : 1;
  const characters = CHARACTERS[set] ?? NEVER;
  return { characters, charsMin, charsMax, isOptional: text.startsWith("["), checks };
}

/** The row of an assigned identifier, or undefined. */
export function gs1RowOf(ai: string): Gs1TableRow | undefined {
  return rules().get(ai)?.row;
}

/**
 * Reads the data behind the symbology identifier. A leading separator (FNC1 told literally) is
 * skipped. Refuses with scan/gs1_unknown_ai, _length, _character, _value, _repeated or
 * scan/check_digit; the same identifier twice with one value counts once.
 */
export function readElementString(data: string): Read<readonly Gs1Element[]> {
  const elements: Gs1Element[] = [];
  let offset = data.startsWith(SEPARATOR) ? 1 : 0;
  while (offset < data.length) {
    const ai = aiAt(data, offset);
    const rule = ai === undefined ? undefined : rules().get(ai);
    if (ai === undefined || rule === undefined) return { ok: false, code: "scan/gs1_unknown_ai", offset };
    const from = offset + ai.length;
    const end = endOfValue(data, from, rule);
    const element = { ai, value: data.slice(from, end) };
    const problem = problemOf(element) ?? repetitionOf(element, elements);
    if (problem !== undefined) return { ok: false, code: problem, offset: from };
    if (!elements.some((other) => other.ai === ai)) elements.push(element);
    offset = data[end] === SEPARATOR ? end + 1 : end;
  }
  if (elements.length === 0) return { ok: false, code: "scan/gs1_length", offset };
  return { ok: true, value: elements };
}

function aiAt(data: string, offset: number): string | undefined {
  for (let chars = AI_CHARS_MIN; chars <= AI_CHARS_MAX; chars += 1) {
    const ai = data.slice(offset, offset + chars);
    if (rules().has(ai)) return ai;
  }
  return undefined;
}

function endOfValue(data: string, from: number, { fixedChars }: Rule): number {
  const separator = data.indexOf(SEPARATOR, from);
  const fieldEnd = separator < 0 ? data.length : separator;
  return fixedChars === undefined ? fieldEnd : Math.min(from + fixedChars, fieldEnd);
}

function repetitionOf(element: Gs1Element, elements: readonly Gs1Element[]): ScanRejection | undefined {
  const earlier = elements.find(({ ai }) => ai === element.ai);
  if (earlier !== undefined) return earlier.value === element.value ? undefined : "scan/gs1_repeated";
  return elements.length < GS1_ELEMENTS_COUNT_MAX ? undefined : "scan/gs1_length";
}

/** What is wrong with one element, or undefined. For values from elsewhere, such as a link, too. */
export function problemOf({ ai, value }: Gs1Element): ScanRejection | undefined {
  const rule = rules().get(ai);
  if (rule === undefined) return "scan/gs1_unknown_ai";
  let offset = 0;
  for (const component of rule.components) {
    if (component.isOptional && offset === value.length) break;
    const part = value.slice(offset, offset + component.charsMax);
    if (part.length < component.charsMin) return "scan/gs1_length";
    if (!component.characters.test(part)) return "scan/gs1_character";
    const problem = component.checks.map((check) => problemOfCheck(check, part)).find(Boolean);
    if (problem !== undefined) return problem;
    offset += part.length;
  }
  return offset === value.length ? undefined : "scan/gs1_length";
}

function problemOfCheck(check: string, part: string): ScanRejection | undefined {
  if (check === "csum") return hasGoodCheckDigit(part) ? undefined : "scan/check_digit";
  return isGood(check, part) ? undefined : "scan/gs1_value";
}

/** The checks that tools/build/gs1-table.ts leaves in the table. */
function isGood(check: string, part: string): boolean {
  switch (check) {
    case "yymmd0":
    case "yymmdd":
    case "yyyymmdd":
      return isGs1Date(part, check === "yymmd0");
    case "hhmi":
    case "hh":
    case "mi":
    case "ss":
      return isGs1Time(part, check);
    case "yesno":
      return part === "0" || part === "1";
    case "zero":
      return /^0+$/.test(part);
    case "nonzero":
      return isDigits(part) && !/^0+$/.test(part);
    default:
      return false;
  }
}
