/**
 * What every answer of the console is made from. Owned by whoever starts the console; nothing here is
 * kept or closed by it.
 */
import type { Authoring } from "../authoring.ts";
import type { Holding } from "../journal/feed.ts";
import type { Store } from "../store/store.ts";

/** See the header. */
export interface ConsoleContext {
  readonly tenant: string;
  readonly store: Store;
  /** Of the shop, ahead of UTC. */
  readonly zoneMinutes: number;
  readonly nowMs: () => number;
  /** Null where this process does not write headquarters' own journal. */
  readonly authoring: Authoring | null;
  readonly holdings: () => readonly Holding[];
  readonly log: (line: string) => void;
}
