/** Group commit: what waits goes together and in order, within its bounds, and one bad batch harms no other. */
import { expect, test } from "vitest";
import { Committer } from "../../../tools/hq/committer.ts";
import { COMMIT_GROUP_COUNT_MAX } from "../../../tools/hq/limits.ts";
import type { Arrival, Outcome } from "../../../tools/hq/store/store.ts";
import { epochOf, TestHistory } from "../../support/hq-history.ts";

const history = new TestHistory("t1", epochOf("a"));
const arrival = history.arrival();
const gap: Outcome = { kind: "gap" };

/** A store that answers when it is told to. */
function heldBack() {
  const groups: (readonly Arrival[])[] = [];
  const answers: (() => void)[] = [];
  const store = {
    commit: (arrivals: readonly Arrival[]): Promise<readonly Outcome[]> => {
      groups.push(arrivals);
      return new Promise((resolve) => answers.push(() => resolve(arrivals.map(() => gap))));
    },
  };
  const next = async (count: number): Promise<void> => {
    while (groups.length < count) await new Promise((resolve) => setImmediate(resolve));
  };
  return { store, groups, next, answer: () => answers.shift()?.() };
}

function marked(mark: number): Arrival {
  return { ...arrival, receivedAtMs: mark };
}

test("batches that wait while a commit runs go into the next one, in order", async () => {
  const { store, groups, next, answer } = heldBack();
  const committer = new Committer(store);
  const first = committer.submit(marked(0));
  await next(1);
  const later = [1, 2, 3].map((mark) => committer.submit(marked(mark)));
  answer();
  expect(await first).toEqual(gap);
  await next(2);
  answer();
  expect(await Promise.all(later)).toEqual([gap, gap, gap]);
  expect(groups.map((group) => group.map((its) => its.receivedAtMs))).toEqual([[0], [1, 2, 3]]);
  await committer.drain();
});

test("a group holds at most its count, and the rest follows", async () => {
  const sizes: number[] = [];
  const committer = new Committer({
    commit: (arrivals) => {
      sizes.push(arrivals.length);
      return Promise.resolve(arrivals.map(() => gap));
    },
  });
  for (let count = 0; count < COMMIT_GROUP_COUNT_MAX + 5; count += 1) void committer.submit(arrival);
  await committer.drain();
  expect(sizes).toEqual([COMMIT_GROUP_COUNT_MAX, 5]);
});

test("a full queue answers busy at once and takes more when it has run down", async () => {
  const { store, next, answer } = heldBack();
  const committer = new Committer(store, 2);
  const taken = [committer.submit(arrival), committer.submit(arrival)];
  expect(await committer.submit(arrival)).toBe("busy");
  await next(1);
  taken.push(committer.submit(arrival));
  answer();
  await next(2);
  answer();
  expect(await Promise.all(taken)).toEqual([gap, gap, gap]);
  await committer.drain();
});

test("a batch that the store cannot take fails alone; its neighbours are stored", async () => {
  const committer = new Committer({
    commit: (arrivals) =>
      arrivals.some((its) => its.receivedAtMs === 2)
        ? Promise.reject(new Error("poison"))
        : Promise.resolve(arrivals.map(() => gap)),
  });
  const results = await Promise.allSettled([1, 2, 3].map((mark) => committer.submit(marked(mark))));
  expect(results.map((result) => result.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});
