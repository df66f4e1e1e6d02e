/**
 * The simulated reader's stores on a real disk: the acquirer's ledger as a file that only grows, one JSON
 * line an entry, and a terminal's memory as a file that is replaced whole. Both are synced before they
 * answer, as the truth about money must be. No card numbers come here: the memory knows cards by key.
 */

import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import type { LedgerEntry, LedgerStore } from "./acquirer.ts";
import { NEW_MEMORY } from "./zvt/memory.ts";
import type { MemoryStore, TerminalMemory } from "./zvt/memory.ts";

/** A ledger in `path`. A last line that was cut off in writing was never answered, and is overwritten. */
export function fileLedgerStore(path: string): LedgerStore {
  mkdirSync(dirname(path), { recursive: true });
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  if (whole.length !== text.length) writeFileSync(path, whole);
  const file = openSync(path, "a");
  return {
    load: () =>
      whole
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => parsed<LedgerEntry>(line)),
    append: (entry) => {
      writeSync(file, `${JSON.stringify(entry)}\n`);
      fsyncSync(file);
    },
  };
}

/** A terminal's memory in `path`; a terminal from its box when there is none. */
export function fileMemoryStore(path: string): MemoryStore {
  mkdirSync(dirname(path), { recursive: true });
  let kept = existsSync(path) ? parsed<TerminalMemory>(readFileSync(path, "utf8")) : NEW_MEMORY;
  return {
    load: () => kept,
    save: (memory) => {
      const next = `${path}.next`;
      const file = openSync(next, "w");
      writeSync(file, JSON.stringify(memory));
      fsyncSync(file);
      closeSync(file);
      renameSync(next, path);
      kept = memory;
    },
  };
}

/** What this file wrote itself. */
function parsed<T>(text: string): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the simulator's own files, written above
  return JSON.parse(text) as T;
}
