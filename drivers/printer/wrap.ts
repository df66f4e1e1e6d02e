/**
 * Breaking text into lines by columns: Latin between words, Chinese between characters. A closing mark
 * never begins a line, an opening mark or currency sign never ends one; a word longer than a line is
 * split. Works on text that `printable` has been over.
 * W1  No line is wider than asked.
 * W2  The lines hold every character but spaces, in order.
 */

import { assert } from "../../core/bug.ts";
import { columnsOf, columnsOfCharacter } from "./width.ts";
import type { Measure } from "./width.ts";

const CLOSING = new Set("!%),.:;?]}、。〉》」』】〕〗’”！％），．：；？］｝～…—·");
const OPENING = new Set("([{$〈《「『【〔〖‘“（［｛￥￡＄");

/** A piece that stays together, and the spaces before it. */
interface Unit {
  readonly spaceCount: number;
  readonly text: string;
}

/**
 * The lines of one paragraph; an empty text is one empty line. Leading spaces indent all its lines, up
 * to half the width. `columnCount` is 2 or more.
 */
export function wrapText(
  text: string,
  columnCount: number,
  measure: Measure = columnsOfCharacter,
): readonly string[] {
  assert(columnCount >= 2, "wrap: A line has room for a Chinese character");
  const indentCount = Math.min(text.length - text.trimStart().length, Math.floor(columnCount / 2) - 1);
  const indent = " ".repeat(indentCount);
  const roomCount = columnCount - indentCount;
  const lines: string[] = [];
  let line = "";
  for (const unit of splitUnits(text.trim(), measure)) {
    const longer = line + " ".repeat(line === "" ? 0 : unit.spaceCount) + unit.text;
    if (columnsOf(longer, measure) <= roomCount) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    const parts = splitByColumns(unit.text, roomCount, measure);
    lines.push(...parts.slice(0, -1));
    line = parts.at(-1) ?? "";
  }
  lines.push(line);
  return lines.map((content) => (content === "" ? "" : indent + content));
}

function splitUnits(text: string, measure: Measure): readonly Unit[] {
  const units: Unit[] = [];
  let spaceCount = 0;
  let unitText = "";
  let previous = "";
  for (const character of text) {
    const isSpace = character === " ";
    if (unitText !== "" && (isSpace || !staysTogether(previous, character, measure))) {
      units.push({ spaceCount, text: unitText });
      spaceCount = 0;
      unitText = "";
    }
    if (isSpace) spaceCount += 1;
    else unitText += character;
    previous = character;
  }
  if (unitText !== "") units.push({ spaceCount, text: unitText });
  return units;
}

function staysTogether(previous: string, next: string, measure: Measure): boolean {
  if (CLOSING.has(next) || OPENING.has(previous)) return true;
  return measure(previous) < 2 && measure(next) < 2;
}

function splitByColumns(text: string, columnCount: number, measure: Measure): readonly string[] {
  const parts: string[] = [];
  let part = "";
  let partColumns = 0;
  for (const character of text) {
    const columns = measure(character);
    if (partColumns + columns > columnCount) {
      parts.push(part);
      part = "";
      partColumns = 0;
    }
    part += character;
    partColumns += columns;
  }
  return [...parts, part];
}
