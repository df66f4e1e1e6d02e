/**
 * A day sold through the real tool: real processes, a real database, real sockets on loopback. The
 * invented day has everything that the real ones have, in a few dozen rows; the real one is sold
 * where its file is. Skipped where the database's programs are not installed.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PROJECT_ROOT } from "../../tools/build/root.ts";
import { packagedPrograms } from "../../tools/hq/postgres/binaries.ts";
import { Proxy } from "../../tools/replay-day/process/proxy.ts";
import { dayFile } from "../support/day-files.ts";
import type { RowFields } from "../support/day-files.ts";

const RUN_MS_MAX = 120_000;

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tillwright-replay-test-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  readonly exitCode: number | null;
  readonly lines: readonly string[];
  readonly words: string;
}

/** Runs the tool; `onWords` sees what it has said on stderr so far, and may end it. */
function replay(
  args: readonly string[],
  onWords: (words: string, stop: () => void) => void = () => {},
): Promise<Ended> {
  const child = spawn(process.execPath, [join(PROJECT_ROOT, "tools/replay-day/main.ts"), ...args], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let words = "";
  child.stdout.on("data", (bytes: Buffer) => {
    output += bytes.toString();
  });
  child.stderr.on("data", (bytes: Buffer) => {
    words += bytes.toString();
    onWords(words, () => child.kill("SIGINT"));
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => {
      resolve({ exitCode, lines: output.split("\n").filter((line) => line !== ""), words });
    });
  });
}

function lastLine(ended: Ended): unknown {
  return JSON.parse(ended.lines.at(-1) ?? expect.fail(ended.words));
}

function fileOf(rows: readonly Partial<RowFields>[]): string {
  const path = join(folder, "day.csv");
  writeFileSync(path, dayFile(rows));
  return path;
}

/** Forty invoices of one to nine lines, a return, an order that comes to nothing, and dirt. */
function inventedDay(): readonly Partial<RowFields>[] {
  const sales = Array.from({ length: 40 }, (_, invoiceIndex) =>
    Array.from({ length: 1 + (invoiceIndex % 9) }, (__, lineIndex) => ({
      invoice: String(500_000 + invoiceIndex),
      sku: `SKU${(invoiceIndex * 7 + lineIndex) % 23}`,
      description: lineIndex === 3 ? "" : '"BOWL, ""BLUE"""',
      quantity: String(1 + ((invoiceIndex + lineIndex) % 12)),
      price: invoiceIndex % 2 === 0 ? "1.25" : `${(invoiceIndex + lineIndex) % 5}.05`,
    })),
  );
  return [
    ...sales.flat(),
    { invoice: "C600000", sku: "SKU1", quantity: "-3", price: "1.25" },
    { invoice: "600001", sku: "GIFT", quantity: "2", price: "0.0" },
    { invoice: "600002", sku: "SKU2", quantity: "-50", price: "0.0" },
    { invoice: "600003", sku: "SKU3", quantity: "1", price: "0.001" },
  ];
}

/** The sum of the invented day, in pence, by plain arithmetic on its rows. */
function netPence(rows: readonly Partial<RowFields>[]): number {
  return rows.slice(0, -2).reduce((sum, { quantity = "1", price = "0" }) => {
    return sum + Number(quantity) * Math.round(Number(price) * 100);
  }, 0);
}

test(
  "an invented day with faults ends at headquarters to the byte, and its sum is the file's",
  async ({ skip }) => {
    if (packagedPrograms() === null) skip("the embedded PostgreSQL is not installed for this machine");
    const rows = inventedDay();
    const ended = await replay(["--file", fileOf(rows), "--faults", "1", "--seed", "11"]);
    const outcome = lastLine(ended);
    expect(outcome).toMatchObject({
      lines: rows.length,
      invoices: 43,
      cancellations: 1,
      hqNet: (netPence(rows) / 100).toFixed(2),
      currency: "GBP",
      missing: 0,
      doubled: 0,
      refusedRows: [
        { row: rows.length, reason: "row/stock_note" },
        { row: rows.length + 1, reason: "row/price_not_exact" },
      ],
    });
    expect(outcome).toHaveProperty("eventsAtHq", eventsWritten(outcome));
    expect(ended.exitCode).toBe(0);
    expect(ended.words.startsWith("SEED=11\n")).toBe(true);
    const happened = ended.words.split("\n").filter((line) => line.startsWith("fault: "));
    const counts = ["the terminal died", "headquarters is killed", "the network is cut"].map(
      (what) => happened.filter((line) => line.includes(what)).length,
    );
    expect(counts).toEqual([3, 2, 1]);
  },
  RUN_MS_MAX,
);

function eventsWritten(outcome: unknown): unknown {
  return typeof outcome === "object" && outcome !== null && "eventsWritten" in outcome
    ? outcome.eventsWritten
    : expect.fail("eventsWritten is missing");
}

