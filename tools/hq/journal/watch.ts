/**
 * Looks now and then whether another process (publish.ts, a second front) wrote to headquarters' journal:
 * the database is the one thing that they share, and asking it once a second is cheap.
 */
import type { Timers } from "../../../drivers/port/timers.ts";
import { causeFacts } from "../../../runtime/log.ts";
import type { Log } from "../../../runtime/log.ts";
import type { HqJournal } from "./journal.ts";

const LOOK_MS = 1000;

/** Begins to look; returns how to stop. A store that fails is said once, until it answers again. */
export function watchJournal(journal: Pick<HqJournal, "refresh">, timers: Timers, log: Log): () => void {
  let isOver = false;
  let isSilent = false;
  let cancel = (): void => {};
  const look = async (): Promise<void> => {
    try {
      await journal.refresh();
      isSilent = false;
    } catch (error) {
      if (!isSilent) log("journal/not_asked", causeFacts(error));
      isSilent = true;
    }
    if (!isOver) cancel = timers.after(LOOK_MS, () => void look());
  };
  cancel = timers.after(LOOK_MS, () => void look());
  return () => {
    isOver = true;
    cancel();
  };
}
