/**
 * The screen for end-to-end tests: built, served by the real server over a terminal in memory, with
 * a printer that says what the test tells it to.
 */
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Command } from "../../core/command.ts";
import type { Effect } from "../../core/effect.ts";
import { wallMs } from "../../core/time.ts";
import type { Timers } from "../../drivers/port/timers.ts";
import type { Loop } from "../../runtime/loop.ts";
import { loadScreenAssets, startScreen } from "../../runtime/adapters/screen-server.ts";
import type { Screen } from "../../runtime/adapters/screen-server.ts";
import type { Assets } from "../../runtime/ui/assets.ts";
import { buildWeb } from "../../tools/build/web.ts";
import { catalogueOf, memoryTerminal } from "./screen-terminal.ts";
import type { MemoryOptions, MemoryTerminal } from "./screen-terminal.ts";

/** Builds the screen once and loads it. */
export async function builtAssets(): Promise<Assets> {
  const directory = await mkdtemp(join(tmpdir(), "tillwright-screen-"));
  await buildWeb(directory);
  const assets = await loadScreenAssets(directory);
  await rm(directory, { recursive: true });
  return assets;
}

/** The demo shop's catalogue. */
export async function demoCatalogueText(): Promise<string> {
  return await readFile(new URL("../../tools/run/demo/catalogue.json", import.meta.url), "utf8");
}

/** A served terminal. `printAs` is what the printer says from now on. */
export interface ServedTerminal extends MemoryTerminal {
  readonly screen: Screen;
  /** Mistakes that the server met: a test expects none. */
  readonly bugs: unknown[];
  printAs(outcome: "printed" | "failed" | "unknown", code: string): void;
}

/** Serves a terminal in memory on a free port; `options` say how it differs from the usual one. */
export async function serveTerminal(
  assets: Assets,
  catalogueText: string,
  language: "en" | "zh",
  options: Omit<MemoryOptions, "catalogue" | "language" | "clock" | "timers" | "execute"> = {},
): Promise<ServedTerminal> {
  let outcome: "printed" | "failed" | "unknown" = "printed";
  let code = "";
  const execute = (effect: Effect, loop: Loop): void => {
    if (effect.type === "open_drawer" || effect.type === "ask_reader") return;
    // After the answer to the tap, as paper is.
    setTimeout(() => void loop.submit(finished(effect, outcome, code)), 50);
  };
  const clock = { wall: () => wallMs(Date.now()), monotonicMs: () => performance.now() };
  const timers: Timers = {
    after: (delayMs, run) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
  };
  const catalogue = catalogueOf(catalogueText, language);
  const terminal = await memoryTerminal({ ...options, catalogue, language, clock, timers, execute });
  const bugs: unknown[] = [];
  const screen = await startScreen({
    ...terminal,
    clock,
    timers,
    rng: { bytes: (count) => randomBytes(count) },
    onBug: (cause) => bugs.push(cause),
    assets,
    port: 0,
  });
  return {
    ...terminal,
    screen,
    bugs,
    printAs: (nextOutcome, nextCode) => {
      outcome = nextOutcome;
      code = nextCode;
    },
  };
}

function finished(
  effect: Exclude<Effect, { type: "open_drawer" | "ask_reader" }>,
  outcome: "printed" | "failed" | "unknown",
  code: string,
): Command {
  const { job } = effect;
  const end = { job, outcome, code, mark: "none" } as const;
  return effect.type === "print_report"
    ? { type: "finish_report", ...end }
    : { type: "finish_print", order: effect.order, ...end };
}
