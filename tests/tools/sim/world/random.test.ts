/** Streams of chance repeat themselves and do not touch each other. */
import { expect, test } from "vitest";
import { Stream } from "../../../../tools/sim/world/random.ts";

const draw = (stream: Stream): readonly number[] => Array.from({ length: 8 }, () => stream.next());

test("a stream is its seed and its name", () => {
  expect(draw(new Stream(7, "till"))).toEqual(draw(new Stream(7, "till")));
  expect(draw(new Stream(7, "till"))).not.toEqual(draw(new Stream(8, "till")));
  expect(draw(new Stream(7, "till"))).not.toEqual(draw(new Stream(7, "tilm")));
  expect(draw(new Stream(2 ** 32 + 7, "till"))).not.toEqual(draw(new Stream(7, "till")));
});

test("the numbers of a stream are the same on every machine", () => {
  const stream = new Stream(1, "golden");
  const drawn = [
    stream.next(),
    stream.below(1000),
    stream.between(5, 9),
    stream.wait(1000),
    ...stream.bytes(3),
  ];
  expect(drawn).toMatchInlineSnapshot(`
    [
      3595182155,
      916,
      6,
      226,
      154,
      157,
      182,
    ]
  `);
});

test("chance, picks and weights keep to their bounds", () => {
  const stream = new Stream(3, "bounds");
  let hits = 0;
  for (let count = 0; count < 10_000; count += 1) {
    if (stream.chance(0.25)) hits += 1;
    expect(stream.below(3)).toBeLessThan(3);
    expect(["a", "b"]).toContain(
      stream.weighted([
        ["a", 1],
        ["b", 3],
        ["c", 0],
      ]),
    );
  }
  expect(hits).toBeGreaterThan(2300);
  expect(hits).toBeLessThan(2700);
  expect(stream.chance(0)).toBe(false);
});
