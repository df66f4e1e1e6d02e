/** Counted alarms are handed on together; a store that fails costs rows and nothing else. */
import { expect, test } from "vitest";
import { AlarmTally } from "../../../tools/hq/alarm-tally.ts";
import type { AlarmSink } from "../../../tools/hq/alarm-tally.ts";
import { ALARMS_PENDING_COUNT_MAX } from "../../../tools/hq/limits.ts";
import { createMemoryStore } from "../../../tools/hq/store/memory.ts";

function tallyOver(raise: AlarmSink["raise"]) {
  const lines: unknown[] = [];
  return { tally: new AlarmTally("demo", { raise }, (code, facts) => lines.push([code, facts])), lines };
}

test("many of one kind are one line and one row with their count", async () => {
  const store = createMemoryStore(new Uint8Array(8));
  const { tally, lines } = tallyOver((alarms) => store.raise(alarms));
  for (let count = 0; count < 5; count += 1) tally.count("link/signature", "t1", "message/signature");
  tally.count("link/flood", "", "");
  await tally.flush();
  expect(lines).toEqual([
    ["link/signature", { detail: "message/signature", count: 5, terminal: "t1" }],
    ["link/flood", { detail: "", count: 1 }],
  ]);
  tally.count("link/signature", "t1", "cose/not_sign1");
  await tally.close();
  expect(await store.alarms("demo")).toMatchObject([
    { code: "link/flood", terminal: "", count: 1 },
    { code: "link/signature", terminal: "t1", count: 6, detail: "cose/not_sign1" },
  ]);
});

test("a store that fails is logged, and later alarms are stored", async () => {
  const failing = { isDown: true };
  const raised: number[] = [];
  const { tally, lines } = tallyOver((alarms) => {
    if (failing.isDown) return Promise.reject(new Error("down"));
    raised.push(alarms.length);
    return Promise.resolve();
  });
  tally.count("link/flood", "t1", "");
  await tally.flush();
  expect(lines.at(-1)).toMatchObject(["alarm/not_stored", { cause: "Error" }]);
  failing.isDown = false;
  tally.count("link/flood", "t2", "");
  await tally.close();
  expect(raised).toEqual([1]);
});

test("more kinds than the bound are dropped and said so", async () => {
  const { tally, lines } = tallyOver(() => Promise.resolve());
  for (let index = 0; index < ALARMS_PENDING_COUNT_MAX + 7; index += 1)
    tally.count("link/flood", `t${index}`, "");
  await tally.close();
  expect(lines.at(-1)).toEqual(["alarm/dropped", { count: 7 }]);
});
