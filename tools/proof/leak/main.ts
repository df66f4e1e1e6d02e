/**
 * The leak scanner's command line: looks for payment card numbers in files and folders. One line of JSON
 * a find on stdout, then one with the sums; words for people on stderr. Exits with 0 when nothing was
 * found, 1 on a find or on what could not be read, 2 on arguments that make no sense.
 */

import { lstatSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { CARDS } from "../../sim/reader/cards.ts";
import { readCollected } from "./collected.ts";
import { joined, NOTHING, scanPath } from "./files.ts";
import type { LeakReport } from "./files.ts";

const HELP = `Looks for payment card numbers: digits that a scheme gives out with a right check digit, in
text, UTF-16, hex, base64 and packed digits (BCD). Fields of article numbers and of hashes are let
through by their name.

  node tools/proof/leak/main.ts PATH... [--known FILE] [--exempt NAME]... [--report FILE]
  node tools/proof/leak/main.ts --collected DIR

  PATH            files and folders; gzip and journals are unpacked
  --known FILE    numbers that are in use, one a line: found in packed digits without any sign around
                  them. The simulated cards of this project are known already
  --exempt NAME   another field that may hold such digits
  --collected DIR what the tests looked at while they ran (build/reports/leaks): sums and finds
  --report FILE   the sums and all finds as one JSON document
  --help          this text

A find names the file, the byte, the writing, the field and the last four digits; never the number.
Exit codes: 0 nothing found, 1 found or not all could be read (of what tests collected only finds: they
damage files on purpose), 2 wrong arguments.
`;

process.exitCode = main(process.argv.slice(2));

function main(args: readonly string[]): number {
  try {
    const { values, positionals } = parse(args);
    if (values.help) {
      process.stdout.write(HELP);
      return 0;
    }
    const { collected } = values;
    if (collected === undefined && positionals.length === 0)
      throw new TypeError("Name at least one file or folder.");
    const missing = [...positionals, ...(collected === undefined ? [] : [collected])].filter(
      (path) => lstatSync(path, { throwIfNoEntry: false }) === undefined,
    );
    if (missing.length > 0) throw new TypeError(`There is no ${missing.join(", ")}.`);
    const known = [...CARDS.map(({ pan }) => pan), ...linesOf(values.known)];
    const wish = { known, exempt: values.exempt ?? [] };
    const earlier = collected === undefined ? NOTHING : readCollected(collected);
    const report = positionals.map((path) => scanPath(path, wish)).reduce(joined, earlier);
    if (values.report !== undefined) writeFileSync(values.report, `${JSON.stringify(report, null, 2)}\n`);
    // What tests damaged on purpose cannot be read to its end: told, and no find.
    const damaged = earlier.skipped.filter((path) => !/\.jsonl:\d+$/.test(path));
    return tell(report, damaged.length);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    process.stderr.write(`leak: ${cause.message}\nTry --help.\n`);
    return 2;
  }
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      known: { type: "string" },
      collected: { type: "string" },
      exempt: { type: "string", multiple: true },
      report: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
}

function linesOf(path: string | undefined): readonly string[] {
  if (path === undefined) return [];
  const lines = readFileSync(path, "utf8")
    .split("\n")
    .map((line) => line.trim());
  return lines.filter((line) => /^[0-9]{13,19}$/.test(line));
}

function tell({ fileCount, scannedBytes, skipped, finds }: LeakReport, damagedCount: number): number {
  for (const find of finds) process.stdout.write(`${JSON.stringify(find)}\n`);
  for (const path of skipped) process.stderr.write(`leak: ${path} could not be read to its end\n`);
  const sums = { files: fileCount, bytes: scannedBytes, skipped: skipped.length, finds: finds.length };
  process.stdout.write(`${JSON.stringify(sums)}\n`);
  return finds.length + skipped.length - damagedCount > 0 ? 1 : 0;
}
