/**
 * No fault of the world makes the product break one of its own assertions, reject where it promises
 * not to, or throw what it has no name for. Reported by whoever called, under this name.
 */
import type { Checker } from "../cast.ts";

/** See the header. */
export const noBugs: Checker = {
  name: "no_bugs",
  laws: ["A4"],
  shows: ["F5", "F6", "F7", "F28"],
  promise: "no assertion fails and nothing is thrown but named faults, whatever is injected",
  watch: () => ({}),
};
