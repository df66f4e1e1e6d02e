/** What systemd hears of a process that it supervises. */
import { expect, test } from "vitest";
import { tellSupervisor } from "../../../runtime/adapters/supervisor.ts";
import { ManualTimers } from "../../support/manual-timers.ts";

const SOCKET = { NOTIFY_SOCKET: "/run/systemd/notify" };

function heard(environment: Readonly<Record<string, string>>, isHeard = true) {
  const [words, logged, timers] = [[] as string[], [] as string[], new ManualTimers()];
  const supervisor = tellSupervisor(
    (code) => logged.push(code),
    environment,
    (word) => {
      words.push(word);
      return Promise.resolve(isHeard);
    },
    timers,
  );
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  return { words, logged, timers, supervisor, settle };
}

test("a process that nobody supervises says nothing", async () => {
  const { words, timers, settle } = heard({});
  await settle();
  expect([words, timers.armedCount]).toEqual([[], 0]);
});

test("ready is said once, and the watchdog is fed three times within its patience until the end", async () => {
  const { words, timers, supervisor, settle } = heard({ ...SOCKET, WATCHDOG_USEC: "30000000" });
  await settle();
  expect(words).toEqual(["READY=1", "WATCHDOG=1"]);
  for (let times = 0; times < 3; times += 1) {
    timers.advance(10_000);
    await settle();
  }
  expect(words.filter((word) => word === "WATCHDOG=1")).toHaveLength(4);
  supervisor.stop();
  await settle();
  timers.advance(60_000);
  await settle();
  expect(words.at(-1)).toBe("STOPPING=1");
  expect(words.filter((word) => word === "WATCHDOG=1")).toHaveLength(4);
});

test("without a watchdog only readiness is said; a word that is not heard is logged once", async () => {
  const { words, logged, supervisor, settle } = heard(SOCKET, false);
  await settle();
  supervisor.stop();
  await settle();
  expect([words, logged]).toEqual([["READY=1", "STOPPING=1"], ["supervisor/not_told"]]);
});
