/**
 * Speaks to systemd where it supervises this process (sd_notify(3)): that it is ready, and now and then
 * that its event loop still turns. Without NOTIFY_SOCKET nobody is told and nothing is started. Node has
 * no Unix datagrams, so systemd's own systemd-notify carries each word; NotifyAccess=all lets it.
 */
import { execFile } from "node:child_process";
import type { Timers } from "../../drivers/port/timers.ts";
import type { Log } from "../log.ts";
import { machineTimers } from "./machine.ts";

/** Where the words go; a test puts its own ear here. */
export type Notify = (word: string) => Promise<boolean>;

/** Words sent to whoever supervises. */
export interface Supervisor {
  /** No more words but that it stops. */
  stop(): void;
}

/** Comes with systemd. */
const PROGRAM = "systemd-notify";
const NOTIFY_MS_MAX = 5000;
const MICROSECONDS_PER_MS = 1000;
/** Words within one patience of the watchdog, so that a lost one kills nobody. */
const WORDS_EACH_PATIENCE_COUNT = 3;

/** Says READY=1, and WATCHDOG=1 for ever after where a watchdog was asked for. Never fails. */
export function tellSupervisor(
  log: Log,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  notify: Notify = systemdNotify,
  timers: Timers = machineTimers,
): Supervisor {
  if ((environment["NOTIFY_SOCKET"] ?? "") === "") return { stop: () => undefined };
  const patienceMs = Number(environment["WATCHDOG_USEC"] ?? 0) / MICROSECONDS_PER_MS;
  let isOver = false;
  let hasFailed = false;
  let cancel = (): void => undefined;
  const say = async (word: string): Promise<void> => {
    const isHeard = await notify(word);
    if (!isHeard && !hasFailed && !isOver)
      log("supervisor/not_told", { detail: `systemd did not hear ${word}` });
    hasFailed = !isHeard;
  };
  const tick = async (): Promise<void> => {
    await say("WATCHDOG=1");
    if (!isOver) cancel = timers.after(patienceMs / WORDS_EACH_PATIENCE_COUNT, () => void tick());
  };
  void say("READY=1").then(() => (patienceMs > 0 && !isOver ? tick() : undefined));
  return {
    stop: () => {
      isOver = true;
      cancel();
      void say("STOPPING=1");
    },
  };
}

function systemdNotify(word: string): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(PROGRAM, [word], { timeout: NOTIFY_MS_MAX }, (error) => resolve(error === null));
  });
}
