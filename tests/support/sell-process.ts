/**
 * The seller as a real process on a real folder: bundled once for a quick start, fed with steps, killed
 * when a test says so. Its lines of JSON are collected as they come.
 */
import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleNode } from "../../tools/build/bundle-node.ts";
import type { Step } from "../../tools/sell/step.ts";
import { CATALOGUE_JSON, shopConfig } from "./fake-world.ts";

/** One line of the seller's. */
export type Said = Readonly<Record<string, unknown>>;

/** A shop's folder with a bundled seller, a configuration and a catalogue. */
export class SellerShop {
  readonly directory = mkdtempSync(join(tmpdir(), "tillwright-sell-"));
  readonly config = join(this.directory, "config.json");
  readonly program = join(this.directory, "sell.cjs");

  /** Bundles the seller and writes its configuration; `changes` are keys of the JSON. */
  async prepare(changes: Said = {}): Promise<this> {
    await bundleNode({ entry: "tools/sell/main.ts", outFile: this.program, forbidden: [] });
    writeFileSync(this.config, JSON.stringify({ ...shopConfig(), pins: undefined, ...changes }));
    writeFileSync(join(this.directory, "catalogue.json"), CATALOGUE_JSON);
    return this;
  }

  /** A data folder of this name. */
  data(name: string): string {
    const path = join(this.directory, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  start(data: string, ...extra: readonly string[]): SellerProcess {
    return new SellerProcess(
      spawn(process.execPath, [this.program, "--config", this.config, "--data", data, ...extra]),
    );
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** One run of the seller. */
export class SellerProcess {
  readonly said: Said[] = [];
  stderr = "";
  /** Bytes that came out so far. */
  byteCount = 0;
  /** The exit code, or null when a signal ended it. */
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcessWithoutNullStreams;
  #rest = "";
  #watchers: (() => boolean)[] = [];

  constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    child.stdout.setEncoding("utf8").on("data", (text: string) => this.#take(text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    // A killed reader is what these tests are about.
    child.stdin.on("error", () => {});
    this.ended = new Promise((resolve) => {
      child.on("close", (code) => {
        resolve(code);
        this.#wake();
      });
    });
  }

  /** Runs as long as the process does. */
  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  line(text: string): void {
    this.#child.stdin.write(`${text}\n`);
  }

  step(n: number, step: Step): void {
    this.line(JSON.stringify({ n, at: 1_291_191_960_000 + n * 1000, step }));
  }

  /** No more lines come: the seller closes in order. */
  end(): void {
    this.#child.stdin.end();
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  /** Resolves once `test` holds of what was said, or the process ended; answers whether it holds. */
  until(test: (process: this) => boolean): Promise<boolean> {
    return new Promise((resolve) => {
      const watcher = (): boolean => {
        const holds = test(this);
        if (!holds && this.isRunning) return false;
        resolve(holds);
        return true;
      };
      this.#watchers.push(watcher);
      this.#wake();
    });
  }

  #take(text: string): void {
    this.byteCount += text.length;
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.said.push(JSON.parse(line) as Said);
    this.#wake();
  }

  #wake(): void {
    this.#watchers = this.#watchers.filter((watcher) => !watcher());
  }
}
