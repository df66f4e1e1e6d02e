/** The status of a terminal in its screen's words, read when it is asked for. */
import { expect, test } from "vitest";
import type { Terminal, TerminalStatus } from "../../runtime/terminal.ts";
import { statusOf } from "../../runtime/status.ts";
import { wallMs } from "../../core/time.ts";

const WELL: TerminalStatus = {
  headSeq: 9,
  durableSeq: 8,
  ackedSeq: 7,
  oldestUnsentAt: wallMs(1000),
  link: "sending",
  printer: "ok",
  isPaperLow: false,
  health: "ok",
  isDamaged: false,
  clockFlag: "none",
  isTraining: false,
  lowItems: [],
  version: "1.2.3",
};

/** A terminal of which only the status is asked, changed by the test. */
function terminal(): {
  readonly source: ReturnType<typeof statusOf>;
  readonly set: (changes: Partial<TerminalStatus>) => void;
} {
  let status = WELL;
  const listeners = new Set<() => void>();
  const part: Pick<Terminal, "status" | "onStatus"> = {
    status: () => status,
    onStatus: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    source: statusOf(part as Terminal),
    set: (changes) => {
      status = { ...WELL, ...changes };
      for (const listener of listeners) listener();
    },
  };
}

test.each([
  [{}, "ok"],
  [{ isDamaged: true }, "damaged"],
  [{ health: "low" }, "full"],
  [{ health: "full", isDamaged: true }, "full"],
  [{ health: "failed", isDamaged: true }, "failed"],
] as const)("a terminal with %j has a disk that is %s", (changes, health) => {
  const { source, set } = terminal();
  set(changes);
  expect(source.health).toBe(health);
});

test.each([
  ["none", "none"],
  ["sending", "up"],
  ["greeting", "down"],
  ["down", "down"],
] as const)("a link that is %s is shown as %s", (link, shown) => {
  const { source, set } = terminal();
  set({ link });
  expect(source.link).toBe(shown);
});

test("what changed is told, and everything else is what the terminal says now", () => {
  const { source, set } = terminal();
  let toldCount = 0;
  const stop = source.onChange(() => (toldCount += 1));
  set({ printer: "printer/paper_out", isPaperLow: true, oldestUnsentAt: null });
  expect(source).toMatchObject({ headSeq: 9, durableSeq: 8, ackedSeq: 7, version: "1.2.3", lowItems: [] });
  expect(source).toMatchObject({ printerCode: "printer/paper_out", printer: "paper_out", isPaperLow: true });
  expect(source.oldestUnsentAt).toBe(null);
  stop();
  set({});
  expect(toldCount).toBe(1);
});
