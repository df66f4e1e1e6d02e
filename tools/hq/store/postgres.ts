/**
 * The store on PostgreSQL, embedded or a server elsewhere. Applies the numbered migrations when it
 * is opened; everything else is one transaction a call.
 */
import type { PoolConfig } from "pg";
import type { Link, Position } from "../../../protocol/message.ts";
import { NONCE_BYTES } from "../../../protocol/message.ts";
import { isTerminalId } from "../../../core/ids.ts";
import type { Alarm, StoredAlarm } from "../alarm.ts";
import { HqFault } from "../fault.ts";
import type { HeldEpoch } from "../held.ts";
import type { ConsoleStore } from "./console.ts";
import type { Figures } from "./figures.ts";
import type { StockCount, StockLevel } from "./rows.ts";
import { MIGRATIONS } from "./migrations.ts";
import { commitArrivals, epochIn, epochOf, writeAlarms } from "./postgres-commit.ts";
import { createPostgresConsole } from "./postgres-console.ts";
import { appendArrivals, blobNames, blobPiece, putBlob } from "./postgres-author.ts";
import { countStock, stockLevels } from "./postgres-day.ts";
import { figures } from "./postgres-figures.ts";
import { clearProjections, projectionDigests } from "./postgres-rebuild.ts";
import { bodiesAfter, projectNext, retryHeld } from "./postgres-project.ts";
import { bytesIn, Database, numberIn, textIn } from "./sql.ts";
import type { Arrival, HeldCursor, Outcome, Projection, Store, WriterKey } from "./store.ts";

/** Not a tenant's name, so that no tenant can have rows beside these. */
const HOUSE = "";
const PROBE_BYTES = 8;

/**
 * Opens the store and brings its tables up to date. `drawIncarnation` gives 8 random bytes and is
 * asked where the store is new. Throws hq/store_newer, hq/store_failed.
 */
