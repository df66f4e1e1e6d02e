/**
 * All planted bugs, in the order in which they are tried. To plant another, add a
 * row to a file of list/ and run `make mutants ONLY=name`.
 */
import { CORE_MUTANTS } from "./list/core.ts";
import { HQ_MUTANTS } from "./list/hq.ts";
import { JOURNAL_MUTANTS } from "./list/journal.ts";
import { RUNTIME_MUTANTS } from "./list/runtime.ts";
import { TENDER_MUTANTS } from "./list/tender.ts";
import { UPLINK_MUTANTS } from "./list/uplink.ts";
import type { Mutant } from "./mutant.ts";

/** Every planted bug; names are unique. */
export const MUTANTS: readonly Mutant[] = [
  ...JOURNAL_MUTANTS,
  ...RUNTIME_MUTANTS,
  ...CORE_MUTANTS,
  ...TENDER_MUTANTS,
  ...UPLINK_MUTANTS,
  ...HQ_MUTANTS,
];
