/**
 * The doctor, health and the log of a real headquarters: running, stopped, and with something wrong.
 * Skipped where the database is not installed.
 */
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test } from "vitest";
import { headquartersKey, registerTerminal } from "../../../tools/hq/keys.ts";
import { lookAtInstance, openInstance } from "../../../tools/hq/instance.ts";
import { packagedPrograms } from "../../../tools/hq/postgres/binaries.ts";
import { Database } from "../../../tools/hq/store/sql.ts";
import { epochOf, linkOf, signerOf, TestHistory } from "../../support/hq-history.ts";
import { runningPostmasterOf, runProgram } from "../../support/hq-process.ts";
import { TestTerminal } from "../../support/hq-terminal.ts";

let folder = "";
const stops: (() => Promise<void>)[] = [];

beforeEach(({ skip }) => {
  if (packagedPrograms() === null) skip("the embedded PostgreSQL is not installed for this machine");
  folder = mkdtempSync(join(tmpdir(), "hq-doctor-"));
  // The database's own account passes through: it lies in the folder and goes with it.
  chmodSync(folder, 0o755);
  registerTerminal(join(data(), "keys"), linkOf("t1"), signerOf("t1").publicKey);
});

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  rmSync(folder, { recursive: true, force: true });
});

function data(): string {
  return join(folder, "hq");
}

interface Found {
  readonly verdict: string;
  readonly isRunning: boolean;
  readonly findings: readonly { readonly check: string; readonly verdict: string; readonly says: string }[];
}

async function doctor(
  ...texts: readonly string[]
): Promise<{ readonly code: number; readonly found: Found }> {
  const { code, stdout, stderr } = await runProgram("tools/hq/doctor.ts", [
    "--data",
    data(),
    "--json",
    "--port",
    "0",
    ...texts,
  ]);
  expect(stderr).toBe("");
  return { code, found: JSON.parse(stdout) };
}

function verdictOf(found: Found, check: string): string {
  const findings = found.findings.filter((its) => its.check === check);
  return findings.map(({ verdict, says }) => `${verdict}: ${says}`).join("\n");
}

/** A headquarters with what it says on stderr. */
async function start(...texts: readonly string[]) {
  const child = spawn(process.execPath, ["tools/hq/main.ts", "--data", data(), "--port", "0", ...texts], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  child.stderr.on("data", (bytes: Buffer) => (log += bytes.toString()));
  const ended = once(child, "exit");
  stops.push(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
    await ended;
  });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const ready: { readonly port: number; readonly health: number } = JSON.parse(String(line));
  return { child, ready, ended, log: () => log };
}

async function sell(port: number, count: number): Promise<TestHistory> {
  const { signer } = headquartersKey(join(data(), "keys"));
  const terminal = await TestTerminal.connect(port, "t1", signer.publicKey);
  await terminal.hello();
  const history = new TestHistory("t1", epochOf("a"));
  for (let sale = 0; sale < count; sale += 1) history.sale();
  await terminal.send(history.arrival().body);
  await terminal.close();
  return history;
}

/** Where and how big everything is that a look must not change; the database's own files aside. */
function outside(path = data()): readonly string[] {
  return readdirSync(path).flatMap((name) => {
    const its = join(path, name);
    if (name === "pg") return [];
    const { size, mode, mtimeMs } = statSync(its);
    return statSync(its).isDirectory() ? outside(its) : [`${its} ${size} ${mode} ${mtimeMs}`];
  });
}

test(
  "beside a running headquarters and after it the doctor finds it well, and changes nothing",
  { timeout: 120_000 },
  async () => {
    const hq = await start("--health", "0");
    const history = await sell(hq.ready.port, 20);
    await runProgram("tools/hq/backup.ts", ["--data", data(), "--to", join(folder, "copy")]);
    const before = outside();
    const beside = await doctor("--port", String(hq.ready.port));
    expect(beside.found.findings.filter(({ verdict }) => verdict === "fail")).toEqual([]);
    expect(beside).toMatchObject({ code: 0, found: { isRunning: true } });
    expect(verdictOf(beside.found, "chain")).toBe(
      `ok: 1 writers whole: ${history.records.length} of ${history.records.length} records read`,
    );
    expect(verdictOf(beside.found, "port")).toContain("ok: terminals are let in");
    expect(verdictOf(beside.found, "backup")).toMatch(/^ok: the newest is 0 h old/);
    expect(verdictOf(beside.found, "database")).toMatch(/^ok: PostgreSQL \d+\S*; fsync/);
    hq.child.kill("SIGTERM");
    await hq.ended;
    const after = await doctor("--deep");
    expect(after).toMatchObject({ code: 0, found: { isRunning: false } });
    expect(after.found.findings.filter(({ verdict }) => verdict === "fail")).toEqual([]);
    expect(outside()).toEqual(before);
  },
);

test(
  "rights, keys, ports, configurations and a folder without a database are told with what to do",
  { timeout: 120_000 },
  async () => {
    const empty = await doctor();
    expect(verdictOf(empty.found, "database")).toBe("warn: none was made yet");
    headquartersKey(join(data(), "keys"));
    chmodSync(join(data(), "keys", "hq.key"), 0o644);
    writeFileSync(join(data(), "keys", "terminals", "demo", "t2.pub"), "half a key");
    chmodSync(data(), 0o777);
    const taken = createServer().listen(0, "127.0.0.1");
    stops.push(() => new Promise((resolve) => taken.close(() => resolve())));
    await once(taken, "listening");
    const address = taken.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const config = join(folder, "terminal.json");
    writeFileSync(config, JSON.stringify({ terminal: "T1", pin: "4711" }));
    const { code, found } = await doctor("--port", String(port), "--config", config);
    expect(code).toBe(1);
    expect(verdictOf(found, "keys")).toContain("fail: others may read");
    expect(verdictOf(found, "terminal_keys")).toContain("fail: no key of a terminal: t2.pub");
    expect(verdictOf(found, "rights")).toContain("warn: others may write there (0777)");
    expect(verdictOf(found, "port")).toContain("fail: another program has");
    expect(verdictOf(found, "configuration")).toContain("fail: config/value");
    rmSync(join(data(), "keys", "hq.key"));
    expect(verdictOf((await doctor()).found, "keys")).toContain("is missing");
  },
);

