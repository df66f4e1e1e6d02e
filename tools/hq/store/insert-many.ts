/**
 * Many rows into one table by one statement whose text does not grow with them: a column is one
 * parameter, an array, so that PostgreSQL reads and plans a short statement. What a column is made of is
 * read from the migrations, which alone say it.
 */
import { assert } from "../../../core/bug.ts";
import { MIGRATIONS } from "./migrations.ts";
import type { Query, SqlValue } from "./sql.ts";

/** Rows of one statement: its parameters stay within some megabytes. */
const ROWS_COUNT_MAX = 10_000;

/** What columns are made of here. */
type ColumnType = "text" | "bigint" | "bytea" | "timestamptz";

const COLUMN = /(?:^|[\s,(])(\w+) (text|bigint|bytea|timestamptz)\b/g;
const TABLE = /^(?:create table if not exists|alter table) (\w+)/;

/** By table and column. */
const COLUMN_TYPES: ReadonlyMap<string, ColumnType> = new Map(
  MIGRATIONS.flatMap(({ statements }) =>
    statements.flatMap((statement) => {
      const table = TABLE.exec(statement)?.[1];
      if (table === undefined) return [];
      return [...statement.matchAll(COLUMN)].map(([, column, type]) => [`${table}.${column}`, typeOf(type)]);
    }),
  ),
);

function typeOf(word: string | undefined): ColumnType {
  if (word === "text" || word === "bigint" || word === "bytea") return word;
  return "timestamptz";
}

/** Inserts rows of these columns; `suffix` is an ON CONFLICT clause, or a RETURNING clause whose rows are answered. */
export async function insertMany(
  query: Query,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly SqlValue[])[],
  suffix = "",
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const types = columns.map((column) => COLUMN_TYPES.get(`${table}.${column}`));
  const places = types.map((type, index) => {
    assert(type !== undefined, `insert: ${table} must have a column ${columns[index] ?? ""}`);
    return `$${index + 1}::${type}[]`;
  });
  const text = `insert into ${table} (${columns.join(",")}) select * from unnest(${places.join(",")}) ${suffix}`;
  const answered: Readonly<Record<string, unknown>>[] = [];
  for (let from = 0; from < rows.length; from += ROWS_COUNT_MAX) {
    const part = rows.slice(from, from + ROWS_COUNT_MAX);
    const arrays = columns.map((_, index) => arrayText(part.map((row) => row[index] ?? null)));
    answered.push(...(await query.rows(text, arrays)));
  }
  return answered;
}

/** An array as PostgreSQL reads it (manual 8.15.2): each element quoted, or NULL. */
export function arrayText(values: readonly SqlValue[]): string {
  return `{${values.map(elementText).join(",")}}`;
}

function elementText(value: SqlValue): string {
  if (value === null) return "NULL";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return quoted(value);
  if (value instanceof Date) return quoted(value.toISOString());
  assert(value instanceof Uint8Array, "insert: An element must not be an array itself");
  return `"\\\\x${Buffer.from(value.buffer, value.byteOffset, value.length).toString("hex")}"`;
}

const SPECIAL = /["\\]/;

function quoted(text: string): string {
  return SPECIAL.test(text) ? `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"` : `"${text}"`;
}
