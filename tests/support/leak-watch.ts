/**
 * Looks for card numbers in everything that tests leave on disk: before a folder of temporary files is
 * removed, by whichever way of node:fs, its files go through the leak scanner. What was found is a line
 * in build/reports/leaks, which the last step of `make test` reads. A setup file of vitest.
 */

import { appendFileSync, mkdirSync } from "node:fs";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve, sep } from "node:path";
import { PROJECT_ROOT } from "../../tools/build/root.ts";
import { scanPath } from "../../tools/proof/leak/files.ts";
import { CARDS } from "../../tools/sim/reader/cards.ts";

const REPORTS = join(PROJECT_ROOT, "build/reports/leaks");
const KNOWN = CARDS.map(({ pan }) => pan);
const BASE = resolve(tmpdir()) + sep;

/** What is about to be removed, when it is a path below the temporary folder. */
function look(path: unknown): void {
  if (typeof path !== "string" || !resolve(path).startsWith(BASE)) return;
  const report = scanPath(path, { known: KNOWN });
  if (report.fileCount === 0) return;
  mkdirSync(REPORTS, { recursive: true });
  appendFileSync(join(REPORTS, `${process.pid}.jsonl`), `${JSON.stringify({ path, ...report })}\n`);
}

declare global {
  // A file is loaded once for each test file, the hook is there once for each process.
  var isLeakWatched: boolean | undefined;
}

if (globalThis.isLeakWatched !== true) {
  globalThis.isLeakWatched = true;
  const { rmSync, rm, promises } = fs;
  const { rm: rmPromised } = promises;
  Object.assign(fs, {
    rmSync: (...args: Parameters<typeof rmSync>) => {
      look(args[0]);
      return rmSync(...args);
    },
    rm: (...args: Parameters<typeof rm>) => {
      look(args[0]);
      return rm(...args);
    },
  });
  Object.assign(promises, {
    rm: (...args: Parameters<typeof rmPromised>) => {
      look(args[0]);
      return rmPromised(...args);
    },
  });
  syncBuiltinESMExports();
}
