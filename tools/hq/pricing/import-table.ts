/**
 * Tables of rules as CSV files: columns by their names in any order, cells read by kind, everything that
 * is wrong remembered with its row and column. A file is taken whole or not at all.
 */
import { currencyExponent, minorFromDecimal } from "../../../core/money.ts";
import { csvRows } from "../console/catalogue-file.ts";
import { dayOf, spanOfDays } from "../console/day.ts";

/** One thing that is wrong. `row` counts lines of the file from 1; 0 is the document as a whole. */
export interface RowRefusal {
  readonly row: number;
  /** The column, or the field of the document. */
  readonly key: string;
  readonly code: string;
  readonly message: string;
}

/** What cells are read with. */
export interface ImportShop {
  readonly currency: string;
  readonly zoneMinutes: number;
}

/** Rows of one file: more is no import but a mistake. */
const ROWS_COUNT_MAX = 5000;
/** What is said of everything that is wrong; more helps nobody. */
export const REFUSALS_COUNT_MAX = 100;
/** Percent with four decimals is parts per million. */
const PERCENT_DECIMALS = 4;
const MINUTE_MS = 60_000;

/** The rows of a table under its head; refusals where the head is none. */
export function tableOf(
  text: string,
  columns: readonly string[],
  needed: readonly string[],
  shop: ImportShop,
): { readonly rows: readonly Cells[]; readonly refusals: RowRefusal[] } {
  const refusals: RowRefusal[] = [];
  const no = (row: number, key: string, code: string, message: string): void => {
    refusals.push({ row, key, code, message });
  };
  const read = csvRows(text.replace(/^\u{feff}/u, ""));
  const [head, ...lines] = read ?? [];
  if (read === null) no(0, "", "import/quote", "A quoted cell has no end");
  const names = head?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  for (const name of names)
    if (!columns.includes(name)) no(1, name, "import/unknown_column", `Columns are ${columns.join(", ")}`);
  for (const name of needed)
    if (!names.includes(name)) no(1, name, "import/missing_column", "This column must be there");
  if (new Set(names).size !== names.length) no(1, "", "import/column_repeated", "A column stands twice");
  if (lines.length > ROWS_COUNT_MAX) no(0, "", "import/too_many", `At most ${ROWS_COUNT_MAX} rows`);
  if (lines.length === 0 && read !== null) no(0, "", "import/empty", "There is no row below the head");
  if (refusals.length > 0) return { rows: [], refusals };
  const rows = lines.flatMap(({ cells, row }) => {
    if (cells.length === names.length) return [new Cells(row, names, cells, shop, refusals)];
    no(row, "", "import/cells", `It has ${cells.length} cells, the head ${names.length}`);
    return [];
  });
  return { rows, refusals };
}

/** One row. A cell that is wrong is remembered, and reads as nothing. */
export class Cells {
  readonly row: number;
  readonly #values: ReadonlyMap<string, string>;
  readonly #shop: ImportShop;
  readonly #refusals: RowRefusal[];

  constructor(
    row: number,
    names: readonly string[],
    cells: readonly string[],
    shop: ImportShop,
    refusals: RowRefusal[],
  ) {
    this.row = row;
    this.#values = new Map(names.map((name, index) => [name, cells[index]?.trim() ?? ""]));
    this.#shop = shop;
    this.#refusals = refusals;
  }

  /** Says that something is wrong with a cell. */
  refuse(key: string, code: string, message: string): undefined {
    this.#refusals.push({ row: this.row, key, code, message });
    return undefined;
  }

  /** The text of a cell; empty where the column is not there. */
  text(key: string): string {
    return this.#values.get(key) ?? "";
  }

  /** A text that must be there. */
  needed(key: string): string {
    const text = this.text(key);
    if (text === "") this.refuse(key, "import/missing", "This cell must not be empty");
    return text;
  }

  /** Names apart by ";"; nothing for an empty cell. */
  names(key: string): readonly string[] | undefined {
    const names = this.text(key)
      .split(";")
      .map((name) => name.trim())
      .filter((name) => name !== "");
    return names.length === 0 ? undefined : names;
  }

  /** An amount in minor units; nothing for an empty cell. */
  amount(key: string): number | undefined {
    const text = this.text(key);
    return text === "" ? undefined : this.amountIn(key, text);
  }

  /** An amount that is part of a cell. */
  amountIn(key: string, text: string): number | undefined {
    const amount = minorFromDecimal(text.replace(",", "."), currencyExponent(this.#shop.currency));
    if (amount !== null && amount >= 0) return amount;
    return this.refuse(key, "import/amount", `${text} is no amount in ${this.#shop.currency}`);
  }

  /** A percentage in parts per million; nothing for an empty cell. */
  percent(key: string): number | undefined {
    const text = this.text(key).replace(/\s*%$/, "");
    if (text === "") return undefined;
    const ppm = minorFromDecimal(text.replace(",", "."), PERCENT_DECIMALS);
    if (ppm !== null && ppm >= 0) return ppm;
    return this.refuse(key, "import/percent", `${text} is no percentage`);
  }

  /** A whole number; nothing for an empty cell. */
  count(key: string): number | undefined {
    const text = this.text(key);
    if (text === "") return undefined;
    if (/^\d{1,9}$/.test(text)) return Number(text);
    return this.refuse(key, "import/count", `${text} is no whole number`);
  }

  /** An instant from "2026-12-01" or "2026-12-01 18:30" in the shop's zone; nothing for an empty cell. */
  instant(key: string): number | undefined {
    const text = this.text(key);
    if (text === "") return undefined;
    const [, date = "", hours = "0", minutes = "0"] =
      /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}):(\d{2}))?$/.exec(text) ?? [];
    const day = dayOf(date);
    if (day === null || Number(hours) > 23 || Number(minutes) > 59)
      return this.refuse(key, "import/instant", `${text} is no day such as 2026-12-01 or 2026-12-01 18:30`);
    const { fromMs } = spanOfDays(day, day, this.#shop.zoneMinutes);
    return fromMs + (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
  }
}

/** Without what is not there, so that a document stays small. */
export function compact(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
