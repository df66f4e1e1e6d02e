/**
 * The name of the field that a place in a text belongs to, and which fields may hold digits that look
 * like a card number. An article number passes for one about one time in ten, so what is let through is
 * let through by the field's name and by nothing about its digits.
 */

/** Fields of article numbers, and of what is drawn by chance or hashed. Compared without case and signs. */
const EXEMPT: ReadonlySet<string> = new Set(
  [
    "barcode",
    "barcodes",
    "code",
    "codes",
    "ean",
    "ean13",
    "gtin",
    "gtins",
    "gtin8",
    "gtin12",
    "gtin13",
    "gtin14",
    "item",
    "lookup code",
    "plu",
    "scanned",
    "sku",
    "skus",
    "stock code",
    "upc",
    // Chance and hashes.
    "chain",
    "digest",
    "epoch",
    "fingerprint",
    "hash",
    "integrity",
    "kid",
    "parent",
    "seed",
    "sha1",
    "sha256",
    "signature",
    "trace",
    "view hash",
  ].map(bare),
);
/** How far back a name is looked for. */
const LOOK_BACK_CHARS = 400;

/** Whether a field of that name may hold digits of any kind. */
export function isExempt(name: string): boolean {
  return EXEMPT.has(bare(name));
}

function bare(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/**
 * The name before `index`: the key of a JSON member, also of a list's, the name of an XML or HTML
 * attribute or element, or what stands before "=" or ":" on the line; "" when there is none.
 */
export function nameBefore(text: string, index: number): string {
  const before = text.slice(Math.max(0, index - LOOK_BACK_CHARS), index);
  const forms = [
    /"([^"\\\n]{1,64})"\s*:\s*(?:\[[^[\]{}]*)?"?[^"\n]*$/,
    /\\"([^"\\\n]{1,64})\\"\s*:\s*(?:\[[^[\]{}]*)?(?:\\")?[^"\n]*$/,
    /<([A-Za-z][\w.-]{0,63})(?:\s[^<>]*)?>[^<>]*$/,
    /([A-Za-z_][\w.-]{0,63})\s*[=:]\s*["']?[^\s"'=:,;&]*$/,
  ];
  for (const form of forms) {
    const name = form.exec(before)?.[1];
    if (name !== undefined) return name;
  }
  return "";
}

/** The name of the column that `index` of a table with a header line is in; "" when there is none. */
export function columnAt(text: string, index: number): string {
  const headerEnd = text.indexOf("\n");
  if (headerEnd < 0 || index <= headerEnd) return "";
  const header = text.slice(0, headerEnd);
  const sign = ["\t", ";", ","].find((candidate) => header.includes(candidate)) ?? ",";
  const lineStart = text.lastIndexOf("\n", index) + 1;
  const column = cellsOf(text.slice(lineStart, index), sign).length - 1;
  return (cellsOf(header, sign)[column] ?? "").trim();
}

/** Cells of a line; signs inside of quotes do not part them. */
function cellsOf(line: string, sign: string): readonly string[] {
  const cells = [""];
  let isQuoted = false;
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    else if (character === sign && !isQuoted) cells.push("");
    else cells[cells.length - 1] += character;
  }
  return cells;
}
