/** docs/CARD-RECOVERY.md, made from the decision table that the code uses. */
import { RECOVERY_ROWS } from "../../core/tender/recovery.ts";
import type { RecoveryRow } from "../../core/tender/recovery.ts";

const HEAD = `# What becomes of a card payment that was cut

Power, cable or reader can go at any byte. The journal then shows an intent (the reader was asked) or an
approval (it moved the money, and may not have heard that we know). When the reader is back it is asked,
and the first row below that fits decides. The table is core/tender/recovery.ts; \`make golden\` writes this
page from it.

"the same" means that the device answers whose serial stands in the intent. Capabilities are those of
drivers/reader/reader.ts. A person is asked (\`manual\`) only where no row above can tell.

| # | journal | reader says | device | reader's kind | what is done | because |
|---|---|---|---|---|---|---|
`;

const WORDS: Readonly<Record<RecoveryRow["action"], string>> = {
  capture: "captured",
  approve_and_capture: "approved and captured",
  fail: "declined: the amount is due, the same may be asked again",
  reversed_by_reader: "reversed by the reader: due again, with an alarm",
  orphan: "a case beside the tender; the order waits for a person",
  keep_asking: "stays unknown, asked again",
  manual: "manual: a person decides",
};

function cell(word: string | null): string {
  return word ?? "any";
}

function row(its: RecoveryRow, index: number): string {
  const device = its.isSameDevice === null ? null : its.isSameDevice ? "the same" : "another";
  const kind = Object.entries(its.capabilities).map(([key, value]) => `${key} ${value}`);
  const cells = [
    String(index + 1),
    cell(its.journal),
    cell(its.reader?.replaceAll("_", " ") ?? null),
    cell(device),
    kind.length === 0 ? "any" : kind.join(", "),
    WORDS[its.action],
    its.because,
  ];
  return `| ${cells.join(" | ")} |`;
}

/** The page's text. */
export function recoveryPage(): string {
  return `${HEAD}${RECOVERY_ROWS.map(row).join("\n")}\n`;
}
