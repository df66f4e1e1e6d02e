/**
 * Questions to headquarters: reads as a state that a page shows, and writes with their answer. An
 * answer to an older question never stands in place of a newer one's.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { ConsoleCode, ConsoleError, Page } from "../api.ts";
import { addressOf } from "./route.ts";
import type { Filters } from "./route.ts";

/** Why there is no answer; `network` where headquarters was not reached. */
export interface Failure {
  readonly code: ConsoleCode | "network";
  readonly field: string;
}

/** What became of a question so far. An answer stays while a newer one is on its way. */
export interface Answer<T> {
  readonly value: T | null;
  readonly failure: Failure | null;
  readonly isLoading: boolean;
  readonly again: () => void;
}

async function fetched<T>(path: string, init?: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers: { "content-type": "application/json" } });
  } catch {
    throw new AskFailure({ code: "network", field: "" });
  }
  if (response.ok) {
    const value: T = await response.json();
    return value;
  }
  const body: ConsoleError = await response
    .json()
    .catch(() => ({ error: { code: "console/bug", field: "" } }));
  throw new AskFailure(body.error);
}

class AskFailure extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

function failureOf(error: unknown): Failure {
  return error instanceof AskFailure ? error.failure : { code: "console/bug", field: "" };
}

/** The answer to a path with filters; asked anew when either changes, and every `everyMs` where that is set. */
export function useAnswer<T>(path: string, filters: Filters, everyMs = 0): Answer<T> {
  const address = addressOf(path, filters);
  const [state, setState] = useState<Omit<Answer<T>, "again">>({
    value: null,
    failure: null,
    isLoading: true,
  });
  const [turn, setTurn] = useState(0);
  const shown = useRef("");
  useEffect(() => {
    let isOld = false;
    // Another question's answer is not this one's.
    const kept = shown.current === address;
    setState(({ value }) => ({ value: kept ? value : null, failure: null, isLoading: true }));
    fetched<T>(address).then(
      (value) => {
        if (isOld) return;
        shown.current = address;
        setState({ value, failure: null, isLoading: false });
      },
      (error: unknown) => {
        if (!isOld) setState(({ value }) => ({ value, failure: failureOf(error), isLoading: false }));
      },
    );
    const timer = everyMs === 0 ? undefined : setTimeout(() => setTurn(turn + 1), everyMs);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [address, turn, everyMs]);
  return { ...state, again: () => setTurn(turn + 1) };
}

/** A list that grows page by page. */
export interface Rows<T> {
  readonly rows: readonly T[];
  readonly failure: Failure | null;
  readonly isLoading: boolean;
  /** Null at the end. */
  readonly more: (() => void) | null;
  readonly again: () => void;
}

/** The rows of a list; begun anew when a filter changes. */
export function useRows<T>(path: string, filters: Filters): Rows<T> {
  const address = addressOf(path, filters);
  const [pages, setPages] = useState<readonly Page<T>[]>([]);
  const [state, setState] = useState<{ readonly failure: Failure | null; readonly isLoading: boolean }>({
    failure: null,
    isLoading: true,
  });
  const wanted = useRef(address);
  const load = (known: readonly Page<T>[], next: string | null): void => {
    setState({ failure: null, isLoading: true });
    fetched<Page<T>>(addressOf(path, { ...filters, after: next ?? "" })).then(
      (page) => {
        if (wanted.current !== address) return;
        setPages([...known, page]);
        setState({ failure: null, isLoading: false });
      },
      (error: unknown) => {
        if (wanted.current === address) setState({ failure: failureOf(error), isLoading: false });
      },
    );
  };
  useEffect(() => {
    wanted.current = address;
    setPages([]);
    load([], null);
  }, [address]);
  const next = pages.at(-1)?.next ?? null;
  return {
    rows: pages.flatMap(({ rows }) => rows),
    ...state,
    more: next === null ? null : () => load(pages, next),
    again: () => load([], null),
  };
}

/** Writes; a yes or the reason why not. */
export async function tell<T>(
  path: string,
  body: object,
): Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }> {
  try {
    return { ok: true, value: await fetched<T>(path, { method: "POST", body: JSON.stringify(body) }) };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}