test(
  "a terminal's configuration with a key that means nothing is a warning that names it",
  { timeout: 60_000 },
  async () => {
    const config = join(folder, "terminal.json");
    const good = {
      tenant: "demo",
      store: "s1",
      terminal: "T1",
      shop: { name: "Shop", addressLines: [], footer: "" },
      currency: "GBP",
      zoneMinutes: 0,
      receiptLanguage: "en",
      hq: null,
      printer: null,
      catalogueFile: "catalogue.json",
      openItemTaxPpm: 0,
      staff: [],
      screenPort: 0,
      needShift: true,
    };
    writeFileSync(config, JSON.stringify(good));
    const { code, found } = await doctor("--config", config);
    expect(code).toBe(0);
    expect(verdictOf(found, "configuration")).toBe("warn: config/unknown_key: needShift");
  },
);

test(
  "held bytes that were changed, and a second history, fail with their place",
  { timeout: 120_000 },
  async () => {
    const hq = await start();
    await sell(hq.ready.port, 3);
    hq.child.kill("SIGTERM");
    await hq.ended;
    const look = await lookAtInstance(data());
    const database = new Database(look?.connection ?? {});
    await database.rows("update batch set body = set_byte(body, 300, 255 - get_byte(body, 300))");
    await database.rows(
      "insert into quarantine values ('demo', 't1', '6161616161616161', 1, $1, $1, 'history/fork', now())",
      [Uint8Array.of(1)],
    );
    await database.rows("delete from migration where number = (select max(number) from migration)");
    await database.close();
    await look?.close();
    const older = await doctor();
    expect(verdictOf(older.found, "tables")).toMatch(/^warn: step \d+ of \d+$/);
    const instance = await openInstance(data());
    await instance.close();
    const { code, found } = await doctor();
    expect(code).toBe(1);
    expect(verdictOf(found, "chain")).toMatch(
      /^fail: .*t1 epoch 61616161616161ee record 0: a batch cannot be believed/,
    );
    expect(verdictOf(found, "quarantine")).toBe("fail: batches of a second history: t1 1");
  },
);

test(
  "health follows the database: ready, then not, while the process still answers",
  { timeout: 120_000 },
  async () => {
    const hq = await start("--health", "0", "--log-format", "json");
    const at = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${hq.ready.health}${path}`);
    expect(await (await at("/ready")).json()).toMatchObject({
      ready: true,
      store: "ok",
      front: "ok",
      projector: "ok",
    });
    expect((await at("/health")).status).toBe(200);
    // Halted, not ended: commits do not get durable any more.
    const postmaster = runningPostmasterOf(data());
    const workers = readdirSync("/proc")
      .filter((name) => isWorkerOf(name, postmaster))
      .map(Number);
    for (const pid of workers) process.kill(pid, "SIGSTOP");
    try {
      await expect.poll(async () => (await at("/ready")).status, { timeout: 30_000 }).toBe(503);
      expect((await at("/health")).status).toBe(200);
    } finally {
      for (const pid of workers) process.kill(pid, "SIGCONT");
    }
    await expect.poll(async () => (await at("/ready")).status, { timeout: 30_000 }).toBe(200);
  },
);

test(
  "every line of the log is one JSON event, and a stranger's words in it cannot break out of it",
  { timeout: 120_000 },
  async () => {
    const hq = await start("--log-format", "json");
    await expect(TestTerminal.connect(hq.ready.port, "Zoe-4711", new Uint8Array(32))).rejects.toThrow();
    await sell(hq.ready.port, 1);
    hq.child.kill("SIGTERM");
    await hq.ended;
    const entries = hq
      .log()
      .trim()
      .split("\n")
      .map((line): Record<string, unknown> => JSON.parse(line));
    expect(entries.map(({ code }) => code)).toEqual(["hq/ready", "link/unknown_terminal", "hq/stopped"]);
    for (const entry of entries) {
      expect(entry["at"]).toMatch(/^\d{4}-\d\d-\d\dT/);
      expect(["info", "warning", "error"]).toContain(entry["level"]);
    }
    const secrets = [readFileSync(join(data(), "keys", "hq.key"), "utf8").trim()];
    for (const secret of secrets) expect(hq.log()).not.toContain(secret);
  },
);

test("a start that fails is one JSON event where the log is JSON", { timeout: 60_000 }, async () => {
  mkdirSync(join(data(), "keys"), { recursive: true });
  writeFileSync(join(data(), "keys", "hq.key"), "4711 half a key");
  const { code, stderr } = await runProgram("tools/hq/main.ts", [
    "--data",
    data(),
    "--port",
    "0",
    "--log-format",
    "json",
  ]);
  expect(code).toBe(1);
  expect(JSON.parse(stderr)).toMatchObject({ level: "error", code: "hq/failed", cause: "hq/key_unreadable" });
  expect(stderr).not.toContain("4711");
});

/** A process that the postmaster started. */
function isWorkerOf(name: string, postmaster: number): boolean {
  if (!/^\d+$/.test(name)) return false;
  try {
    return new RegExp(`^PPid:\\s+${postmaster}$`, "m").test(readFileSync(`/proc/${name}/status`, "utf8"));
  } catch {
    // It has ended meanwhile.
    return false;
  }
}
