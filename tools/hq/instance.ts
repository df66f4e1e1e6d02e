/**
 * Headquarters' data folder while a process works on it: the lock, the database and the store.
 * The lock is a socket name of the kernel's own, so it is gone with its process, whatever ended it.
 */
import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, realpathSync } from "node:fs";
import { createServer } from "node:net";
import type { Server } from "node:net";
import { NONCE_BYTES } from "../../protocol/message.ts";
import { HqFault } from "./fault.ts";
import { attachPostgres, hasDatabase, startPostgres } from "./postgres/embedded.ts";
import type { Connection } from "./postgres/embedded.ts";
import { openPostgresStore } from "./store/postgres.ts";
import type { Store } from "./store/store.ts";

/** How often the database is looked after. */
const LOOK_MS = 1000;

export interface Instance {
  readonly store: Store;
  /** Resolves with hq/postgres_lost when the database ends before `close`. */
  readonly lost: Promise<HqFault>;
  /** Closes the store, ends the database and gives the lock back. */
  close(): Promise<void>;
}

/**
 * Takes the data folder, which is made when it is missing, and opens its store. Throws
 * hq/already_running, hq/postgres_missing, hq/postgres_failed, hq/store_newer and the like.
 */
export async function openInstance(dataDir: string): Promise<Instance> {
  const lock = await takeLock(dataDir);
  try {
    const postgres = await startPostgres(dataDir);
    try {
      const store = await openPostgresStore(postgres.connection, drawIncarnation);
      const watch = watchFor(() => postgres.isRunning());
      const close = async (): Promise<void> => {
        watch.end();
        await store.close();
        await postgres.stop();
        await release(lock);
      };
      return { store, lost: watch.lost, close };
    } catch (error) {
      await postgres.stop();
      throw error;
    }
  } catch (error) {
    await release(lock);
    throw error;
  }
}

/**
 * The store of a data folder for one look at it: through the database of a headquarters that runs
 * there, or through one started for this purpose.
 */
export async function visitInstance(dataDir: string): Promise<Pick<Instance, "store" | "close">> {
  try {
    return await openInstance(dataDir);
  } catch (error) {
    if (!(error instanceof HqFault) || error.code !== "hq/already_running") throw error;
    const connection = attachPostgres(dataDir);
    if (connection === null) throw error;
    const store = await openPostgresStore(connection, drawIncarnation);
    return { store, close: () => store.close() };
  }
}

/** The database of a data folder while somebody looks at it. */
export interface Look {
  readonly connection: Connection;
  /** Whether a headquarters runs on the folder. */
  readonly isRunning: boolean;
  /** Ends what was started for the look. */
  close(): Promise<void>;
}

/**
 * The database of a data folder as it is: through a headquarters that runs there, or started for this look,
 * during which no headquarters starts. Makes and upgrades nothing; null where there is no database yet.
 * Throws as openInstance does.
 */
export async function lookAtInstance(dataDir: string): Promise<Look | null> {
  if (!hasDatabase(dataDir)) return null;
  let lock: Server;
  try {
    lock = await takeLock(dataDir);
  } catch (error) {
    if (!(error instanceof HqFault) || error.code !== "hq/already_running") throw error;
    const connection = attachPostgres(dataDir);
    if (connection === null) throw error;
    return { connection, isRunning: true, close: () => Promise.resolve() };
  }
  try {
    const postgres = await startPostgres(dataDir);
    const close = async (): Promise<void> => {
      // One that a killed headquarters left is left as it was found.
      if (!postgres.isAdopted) await postgres.stop();
      await release(lock);
    };
    return { connection: postgres.connection, isRunning: false, close };
  } catch (error) {
    await release(lock);
    throw error;
  }
}

function drawIncarnation(): Uint8Array {
  return new Uint8Array(randomBytes(NONCE_BYTES));
}

function takeLock(dataDir: string): Promise<Server> {
  mkdirSync(dataDir, { recursive: true });
  const name = createHash("sha256").update(realpathSync(dataDir)).digest("hex");
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      const isTaken = "code" in error && error.code === "EADDRINUSE";
      reject(new HqFault(isTaken ? "hq/already_running" : "hq/configuration", dataDir, error));
    });
    server.listen({ path: `\0tillwright-hq-${name}` }, () => {
      server.unref();
      resolve(server);
    });
  });
}

function release(lock: Server): Promise<void> {
  return new Promise((resolve) => lock.close(() => resolve()));
}

function watchFor(isRunning: () => boolean): { readonly lost: Promise<HqFault>; end(): void } {
  let timer: NodeJS.Timeout | undefined;
  const lost = new Promise<HqFault>((resolve) => {
    timer = setInterval(() => {
      if (isRunning()) return;
      clearInterval(timer);
      resolve(new HqFault("hq/postgres_lost", ""));
    }, LOOK_MS);
    timer.unref();
  });
  return { lost, end: () => clearInterval(timer) };
}
