/**
 * What a bench says: one figure of ours beside a peer's, what is to be reached and what is dreamt of.
 * Benches measure; the table, the file and the plot are made from rows alone.
 */

/** A row of bench/latest.json. */
export interface BenchRow {
  /** As in the list of benches; a bench with several figures adds a word: "B3 flushes". */
  readonly id: string;
  /** What is measured, for people. */
  readonly what: string;
  readonly ours: number;
  /** The peer's or the floor's figure of the same run, in the same unit; null where there is none. */
  readonly peer: number | null;
  /** What `peer` is. */
  readonly peerName: string;
  /** ours / peer, the median over the rounds; null without a peer. */
  readonly ratio: number | null;
  /** What `reach` and `dream` bound: the ratio, our figure, or our figure less the peer's. */
  readonly judged: "ratio" | "ours" | "difference";
  /** Whether more or less is better. */
  readonly better: "more" | "less";
  readonly reach: number;
  readonly dream: number;
  readonly met: boolean;
  readonly unit: string;
  /** Other figures of the same run, and what they are; empty for none. */
  readonly note: string;
}

/** The figure that reach and dream bound. */
export function judgedOf(row: Pick<BenchRow, "judged" | "ours" | "peer" | "ratio">): number {
  if (row.judged === "ours") return row.ours;
  if (row.judged === "ratio") return row.ratio ?? Number.NaN;
  return row.ours - (row.peer ?? Number.NaN);
}

/** A row with its verdict, its figures rounded to four digits. */
export function rowOf(row: Omit<BenchRow, "met">): BenchRow {
  const { better, reach } = row;
  const judged = judgedOf(row);
  return {
    ...row,
    ours: rounded(row.ours),
    peer: row.peer === null ? null : rounded(row.peer),
    ratio: row.ratio === null ? null : rounded(row.ratio),
    met: better === "more" ? judged >= reach : judged <= reach,
  };
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

/** The shape of a row in a file. */
export function isBenchRow(value: unknown): value is BenchRow {
  if (typeof value !== "object" || value === null) return false;
  const row: Readonly<Record<string, unknown>> = { ...value };
  const isNumberOrNull = (field: unknown): boolean => field === null || typeof field === "number";
  return (
    ["id", "what", "peerName", "unit", "note"].every((name) => typeof row[name] === "string") &&
    ["ours", "reach", "dream"].every((name) => typeof row[name] === "number") &&
    isNumberOrNull(row["peer"]) &&
    isNumberOrNull(row["ratio"]) &&
    typeof row["met"] === "boolean" &&
    ["ratio", "ours", "difference"].some((judged) => judged === row["judged"]) &&
    ["more", "less"].some((better) => better === row["better"])
  );
}
