/** Documents of pricing rules at headquarters: what differs, what overlaps, what is refused. */
import { expect, test } from "vitest";
import {
  asRules,
  changesOf,
  overlapsOf,
  parsed,
  readDocument,
} from "../../../../tools/hq/pricing/document.ts";

const text = (fields: object): string => JSON.stringify({ currency: "CNY", ...fields });
const percent = (id: string, more: object = {}) => ({ id, kind: "line_percent", offPpm: 100_000, ...more });

test("entries are compared by their names, fields by their places, and the order of keys does not matter", () => {
  const before = text({ promotions: [percent("a"), percent("b")], choice: "best" });
  const after = text({
    promotions: [{ offPpm: 100_000, kind: "line_percent", id: "a" }, percent("c")],
    choice: "priority",
    tips: {},
  });
  expect(changesOf(before, after)).toEqual([
    { section: "promotions", id: "c", change: "added" },
    { section: "promotions", id: "b", change: "removed" },
    { section: "choice", id: "", change: "changed" },
    { section: "tips", id: "", change: "added" },
  ]);
  expect(changesOf(before, before)).toEqual([]);
  expect(changesOf("", text({ taxes: [{ id: "x", rates: [{ ratePpm: 1 }] }] }))).toEqual([
    { section: "taxes", id: "x", change: "added" },
    { section: "currency", id: "", change: "added" },
  ]);
});

test.for([
  ["the same goods", { categories: ["tea"] }, { categories: ["tea"] }, ["both"]],
  ["other goods", { categories: ["tea"] }, { categories: ["bun"] }, []],
  ["one group", { group: "g" }, { group: "g" }, ["one"]],
  ["two groups", { group: "g" }, { group: "h" }, ["both"]],
  ["other days", { weekdays: [1] }, { weekdays: [2] }, []],
  ["other times", { untilMs: 5 }, { fromMs: 5 }, []],
] as const)("two promotions on %s overlap as %j", ([, first, second, outcomes]) => {
  const read = readDocument(text({ promotions: [percent("a", first), percent("b", second)] }));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  expect(overlapsOf(read.value).map(({ outcome }) => outcome)).toEqual(outcomes);
});

test("of two groups that do not stack one counts", () => {
  const promotions = [percent("a", { group: "g" }), percent("b", { group: "h" })];
  const read = readDocument(text({ promotions, stackableGroups: ["g"] }));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  expect(overlapsOf(read.value)).toEqual([{ first: "a", second: "b", outcome: "one" }]);
});

test("what is wrong is said with its code and place, and nothing is made of it", () => {
  const read = readDocument(
    text({ promotions: [{ id: "a", kind: "spend_once", barMinor: 1, offMinor: 2 }] }),
  );
  expect(read).toMatchObject({ ok: false, problems: [{ code: "rules/bar_below_gift" }] });
  expect(readDocument("{")).toMatchObject({ ok: false, problems: [{ code: "rules/not_json", path: "" }] });
  expect(parsed("[]")).toEqual({});
});

test("rules carry the version they are put under and the SHA-256 of their bytes", () => {
  const read = readDocument(text({}));
  if (!read.ok) throw new Error("It is a document");
  const rules = asRules(read.value, text({}), 7);
  expect([rules.version, rules.sha256.length]).toEqual([7, 32]);
});
