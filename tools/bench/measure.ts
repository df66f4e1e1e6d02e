/**
 * Measuring on a machine that others use: processor time instead of the clock on the wall, ours and
 * the peer's in turn, the middle of many rounds.
 */

import { isDeepStrictEqual } from "node:util";

/** One round of both sides, in the same unit. */
export interface Pair {
  readonly ours: number;
  readonly peer: number;
}

/** The middle of both sides and of their ratio, each on its own. */
export interface Medians extends Pair {
  readonly ratio: number;
}

/** The middle value; the mean of two for an even number of them. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The medians of pairs. */
export function mediansOf(pairs: readonly Pair[]): Medians {
  return {
    ours: median(pairs.map(({ ours }) => ours)),
    peer: median(pairs.map(({ peer }) => peer)),
    ratio: median(pairs.map(({ ours, peer }) => ours / peer)),
  };
}

/** So many rounds of both, the first of each round in turn; `warmUpCount` rounds before are not counted. */
export async function inTurn(
  roundCount: number,
  ours: () => number | Promise<number>,
  peer: () => number | Promise<number>,
  warmUpCount = 2,
): Promise<Medians> {
  const pairs: Pair[] = [];
  for (let round = 0; round < warmUpCount + roundCount; round += 1) {
    const first = round % 2 === 0 ? await ours() : await peer();
    const second = round % 2 === 0 ? await peer() : await ours();
    if (round < warmUpCount) continue;
    pairs.push(round % 2 === 0 ? { ours: first, peer: second } : { ours: second, peer: first });
  }
  return mediansOf(pairs);
}

/** Processor seconds of this process, all its threads, that `work` takes. */
export async function cpuSeconds(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** What an unequal side's message shows at most. */
const SHOWN_CHARS_MAX = 300;

/** Throws when two results that must be equal are not; called before anything is timed. */
export function mustEqual(what: string, ours: unknown, peer: unknown): void {
  if (isDeepStrictEqual(ours, peer)) return;
  const [left, right] = [ours, peer].map((side) => (JSON.stringify(side) ?? "").slice(0, SHOWN_CHARS_MAX));
  throw new Error(`bench: ${what}: ours is ${left}, the peer's ${right}`);
}
