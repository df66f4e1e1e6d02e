/**
 * Bytes -> the rows of a year of a grocer's baskets, in integer cents. Reads strictly: a row with an
 * amount that is not in cents, or a quantity that is no count, is named and left out, never bent.
 *
 * What a row says: `sales_value` is what the store got for the row, a manufacturer's coupon included;
 * `retail_disc` and `coupon_match_disc` are what the store gave before that; `coupon_disc` is what the
 * manufacturer pays in the customer's stead. So the list price is the first three together, and the
 * customer paid `sales_value - coupon_disc`.
 */
import { readCsv } from "../replay-day/day/csv.ts";
import { ReplayFault } from "../replay-day/fault.ts";

/** One product of one basket. Amounts are cents. */
export interface BasketRow {
  /** The row in the file, its head being 1. */
  readonly rowNumber: number;
  readonly household: string;
  readonly store: string;
  readonly basket: string;
  readonly product: string;
  /** Pieces; fuel counts in thousandths of a gallon. */
  readonly quantityCount: number;
  readonly salesMinor: number;
  readonly storeOffMinor: number;
  readonly couponMinor: number;
  readonly matchMinor: number;
  readonly weekNumber: number;
  /** Days since 1970, UTC. */
  readonly dayNumber: number;
}

/** A product, as far as lines need it. */
export interface Product {
  readonly category: string;
  readonly type: string;
}

/** A row that says something that no till can hold. */
export interface UnreadRow {
  readonly rowNumber: number;
  readonly basket: string;
  readonly why: string;
}

/** What a file holds: rows that can be sold, and rows that were left out. */
export interface BasketFile {
  readonly rows: readonly BasketRow[];
  readonly unread: readonly UnreadRow[];
}

/** Names of the files in their folder. */
export const TRANSACTIONS_FILE = "transactions_sample.csv.gz";
export const PRODUCTS_FILE = "products.csv.gz";

const COLUMNS = [
  "household_id",
  "store_id",
  "basket_id",
  "product_id",
  "quantity",
  "sales_value",
  "retail_disc",
  "coupon_disc",
  "coupon_match_disc",
  "week",
  "transaction_timestamp",
] as const;
type Column = (typeof COLUMNS)[number];

const DAY_SECONDS = 86_400;
const CENTS_DIGITS_COUNT = 2;

/** The rows of a file of baskets. Throws replay/file_refused for a file that is none. */
export function readBasketRows(bytes: Uint8Array): BasketFile {
  const table = readTable(bytes, COLUMNS);
  const rows: BasketRow[] = [];
  const unread: UnreadRow[] = [];
  table.forEach((field, index) => {
    // The head is row 1.
    const rowNumber = index + 2;
    const row = rowOf(field, rowNumber);
    if (typeof row === "string") unread.push({ rowNumber, basket: field("basket_id"), why: row });
    else rows.push(row);
  });
  return { rows, unread };
}

/** The products of a file, by their id. Throws replay/file_refused for a file that is none. */
export function readProducts(bytes: Uint8Array): ReadonlyMap<string, Product> {
  const table = readTable(bytes, ["product_id", "department", "product_type"]);
  return new Map(
    table.map((field) => [
      field("product_id"),
      { category: field("department"), type: field("product_type") },
    ]),
  );
}

/** The field of a row by its column's name. */
type FieldOf<Name extends string> = (name: Name) => string;

/** A file's rows, its head left out. Throws replay/file_refused when a column is missing. */
function readTable<Name extends string>(
  bytes: Uint8Array,
  columns: readonly Name[],
): readonly FieldOf<Name>[] {
  const read = readCsv(bytes);
  if (!read.ok) throw new ReplayFault("replay/file_refused", `${read.code}: ${read.message}`);
  const [head = [], ...rows] = read.rows;
  const places = new Map(columns.map((name) => [name, head.indexOf(name)]));
  const missing = columns.find((name) => (places.get(name) ?? -1) < 0);
  if (missing !== undefined) throw new ReplayFault("replay/file_refused", `there is no column ${missing}`);
  return rows.map((fields) => (name) => fields[places.get(name) ?? -1] ?? "");
}

/** The row, or the column that cannot be read and what it says. */
function rowOf(field: FieldOf<Column>, rowNumber: number): BasketRow | string {
  const wrong: string[] = [];
  const number = (name: Column, digitsCount: number): number => {
    const value = decimalIn(field(name), digitsCount);
    if (value === null) wrong.push(`${name} is ${field(name)}`);
    return value ?? 0;
  };
  const row = {
    rowNumber,
    household: field("household_id"),
    store: field("store_id"),
    basket: field("basket_id"),
    product: field("product_id"),
    quantityCount: number("quantity", 0),
    salesMinor: number("sales_value", CENTS_DIGITS_COUNT),
    storeOffMinor: number("retail_disc", CENTS_DIGITS_COUNT),
    couponMinor: number("coupon_disc", CENTS_DIGITS_COUNT),
    matchMinor: number("coupon_match_disc", CENTS_DIGITS_COUNT),
    weekNumber: number("week", 0),
    dayNumber: Math.floor(number("transaction_timestamp", 0) / DAY_SECONDS),
  };
  return wrong.length === 0 ? row : wrong.join(", ");
}

/** "3.86" with two digits is 386, "2.0" with none is 2; null for what is not exact in so many digits. */
function decimalIn(text: string, digitsCount: number): number | null {
  const found = /^([0-9]{1,12})(?:\.([0-9]{1,12}))?$/.exec(text);
  if (found === null) return null;
  const fraction = (found[2] ?? "").replace(/0+$/, "");
  if (fraction.length > digitsCount) return null;
  return Number((found[1] ?? "") + fraction.padEnd(digitsCount, "0"));
}
