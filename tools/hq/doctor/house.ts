/**
 * The checks that need no database: the data folder and its rights, keys, disk, clock, port, backups, and
 * a terminal's configuration where one is named. They read and change nothing.
 */
import { execFile } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { HQ_WRITER } from "../../../core/hq/events.ts";
import { isTerminalId, terminalId } from "../../../core/ids.ts";
import { RUNTIME_RELEASED_AT } from "../../../runtime/boot.ts";
import { readConfig } from "../../../runtime/config.ts";
import { notedBackups } from "../backup/note.ts";
import { diskWord } from "../health/vitals.ts";
import { readTerminalKey, readWriterKey } from "../keys.ts";
import { fail, ok, warn } from "./finding.ts";
import type { Finding } from "./finding.ts";

const OTHERS_MODE = 0o077;
const WRITE_BY_OTHERS_MODE = 0o022;
const HOUR_MS = 3_600_000;
/** A day, and time for the backup itself. */
const BACKUP_AGE_HOURS_MAX = 26;
const MIB = 1_048_576;
const CONNECT_MS_MAX = 2000;
const PROGRAM_MS_MAX = 3000;
const KEYS_NAMED_COUNT_MAX = 5;

/** The folder is there and this account may work in it. */
export function checkFolder(dataDir: string): readonly Finding[] {
  const { mode, uid } = statSync(dataDir);
  const found = ok("data", `${dataDir}, of user ${uid}`);
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return [found, fail("rights", "this account may not write there", "Start as the folder's owner")];
  }
  if ((mode & WRITE_BY_OTHERS_MODE) !== 0)
    return [
      found,
      warn("rights", `others may write there (${octal(mode)})`, `Take it away: chmod go-w ${dataDir}`),
    ];
  return [found, ok("rights", octal(mode))];
}

/** Headquarters' own key is there, for its user alone, and its public half fits. */
export async function checkKeys(dataDir: string, tenant: string): Promise<Finding> {
  const keysDir = join(dataDir, "keys");
  const path = join(keysDir, "hq.key");
  if (!existsSync(path)) {
    return existsSync(join(keysDir, "hq.pub"))
      ? fail("keys", `${path} is missing`, "Put it back from a backup: terminals believe no other key")
      : ok("keys", "none yet: the first start makes them");
  }
  const { mode } = statSync(path);
  if ((mode & OTHERS_MODE) !== 0)
    return fail("keys", `others may read ${path} (${octal(mode)})`, `Take it away: chmod 600 ${path}`);
  if (!/^[0-9a-f]{64}\n?$/.test(readFileSync(path, "utf8")))
    return fail("keys", `${path} is no key`, "Put it back from a backup");
  const own = await readWriterKey(keysDir, { tenant, terminal: terminalId(HQ_WRITER) });
  if (own.kind !== "known") return warn("keys", "hq.pub cannot be read", "The next start writes it anew");
  return ok("keys", `hq.key is private (${octal(mode)}), hq.pub is a key`);
}

/** Every file among the terminals' keys is a terminal's key. */
export async function checkTerminalKeys(dataDir: string, tenant: string): Promise<Finding> {
  const keysDir = join(dataDir, "keys");
  const folder = join(keysDir, "terminals", tenant);
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => !name.endsWith(".new")) : [];
  const wrong: string[] = [];
  for (const name of names) {
    const terminal = name.replace(/\.pub$/, "");
    const isNamed = name.endsWith(".pub") && isTerminalId(terminal);
    const key = isNamed ? await readTerminalKey(keysDir, { tenant, terminal }) : null;
    if (key?.kind !== "known") wrong.push(name);
  }
  if (wrong.length > 0) {
    const named = wrong.slice(0, KEYS_NAMED_COUNT_MAX).join(", ");
    return fail("terminal_keys", `no key of a terminal: ${named}`, `Register them anew in ${folder}`);
  }
  if (names.length === 0)
    return warn("terminal_keys", `no terminal is registered for ${tenant}`, `Put its key into ${folder}`);
  return ok("terminal_keys", `${names.length} registered for ${tenant}`);
}

