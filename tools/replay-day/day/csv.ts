/**
 * Bytes -> rows of fields: strict CSV (RFC 4180) in UTF-8. Knows nothing of what a column means.
 *
 * A row ends with LF or CRLF, the last one may end with nothing; a quoted field may hold anything,
 * a doubled quote is one quote. A byte order mark in front is skipped. What is not of this form is
 * refused with a code and its place: half of a file is never read.
 */
import { readUtf8 } from "../../../protocol/utf8.ts";

export type CsvFaultCode =
  /** A byte that is not UTF-8. */
  | "csv/encoding"
  /** No row at all. */
  | "csv/empty"
  /** A quote inside an unquoted field, text behind a closing quote, or a quote that is never closed. */
  | "csv/quote"
  /** A carriage return that ends no row, or another control character outside of quotes. */
  | "csv/control"
  | "csv/too_long";

export interface CsvFault {
  readonly ok: false;
  readonly code: CsvFaultCode;
  /** The row at fault, the first being 1; 0 for the file as a whole. */
  readonly rowNumber: number;
  readonly message: string;
}

/** The rows in order, the head included; each is a list of fields. */
export type CsvResult = { readonly ok: true; readonly rows: readonly (readonly string[])[] } | CsvFault;

/** A year of a large shop is below it. */
export const CSV_BYTES_MAX = 256 * 1024 * 1024;

const BOM = "\uFEFF";

/** The rows of a file, its head included. */
export function readCsv(bytes: Uint8Array): CsvResult {
  if (bytes.length > CSV_BYTES_MAX) {
    return fault("csv/too_long", 0, `The file has ${bytes.length} bytes; at most ${CSV_BYTES_MAX} are read`);
  }
  const text = readUtf8(bytes, 0, bytes.length);
  if (typeof text === "number") {
    const byte = (bytes[text] ?? 0).toString(16).padStart(2, "0");
    const lineNumber =
      1 + bytes.subarray(0, text).reduce((count, each) => count + (each === 0x0a ? 1 : 0), 0);
    const place = `Byte 0x${byte} at offset ${text} (line ${lineNumber})`;
    return fault("csv/encoding", lineNumber, `${place} is not UTF-8. Save the file as UTF-8`);
  }
  const rows = new RowReader(text.startsWith(BOM) ? text.slice(BOM.length) : text);
  return rows.read();
}

function fault(code: CsvFaultCode, rowNumber: number, message: string): CsvFault {
  return { ok: false, code, rowNumber, message };
}

class RowReader {
  readonly #text: string;
  readonly #rows: (readonly string[])[] = [];
  #fields: string[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): CsvResult {
    while (this.#at < this.#text.length) {
      const wrong = this.#text[this.#at] === '"' ? this.#quotedField() : this.#plainField();
      if (wrong !== null) return wrong;
      const ended = this.#endOfField();
      if (ended !== null) return ended;
    }
    // A comma at the very end of the file has an empty field behind it.
    if (this.#fields.length > 0)
      this.#endRow(this.#text.endsWith(",") ? [...this.#fields, ""] : this.#fields);
    if (this.#rows.length === 0) return fault("csv/empty", 0, "The file is empty");
    return { ok: true, rows: this.#rows };
  }

  #plainField(): CsvFault | null {
    const start = this.#at;
    for (; this.#at < this.#text.length; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 0x2c || code === 0x0a || code === 0x0d) break;
      if (code === 0x22) return this.#fault("csv/quote", "has a quote inside a field that is not quoted");
      if (code < 0x20) {
        return this.#fault(
          "csv/control",
          `has the control character 0x${code.toString(16).padStart(2, "0")}`,
        );
      }
    }
    this.#fields.push(this.#text.slice(start, this.#at));
    return null;
  }

  #quotedField(): CsvFault | null {
    let field = "";
    for (;;) {
      const end = this.#text.indexOf('"', this.#at + 1);
      if (end === -1) return this.#fault("csv/quote", "has a quote that is never closed");
      field += this.#text.slice(this.#at + 1, end);
      this.#at = end + 1;
      if (this.#text[this.#at] !== '"') break;
      field += '"';
    }
    this.#fields.push(field);
    return null;
  }

  /** Steps over what ends a field: a comma, the end of a row, or the end of the file. */
  #endOfField(): CsvFault | null {
    const sign = this.#text[this.#at];
    if (sign === ",") {
      this.#at += 1;
      return null;
    }
    if (sign === undefined) return null;
    const isCrLf = sign === "\r" && this.#text[this.#at + 1] === "\n";
    if (sign === "\r" && !isCrLf) {
      return this.#fault("csv/control", "has a carriage return without a line feed");
    }
    if (sign !== "\n" && !isCrLf) return this.#fault("csv/quote", "has text behind a closing quote");
    this.#at += isCrLf ? 2 : 1;
    this.#endRow(this.#fields);
    return null;
  }

  #endRow(fields: readonly string[]): void {
    this.#rows.push(fields);
    this.#fields = [];
  }

  #fault(code: CsvFaultCode, what: string): CsvFault {
    const rowNumber = this.#rows.length + 1;
    return fault(code, rowNumber, `Row ${rowNumber} ${what}`);
  }
}
