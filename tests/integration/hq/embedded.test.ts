/**
 * Making and starting the embedded database where machines differ: long paths, private folders,
 * packages without their links. Skipped where the database's programs are not installed.
 */
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { packagedPrograms } from "../../../tools/hq/postgres/binaries.ts";
import { startPostgres } from "../../../tools/hq/postgres/embedded.ts";
import type { EmbeddedPostgres } from "../../../tools/hq/postgres/embedded.ts";
import { isAlive } from "../../../tools/hq/postgres/pidfile.ts";
import { Database } from "../../../tools/hq/store/sql.ts";

const packaged = packagedPrograms();
const isRoot = process.getuid?.() === 0;
let top = "";
const running: EmbeddedPostgres[] = [];

beforeEach(({ skip }) => {
  if (packaged === null) skip("the embedded PostgreSQL is not installed for this machine");
  top = mkdtempSync(join(tmpdir(), "hq-embedded-"));
  chmodSync(top, 0o755);
});

afterEach(async () => {
  for (const postgres of running.splice(0)) await postgres.stop();
  rmSync(top, { recursive: true, force: true });
});

async function start(dataDir: string, programs?: string): Promise<EmbeddedPostgres> {
  const postgres = await startPostgres(dataDir, programs ?? packaged);
  running.push(postgres);
  return postgres;
}

async function answer(postgres: EmbeddedPostgres): Promise<unknown> {
  const database = new Database(postgres.connection);
  const [row] = await database.rows("select 6 * 7 as answer");
  await database.close();
  return row?.["answer"];
}

/** The package without what its install script makes, as it lies where scripts are not run. */
function withoutLinks(folder: string): string {
  const copy = join(folder, "native");
  cpSync(packaged ?? "", copy, { recursive: true, verbatimSymlinks: true });
  cpSync(join(packaged ?? "", "..", "package.json"), join(folder, "package.json"));
  for (const name of readdirSync(join(copy, "lib"))) {
    const path = join(copy, "lib", name);
    if (lstatSync(path).isSymbolicLink()) rmSync(path);
  }
  return copy;
}

test("it never runs as root, in a folder and behind a socket that are private", async () => {
  const postgres = await start(join(top, "data"));
  const status = readFileSync(`/proc/${postgres.pid}/status`, "utf8");
  expect(/^Uid:\s+(\d+)/m.exec(status)?.[1]).not.toBe("0");
  expect(lstatSync(join(top, "data", "pg", "data")).mode & 0o077).toBe(0);
  expect(lstatSync(postgres.connection.host).mode & 0o777).toBe(0o700);
});

test("a data path that is too long for a socket gets a short folder for it, which goes with the server", async () => {
  const long = join(top, "a-folder-with-a-rather-long-name".repeat(3), "data");
  const postgres = await start(long);
  const socketDir = postgres.connection.host;
  expect(dirname(socketDir)).toBe(tmpdir());
  expect(await answer(postgres)).toBe(42);
  const adopted = await start(long);
  expect(adopted).toMatchObject({ isAdopted: true, pid: postgres.pid, connection: { host: socketDir } });
  await postgres.stop();
  expect([isAlive(postgres.pid), existsSync(socketDir)]).toEqual([false, false]);
});

test("stopping twice is stopping once, and a second start finds the same data", async () => {
  const first = await start(join(top, "data"));
  const database = new Database(first.connection);
  await database.rows("create table kept (value bigint)");
  await database.rows("insert into kept values (1)");
  await database.close();
  await first.stop();
  await first.stop();
  const second = await start(join(top, "data"));
  const again = new Database(second.connection);
  expect(await again.rows("select value from kept")).toEqual([{ value: 1 }]);
  await again.close();
});

test("a note that a lost server left behind does not keep the next from starting", async () => {
  const first = await start(join(top, "data"));
  process.kill(first.pid, "SIGKILL");
  while (isAlive(first.pid)) await new Promise((resolve) => setTimeout(resolve, 10));
  const second = await start(join(top, "data"));
  expect(second.isAdopted).toBe(false);
  expect(await answer(second)).toBe(42);
});

test("half a data folder from a start that was cut off is made anew", async () => {
  const half = join(top, "data", "pg", "data.new");
  mkdirSync(half, { recursive: true });
  writeFileSync(join(half, "PG_VERSION"), "18\n");
  expect(await answer(await start(join(top, "data")))).toBe(42);
});

test("programs without their links are copied beside the data and linked there", async () => {
  const programs = withoutLinks(join(top, "package"));
  expect(await answer(await start(join(top, "data"), programs))).toBe(42);
  expect(readdirSync(join(top, "data", "pg")).some((name) => name.startsWith("postgres-"))).toBe(true);
});

test("programs below a private folder are copied to where the database's account can run them", async ({
  skip,
}) => {
  if (!isRoot) skip("only root hands the database to another account");
  const home = join(top, "home");
  cpSync(packaged ?? "", join(home, "native"), { recursive: true, verbatimSymlinks: true });
  cpSync(join(packaged ?? "", "..", "package.json"), join(home, "package.json"));
  chmodSync(home, 0o700);
  expect(await answer(await start(join(top, "data"), join(home, "native")))).toBe(42);
});

test("data below a private folder is kept elsewhere, by a note that is believed ever after", async ({
  skip,
}) => {
  if (!isRoot) skip("only root hands the database to another account");
  const home = join(top, "home");
  const dataDir = join(home, "data");
  mkdirSync(dataDir, { recursive: true });
  chmodSync(home, 0o700);
  const first = await start(dataDir);
  expect(await answer(first)).toBe(42);
  await first.stop();
  const place = readFileSync(join(dataDir, "pg.place"), "utf8").trim();
  expect((await start(dataDir)).connection.host.startsWith(place)).toBe(true);
  await running.at(-1)?.stop();
  rmSync(place, { recursive: true });
  await expect(start(dataDir)).rejects.toMatchObject({ code: "hq/store_unreadable" });
});

test("without the package the start says hq/postgres_missing", async () => {
  await expect(startPostgres(join(top, "data"), null)).rejects.toMatchObject({ code: "hq/postgres_missing" });
});

test("a server that does not start says hq/postgres_failed with the end of its log", async () => {
  const first = await start(join(top, "data"));
  await first.stop();
  writeFileSync(join(top, "data", "pg", "data", "postgresql.auto.conf"), "no_such_setting = 1\n");
  await expect(start(join(top, "data"))).rejects.toThrow(/hq\/postgres_failed.*no_such_setting/s);
});
