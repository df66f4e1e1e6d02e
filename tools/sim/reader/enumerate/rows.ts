/**
 * The rows of the enumeration: a model of the product's registry, and the simulated terminal that behaves
 * as that model promises.
 */

import type { PortFactory } from "../../../../drivers/port/port.ts";
import type { Timers } from "../../../../drivers/port/timers.ts";
import type { Reader } from "../../../../drivers/reader/reader.ts";
import { readerRow } from "../../../../drivers/reader/registry.ts";
import { NEWER, OLDER, PLAIN } from "../zvt/behaviour.ts";
import type { Behaviour } from "../zvt/behaviour.ts";

/** One row. */
export interface EnumerationRow {
  /** "zvt/tcp". */
  readonly name: string;
  readonly commit: "onAck" | "onApproval";
  readonly link: "tcp" | "serial";
  readonly behaviour: Behaviour;
  readonly reader: (ports: PortFactory, timers: Timers) => Reader;
}

/** Models, and who plays them. */
const MODELS: readonly (readonly [model: string, behaviour: Behaviour])[] = [
  ["zvt", OLDER],
  ["zvt-newer", NEWER],
  ["zvt-classic", OLDER],
  ["zvt-plain", PLAIN],
];

/** Pounds: the currency of the world's shops. */
const CURRENCY = "0826";

/** All rows, in the order in which they are played. */
export const ROWS: readonly EnumerationRow[] = MODELS.flatMap(([model, behaviour]) =>
  (["tcp", "serial"] as const).map((link) => {
    const row = readerRow(model);
    if (row === undefined) throw new Error(`enumerate: The registry has no ${model}`);
    return {
      name: `${model}/${link}`,
      commit: row.capabilities.commit,
      link,
      behaviour: { ...behaviour, currency: CURRENCY },
      reader: (openPort: PortFactory, timers: Timers) =>
        row.make({ timers, link: { kind: link, openPort }, password: "123456", currency: "GBP" }),
    };
  }),
);