export async function openPostgresStore(
  config: PoolConfig,
  drawIncarnation: () => Uint8Array,
): Promise<Store> {
  const database = new Database(config);
  try {
    await migrate(database);
    return new PostgresStore(database, await incarnationOf(database, drawIncarnation));
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** How far the tables of a database are brought, beside the steps that this build knows. */
export interface TablesStep {
  readonly step: number;
  readonly newest: number;
}

/**
 * The store as it is, for reading: nothing is brought up to date and nothing can be written. `store` is null
 * where the tables are not this build's. Throws hq/store_failed, hq/store_unreadable.
 */
export async function lookAtPostgresStore(
  config: PoolConfig,
): Promise<TablesStep & { readonly store: Store | null; readonly database: Database }> {
  const database = new Database({ ...config, options: "-c default_transaction_read_only=on" });
  try {
    const [table] = await database.rows("select to_regclass('migration')::text as name");
    const [row] =
      table?.["name"] === null
        ? []
        : await database.rows("select coalesce(max(number), 0) as newest from migration");
    const step = row === undefined ? 0 : numberIn(row, "newest");
    const [known] = step === MIGRATIONS.length ? await readIncarnation(database) : [];
    const store = known === undefined ? null : new PostgresStore(database, bytesIn(known, "value"));
    return { step, newest: MIGRATIONS.length, store, database };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function migrate(database: Database): Promise<void> {
  await database.rows(
    `create table if not exists migration (
       number bigint not null primary key, name text not null, applied_at timestamptz not null)`,
  );
  const [row] = await database.rows("select coalesce(max(number), 0) as newest from migration");
  const newest = row === undefined ? 0 : numberIn(row, "newest");
  if (newest > MIGRATIONS.length) throw new HqFault("hq/store_newer", `step ${newest}`);
  for (const [index, migration] of MIGRATIONS.entries()) {
    if (index < newest) continue;
    // Each statement may be repeated, so a step that was cut short is begun again.
    for (const statement of migration.statements) await database.rows(statement);
    await database.rows(
      "insert into migration (number, name, applied_at) values ($1, $2, $3) on conflict do nothing",
      [index + 1, migration.name, new Date()],
    );
  }
}

async function incarnationOf(database: Database, draw: () => Uint8Array): Promise<Uint8Array> {
  const [known] = await readIncarnation(database);
  if (known !== undefined) return bytesIn(known, "value");
  const drawn = draw();
  if (drawn.length !== NONCE_BYTES) throw new HqFault("hq/configuration", "incarnation");
  await database.rows(
    "insert into meta (tenant, name, value) values ($1, 'incarnation', $2) on conflict do nothing",
    [HOUSE, drawn],
  );
  const [stored] = await readIncarnation(database);
  if (stored === undefined) throw new HqFault("hq/store_unreadable", "incarnation");
  return bytesIn(stored, "value");
}

function readIncarnation(database: Database) {
  return database.rows("select value from meta where tenant = $1 and name = 'incarnation'", [HOUSE]);
}

class PostgresStore implements Store {
  readonly incarnation: Uint8Array;
  readonly console: ConsoleStore;
  readonly #database: Database;

  constructor(database: Database, incarnation: Uint8Array) {
    this.#database = database;
    this.console = createPostgresConsole(database);
    this.incarnation = incarnation;
  }

  commit(arrivals: readonly Arrival[]): Promise<readonly Outcome[]> {
    if (arrivals.length === 0) return Promise.resolve([]);
    return this.#database.transaction((query) => commitArrivals(query, arrivals));
  }

  append(arrivals: readonly Arrival[], after: Position | null): Promise<"stored" | "moved"> {
    return this.#database.transaction((query) => appendArrivals(query, arrivals, after));
  }

  putBlob(tenant: string, sha256: string, bytes: Uint8Array): Promise<void> {
    return this.#database.transaction((query) => putBlob(query, tenant, sha256, bytes));
  }

  blobPiece(tenant: string, sha256: string, offset: number): Promise<Uint8Array> {
    return this.#database.transaction((query) => blobPiece(query, tenant, sha256, offset));
  }

  blobs(tenant: string): Promise<readonly string[]> {
    return this.#database.transaction((query) => blobNames(query, tenant));
  }

  async holds(link: Link, countMax: number): Promise<readonly Position[]> {
    const rows = await this.#database.rows(
      `select * from epoch where tenant = $1 and terminal = $2 order by arrival_index desc limit $3`,
      [link.tenant, link.terminal, countMax],
    );
    return rows.map((row) => epochOf(row).tip);
  }

  async epochs(link: Link): Promise<readonly HeldEpoch[]> {
    const rows = await this.#database.rows(
      `select * from epoch where tenant = $1 and terminal = $2 order by arrival_index`,
      [link.tenant, link.terminal],
    );
    return rows.map(epochOf);
  }

  batchesAfter(writer: WriterKey, seq: number, countMax: number): Promise<readonly Uint8Array[]> {
    return this.#database.transaction((query) => bodiesAfter(query, writer, seq, countMax));
  }

  raise(alarms: readonly Alarm[]): Promise<void> {
    return this.#database.transaction((query) => writeAlarms(query, alarms));
  }

  async writersBehind(tenant: string, countMax: number): Promise<readonly WriterKey[]> {
    const rows = await this.#database.rows(
      `select e.terminal, e.epoch from epoch e
         left join projector_pos p on p.tenant = e.tenant and p.terminal = e.terminal and p.epoch = e.epoch
        where e.tenant = $1 and coalesce(p.seq, 0) < e.tip_seq
        order by e.terminal, e.arrival_index limit $2`,
      [tenant, countMax],
    );
    return rows.flatMap((row) => {
      const terminal = textIn(row, "terminal");
      return isTerminalId(terminal) ? [{ tenant, terminal, epoch: epochIn(row, "epoch") }] : [];
    });
  }

  projectNext(writer: WriterKey, projection: Projection): Promise<number> {
    return this.#database.transaction((query) => projectNext(query, writer, projection));
  }

  retryHeld(tenant: string, projection: Projection, after: HeldCursor | null): Promise<HeldCursor | null> {
    return this.#database.transaction((query) => retryHeld(query, tenant, projection, after));
  }

  async lagCount(tenant: string): Promise<number> {
    const [row] = await this.#database.rows(
      `select coalesce(sum(e.tip_seq - greatest(coalesce(p.seq, 0), e.from_seq - 1)), 0)::bigint as lag
         from epoch e
         left join projector_pos p on p.tenant = e.tenant and p.terminal = e.terminal and p.epoch = e.epoch
        where e.tenant = $1`,
      [tenant],
    );
    return row === undefined ? 0 : numberIn(row, "lag");
  }

  async probe(): Promise<void> {
    const value = new Uint8Array(PROBE_BYTES);
    new DataView(value.buffer).setFloat64(0, Date.now());
    await this.#database.rows(
      `insert into meta (tenant, name, value) values ($1, 'probe', $2)
       on conflict (tenant, name) do update set value = excluded.value`,
      [HOUSE, value],
    );
  }

  async alarms(tenant: string): Promise<readonly StoredAlarm[]> {
    const rows = await this.#database.rows(
      "select code, terminal, subject, detail, count from alarm where tenant = $1 order by code, terminal, subject",
      [tenant],
    );
    return rows.map((row) => ({
      code: textIn(row, "code"),
      terminal: textIn(row, "terminal"),
      subject: textIn(row, "subject"),
      detail: textIn(row, "detail"),
      count: numberIn(row, "count"),
    }));
  }

  clearProjections(tenant: string): Promise<void> {
    return this.#database.transaction((query) => clearProjections(query, tenant));
  }

  projectionDigests(tenant: string): Promise<Readonly<Record<string, string>>> {
    return this.#database.transaction((query) => projectionDigests(query, tenant));
  }

  countStock(tenant: string, counts: readonly StockCount[]): Promise<void> {
    return this.#database.transaction((query) => countStock(query, tenant, counts));
  }

  stock(tenant: string): Promise<readonly StockLevel[]> {
    return this.#database.transaction((query) => stockLevels(query, tenant));
  }

  figures(tenant: string): Promise<Figures> {
    return this.#database.transaction((query) => figures(query, tenant));
  }

  close(): Promise<void> {
    return this.#database.close();
  }
}
