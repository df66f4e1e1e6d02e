/**
 * Counts alarms in memory and hands them on together, so that a flood of bad messages costs one log
 * line and one row a moment and not one each. Owns its timer; `close` hands on what is left.
 * What overflows its bound is dropped from the counts and said so in the log.
 */
import type { Timers } from "../../drivers/port/timers.ts";
import { machineTimers } from "../../runtime/adapters/machine.ts";
import { alarmKey } from "./alarm.ts";
import type { Alarm, AlarmCode } from "./alarm.ts";
import { causeFacts } from "../../runtime/log.ts";
import type { Log } from "../../runtime/log.ts";
import { ALARM_FLUSH_MS, ALARMS_PENDING_COUNT_MAX } from "./limits.ts";

/** Where counted alarms go. */
export interface AlarmSink {
  raise(alarms: readonly Alarm[]): Promise<void>;
}

export class AlarmTally {
  readonly #tenant: string;
  readonly #sink: AlarmSink;
  readonly #log: Log;
  #pending = new Map<string, Alarm>();
  readonly #timers: Timers;
  #cancelTimer: (() => void) | null = null;
  #flushing: Promise<void> = Promise.resolve();
  #droppedCount = 0;

  constructor(tenant: string, sink: AlarmSink, log: Log, timers: Timers = machineTimers) {
    this.#tenant = tenant;
    this.#sink = sink;
    this.#log = log;
    this.#timers = timers;
  }

  /** Counts one more; never waits and never fails. */
  count(code: AlarmCode, terminal: string, detail: string): void {
    const one: Alarm = { code, tenant: this.#tenant, terminal, subject: "", detail, kind: "count", count: 1 };
    const key = alarmKey(one);
    const known = this.#pending.get(key);
    if (known === undefined && this.#pending.size >= ALARMS_PENDING_COUNT_MAX) {
      this.#droppedCount += 1;
      return;
    }
    this.#pending.set(key, { ...one, count: (known?.count ?? 0) + 1 });
    this.#cancelTimer ??= this.#timers.after(ALARM_FLUSH_MS, () => void this.flush());
  }

  /** Logs and stores what was counted so far. A store that fails costs the rows, not the log lines. */
  flush(): Promise<void> {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    const alarms = [...this.#pending.values()];
    this.#pending = new Map();
    for (const { code, terminal, detail, count } of alarms) {
      this.#log(code, { detail, count, ...(terminal === "" ? {} : { terminal }) });
    }
    if (this.#droppedCount > 0) this.#log("alarm/dropped", { count: this.#droppedCount });
    this.#droppedCount = 0;
    if (alarms.length > 0) this.#flushing = this.#flushing.then(() => this.#store(alarms));
    return this.#flushing;
  }

  async #store(alarms: readonly Alarm[]): Promise<void> {
    try {
      await this.#sink.raise(alarms);
    } catch (error) {
      this.#log("alarm/not_stored", causeFacts(error));
    }
  }

  /** The last flush. May be called twice. */
  close(): Promise<void> {
    return this.flush();
  }
}
