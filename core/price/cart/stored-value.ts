/**
 * Stored value in its two buckets (ARITHMETIC section 9): principal, which cash may give back, and
 * bonus, which it never may. What comes back goes to the bucket it came from.
 */
import { allocate, minor, subtract, sum, ZERO } from "../../money.ts";
import type { Minor } from "../../money.ts";

/** One credit that still has money. Days count from any one day. */
export interface StoredBucket {
  readonly id: string;
  readonly kind: "principal" | "bonus";
  readonly balanceMinor: Minor;
  readonly startsAtDays: number;
  readonly expiresAtDays: number;
}

/** "ticked" takes them in the order in which the operator named them. */
export type StoredOrder = "principal_first" | "bonus_first" | "proportional" | "ticked";

/** What is drawn from each bucket, side by side; null when they hold too little. */
export function drawStored(
  amountMinor: Minor,
  buckets: readonly StoredBucket[],
  order: StoredOrder,
): readonly Minor[] | null {
  if (amountMinor > sum(buckets.map(({ balanceMinor }) => balanceMinor))) return null;
  const drawn = buckets.map(() => ZERO);
  for (const { kinds, partMinor } of portionsBy(amountMinor, buckets, order))
    fill(partMinor, drawOrder(buckets, kinds, order), (index) => buckets[index]?.balanceMinor ?? ZERO, drawn);
  return drawn;
}

/** What goes back to each bucket of `drawnMinor`: the later expiry first, none above what was drawn. */
export function returnStored(
  amountMinor: Minor,
  buckets: readonly StoredBucket[],
  drawnMinor: readonly Minor[],
): readonly Minor[] {
  const back = buckets.map(() => ZERO);
  const expiry = (index: number): number => buckets[index]?.expiresAtDays ?? 0;
  const order = [...buckets.keys()].sort((a, b) => expiry(b) - expiry(a));
  fill(amountMinor, order, (index) => drawnMinor[index] ?? ZERO, back);
  return back;
}

type Kind = StoredBucket["kind"];

function portionsBy(
  amountMinor: Minor,
  buckets: readonly StoredBucket[],
  order: StoredOrder,
): readonly { readonly kinds: readonly Kind[]; readonly partMinor: Minor }[] {
  if (order === "ticked") return [{ kinds: ["principal", "bonus"], partMinor: amountMinor }];
  const held = (kind: Kind): Minor =>
    sum(buckets.filter((its) => its.kind === kind).map(({ balanceMinor }) => balanceMinor));
  const [principalMinor, bonusMinor] = [held("principal"), held("bonus")];
  const shared = order === "proportional" ? allocate(amountMinor, [principalMinor, bonusMinor])[0] : null;
  const ofPrincipal =
    order === "principal_first"
      ? Math.min(amountMinor, principalMinor)
      : (shared ?? amountMinor - Math.min(amountMinor, bonusMinor));
  const partMinor = minor(ofPrincipal);
  return [
    { kinds: ["principal"], partMinor },
    { kinds: ["bonus"], partMinor: subtract(amountMinor, partMinor) },
  ];
}

/** Within bonus the earliest expiry first, then the earliest start. */
function drawOrder(
  buckets: readonly StoredBucket[],
  kinds: readonly Kind[],
  order: StoredOrder,
): readonly number[] {
  const own = [...buckets.entries()].filter(([, { kind }]) => kinds.includes(kind));
  if (order !== "ticked")
    own.sort(([, a], [, b]) => a.expiresAtDays - b.expiresAtDays || a.startsAtDays - b.startsAtDays);
  return own.map(([index]) => index);
}

function fill(
  amountMinor: Minor,
  order: readonly number[],
  limit: (index: number) => Minor,
  into: Minor[],
): void {
  let leftMinor = amountMinor;
  for (const index of order) {
    const partMinor = minor(Math.min(leftMinor, limit(index)));
    into[index] = partMinor;
    leftMinor = subtract(leftMinor, partMinor);
  }
}
