/**
 * What the enumeration plays: every byte of a row's dialogue in both directions with every victim, every
 * call of the till's disk with every way to lose power at it, and every step of the reader before and
 * after its outputs. A dry run of a row says how much there is.
 */

import type { CrashMode } from "../../world/sim-fs.ts";
import { playCase } from "./card-case.ts";
import type { CaseSetup, Cut, Extent, Victim } from "./card-case.ts";
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

const VICTIMS: readonly Victim[] = ["till_power", "till_killed", "reader", "link"];

/** Over a serial line nobody hears that a process died: its end is the end of power. */
function victimsOf({ row, isSecondSale }: PlannedDialogue): readonly Victim[] {
  const isHeard = rowOf(row).link === "tcp" && !isSecondSale;
  return isHeard ? VICTIMS : VICTIMS.filter((its) => its !== "till_killed");
}

/** Whether the disk kept what was not synced. More ways to lose it are the journal's own enumeration. */
const MODES: readonly CrashMode[] = ["drop", "keep"];

/** All cases of a dialogue; `every` leaves out all but each n-th place, for a quick look. */
export async function casesOf(dialogue: PlannedDialogue, every = 1): Promise<readonly PlannedCase[]> {
  const victims = victimsOf(dialogue);
  const dry = await playCase(setupOf(dialogue, null));
  if (dry.kind !== "agree") throw new Error(`enumerate: ${nameOf(dialogue)} fails undisturbed: ${dry.says}`);
  const places = (what: keyof Extent): readonly number[] => {
    const count = Math.ceil((dry.after[what] - dry.before[what]) / every);
    return Array.from({ length: count }, (_, index) => dry.before[what] + index * every);
  };
  const cuts: readonly Cut[] = [
    ...(["to_reader", "to_till"] as const).flatMap((direction) =>
      places(direction).flatMap((afterBytes) =>
        victims.map((victim) => ({ kind: "byte", direction, afterBytes, victim }) as const),
      ),
    ),
    ...places("diskCalls").flatMap((index) =>
      MODES.map((mode) => ({ kind: "disk", callIndex: index + 1, mode }) as const),
    ),
    ...places("steps").flatMap((index) =>
      STEP_ENDS.map((when) => ({ kind: "step", step: index + 1, when }) as const),
    ),
  ];
  return cuts.map((cut) => ({ ...dialogue, cut }));
}

const STEP_ENDS = ["before_outputs", "after_outputs"] as const;

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

/** "zvt/tcp first byte to_till 46 reader", "zvt/tcp second disk 34 drop", "zvt/tcp first step 12 after_outputs". */
export function wordsOf({ cut, ...dialogue }: PlannedCase): string {
  const name = nameOf(dialogue);
  switch (cut.kind) {
    case "byte":
      return `${name} byte ${cut.direction} ${cut.afterBytes} ${cut.victim}`;
    case "disk":
      return `${name} disk ${cut.callIndex} ${cut.mode}`;
    case "step":
      return `${name} step ${cut.step} ${cut.when}`;
  }
}

/** The case of these words, or undefined. */
export function caseOfWords(words: string): PlannedCase | undefined {
  const [row = "", sale, kind, ...rest] = words.trim().split(/\s+/);
  const cut = cutOfWords(kind, rest);
  if (!ROWS.some(({ name }) => name === row) || cut === undefined) return undefined;
  if (sale !== "first" && sale !== "second") return undefined;
  return { row, isSecondSale: sale === "second", cut };
}

function cutOfWords(kind: string | undefined, rest: readonly string[]): Cut | undefined {
  const [direction, victim] = [rest[0], VICTIMS.find((its) => its === rest[2])];
  const place = Number(kind === "byte" ? rest[1] : rest[0]);
  const mode = MODES.find((its) => its === rest[1]);
  const when = STEP_ENDS.find((its) => its === rest[1]);
  if (!Number.isInteger(place) || place < 0) return undefined;
  if (kind === "byte" && victim !== undefined && (direction === "to_reader" || direction === "to_till"))
    return { kind, direction, afterBytes: place, victim };
  if (kind === "disk" && mode !== undefined) return { kind, callIndex: place, mode };
  if (kind === "step" && when !== undefined) return { kind, step: place, when };
  return undefined;
}