test(
  "a day with one order goes through all faults as well",
  async ({ skip }) => {
    if (packagedPrograms() === null) skip("the embedded PostgreSQL is not installed for this machine");
    const ended = await replay(["--file", fileOf([{}]), "--faults", "1", "--seed", "3"]);
    expect(lastLine(ended)).toMatchObject({ hqNet: "2.50", missing: 0, doubled: 0 });
    expect(ended.exitCode).toBe(0);
  },
  RUN_MS_MAX,
);

test(
  "Ctrl-C in the middle ends all that the run started",
  async ({ skip }) => {
    if (packagedPrograms() === null) skip("the embedded PostgreSQL is not installed for this machine");
    let isAsked = false;
    const ended = await replay(
      ["--file", fileOf(inventedDay()), "--faults", "1", "--seed", "1"],
      (words, stop) => {
        if (isAsked || !words.includes("fault: headquarters is killed")) return;
        isAsked = true;
        stop();
      },
    );
    expect([isAsked, ended.exitCode]).toEqual([true, 1]);
    expect(ended.words).toContain("replay/stopped");
    const kept = /is kept in (\S+)/.exec(ended.words)?.[1] ?? expect.fail(ended.words);
    expect(commandsNaming(kept)).toEqual([]);
    rmSync(kept, { recursive: true, force: true });
  },
  RUN_MS_MAX,
);

/** The command lines of all processes that name this folder. */
function commandsNaming(path: string): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^[0-9]+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, "utf8")];
      } catch {
        // It ended meanwhile.
        return [];
      }
    })
    .filter((command) => command.includes(path));
}

const UNUSABLE: readonly (readonly [string, (path: string) => void, string])[] = [
  ["that is not there", () => {}, "replay/file_unreadable"],
  ["that is empty", (path) => writeFileSync(path, ""), "replay/file_refused: "],
  ["of Latin-1", (path) => writeFileSync(path, Uint8Array.of(0x61, 0xa3)), "csv/encoding"],
  ["of other columns", (path) => writeFileSync(path, "a,b\n1,2\n"), "day/columns"],
  ["with a price that is none", (path) => writeFileSync(path, dayFile([{ price: "x" }])), "row 2: UnitPrice"],
  ["of stock notes", (path) => writeFileSync(path, dayFile([{ quantity: "-1" }])), "replay/nothing_to_sell"],
];

test.each(UNUSABLE)(
  "a file %s ends in a coded sentence before anything is started",
  async (_, write, words) => {
    const path = join(folder, "day.csv");
    write(path);
    const ended = await replay(["--file", path]);
    expect(ended).toMatchObject({ exitCode: 1, lines: [] });
    expect(ended.words).toContain(words);
    expect(ended.words).not.toContain("headquarters starts");
  },
  RUN_MS_MAX,
);

test(
  "the real day 2010-12-01 comes to 58635.56 at headquarters",
  async ({ skip }) => {
    if (packagedPrograms() === null) skip("the embedded PostgreSQL is not installed for this machine");
    const data = process.env["TILLWRIGHT_DATA"] ?? join(PROJECT_ROOT, "../shared/data");
    const file = join(data, "retail/2010-12-01.csv");
    if (!existsSync(file)) skip("no real data here: TILLWRIGHT_DATA names its folder");
    const ended = await replay(["--file", file]);
    expect(lastLine(ended)).toMatchObject({
      lines: 3108,
      invoices: 137,
      cancellations: 6,
      hqNet: "58635.56",
      missing: 0,
      doubled: 0,
      refusedRows: [{ row: 2408, reason: "row/stock_note" }],
    });
    expect(ended.exitCode).toBe(0);
  },
  RUN_MS_MAX,
);

/** What a connection through the proxy comes to: the echo of "x", or "closed". */
function tryThrough(port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket: Socket = connect(port, "127.0.0.1", () => socket.write("x"));
    socket.on("data", (bytes) => {
      resolve(bytes.toString());
      socket.destroy();
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve("closed"));
  });
}

test("a network that is cut drops what stands, refuses what comes, and heals", async () => {
  const echo = createServer((socket) => socket.on("error", () => {}).pipe(socket));
  await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
  const address: AddressInfo | string | null = echo.address();
  const proxy = await Proxy.open();
  try {
    expect(await tryThrough(proxy.port)).toBe("closed");
    proxy.targetPort = typeof address === "object" && address !== null ? address.port : 0;
    expect(await tryThrough(proxy.port)).toBe("x");
    const standing = connect(proxy.port, "127.0.0.1");
    const dropped = new Promise<void>((resolve) => standing.on("close", () => resolve()));
    standing.on("error", () => {});
    await new Promise<void>((resolve) => {
      standing.once("data", () => resolve());
      standing.write("y");
    });
    proxy.cut();
    await dropped;
    expect(await tryThrough(proxy.port)).toBe("closed");
    proxy.heal();
    expect(await tryThrough(proxy.port)).toBe("x");
  } finally {
    await proxy.close();
    await new Promise<void>((resolve) => echo.close(() => resolve()));
  }
});
