/**
 * An embedded PostgreSQL: real server programs, made and supervised by headquarters. It listens on a
 * Unix socket in a private folder and nowhere else, syncs what it commits, and keeps checksums.
 *
 * E1 It never runs as root (account.ts).
 * E2 It outlives a killed headquarters; the next one goes on with the same server.
 * E3 Making the data folder is whole or not at all: it is made aside and renamed.
 */
import { execFile, spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { faultLine, HqFault } from "../fault.ts";
import { DATABASE_CONNECTIONS_COUNT_MAX, DATABASE_WAIT_MS_MAX, SOCKET_PATH_BYTES_MAX } from "../limits.ts";
import { accountFor, canReach, letPass } from "./account.ts";
import type { Account } from "./account.ts";
import { packagedPrograms, programsFor } from "./binaries.ts";
import { isAlive, runningPostmaster } from "./pidfile.ts";

const run = promisify(execFile);

const USER = "tillwright";
const DATABASE = "postgres";
/** Names the socket's file; no TCP port is opened. */
const PORT = 5432;
const POLL_MS = 20;
const LOG_TAIL_LENGTH = 1500;
/** Where databases go whose data folder their account cannot reach. */
const SYSTEM_DIR = "/var/lib";
/** Connections beside those of one headquarters: a report that runs at the same moment, and a person. */
const SPARE_CONNECTIONS_COUNT = 10;

/** How to connect to the server; what pg.Pool takes. */
export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

export interface EmbeddedPostgres {
  readonly connection: Connection;
  readonly pid: number;
  /** Whether the server was running already. */
  readonly isAdopted: boolean;
  /** Whether the server still runs. */
  isRunning(): boolean;
  /** Ends it in order, rolling back what is open; resolves when it is gone. May be called twice. */
  stop(): Promise<void>;
}

/** Whether a database was ever made for this data folder. */
export function hasDatabase(dataDir: string): boolean {
  const home = knownHome(realpathSync(dataDir));
  return home !== null && existsSync(clusterDir(home));
}

/** Connects to the server that another process runs on this data folder, or null when none is ready. */
export function attachPostgres(dataDir: string): Connection | null {
  const home = knownHome(realpathSync(dataDir));
  const running = home === null ? null : runningPostmaster(clusterDir(home));
  return running?.isReady === true ? connectionTo(running.socketDir) : null;
}

/**
 * Makes the database in `dataDir` on the first start, and starts it. `programs`: the folder of the
 * server's programs, the npm package's by default. Throws hq/postgres_missing, hq/postgres_failed,
 * hq/no_unprivileged_user, hq/store_unreadable.
 */
export async function startPostgres(
  dataDir: string,
  programs: string | null = packagedPrograms(),
): Promise<EmbeddedPostgres> {
  mkdirSync(dataDir, { recursive: true });
  const realDir = realpathSync(dataDir);
  const account = accountFor(realDir);
  letPass(account, realDir);
  const home = homeFor(realDir, account);
  const cluster = clusterDir(home);
  const adopted = await adopt(cluster);
  if (adopted !== null) return adopted;
  const folder = await programsFor(programs, account, home);
  if (!existsSync(cluster)) await makeCluster(folder, home, account);
  return launch(folder, home, account);
}

function clusterDir(home: string): string {
  return join(home, "data");
}

/** The file that names where the database is when it is not in the data folder itself. */
function placeFile(dataDir: string): string {
  return join(dataDir, "pg.place");
}

function knownHome(dataDir: string): string | null {
  const inside = join(dataDir, "pg");
  if (existsSync(inside)) return inside;
  return existsSync(placeFile(dataDir)) ? readFileSync(placeFile(dataDir), "utf8").trim() : null;
}

/** The database's own folder: in the data folder, or elsewhere when its account cannot reach that. */
function homeFor(dataDir: string, account: Account | null): string {
  const known = knownHome(dataDir);
  // A new, empty database in its stead would look like a shop without a past.
  if (known !== null && !existsSync(known)) {
    throw new HqFault("hq/store_unreadable", `${placeFile(dataDir)} names ${known}, which is not there`);
  }
  // Once more its own: a start that was cut off may have left it half made.
  if (known !== null) return ownFolder(known, account);
  if (canReach(account, dataDir)) return ownFolder(join(dataDir, "pg"), account);
  const elsewhere = mkdtempSync(join(SYSTEM_DIR, "tillwright-hq-"));
  writeFileSync(placeFile(dataDir), `${elsewhere}\n`);
  return ownFolder(elsewhere, account);
}

function ownFolder(path: string, account: Account | null): string {
  mkdirSync(path, { recursive: true });
  if (account !== null) chownSync(path, account.uid, account.gid);
  chmodSync(path, 0o700);
  return path;
}

// E2
async function adopt(cluster: string): Promise<EmbeddedPostgres | null> {
  const deadlineMs = Date.now() + DATABASE_WAIT_MS_MAX;
  for (;;) {
    const running = runningPostmaster(cluster);
    if (running === null) return null;
    if (running.isReady) return supervised(running.pid, running.socketDir, true);
    // It is starting or stopping: wait for either to end.
    if (Date.now() > deadlineMs) {
      throw new HqFault("hq/postgres_failed", `process ${running.pid} neither starts nor ends`);
    }
    await pause();
  }
}

// E3
async function makeCluster(folder: string, home: string, account: Account | null): Promise<void> {
  const half = join(home, "data.new");
  rmSync(half, { recursive: true, force: true });
  const options = ["--username", USER, "--auth=trust", "--encoding=UTF8", "--locale=C", "--data-checksums"];
  try {
    await run(join(folder, "bin", "initdb"), ["--pgdata", half, ...options], {
      ...account,
      cwd: home,
      env: serverEnvironment(),
      timeout: DATABASE_WAIT_MS_MAX,
    });
  } catch (error) {
    throw new HqFault("hq/postgres_failed", faultLine(error), error);
  }
  renameSync(half, clusterDir(home));
}

function serverEnvironment(): Record<string, string> {
  return { LC_ALL: "C", TZ: "UTC", PATH: "/usr/bin:/bin" };
}

async function launch(folder: string, home: string, account: Account | null): Promise<EmbeddedPostgres> {
  const cluster = clusterDir(home);
  const socketDir = socketDirFor(home, account);
  const logPath = join(home, "server.log");
  const logFile = openSync(logPath, "w", 0o600);
  const settings = {
    listen_addresses: "",
    unix_socket_directories: socketDir,
    unix_socket_permissions: "0700",
    port: String(PORT),
    fsync: "on",
    synchronous_commit: "on",
    full_page_writes: "on",
    max_connections: String(DATABASE_CONNECTIONS_COUNT_MAX + SPARE_CONNECTIONS_COUNT),
    timezone: "UTC",
    // Compiling a sum takes longer than the sum.
    jit: "off",
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  // Its own session: Ctrl-C in a terminal must reach headquarters, which then ends the database in order.
  const child = spawn(join(folder, "bin", "postgres"), ["-D", cluster, ...options], {
    ...account,
    cwd: home,
    env: serverEnvironment(),
    stdio: ["ignore", logFile, logFile],
    detached: true,
  });
  closeSync(logFile);
  child.unref();
  const end = { isEnded: false, why: "" };
  child.once("error", (error) => Object.assign(end, { isEnded: true, why: faultLine(error) }));
  child.once("exit", (code, signal) => Object.assign(end, { isEnded: true, why: `${code ?? signal}` }));
  await untilReady(cluster, end, logPath);
  return supervised(child.pid ?? 0, socketDir, false);
}

async function untilReady(
  cluster: string,
  end: { readonly isEnded: boolean; readonly why: string },
  logPath: string,
): Promise<void> {
  const deadlineMs = Date.now() + DATABASE_WAIT_MS_MAX;
  while (runningPostmaster(cluster)?.isReady !== true) {
    if (end.isEnded || Date.now() > deadlineMs) {
      const tail = readFileSync(logPath, "utf8").slice(-LOG_TAIL_LENGTH).trim();
      throw new HqFault("hq/postgres_failed", tail === "" ? `${logPath} (${end.why})` : tail);
    }
    await pause();
  }
}

/** A private folder for the socket: beside the data, or a short one for itself when the path would be too long. */
function socketDirFor(home: string, account: Account | null): string {
  const beside = join(home, "socket");
  const file = join(beside, `.s.PGSQL.${PORT}`);
  if (Buffer.byteLength(file) < SOCKET_PATH_BYTES_MAX) return ownFolder(beside, account);
  return ownFolder(mkdtempSync(join(tmpdir(), "tillwright-")), account);
}

function connectionTo(socketDir: string): Connection {
  return { host: socketDir, port: PORT, user: USER, database: DATABASE };
}

function supervised(pid: number, socketDir: string, isAdopted: boolean): EmbeddedPostgres {
  const stop = async (): Promise<void> => {
    if (isAlive(pid)) await shutDown(pid);
    if (dirname(socketDir) === tmpdir()) rmSync(socketDir, { recursive: true, force: true });
  };
  return { connection: connectionTo(socketDir), pid, isAdopted, isRunning: () => isAlive(pid), stop };
}

// "Fast" (PostgreSQL documentation, "Shutting Down the Server"): SIGINT, then at the very end SIGQUIT.
async function shutDown(pid: number): Promise<void> {
  process.kill(pid, "SIGINT");
  const deadlineMs = Date.now() + DATABASE_WAIT_MS_MAX;
  while (isAlive(pid)) {
    if (Date.now() > deadlineMs) {
      process.kill(pid, "SIGQUIT");
      return;
    }
    await pause();
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, POLL_MS));
}
