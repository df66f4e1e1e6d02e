/**
 * What becomes of a word to the terminals, for pages that show it first: refused with codes, previewed
 * with its changes, or published with its place in headquarters' own journal.
 */
import type { Authored } from "../authoring.ts";
import type { WordAnswer, WordChange, WordRefusal } from "./api-house.ts";
import type { ConsoleContext } from "./context.ts";

/** Nothing was published, and why. */
export function refused(refusals: readonly WordRefusal[]): WordAnswer {
  return { refusals, changes: [], seq: null };
}

/** The answer to a word that was handed to the door. */
export function answerOf(
  context: Pick<ConsoleContext, "log">,
  changes: readonly WordChange[],
  authored: Authored,
): WordAnswer {
  if (!authored.ok) return refused([{ code: authored.code, detail: authored.message }]);
  const { seq } = authored.position;
  context.log(`console: published, headquarters' journal ends at ${seq}`);
  return { refusals: [], changes, seq };
}
