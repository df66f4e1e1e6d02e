/**
 * Looks for card numbers in everything that tests leave: before a folder of temporary files is removed,
 * by whichever way of node:fs, its files go through the leak scanner, and so does what child processes
 * wrote to their outputs. What was found is a line in build/reports/leaks, which the last step of
 * `make test` reads. A setup file of vitest.
 */

import childProcess from "node:child_process";
import type { ChildProcess } from "node:child_process";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve, sep } from "node:path";
import type { Readable } from "node:stream";
import { PROJECT_ROOT } from "../../tools/build/root.ts";
import { NOTHING, scanPath } from "../../tools/proof/leak/files.ts";
import type { LeakReport } from "../../tools/proof/leak/files.ts";
import { scanBytes } from "../../tools/proof/leak/scan.ts";
import { CARDS } from "../../tools/sim/reader/cards.ts";

const { appendFileSync, mkdirSync, promises, rm, rmSync } = fs;
const { spawn } = childProcess;
const REPORTS = join(PROJECT_ROOT, "build/reports/leaks");
const WISH = { known: CARDS.map(({ pan }) => pan) };
const BASE = resolve(tmpdir()) + sep;
/** Of each output of each child; what comes behind it is not looked at. */
const OUTPUT_BYTES_MAX = 4 * 1024 * 1024;

function write(source: string, report: LeakReport): void {
  if (report.scannedBytes === 0 && report.skipped.length === 0) return;
  mkdirSync(REPORTS, { recursive: true });
  appendFileSync(join(REPORTS, `${process.pid}.jsonl`), `${JSON.stringify({ source, ...report })}\n`);
}

/** Looks at what is about to be removed, when it is a path below the temporary folder. */
function lookAt(path: unknown): void {
  if (typeof path === "string" && resolve(path).startsWith(BASE)) write(path, scanPath(path, WISH));
}

/** Listens to an output where it enters the process, so that whoever reads it notices nothing. */
function listenTo(stream: Readable | null, source: string): void {
  if (stream === null) return;
  const pieces: Buffer[] = [];
  let lengthBytes = 0;
  const push = stream.push.bind(stream);
  stream.push = (piece: unknown, ...rest) => {
    if (piece instanceof Uint8Array && lengthBytes < OUTPUT_BYTES_MAX) {
      pieces.push(Buffer.from(piece));
      lengthBytes += piece.length;
    }
    return push(piece, ...rest);
  };
  stream.once("close", () => {
    const finds = scanBytes(Buffer.concat(pieces), WISH).map((find) => ({ ...find, path: source }));
    write(source, { ...NOTHING, fileCount: 1, scannedBytes: lengthBytes, finds });
  });
}

function listened(child: ChildProcess): ChildProcess {
  // Its code was changed so that numbers leak (plant.ts); its test looks for them itself.
  if (child.spawnargs.some((word) => word.endsWith("/support/plant.ts"))) return child;
  const source = child.spawnargs.join(" ").slice(0, 200);
  listenTo(child.stdout, `stdout of ${source}`);
  listenTo(child.stderr, `stderr of ${source}`);
  return child;
}

declare global {
  // A file is loaded once for each test file; the hooks are there once for each process.
  var isLeakWatched: boolean | undefined;
}

if (globalThis.isLeakWatched !== true) {
  globalThis.isLeakWatched = true;
  const { rm: rmPromised } = promises;
  Object.assign(fs, {
    rmSync: (...args: Parameters<typeof rmSync>) => {
      lookAt(args[0]);
      return rmSync(...args);
    },
    rm: (...args: Parameters<typeof rm>) => {
      lookAt(args[0]);
      return rm(...args);
    },
  });
  Object.assign(promises, {
    rm: (...args: Parameters<typeof rmPromised>) => {
      lookAt(args[0]);
      return rmPromised(...args);
    },
  });
  Object.assign(childProcess, {
    spawn: (...args: Parameters<typeof spawn>) => listened(spawn(...args)),
  });
  syncBuiltinESMExports();
}
