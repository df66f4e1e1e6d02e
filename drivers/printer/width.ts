/**
 * Columns a text takes on paper in the two-byte Chinese mode: ASCII one, everything else with a glyph
 * two (the printer draws it in a cell of 24 x 24 dots, whatever Unicode's own width is), combining
 * marks and format characters none.
 */

const ZERO_WIDTH = /^[\p{M}\p{Cf}\p{Cc}]$/u;

/** Columns of one character (one code point) at normal size. */
export function columnsOfCharacter(character: string): 0 | 1 | 2 {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x20 && code <= 0x7e) return 1;
  return ZERO_WIDTH.test(character) ? 0 : 2;
}

/** How many columns one character takes; differs by text mode. */
export type Measure = (character: string) => 0 | 1 | 2;

/** In a single-byte page every printable character takes one column. */
export const oneColumn: Measure = () => 1;

/** Columns of a text at normal size. */
export function columnsOf(text: string, measure: Measure = columnsOfCharacter): number {
  let columnCount = 0;
  for (const character of text) columnCount += measure(character);
  return columnCount;
}
