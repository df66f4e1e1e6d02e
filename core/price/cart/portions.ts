/**
 * Parts of a priced line (ARITHMETIC section 8), for checks of a split and for refunds. The amount of
 * a part is a difference of prefixes of the line's net; every other field is a function of the
 * cumulative amount, and the part takes the difference.
 *
 * P1 All parts of a line together are the line, field by field, however it is cut.
 * P2 A part without amount has no tax, and a tax is never above its part.
 */
import { divRound, minor, prefix, subtract, sum, ZERO } from "../../money.ts";
import type { Minor } from "../../money.ts";
import type { FeeShare, PricedLine, Share } from "./types.ts";

/** How far into a line a part reaches: `part` of `whole` units, which come to `netMinor`. */
export interface Cut {
  readonly netMinor: Minor;
  readonly part: bigint;
  readonly whole: bigint;
}

/** The fields of a part of a line. */
export interface Portion {
  readonly id: string;
  readonly source: string;
  readonly grossMinor: Minor;
  readonly shares: readonly Share[];
  readonly netMinor: Minor;
  readonly taxMinor: Minor;
  readonly fees: readonly FeeShare[];
}

/** The cut behind `part` of `whole` units, 0 <= part <= whole. */
export function cutAt({ netMinor }: PricedLine, part: bigint, whole: bigint): Cut {
  return { netMinor: minor(Number(divRound(BigInt(netMinor) * part, whole, "HALF_UP"))), part, whole };
}

/** What lies between two cuts of a line. */
export function portionBetween(line: PricedLine, from: Cut, to: Cut): Portion {
  const part = (fieldMinor: Minor): Minor =>
    subtract(fieldUpTo(line, fieldMinor, to), fieldUpTo(line, fieldMinor, from));
  const shares = line.shares.map((share) => ({ ...share, amountMinor: part(share.amountMinor) }));
  const netMinor = subtract(to.netMinor, from.netMinor);
  return {
    id: line.id,
    source: line.source,
    grossMinor: sum([netMinor, ...shares.map(({ amountMinor }) => amountMinor)]),
    shares,
    netMinor,
    taxMinor: part(line.taxMinor),
    fees: line.fees.map(({ fee, amountMinor, taxMinor }) => ({
      fee,
      amountMinor: part(amountMinor),
      taxMinor: part(taxMinor),
    })),
  };
}

/** A field's part up to a cut; of a line that costs nothing, by units. */
function fieldUpTo({ netMinor }: PricedLine, fieldMinor: Minor, cut: Cut): Minor {
  if (netMinor === 0) return minor(Number(divRound(BigInt(fieldMinor) * cut.part, cut.whole, "HALF_UP")));
  return prefix(fieldMinor, cut.netMinor, netMinor);
}

/** A field of the order that stands on no line, up to what is owed so far of `wholeMinor`; all of it at once where nothing is owed. */
export function orderFieldUpTo(fieldMinor: Minor, owedMinor: Minor, wholeMinor: Minor): Minor {
  return wholeMinor <= 0
    ? fieldMinor
    : prefix(fieldMinor, Math.min(Math.max(owedMinor, 0), wholeMinor), wholeMinor);
}

/** Net of these parts. */
export function netOf(portions: readonly Pick<Portion, "netMinor">[]): Minor {
  return portions.length === 0 ? ZERO : sum(portions.map(({ netMinor }) => netMinor));
}
