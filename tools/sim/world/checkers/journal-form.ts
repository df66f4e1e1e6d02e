/**
 * What reaches a segment is whole blocks, padded to the sector, whose first record follows the last
 * one written: seen at the disk, by the journal memory, which reports under this name.
 */
import type { Checker } from "../cast.ts";

/** See the header. */
export const journalForm: Checker = {
  name: "journal_form",
  laws: ["A5"],
  shows: ["F2"],
  promise:
    "a segment is written in whole padded blocks whose seqs have no gaps, and never over what was written",
  watch: () => ({}),
};
