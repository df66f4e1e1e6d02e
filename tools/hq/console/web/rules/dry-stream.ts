/**
 * A dry run in the browser: the stream's lines as they come, the rows kept, and their sum made here once
 * more, so that the table and the total that headquarters says can be held against each other.
 */
import { useRef, useState } from "preact/hooks";
import type { DryRunProgress, DryRunRow, DryRunSaid, RulesProblem } from "../../api-rules.ts";
import type { ConsoleError } from "../../api.ts";
import type { Failure } from "../ask.ts";

/** What is known of a run. */
export interface DryRun {
  readonly rows: readonly DryRunRow[];
  readonly progress: DryRunProgress | null;
  readonly problems: readonly RulesProblem[];
  readonly failure: Failure | null;
  readonly isRunning: boolean;
}

const NOTHING: DryRun = { rows: [], progress: null, problems: [], failure: null, isRunning: false };
/** The page is drawn at most so often. */
const DRAW_MS = 200;

/** A run that can be started and stopped. */
export function useDryRun(): DryRun & {
  readonly start: (body: object) => void;
  readonly stop: () => void;
} {
  const [state, setState] = useState(NOTHING);
  const stopper = useRef<AbortController | null>(null);
  const stop = (): void => stopper.current?.abort();
  const start = (body: object): void => {
    stop();
    const controller = new AbortController();
    stopper.current = controller;
    setState({ ...NOTHING, isRunning: true });
    void run(body, controller.signal, (next) => {
      if (stopper.current === controller) setState(next);
    });
  };
  return { ...state, start, stop };
}

async function run(body: object, signal: AbortSignal, show: (state: DryRun) => void): Promise<void> {
  let state: DryRun = { ...NOTHING, isRunning: true };
  const rows: DryRunRow[] = [];
  try {
    const response = await fetch("/api/rules-dry-run", {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
      signal,
    });
    if (!response.ok || response.body === null) {
      const said: ConsoleError = await response
        .json()
        .catch(() => ({ error: { code: "console/bug", field: "" } }));
      show({ ...NOTHING, failure: said.error });
      return;
    }
    let drawnMs = 0;
    for await (const said of linesOf(response.body)) {
      if (said.kind === "row") rows.push(said);
      else state = after(state, said);
      if (performance.now() - drawnMs < DRAW_MS) continue;
      drawnMs = performance.now();
      show({ ...state, rows: [...rows] });
    }
    show({ ...state, rows, isRunning: false });
  } catch {
    const failure: Failure | null = signal.aborted ? null : { code: "network", field: "" };
    show({ ...state, rows, failure, isRunning: false });
  }
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<DryRunSaid, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const said: DryRunSaid = JSON.parse(line);
      yield said;
    }
  }
}

function after(state: DryRun, said: Exclude<DryRunSaid, DryRunRow>): DryRun {
  switch (said.kind) {
    case "progress":
    case "done":
      return { ...state, progress: said };
    case "refused":
      return { ...state, problems: said.problems };
    case "failed":
      return { ...state, failure: { code: "console/store", field: "" } };
  }
}

/** The sum of the rows, from their own digits. */
export function sumOf(rows: readonly DryRunRow[]): bigint {
  return rows.reduce(
    (sum, { beforeMinor, afterMinor }) => sum + BigInt(afterMinor) - BigInt(beforeMinor),
    0n,
  );
}
