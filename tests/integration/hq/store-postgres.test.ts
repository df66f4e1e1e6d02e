/**
 * The store on an embedded PostgreSQL keeps the contract of every store, and its tables survive
 * restarts. Skipped where the database's programs are not installed.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { packagedPrograms } from "../../../tools/hq/postgres/binaries.ts";
import { startPostgres } from "../../../tools/hq/postgres/embedded.ts";
import type { EmbeddedPostgres } from "../../../tools/hq/postgres/embedded.ts";
import { MIGRATIONS } from "../../../tools/hq/store/migrations.ts";
import { openPostgresStore } from "../../../tools/hq/store/postgres.ts";
import { Database } from "../../../tools/hq/store/sql.ts";
import type { Store } from "../../../tools/hq/store/store.ts";
import { testStore } from "../../conformance/hq-store.ts";

const programs = packagedPrograms();
const dataDir = mkdtempSync(join(tmpdir(), "hq-store-"));
let postgres: EmbeddedPostgres | undefined;
let store: Store | undefined;

beforeAll(async () => {
  if (programs === null) return;
  postgres = await startPostgres(dataDir, programs);
  store = await openPostgresStore(postgres.connection, () => Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
});

afterAll(async () => {
  await store?.close();
  await postgres?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

beforeEach(({ skip }) => {
  if (programs === null) skip("the embedded PostgreSQL is not installed for this machine");
});

function opened(): Store {
  if (store === undefined) throw new Error("The store is not open");
  return store;
}

function connection() {
  if (postgres === undefined) throw new Error("The database does not run");
  return postgres.connection;
}

testStore("postgres", opened);

test("a store that is opened again keeps its incarnation, and migrations are applied once", async () => {
  const again = await openPostgresStore(connection(), () => new Uint8Array(8));
  expect([...again.incarnation]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  await again.close();
  const database = new Database(connection());
  const rows = await database.rows("select number, name from migration order by number");
  expect(rows).toEqual(MIGRATIONS.map(({ name }, index) => ({ number: index + 1, name })));
  await database.close();
});

test("tables of a newer release are refused with hq/store_newer and left as they are", async () => {
  const database = new Database(connection());
  await database.rows("insert into migration values ($1, 'from a newer release', now())", [
    MIGRATIONS.length + 1,
  ]);
  try {
    await expect(openPostgresStore(connection(), () => new Uint8Array(8))).rejects.toMatchObject({
      code: "hq/store_newer",
    });
  } finally {
    await database.rows("delete from migration where number > $1", [MIGRATIONS.length]);
    await database.close();
  }
});

test("the server syncs, keeps checksums, and listens on no TCP port", async () => {
  const database = new Database(connection());
  const setting = async (name: string): Promise<unknown> =>
    (await database.rows("select current_setting($1) as value", [name]))[0]?.["value"];
  expect(await setting("fsync")).toBe("on");
  expect(await setting("synchronous_commit")).toBe("on");
  expect(await setting("data_checksums")).toBe("on");
  expect(await setting("listen_addresses")).toBe("");
  expect(existsSync(join(connection().host, `.s.PGSQL.${connection().port}`))).toBe(true);
  await database.close();
});

test("a transaction is tried again on a deadlock's code and given up with hq/store_failed", async () => {
  const database = new Database(connection());
  let tryCount = 0;
  const failing = (countMax: number) =>
    database.transaction(async (query) => {
      tryCount += 1;
      if (tryCount <= countMax)
        await query.rows("do $$ begin raise exception using errcode = '40P01'; end $$");
      return "done";
    });
  expect(await failing(2)).toBe("done");
  expect(tryCount).toBe(3);
  tryCount = 0;
  await expect(failing(100)).rejects.toMatchObject({ code: "hq/store_failed" });
  await database.close();
});
