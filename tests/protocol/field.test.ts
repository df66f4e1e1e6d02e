/** Field kinds: what each writes, reads back and does not read. */
import { expect, test } from "vitest";
import { Bug } from "../../core/bug.ts";
import { clerkId, drawerId, epochId, eventId, terminalId } from "../../core/ids.ts";
import { milli, minor, ppm } from "../../core/money.ts";
import { wallMs } from "../../core/time.ts";
import type { CborValue } from "../../protocol/cbor-value.ts";
import {
  actorField,
  blob,
  bytes,
  bytesOfEpoch,
  cddlOf,
  choice,
  clerkField,
  drawerField,
  epochField,
  epochOfBytes,
  flagField,
  group,
  list,
  minorField,
  orNull,
  ppmField,
  quantityField,
  refField,
  terminalField,
  text,
  uint,
  UNREAD,
  wallField,
  WALL_MS_MAX,
} from "../../protocol/field.ts";
import type { Field, Fields } from "../../protocol/field.ts";
import { fromHex } from "../support/hex.ts";

const origin = { terminal: terminalId("A"), epoch: epochId("0000000000000001") };
const MAX = Number.MAX_SAFE_INTEGER;

interface Pair {
  readonly firstCount: number;
  readonly secondText: string;
}
const pairFields: Fields<Pair> = { firstCount: uint(), secondText: text(3) };

interface Row<T> {
  readonly kind: string;
  readonly field: Field<T>;
  readonly cddl: string;
  /** What is written, by what is meant. */
  readonly good: readonly (readonly [value: T, written: CborValue])[];
  readonly bad: readonly (CborValue | undefined)[];
}

// A row of any field: its values are of its own type, and the test needs only that they come back.
function row<T>(
  kind: string,
  field: Field<T>,
  cddl: string,
  good: Row<NoInfer<T>>["good"],
  bad: Row<NoInfer<T>>["bad"],
): Row<unknown> {
  return { kind, field: field as Field<unknown>, cddl, good, bad };
}

const otherEpoch = epochId("00000000000000ff");
const epochBytes = fromHex("00000000000000ff");
const own = eventId({ ...origin, seq: 7 });
const earlier = eventId({ ...origin, epoch: otherEpoch, seq: 7 });
const foreign = eventId({ terminal: terminalId("B"), epoch: otherEpoch, seq: 7 });
const foreignSameEpoch = eventId({ terminal: terminalId("B"), epoch: origin.epoch, seq: MAX });

