/** Rows as columns: what one statement says, whatever the texts hold, and what each column is made of. */
import { expect, test } from "vitest";
import { Bug } from "../../../../core/bug.ts";
import { arrayText, insertMany } from "../../../../tools/hq/store/insert-many.ts";
import type { SqlValue } from "../../../../tools/hq/store/sql.ts";

interface Asked {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

function fakeQuery() {
  const asked: Asked[] = [];
  const query = {
    rows: (text: string, values: readonly SqlValue[] = []) => {
      asked.push({ text, values });
      return Promise.resolve([{ order_id: `row ${asked.length}` }]);
    },
  };
  return { asked, query };
}

test.each<readonly [string, readonly SqlValue[], string]>([
  ["nothing", [], "{}"],
  ["numbers", [0, -1, 9_007_199_254_740_991], "{0,-1,9007199254740991}"],
  ["texts", ["a", "", "null", "NULL", "{,}", "茶"], `{"a","","null","NULL","{,}","茶"}`],
  ["quotes and backslashes", ['"', "\\", 'a"b\\c'], String.raw`{"\"","\\","a\"b\\c"}`],
  ["what is not there", [null, "a", null], `{NULL,"a",NULL}`],
  ["bytes", [Uint8Array.of(0, 255), new Uint8Array(0)], String.raw`{"\\x00ff","\\x"}`],
  ["instants", [new Date(0)], `{"1970-01-01T00:00:00.000Z"}`],
])("%s are an array as PostgreSQL reads it", (_, values, text) => {
  expect(arrayText(values)).toBe(text);
});

test("rows become columns of the types that the migrations made", async () => {
  const { asked, query } = fakeQuery();
  const rows = [
    ["t", "o1", "a", "e", 1, Uint8Array.of(1)],
    ["t", "o2", "a", "e", 2, Uint8Array.of(2)],
  ];
  const columns = ["tenant", "order_id", "terminal", "epoch", "seq", "record"];
  await insertMany(query, "order_event", columns, rows, "on conflict do nothing");
  expect(asked).toEqual([
    {
      text:
        "insert into order_event (tenant,order_id,terminal,epoch,seq,record)" +
        " select * from unnest($1::text[],$2::text[],$3::text[],$4::text[],$5::bigint[],$6::bytea[])" +
        " on conflict do nothing",
      values: [`{"t","t"}`, `{"o1","o2"}`, `{"a","a"}`, `{"e","e"}`, "{1,2}", String.raw`{"\\x01","\\x02"}`],
    },
  ]);
});

test("columns that a later migration added are known, and one that none made is a bug", async () => {
  const { asked, query } = fakeQuery();
  await insertMany(query, "closing", ["tenant", "shift", "at"], [["t", null, new Date(0)]]);
  expect(asked[0]?.text).toContain("unnest($1::text[],$2::text[],$3::timestamptz[])");
  await expect(insertMany(query, "closing", ["colour"], [["red"]])).rejects.toThrow(Bug);
});

test("no rows ask nothing; many are cut into statements whose answers come together", async () => {
  const { asked, query } = fakeQuery();
  expect(await insertMany(query, "order_view", ["tenant"], [])).toEqual([]);
  expect(asked).toEqual([]);
  const rows = Array.from({ length: 10_001 }, () => ["t"]);
  const answered = await insertMany(query, "order_view", ["tenant"], rows, "returning order_id");
  expect(answered).toEqual([{ order_id: "row 1" }, { order_id: "row 2" }]);
  expect(asked[1]?.values).toEqual([`{"t"}`]);
});
