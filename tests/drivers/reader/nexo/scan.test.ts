/**
 * The strict JSON reader with an allow-list, also against JSON.parse.
 */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { at, listAt, MESSAGE_BYTES_MAX, scanJson, textAt } from "../../../../drivers/reader/nexo/scan.ts";
import type { Allowed, Scanned } from "../../../../drivers/reader/nexo/scan.ts";

const ALLOWED: Allowed = {
  name: "text",
  amount: "number",
  isOn: "flag",
  card: "last_four",
  lines: [{ text: "form" }],
  inner: { deep: "text" },
};

const scan = (text: string) => scanJson(new TextEncoder().encode(text), ALLOWED);
const plain = (value: Scanned): unknown =>
  value instanceof Map
    ? Object.fromEntries([...value].map(([name, inner]) => [name, plain(inner)]))
    : Array.isArray(value)
      ? value.map(plain)
      : value;

test.each([
  ['{"name":"a","amount":13.40,"isOn":true}', { name: "a", amount: "13.40", isOn: true }],
  [' {\t"inner" :\r\n{ "deep":"x\\u20ac\\n" } } ', { inner: { deep: "x€\n" } }],
  ['{"other":{"a":[1,-0.5e+3,{"b":null}]},"name":"ü"}', { name: "ü" }],
  ['{"card":"5413330089010010"}', { card: "0010" }],
  ['{"card":"541333 **** 0010"}', { card: "0010" }],
  ['{"card":"****"}', { card: "" }],
  ['{"card":"12"}', { card: "" }],
  [
    '{"lines":[{"text":"name=A&value=B&key=c"},{"text":"plain"}]}',
    { lines: [{ text: { name: "A", value: "B", key: "c" } }, { text: { text: "plain" } }] },
  ],
  ['{"name":7,"amount":"7","isOn":null,"lines":{},"inner":[]}', {}],
  ["{}", {}],
])("%s is read as what the list allows", (text, expected) => {
  const outcome = scan(text);
  expect(outcome.ok ? plain(outcome.value) : outcome).toEqual(expected);
});

test.each([
  ["", "nexo/not_json", 0],
  ["{", "nexo/not_json", 1],
  ['{"name":"a"', "nexo/not_json", 11],
  ['{"name" "a"}', "nexo/not_json", 8],
  ['{"name":"a",}', "nexo/not_json", 12],
  ["{}{}", "nexo/not_json", 2],
  ['{"x":01}', "nexo/not_json", 6],
  ['{"x":1.}', "nexo/not_json", 7],
  ['{"x":+1}', "nexo/not_json", 5],
  ['{"x":tru}', "nexo/not_json", 5],
  ['{"x":"\u0001"}', "nexo/not_json", 6],
  ['{"name":"\\x"}', "nexo/not_json", 10],
  ['{"name":"\\u12G4"}', "nexo/not_json", 14],
  ['{"name":"a","name":"b"}', "nexo/duplicate_field", 12],
  [`{"x":${"[".repeat(30)}`, "nexo/too_deep", 29],
  [`{"name":"${"a".repeat(9000)}"}`, "nexo/too_long", 8],
  [`{"amount":${"1".repeat(40)}}`, "nexo/too_long", 10],
])("%.40s is refused with %s", (text, code, offset) => {
  expect(scan(text)).toEqual({ ok: false, code, offset });
});

test("a text that is not UTF-8 is refused with nexo/not_utf8 where it is read, and walked over elsewhere", () => {
  const bytes = (field: string): Uint8Array =>
    Uint8Array.from(`{"${field}":"\xff"}`, (character) => character.charCodeAt(0));
  expect(scanJson(bytes("name"), ALLOWED)).toEqual({ ok: false, code: "nexo/not_utf8", offset: 8 });
  expect(scanJson(bytes("lane"), ALLOWED).ok).toBe(true);
});

test("a message over the bound is refused with nexo/too_long before it is read", () => {
  const outcome = scanJson(new Uint8Array(MESSAGE_BYTES_MAX + 1), ALLOWED);
  expect(outcome).toEqual({ ok: false, code: "nexo/too_long", offset: MESSAGE_BYTES_MAX });
});

test("a list goes on after as many members as are read", () => {
  const outcome = scan(
    `{"lines":[${Array.from({ length: 300 }, () => '{"text":"x"}').join(",")}],"name":"a"}`,
  );
  expect(
    outcome.ok ? [listAt(outcome.value, "lines").length, textAt(outcome.value, "name")] : outcome,
  ).toEqual([256, "a"]);
});

test("a path that is not there is undefined, empty text and an empty list", () => {
  const outcome = scan('{"inner":{"deep":"x"}}');
  const value = outcome.ok ? outcome.value : undefined;
  expect([at(value, "inner", "other"), textAt(value, "name", "x"), listAt(value, "inner")]).toEqual([
    undefined,
    "",
    [],
  ]);
});

test("what JSON.parse takes is taken, and what it refuses is refused", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), fc.nat(), fc.nat(255), (text, place, byte) => {
      const bytes = new TextEncoder().encode(`{"x":${text}}`);
      const bent = bytes.slice();
      bent[place % bent.length] = byte;
      for (const each of [bytes, bent]) expect(scanJson(each, {}).ok).toBe(isJsonObject(each));
    }),
    { numRuns: 2000 },
  );
});

/** JSON.parse on the same bytes; a byte that is no UTF-8 matters to neither inside a text. */
function isJsonObject(bytes: Uint8Array): boolean {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString("latin1"));
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
