/** Keys that a reader never asked for, whatever it reads them with. */
import { expect, test } from "vitest";
import { watchKeys } from "../../runtime/config-keys.ts";

test("what was read is known, in objects and lists; what was not is named by its path", () => {
  const watched = watchKeys(
    JSON.parse('{"a":1,"b":{"c":2,"d":3},"list":[{"x":1,"y":2},{"x":1}],"z":{"deep":1}}'),
  );
  const value = watched.value as { a: number; b: { c: number }; list: { x: number }[] };
  expect([value.a, value.b.c, value.list.map(({ x }) => x)]).toEqual([1, 2, [1, 1]]);
  expect(watched.unread()).toEqual(["b.d", "list[0].y", "z"]);
});

test("a list is a list and an object is an object behind the watch", () => {
  const { value } = watchKeys(JSON.parse('{"list":[1],"text":"x","none":null}'));
  const its = value as Record<string, unknown>;
  expect([Array.isArray(its["list"]), its["text"], its["none"], Object.keys(its).length]).toEqual([
    true,
    "x",
    null,
    3,
  ]);
});

test("a key that is no name is told, and not repeated", () => {
  const watched = watchKeys(JSON.parse('{"Zoë Quimby 4711":1,"__proto__":2}'));
  expect(watched.unread()).toEqual(["(a key that is no name)", "__proto__"]);
});

test.each([null, 1, "x", true])("%j has no keys", (value) => {
  expect(watchKeys(value).unread()).toEqual([]);
});
