/**
 * What the enumeration plays: every byte of every row's dialogue in both directions, each with every
 * victim. A dry run of a row says how many bytes there are.
 */

import type { CaseSetup, Cut, Victim } from "./card-case.ts";
import { playCase } from "./card-case.ts";
import { ROWS } from "./rows.ts";
import type { EnumerationRow } from "./rows.ts";

/** A case by its name's parts; one line of text names it. */
export interface PlannedCase {
  readonly row: string;
  readonly isSecondSale: boolean;
  readonly cut: Cut;
}

/** One row with its sale. */
export interface PlannedDialogue {
  readonly row: string;
  readonly isSecondSale: boolean;
}

/** What is asked of every landing: both promises over both links, and over TCP a sale that follows another. */
export const USUAL: readonly PlannedDialogue[] = [
  { row: "zvt/tcp", isSecondSale: false },
  { row: "zvt-newer/tcp", isSecondSale: false },
  { row: "zvt/serial", isSecondSale: false },
  { row: "zvt-newer/serial", isSecondSale: false },
  { row: "zvt/tcp", isSecondSale: true },
  { row: "zvt-newer/tcp", isSecondSale: true },
];

/** Every row, with a first and a second sale. */
export const ALL: readonly PlannedDialogue[] = ROWS.flatMap(({ name }) =>
  [false, true].map((isSecondSale) => ({ row: name, isSecondSale })),
);

/** Over a serial line nobody hears that a process died: its end is the end of power. */
const VICTIMS_OF: Readonly<Record<EnumerationRow["link"], readonly Victim[]>> = {
  tcp: ["till_power", "till_killed", "reader", "link"],
  serial: ["till_power", "reader", "link"],
};

/** All cases of a dialogue; `every` leaves out all but each n-th byte, for a quick look. */
export async function casesOf(dialogue: PlannedDialogue, every = 1): Promise<readonly PlannedCase[]> {
  const row = rowOf(dialogue.row);
  const dry = await playCase(setupOf(dialogue, null));
  if (dry.kind !== "agree") throw new Error(`enumerate: ${nameOf(dialogue)} fails undisturbed: ${dry.says}`);
  return (["to_reader", "to_till"] as const).flatMap((direction) => {
    const count = dry.bytes[direction] - dry.bytesBefore[direction];
    const offsets = Array.from({ length: Math.ceil(count / every) }, (_, index) => index * every);
    return offsets.flatMap((offset) =>
      VICTIMS_OF[row.link].map((victim) => ({
        ...dialogue,
        cut: { direction, afterBytes: dry.bytesBefore[direction] + offset, victim },
      })),
    );
  });
}

/** The set-up of a case; with `cut` null, of its dry run. */
export function setupOf({ row, isSecondSale }: PlannedDialogue, cut: Cut | null): CaseSetup {
  return { ...rowOf(row), cut, isSecondSale };
}

function rowOf(name: string): EnumerationRow {
  const row = ROWS.find((its) => its.name === name);
  if (row === undefined) throw new Error(`enumerate: There is no row ${name}`);
  return row;
}

/** "zvt/tcp second". */
export function nameOf({ row, isSecondSale }: PlannedDialogue): string {
  return `${row} ${isSecondSale ? "second" : "first"}`;
}

/** "zvt/tcp first to_till 46 reader". */
export function wordsOf({ cut, ...dialogue }: PlannedCase): string {
  return `${nameOf(dialogue)} ${cut.direction} ${cut.afterBytes} ${cut.victim}`;
}

/** The case of these words, or undefined. */
export function caseOfWords(words: string): PlannedCase | undefined {
  const [row = "", sale, direction, afterBytes, victim] = words.trim().split(/\s+/);
  const known = VICTIMS_OF.tcp.find((its) => its === victim);
  if (!ROWS.some(({ name }) => name === row) || known === undefined) return undefined;
  if (direction !== "to_reader" && direction !== "to_till") return undefined;
  if ((sale !== "first" && sale !== "second") || !/^\d{1,6}$/.test(afterBytes ?? "")) return undefined;
  const cut = { direction, afterBytes: Number(afterBytes), victim: known } as const;
  return { row, isSecondSale: sale === "second", cut };
}
