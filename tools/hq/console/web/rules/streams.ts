/**
 * Long answers of headquarters: lines of JSON as they come, drawn a few times a second, and stopped when
 * their page asks for it.
 */
import { useRef, useState } from "preact/hooks";
import type { ConsoleError } from "../../api.ts";
import type { Failure } from "../ask.ts";

/** What is known of a run. */
export interface Running<S> {
  readonly state: S;
  readonly failure: Failure | null;
  readonly isRunning: boolean;
  readonly start: (body: object) => void;
  readonly stop: () => void;
}

/** The page is drawn at most so often. */
const DRAW_MS = 200;

class Refused extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

/** A run at this path. `begin` makes what takes its lines, and what is shown of them. */
export function useRun<T, S>(
  path: string,
  nothing: S,
  begin: () => { readonly take: (said: T) => void; readonly shown: () => S },
): Running<S> {
  const [run, setRun] = useState<Pick<Running<S>, "state" | "failure" | "isRunning">>({
    state: nothing,
    failure: null,
    isRunning: false,
  });
  const stopper = useRef<AbortController | null>(null);
  const stop = (): void => stopper.current?.abort();
  const start = async (body: object): Promise<void> => {
    stop();
    const controller = new AbortController();
    stopper.current = controller;
    const { take, shown } = begin();
    const show = (isRunning: boolean, failure: Failure | null): void => {
      if (stopper.current === controller) setRun({ state: shown(), failure, isRunning });
    };
    show(true, null);
    let drawnMs = 0;
    try {
      for await (const said of saidAt<T>(path, body, controller.signal)) {
        take(said);
        if (performance.now() - drawnMs < DRAW_MS) continue;
        drawnMs = performance.now();
        show(true, null);
      }
      show(false, null);
    } catch (error) {
      const failure = error instanceof Refused ? error.failure : ({ code: "network", field: "" } as const);
      show(false, controller.signal.aborted ? null : failure);
    }
  };
  return { ...run, start: (body) => void start(body), stop };
}

async function* saidAt<T>(
  path: string,
  body: object,
  signal: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(path, { method: "POST", body: JSON.stringify(body), headers, signal });
  if (!response.ok || response.body === null) {
    const said: ConsoleError = await response
      .json()
      .catch(() => ({ error: { code: "console/bug", field: "" } }));
    throw new Refused(said.error);
  }
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const said: T = JSON.parse(line);
      yield said;
    }
  }
}
