/**
 * Headquarters behind a broker, in two bindings with one face: the real process on its database, which
 * a test stops and kills, and the same code over the store in memory, which starts at once.
 */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerminalId } from "../../core/ids.ts";
import { heldRecords } from "../../tools/hq/held-records.ts";
import { startHq } from "../../tools/hq/hq.ts";
import type { Hq } from "../../tools/hq/hq.ts";
import { headquartersKey, registerTerminal } from "../../tools/hq/keys.ts";
import { isAlive } from "../../tools/hq/postgres/pidfile.ts";
import { createProjection } from "../../tools/hq/project.ts";
import { projectAll } from "../../tools/hq/projector.ts";
import { reportOf } from "../../tools/hq/report-of.ts";
import { createMemoryStore } from "../../tools/hq/store/memory.ts";
import { postmasterOf, runProgram } from "./hq-process.ts";
import { guard } from "./real-guard.ts";
import { recordLine } from "./real-records.ts";
import type { RecordLine } from "./real-records.ts";

const TENANT = "demo";
const LOOK_MS = 20;

/** The part of the report that tells whether a sale was counted twice. */
export interface Turnover {
  readonly net: string;
  readonly saleCount: number;
  readonly orderCount: number;
  readonly quarantineCount: number;
}

/** A headquarters of either kind. */
export interface RealHq {
  readonly publicKey: Uint8Array;
  register(terminal: TerminalId, publicKey: Uint8Array): void;
  /** Every record that is held of a terminal, in the order of the journal. */
  held(terminal: TerminalId): Promise<readonly RecordLine[]>;
  turnover(): Promise<Turnover>;
  /** Ends it, whatever state it is in, and removes its folder. */
  remove(): Promise<void>;
}

/** What both kinds share: a folder with keys. */
class KeyFolder {
  readonly directory = mkdtempSync(join(tmpdir(), "tillwright-real-hq-"));
  readonly keysDir = join(this.directory, "keys");
  readonly key = headquartersKey(this.keysDir);

  register(terminal: TerminalId, publicKey: Uint8Array): void {
    registerTerminal(this.keysDir, { tenant: TENANT, terminal }, publicKey);
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** The process on PostgreSQL. */
export class ProcessHq implements RealHq {
  readonly #folder = new KeyFolder();
  readonly publicKey = this.#folder.key.signer.publicKey;
  #child: ChildProcess | null = null;

  register(terminal: TerminalId, publicKey: Uint8Array): void {
    this.#folder.register(terminal, publicKey);
  }

  /** Starts it as a client of the broker on this port of loopback; resolves when it is ready. */
  async start(brokerPort: number): Promise<void> {
    const { directory } = this.#folder;
    const texts = ["--data", directory, "--broker", `127.0.0.1:${brokerPort}`];
    const said = join(directory, "said.txt");
    // A file and not a pipe: what it says must not end it when the test is gone.
    const output = openSync(said, "w");
    const child = spawn(process.execPath, ["tools/hq/main.ts", ...texts], {
      stdio: ["ignore", output, output],
    });
    closeSync(output);
    // Killed, it would leave its database.
    guard(child, "TERM");
    this.#child = child;
    while (!readFileSync(said, "utf8").includes('{"ready":"hq"')) {
      if (child.exitCode !== null) throw new Error(`Headquarters ended: ${readFileSync(said, "utf8")}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  /** Sends a signal and does not wait: SIGSTOP and SIGCONT. */
  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Ends it; its database goes on after SIGKILL. */
  async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }

  async held(terminal: TerminalId): Promise<readonly RecordLine[]> {
    const stdout = await this.#ask("tools/hq/records.ts", "--terminal", terminal);
    const rows = stdout.split("\n").filter((line) => line !== "");
    return rows.map((row) => {
      const { epoch, seq, bytes }: { epoch: string; seq: number; bytes: string } = JSON.parse(row);
      return recordLine(epoch, seq, Buffer.from(bytes, "hex"));
    });
  }

  async turnover(): Promise<Turnover> {
    return JSON.parse(await this.#ask("tools/hq/report.ts"));
  }

  async #ask(program: string, ...texts: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await runProgram(program, [
      ...["--data", this.#folder.directory],
      ...texts,
    ]);
    if (code !== 0) throw new Error(`${program}: ${stderr}`);
    return stdout;
  }

  async remove(): Promise<void> {
    this.signal("SIGCONT");
    await this.end("SIGTERM");
    // A killed headquarters leaves its database; a tool ends it when it is done with it.
    const pid = postmasterOf(this.#folder.directory);
    if (pid !== null && isAlive(pid)) await this.#ask("tools/hq/report.ts");
    this.#folder.remove();
  }
}

/** The same code in this process, over memory. */
export class MemoryHq implements RealHq {
  readonly #folder = new KeyFolder();
  readonly #store = createMemoryStore(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
  readonly publicKey = this.#folder.key.signer.publicKey;
  readonly lines: string[] = [];
  readonly #takesWrapped: boolean;
  #hq: Hq | null = null;

  /** Without wrapping the bytes of a record can be seen on their way. */
  constructor({ takesWrapped = true }: { readonly takesWrapped?: boolean } = {}) {
    this.#takesWrapped = takesWrapped;
  }

  register(terminal: TerminalId, publicKey: Uint8Array): void {
    this.#folder.register(terminal, publicKey);
  }

  /** Listens itself, or serves through the broker on this port of loopback; answers where. */
  async start(brokerPort: number | null): Promise<number> {
    this.#hq = await startHq({
      tenant: TENANT,
      store: this.#store,
      keysDir: this.#folder.keysDir,
      ...this.#folder.key,
      port: 0,
      ...(brokerPort === null ? {} : { broker: { host: "127.0.0.1", port: brokerPort } }),
      log: (line) => this.lines.push(line),
      takesWrapped: this.#takesWrapped,
    });
    return this.#hq.port;
  }

  async held(terminal: TerminalId): Promise<readonly RecordLine[]> {
    const lines: RecordLine[] = [];
    for await (const { epoch, seq, bytes } of heldRecords(this.#store, { tenant: TENANT, terminal })) {
      lines.push(recordLine(epoch, seq, bytes));
    }
    return lines;
  }

  async turnover(): Promise<Turnover> {
    await projectAll(this.#store, TENANT, createProjection());
    return reportOf(this.#store, TENANT);
  }

  async alarmCodes(): Promise<readonly string[]> {
    await this.#hq?.flushAlarms();
    return (await this.#store.alarms(TENANT)).map(({ code, count }) => `${code} ${count}`);
  }

  async remove(): Promise<void> {
    await this.#hq?.stop();
    this.#hq = null;
    this.#folder.remove();
  }
}
