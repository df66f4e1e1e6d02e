/**
 * The way to the database: one pool, one helper for transactions with its retries, one for inserting
 * many rows, and readers that turn columns into checked values.
 * Q1 A transaction's body may run several times; it keeps nothing of a try that failed.
 * Q2 bigint comes as a number where it fits and is a fault where it does not; sums come as text.
 */
import pg from "pg";
import type { PoolClient, PoolConfig, QueryResultRow } from "pg";
import { HqFault } from "../fault.ts";
import { DATABASE_CONNECTIONS_COUNT_MAX, TRANSACTION_TRIES_COUNT_MAX } from "../limits.ts";

/** What a statement may be given as a parameter. */
export type SqlValue = string | number | Uint8Array | Date | null | readonly string[] | readonly number[];
/** One row of an answer; its columns are read by the functions below. */
export type Row = Readonly<Record<string, unknown>>;

/** Runs one statement. */
export interface Query {
  rows(text: string, values?: readonly SqlValue[]): Promise<readonly Row[]>;
}

const INT8_OID = 20;
/** PostgreSQL counts parameters with 16 bits. */
const PARAMETERS_COUNT_MAX = 65_535;
const RETRY_PAUSE_MS = 20;

/** SQLSTATEs after which the same transaction may succeed: serialization, deadlock, too many connections, shutdown, crash. */
const RETRIED_STATES: ReadonlySet<string> = new Set(["40001", "40P01", "53300", "57P01", "57P02", "57P03"]);
/** What the socket says when the server was restarted under a connection. */
const RETRIED_SYSTEM: ReadonlySet<string> = new Set(["ECONNRESET", "EPIPE", "ECONNREFUSED", "ENOENT"]);

export class Database {
  readonly #pool: pg.Pool;

  constructor(config: PoolConfig) {
    this.#pool = new pg.Pool({
      max: DATABASE_CONNECTIONS_COUNT_MAX,
      ...config,
      types: { getTypeParser: typeParser },
    });
    // An idle connection that breaks is replaced by the pool; who needs one next sees what is wrong.
    this.#pool.on("error", () => {});
    // One that breaks in use fails its query as well, which is where it is handled.
    this.#pool.on("connect", (client) => client.on("error", () => {}));
  }

  /** One statement, which is its own transaction. Throws hq/store_failed. */
  rows(text: string, values: readonly SqlValue[] = []): Promise<readonly Row[]> {
    return this.#retried((client) => run(client, text, values));
  }

  /** All of `body` or nothing; durable when it resolves (Q1). Throws hq/store_failed after its last try. */
  transaction<T>(body: (query: Query) => Promise<T>): Promise<T> {
    return this.#retried(async (client) => {
      await client.query("begin");
      const result = await body(inTurn(client));
      await client.query("commit");
      return result;
    });
  }

  async #retried<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    for (let tryIndex = 1; ; tryIndex += 1) {
      try {
        return await this.#once(work);
      } catch (error) {
        if (!isRetried(error)) throw error;
        if (tryIndex >= TRANSACTION_TRIES_COUNT_MAX)
          throw new HqFault("hq/store_failed", message(error), error);
        await new Promise((resolve) => setTimeout(resolve, RETRY_PAUSE_MS * 2 ** tryIndex));
      }
    }
  }

  async #once<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    try {
      const result = await work(client);
      client.release();
      return result;
    } catch (error) {
      await giveBack(client);
      throw error;
    }
  }

  /** Waits for what is running and closes all connections. */
  async close(): Promise<void> {
    await this.#pool.end();
  }
}

/** One statement after the other, also where they are not waited for one by one; behind a failed one none is run. */
function inTurn(client: PoolClient): Query {
  let last: Promise<unknown> = Promise.resolve();
  return {
    rows: (text, values) => {
      const next = last.then(() => run(client, text, values ?? []));
      last = next;
      return next;
    },
  };
}

// A connection on which even the rollback fails is not used again.
async function giveBack(client: PoolClient): Promise<void> {
  try {
    await client.query("rollback");
    client.release();
  } catch {
    client.release(true);
  }
}

async function run(client: PoolClient, text: string, values: readonly SqlValue[]): Promise<readonly Row[]> {
  const result = await client.query<QueryResultRow>(text, [...values]);
  return result.rows;
}

function typeParser(oid: number, format?: "text" | "binary"): (value: string) => unknown {
  if (oid === INT8_OID) return safeInteger;
  return format === "binary" ? pg.types.getTypeParser(oid, "binary") : pg.types.getTypeParser(oid, "text");
}

// Q2
function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new HqFault("hq/store_unreadable", `bigint ${text}`);
  return value;
}

function isRetried(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (RETRIED_STATES.has(code) || RETRIED_SYSTEM.has(code) || code.startsWith("08")) return true;
  return error.message.startsWith("Connection terminated");
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Inserts rows of these columns in as few statements as the protocol allows; `suffix` is an ON CONFLICT clause. */
export async function insertRows(
  query: Query,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly SqlValue[])[],
  suffix = "",
): Promise<void> {
  const countMax = Math.floor(PARAMETERS_COUNT_MAX / columns.length);
  for (let from = 0; from < rows.length; from += countMax) {
    const part = rows.slice(from, from + countMax);
    const places = part.map((row, rowIndex) => {
      const names = row.map((_value, index) => `$${rowIndex * columns.length + index + 1}`);
      return `(${names.join(",")})`;
    });
    const text = `insert into ${table} (${columns.join(",")}) values ${places.join(",")} ${suffix}`;
    await query.rows(text, part.flat());
  }
}

/** Text as a column takes it: PostgreSQL has no character 0, which a name on the wire may hold. */
export function sqlText(text: string): string {
  return text.replaceAll("\0", "\u{fffd}");
}

/** A text column. */
export function textIn(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== "string") throw new HqFault("hq/store_unreadable", column);
  return value;
}

/** A bigint column. */
export function numberIn(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== "number") throw new HqFault("hq/store_unreadable", column);
  return value;
}

/** A sum that was selected as text. */
export function bigintIn(row: Row, column: string): bigint {
  return BigInt(textIn(row, column));
}

/** A bytea column. */
export function bytesIn(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw new HqFault("hq/store_unreadable", column);
  return new Uint8Array(value.buffer, value.byteOffset, value.length);
}
