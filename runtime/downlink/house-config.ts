/**
 * The configuration as it stands at this moment: the terminal's own file under what headquarters has said
 * of staff and rules. It looks like any configuration, so whoever reads one need not know that it changes.
 */
import type { ClerkGrant } from "../../core/facts.ts";
import type { ClerkId } from "../../core/ids.ts";
import type { CashRounding } from "../../core/context.ts";
import type { State } from "../../core/state.ts";
import type { Config, PinHash } from "../config.ts";

interface People {
  readonly staff: readonly ClerkGrant[];
  readonly pins: ReadonlyMap<ClerkId, PinHash>;
  readonly word: object | null;
}

/** `own` with what `state` knows of headquarters' word over it. */
export function houseConfig(own: Config, { hq }: Pick<State, "hq">): Config {
  let made: People = { staff: own.staff, pins: own.pins, word: null };
  const people = (): People => {
    if (made.word !== hq.position) made = peopleOf(own, hq);
    return made;
  };
  return {
    ...own,
    get staff(): readonly ClerkGrant[] {
      return people().staff;
    },
    get pins(): ReadonlyMap<ClerkId, PinHash> {
      return people().pins;
    },
    get needsShift(): boolean {
      return hq.rules.needsShift ?? own.needsShift;
    },
    get cashRounding(): CashRounding | null {
      return hq.rules.cashRounding ?? own.cashRounding;
    },
    get dayStartMinutes(): number {
      return hq.rules.dayStartMinutes ?? own.dayStartMinutes;
    },
  };
}

function peopleOf(own: Config, hq: State["hq"]): People {
  const staff = new Map(own.staff.map((grant) => [grant.clerk, grant]));
  const pins = new Map(own.pins);
  for (const { clerk, grant, pin } of hq.staff.values()) {
    if (grant === null) staff.delete(clerk);
    else staff.set(clerk, grant);
    if (pin === null) pins.delete(clerk);
    else pins.set(clerk, pin);
  }
  return { staff: [...staff.values()], pins, word: hq.position };
}