/** There is room where the data lies. */
export async function checkDisk(dataDir: string): Promise<Finding> {
  const { bavail, bsize, blocks } = await statfs(dataDir);
  const freeBytes = bavail * bsize;
  const says = `${Math.floor(freeBytes / MIB)} MiB free, ${Math.floor((100 * bavail) / Math.max(1, blocks))} %`;
  const word = diskWord(freeBytes);
  if (word === "full") return fail("disk", says, "Free some space: the database stops soon");
  if (word === "low") return warn("disk", says, "Free some space, or see what retention.ts would take");
  return ok("disk", says);
}

/** The machine's clock is not before this release, and something keeps it right. */
export async function checkClock(nowMs: number): Promise<Finding> {
  const at = new Date(nowMs).toISOString();
  if (nowMs < RUNTIME_RELEASED_AT)
    return fail("clock", `${at} is before this release`, "Set the clock, then look at the battery");
  const isKept = await isTimeKept();
  if (isKept === false)
    return warn("clock", `${at}; no time service keeps it`, "Start one: timedatectl set-ntp true");
  return ok("clock", `${at}${isKept === null ? "" : ", kept by a time service"}`);
}

/** Null where nobody can say. */
async function isTimeKept(): Promise<boolean | null> {
  try {
    const { stdout } = await promisify(execFile)(
      "timedatectl",
      ["show", "--property=NTPSynchronized", "--value"],
      { timeout: PROGRAM_MS_MAX },
    );
    const word = stdout.trim();
    return word === "yes" ? true : word === "no" ? false : null;
  } catch {
    // A machine without systemd: its time may well be kept by something else.
    return null;
  }
}

/** Beside a running headquarters something listens on its port; without one the port is free. */
export async function checkPort(host: string, port: number, isRunning: boolean): Promise<Finding> {
  const place = `${host}:${port}`;
  if (isRunning) {
    return (await answers(host, port))
      ? ok("port", `terminals are let in at ${place}`)
      : warn("port", `nothing listens at ${place}`, "Name the port that headquarters has with --port");
  }
  const code = await bindCode(host, port);
  if (code === null) return ok("port", `${place} is free`);
  if (code === "EADDRINUSE")
    return fail("port", `another program has ${place}`, "Stop it, or choose another port with --port");
  return fail("port", `${place} cannot be listened on (${code})`, "Choose another with --host and --port");
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: CONNECT_MS_MAX });
    const end = (isThere: boolean) => () => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once("connect", end(true)).once("error", end(false)).once("timeout", end(false));
  });
}

function bindCode(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "unknown"));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

/** A backup was made lately, and its folder is still there. */
export function checkBackupAge(dataDir: string, nowMs: number): Finding {
  const remedy = `Make one: node tools/hq/backup.ts --data ${dataDir} --to FOLDER`;
  const newest = notedBackups(dataDir).at(-1);
  if (newest === undefined) return warn("backup", "none was ever made", remedy);
  const hours = Math.floor((nowMs - Date.parse(newest.madeAt)) / HOUR_MS);
  const says = `the newest is ${hours} h old, ${newest.recordCount} records, in ${newest.folder}`;
  if (hours > BACKUP_AGE_HOURS_MAX) return warn("backup", says, remedy);
  // On a disk that was taken away it may be all the safer.
  return ok("backup", existsSync(newest.folder) ? says : `${says} (not on this machine now)`);
}

/** A terminal's configuration can be used, and says nothing that this release passes over. */
export function checkConfiguration(path: string): Finding {
  if (!existsSync(path)) return fail("configuration", `there is no ${path}`, "Name the terminal's file");
  const read = readConfig(readFileSync(path, "utf8"));
  if (!read.ok) return fail("configuration", `${read.code}: ${read.message}`, `Mend ${path}`);
  const { unknownKeys } = read;
  if (unknownKeys.length > 0)
    return warn(
      "configuration",
      `config/unknown_key: ${unknownKeys.join(", ")}`,
      `This release passes them over: mend or remove them in ${path}`,
    );
  return ok("configuration", `${path} is of terminal ${read.value.terminal}`);
}

function octal(mode: number): string {
  return (mode & 0o777).toString(8).padStart(4, "0");
}
