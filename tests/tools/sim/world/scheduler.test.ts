/** Virtual time: order, ties, cancelling, lives, and promises that end before the next event. */
import { expect, test } from "vitest";
import { Stream } from "../../../../tools/sim/world/random.ts";
import { Life, Scheduler } from "../../../../tools/sim/world/scheduler.ts";

const make = (seed = 1): Scheduler => new Scheduler(new Stream(seed, "ties"));
const never = (): boolean => false;

test("events run in the order of their times and time stands where it was let run to", async () => {
  const scheduler = make();
  const seen: string[] = [];
  for (const delayUs of [300, 100, 200])
    scheduler.after(delayUs, new Life(), () => seen.push(`${delayUs} at ${scheduler.nowUs}`));
  await scheduler.run(250, never);
  expect(seen).toEqual(["100 at 100", "200 at 200"]);
  expect(scheduler.nowUs).toBe(250);
  await scheduler.run(1000, never);
  expect(seen).toHaveLength(3);
});

test("events of one moment run in an order that the seed draws", async () => {
  const orderOf = async (seed: number): Promise<string> => {
    const scheduler = make(seed);
    let order = "";
    for (const name of "abcdefgh") scheduler.after(5, new Life(), () => (order += name));
    await scheduler.run(10, never);
    return order;
  };
  expect(await orderOf(1)).toBe(await orderOf(1));
  expect(new Set(await Promise.all([1, 2, 3, 4].map(orderOf))).size).toBeGreaterThan(1);
});

test("what an event settles runs to its end before the next event of the same moment", async () => {
  const scheduler = make();
  const seen: string[] = [];
  const chain = async (name: string): Promise<void> => {
    await scheduler.sleep(10, new Life());
    for (let step = 0; step < 5; step += 1) {
      await Promise.resolve();
      seen.push(name);
    }
  };
  void chain("a");
  void chain("b");
  await scheduler.run(20, never);
  expect(["aaaaabbbbb", "bbbbbaaaaa"]).toContain(seen.join(""));
});

test("a cancelled event does not run, and nothing of a life that is over does", async () => {
  const scheduler = make();
  const parent = new Life();
  const child = new Life(parent);
  const seen: string[] = [];
  scheduler.after(5, new Life(), () => seen.push("cancelled"))();
  scheduler.after(5, child, () => seen.push("child"));
  scheduler.after(5, new Life(), () => seen.push("other"));
  void scheduler.sleep(5, parent).then(() => seen.push("slept"));
  parent.end();
  await scheduler.run(10, never);
  expect(seen).toEqual(["other"]);
});

test("what an event throws ends the run, and what work throws rejects its promise", async () => {
  const scheduler = make();
  const failed = scheduler.later(1, new Life(), () => {
    throw new Error("work");
  });
  const caught = expect(failed).rejects.toThrow("work");
  await scheduler.run(2, never);
  await caught;
  scheduler.after(1, new Life(), () => {
    throw new Error("event");
  });
  await expect(scheduler.run(10, never)).rejects.toThrow("event");
});

test("thousands of events keep their order", async () => {
  const scheduler = make();
  const stream = new Stream(2, "times");
  let [lastUs, ranCount] = [0, 0];
  for (let count = 0; count < 5000; count += 1) {
    scheduler.after(stream.below(1000), new Life(), () => {
      expect(scheduler.nowUs).toBeGreaterThanOrEqual(lastUs);
      lastUs = scheduler.nowUs;
      ranCount += 1;
    });
  }
  await scheduler.run(1000, never);
  expect(ranCount).toBe(5000);
});