const rows: readonly Row<unknown>[] = [
  row(
    "uint",
    uint(),
    "uint",
    [
      [0, 0],
      [MAX, MAX],
    ],
    [-1, 2n ** 53n, "0", null, undefined, true],
  ),
  row("uint from 1", uint(1), `1..${MAX}`, [[1, 1]], [0, -1]),
  row(
    "uint of a range",
    uint(2, 4),
    "2..4",
    [
      [2, 2],
      [4, 4],
    ],
    [1, 5],
  ),
  row(
    "text",
    text(3),
    "tstr",
    [
      ["", ""],
      ["茶茶茶", "茶茶茶"],
    ],
    ["abcd", 1, null, undefined, fromHex("61")],
  ),
  row(
    "bytes",
    bytes(2),
    "bstr .size 2",
    [[fromHex("0102"), fromHex("0102")]],
    [fromHex("01"), fromHex("010203"), "ab", undefined],
  ),
  row(
    "blob",
    blob(2),
    "bstr",
    [
      [fromHex(""), fromHex("")],
      [fromHex("0102"), fromHex("0102")],
    ],
    [fromHex("010203"), "", 0],
  ),
  row(
    "minor",
    minorField,
    "minor",
    [
      [minor(-MAX), -MAX],
      [minor(0), 0],
    ],
    [2n ** 60n, "1", null, undefined],
  ),
  row(
    "quantity",
    quantityField,
    "quantity",
    [
      [milli(1), 1],
      [milli(MAX), MAX],
    ],
    [0, -1, 2n ** 60n, undefined],
  ),
  row("ppm", ppmField, "ppm", [[ppm(0), 0]], [-1, "0", undefined]),
  row(
    "choice",
    choice("sale", "return"),
    "0..1",
    [
      ["sale", 0],
      ["return", 1],
    ],
    [2, -1, "sale", undefined],
  ),
  row("choice of one", choice("cash"), "0", [["cash", 0]], [1, null]),
  row(
    "list",
    list(uint(), 2),
    "[* uint]",
    [
      [[], []],
      [
        [5, 0],
        [5, 0],
      ],
    ],
    [[1, 2, 3], [1, -1], 1, null, undefined],
  ),
  row(
    "group",
    group("pair", pairFields),
    "pair",
    [[{ firstCount: 1, secondText: "a" }, [1, "a"]]],
    [[1], [1, "a", 0], ["a", 1], 1, undefined],
  ),
  row(
    "orNull",
    orNull(uint()),
    "uint / null",
    [
      [null, null],
      [0, 0],
    ],
    [undefined, "", -1],
  ),
  row(
    "flag",
    flagField,
    "0..1",
    [
      [false, 0],
      [true, 1],
    ],
    [2, -1, true, false, null, undefined],
  ),
  row(
    "wall time",
    wallField,
    "wall-ms",
    [
      [wallMs(0), 0],
      [wallMs(WALL_MS_MAX), WALL_MS_MAX],
    ],
    [-1, WALL_MS_MAX + 1, 2n ** 60n, "0", null, undefined],
  ),
  row(
    "drawer",
    drawerField,
    "drawer",
    [[drawerId("till_2-b"), "till_2-b"]],
    ["", "a b", "å", "x".repeat(17), 1, undefined],
  ),
  row("terminal", terminalField, "terminal", [[origin.terminal, "A"]], ["", "a/b", "x".repeat(33), 1]),
  row("clerk", clerkField, "clerk", [[clerkId("anna"), "anna"]], ["", "x".repeat(17), 1]),
  row(
    "actor",
    actorField,
    'clerk / ""',
    [
      [clerkId("anna"), "anna"],
      ["", ""],
    ],
    ["a b", null, 1],
  ),
  row(
    "epoch",
    epochField,
    "epoch",
    [[otherEpoch, epochBytes]],
    [fromHex("00"), fromHex("000000000000000001"), "", 1],
  ),
  row(
    "ref",
    refField,
    "ref",
    [
      [own, 7],
      [earlier, [epochBytes, 7]],
      [foreign, ["B", epochBytes, 7]],
      [foreignSameEpoch, ["B", bytesOfEpoch(origin.epoch), MAX]],
    ],
    [
      0,
      -1,
      "A",
      null,
      undefined,
      [],
      [7],
      // Longer than it has to be: the writer's own epoch, and its own terminal.
      [bytesOfEpoch(origin.epoch), 7],
      ["A", bytesOfEpoch(origin.epoch), 7],
      ["A", epochBytes, 7],
      [epochBytes, 0],
      [epochBytes, -7],
      [fromHex("00"), 7],
      ["B", fromHex("00"), 7],
      ["B", epochBytes, 0],
      ["B", epochBytes, "7"],
      ["a/b", epochBytes, 7],
      ["B", epochBytes, 7, 7],
      [7, epochBytes, 7],
    ],
  ),
];

test.each(rows)("$kind reads what it writes", ({ field, good, cddl }) => {
  expect(field.cddl).toBe(cddl);
  for (const [value, written] of good) {
    expect(field.write(value, origin)).toEqual(written);
    expect(field.read(written, origin)).toEqual(value);
  }
});

test.each(rows)("$kind reads nothing else", ({ field, bad }) => {
  expect(bad.length).toBeGreaterThan(0);
  for (const value of bad)
    expect(
      field.read(value, origin),
      JSON.stringify(value, (_, v: unknown) => (typeof v === "bigint" ? `${v}` : v)),
    ).toBe(UNREAD);
});

test("a word that is not in its list, and a reference to no event, are Bugs", () => {
  expect(() => choice("sale").write("return" as "sale", origin)).toThrow(Bug);
  expect(() => refField.write("nonsense" as typeof own, origin)).toThrow(Bug);
});

test("fields are named in the schema by their words", () => {
  expect(cddlOf(pairFields)).toEqual(["first-count: uint", "second-text: tstr"]);
});

test("an epoch is its eight bytes", () => {
  expect(bytesOfEpoch(otherEpoch)).toEqual(epochBytes);
  expect(epochOfBytes(epochBytes)).toBe(otherEpoch);
  expect(epochOfBytes(fromHex(""))).toBeNull();
});
