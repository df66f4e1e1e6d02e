/**
 * Why a terminal does not start, for whoever reads its log: what happened, what is safe, what to do.
 * Faults that carry their own sentence keep it; the others get theirs here.
 */
import { DiskFault } from "../disk.ts";
import type { DiskFaultCode } from "../disk.ts";
import { JournalFault } from "../store/fault.ts";
import type { JournalFaultCode } from "../store/fault.ts";
import { StartFault } from "./bind.ts";
import { ScreenAssetFault, ScreenPortFault } from "./screen-server.ts";

/** A code and its sentence. */
export interface StartWords {
  readonly code: string;
  readonly sentence: string;
}

const JOURNAL_SENTENCES: Readonly<Record<JournalFaultCode, string>> = {
  "journal/failed":
    "The data directory cannot be written. What was sold is in it, unchanged. Mend its rights or replace the card, then start again",
  "journal/full":
    "There is no room for the journal. What was sold is stored and unchanged. Free some space, then start again",
  "journal/rot": "Stored bytes are damaged. Nothing was changed. Call support with this line",
  "journal/other_terminal":
    "This data directory belongs to another terminal. Nothing was changed. Give this terminal its own, or correct its name in the configuration",
  "journal/format_unknown":
    "A newer release wrote this journal. Nothing was changed. Start that release again",
  "journal/mark_failed":
    "The commit mark cannot be written. Nothing was changed. Mend the rights of the folder mark",
};

const DISK_SENTENCES: Readonly<Record<DiskFaultCode, string>> = {
  "disk/full": "The disk is full. What was sold is stored. Free some space, then start again",
  "disk/io": "The disk cannot be read. Nothing was changed. Replace the card and keep the old one",
  "disk/read_only": "The disk is read-only. Nothing was changed. Make it writable, then start again",
  "disk/missing": "A file that should be there is missing. Nothing was changed. Call support with this line",
  "disk/exists": "A file stands where another one belongs. Nothing was changed. Call support with this line",
  "disk/denied": "The data directory may not be read or written. Nothing was changed. Mend its rights",
};

/** The words for a start that failed, or null for what is our own mistake. */
export function startWords(cause: unknown): StartWords | null {
  if (cause instanceof StartFault) return { code: cause.code, sentence: cause.message };
  if (cause instanceof ScreenPortFault || cause instanceof ScreenAssetFault) {
    return { code: cause.code, sentence: cause.message };
  }
  if (cause instanceof JournalFault) {
    return { code: cause.code, sentence: `${JOURNAL_SENTENCES[cause.code]} (${cause.place}).` };
  }
  if (cause instanceof DiskFault) {
    return { code: cause.code, sentence: `${DISK_SENTENCES[cause.code]} (${cause.path}).` };
  }
  return null;
}
