/**
 * The command line of `tools/support-bundle`: packs what support needs of one terminal, redacted, into one
 * file. Reads only; the terminal may be running.
 */
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { arch, platform, release } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openNodeDisk } from "../../runtime/adapters/node-disk.ts";
import { RUNTIME_VERSION } from "../../runtime/boot.ts";
import { PROJECT_ROOT } from "../build/root.ts";
import type { ArchivedFile } from "./archive.ts";
import { makeBundle } from "./bundle.ts";
import { SupportFault } from "./fault.ts";
import { redactConfig, redactLog } from "./redact-text.ts";
import { Redactor } from "./redact.ts";

const HELP = `Packs what support needs of a terminal into one file, with every name and secret replaced.

  tools/support-bundle --data DIR --to FILE.tar.gz [--config FILE] [--log FILE]... [--hq DIR]

  --data DIR     the terminal's data folder; the terminal may be running
  --to FILE      the bundle; it must not be there
  --config FILE  the terminal's configuration: its shape and numbers
  --log FILE     a log of the terminal or of headquarters, text or JSON; may be named again
  --hq DIR       headquarters' data folder on this machine: what its doctor says
  --help         this text

In it: the journal with every name, label, note, article and PIN replaced (types, places, times and
amounts stay), what it comes to, versions, logs as codes and counts. The redacted journal was replayed
and came to the same totals and marks, or nothing is written. Look at it: it is a tar.
  tools/replay verify --bundle FILE    replays it anywhere
`;

const EXIT_USAGE = 2;
const KEY_BYTES = 32;

void main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof SupportFault && error.code === "support/arguments" ? EXIT_USAGE : 1;
});

interface Asked {
  readonly data: string;
  readonly to: string;
  readonly config: string | null;
  readonly logs: readonly string[];
  readonly hq: string | null;
}

async function main(args: readonly string[]): Promise<void> {
  if (args.length === 0 || args.includes("--help")) {
    process.stdout.write(HELP);
    return;
  }
  const asked = askedIn(args);
  const redactor = new Redactor(new Uint8Array(randomBytes(KEY_BYTES)));
  const disk = await openNodeDisk(asked.data);
  const others = await othersOf(asked, redactor);
  const { bytes, expected } = await makeBundle(disk, redactor, others, new Date().toISOString());
  writeFileSync(`${asked.to}.half`, bytes, { flush: true, mode: 0o600 });
  renameSync(`${asked.to}.half`, asked.to);
  const { terminal, recordCount, ordersDigest } = expected;
  const said = { bundle: asked.to, bytes: bytes.length, terminal, recordCount, ordersDigest };
  process.stdout.write(`${JSON.stringify(said)}\n`);
}

async function othersOf({ config, logs, hq }: Asked, redactor: Redactor): Promise<readonly ArchivedFile[]> {
  const file = (path: string, text: string): ArchivedFile => ({
    path,
    bytes: new TextEncoder().encode(text),
  });
  const json = (path: string, value: unknown): ArchivedFile =>
    file(path, `${JSON.stringify(value, null, 2)}\n`);
  const versions = {
    release: RUNTIME_VERSION,
    node: process.version,
    machine: { platform: platform(), arch: arch(), kernel: release() },
  };
  return [
    json("versions.json", versions),
    ...(config === null ? [] : [json("config.json", redactConfig(readFileSync(config, "utf8"), redactor))]),
    ...logs.map((path, index) => file(`log-${index + 1}.jsonl`, redactLog(readFileSync(path, "utf8")))),
    ...(hq === null ? [] : [file("doctor.json", await doctorOf(hq))]),
  ];
}

/** What the doctor prints; it answers with 1 where something fails, which is what support wants to see. */
function doctorOf(dataDir: string): Promise<string> {
  const program = join(PROJECT_ROOT, "tools/hq/doctor.ts");
  return new Promise((resolve) => {
    execFile(process.execPath, [program, "--data", dataDir, "--json"], (_error, stdout, stderr) => {
      resolve(stdout === "" ? `${JSON.stringify({ failed: stderr.slice(0, 500) })}\n` : stdout);
    });
  });
}

function askedIn(args: readonly string[]): Asked {
  const text = { type: "string" } as const;
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: { data: text, to: text, config: text, hq: text, log: { type: "string", multiple: true } },
    }));
  } catch (cause) {
    throw new SupportFault("support/arguments", cause instanceof Error ? cause.message : "options", cause);
  }
  const { data = "", to = "", config = null, hq = null, log: logs = [] } = values;
  if (data === "" || !existsSync(data))
    throw new SupportFault("support/arguments", `--data ${data} is not there`);
  if (to === "" || existsSync(to))
    throw new SupportFault("support/arguments", `--to ${to} is there, or not named`);
  for (const path of [config, hq, ...logs]) {
    if (path !== null && !existsSync(path))
      throw new SupportFault("support/arguments", `${path} is not there`);
  }
  return { data, to, config, hq, logs };
}
