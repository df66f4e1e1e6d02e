/**
 * The first lines of the firmware that run (`main.cjs`): they point Node at what it compiled of the
 * firmware at an earlier start, and load the firmware (`terminal.cjs`). The compiled code lies below the
 * data folder and belongs to one build of Node and one text; Node looks at both and at its checksum, and
 * compiles anew where anything differs, so that deleting or spoiling it costs milliseconds and nothing
 * else. Knows of its arguments only where the data folder is.
 */
"use strict";
const { existsSync } = require("node:fs");
const { enableCompileCache, flushCompileCache } = require("node:module");
const { join } = require("node:path");

/** By then the first screens were drawn and the first taps taken: what they needed is compiled. */
const KEEP_AFTER_MS = 20_000;

const dataDirectory = process.argv[process.argv.indexOf("--data") + 1] ?? "";
// On the first start of all there is no data folder yet; making it is not this file's to do.
if (process.argv.includes("--data") && existsSync(dataDirectory)) {
  enableCompileCache(join(dataDirectory, "compiled"));
  // A terminal ends by its battery more often than by a signal.
  setTimeout(() => flushCompileCache(), KEEP_AFTER_MS).unref();
}
require("./terminal.cjs");
