/**
 * Keeps the projections up to what is held, one step after the other. Ingest wakes it and never
 * waits for it. A step that fails is logged and tried again after a pause; the others go on.
 * R1 The only state is which writers may be behind; what was projected is known by the store alone.
 */
import type { Timers } from "../../drivers/port/timers.ts";
import { machineTimers } from "../../runtime/adapters/machine.ts";
import { causeFacts } from "../../runtime/log.ts";
import type { Log } from "../../runtime/log.ts";
import { WRITERS_BEHIND_COUNT_MAX } from "./limits.ts";
import type { HeldCursor, Projection, Store, WriterKey } from "./store/store.ts";

/** How long a failed step rests, and how often the store is asked for what other processes took in. */
const REST_MS = 2000;
const LOOK_MS = 30_000;

export class Projector {
  readonly #store: Store;
  readonly #projection: Projection;
  readonly #tenant: string;
  readonly #log: Log;
  readonly #dirty = new Map<string, WriterKey>();
  readonly #timers: Timers;
  readonly #onProjected: () => void;
  #cancelTimer: () => void = () => {};
  #running: Promise<void> | null = null;
  #isClosed = false;

  constructor(
    store: Store,
    projection: Projection,
    tenant: string,
    log: Log,
    timers: Timers = machineTimers,
    onProjected: () => void = () => {},
  ) {
    this.#store = store;
    this.#projection = projection;
    this.#tenant = tenant;
    this.#log = log;
    this.#timers = timers;
    this.#onProjected = onProjected;
  }

  /** Tries the held records once, takes up all arrears, and goes on looking for more. */
  start(): void {
    this.#begin(async () => {
      await retryAllHeld(this.#store, this.#tenant, this.#projection);
      await this.#look();
    });
  }

  /** This writer has new records. */
  wake(writer: WriterKey): void {
    this.#dirty.set(`${writer.terminal}/${writer.epoch}`, writer);
    this.#begin(() => Promise.resolve());
  }

  /** Ends after the step that is under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelTimer();
    await this.#running;
  }

  #begin(prepare: () => Promise<void>): void {
    if (this.#isClosed || this.#running !== null) return;
    this.#cancelTimer();
    this.#running = this.#run(prepare);
  }

  async #run(prepare: () => Promise<void>): Promise<void> {
    let restMs = LOOK_MS;
    if (!(await this.#tried("look", prepare))) restMs = REST_MS;
    while (!this.#isClosed) {
      const [next] = this.#dirty;
      if (next === undefined) break;
      const [key, writer] = next;
      // Taken off first: what arrives during the step puts it back, and so does a step that took something.
      this.#dirty.delete(key);
      if (!(await this.#tried(key, () => this.#step(key, writer)))) restMs = REST_MS;
    }
    this.#running = null;
    if (this.#isClosed) return;
    this.#cancelTimer = this.#timers.after(restMs, () => this.#begin(() => this.#look()));
  }

  async #step(key: string, writer: WriterKey): Promise<void> {
    const count = await this.#store.projectNext(writer, this.#projection);
    if (count === 0) return;
    this.#dirty.set(key, writer);
    this.#onProjected();
  }

  async #look(): Promise<void> {
    // Also what a count changed, or another process projected.
    this.#onProjected();
    for (const writer of await this.#store.writersBehind(this.#tenant, WRITERS_BEHIND_COUNT_MAX)) {
      this.#dirty.set(`${writer.terminal}/${writer.epoch}`, writer);
    }
  }

  async #tried(what: string, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.#log("projector/failed", { what, ...causeFacts(error) });
      return false;
    }
  }
}

/** Projects everything that is held of a tenant, held records included. May run beside a projector. */
export async function projectAll(store: Store, tenant: string, projection: Projection): Promise<void> {
  await retryAllHeld(store, tenant, projection);
  for (;;) {
    const behind = await store.writersBehind(tenant, WRITERS_BEHIND_COUNT_MAX);
    if (behind.length === 0) return;
    for (const writer of behind) while ((await store.projectNext(writer, projection)) > 0);
  }
}

async function retryAllHeld(store: Store, tenant: string, projection: Projection): Promise<void> {
  let after: HeldCursor | null = null;
  do after = await store.retryHeld(tenant, projection, after);
  while (after !== null);
}
