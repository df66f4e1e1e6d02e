/**
 * The rows of the enumeration: a model of the product's registry, and the simulated terminal that behaves
 * as that model promises. Two rows more are of readers that cannot be asked about the past: there the
 * cases that are left to a person are the promise.
 */

import type { PortFactory } from "../../../../drivers/port/port.ts";
import type { Timers } from "../../../../drivers/port/timers.ts";
import type { Reader } from "../../../../drivers/reader/reader.ts";
import { readerRow } from "../../../../drivers/reader/registry.ts";
import { createZvtReader } from "../../../../drivers/reader/zvt/driver.ts";
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

const REGISTERED: readonly EnumerationRow[] = MODELS.flatMap(([model, behaviour]) =>
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

/** Readers that cannot be asked: the same driver, which is not allowed to. */
const MUTE: readonly EnumerationRow[] = [
  muteRow("mute-on-ack", "onAck", OLDER),
  muteRow("mute-on-approval", "onApproval", PLAIN),
];

function muteRow(name: string, commit: EnumerationRow["commit"], behaviour: Behaviour): EnumerationRow {
  const row = readerRow("zvt");
  if (row === undefined) throw new Error("enumerate: The registry has no zvt");
  const { capabilities } = row;
  return {
    name: `${name}/tcp`,
    commit,
    link: "tcp",
    behaviour: { ...behaviour, currency: CURRENCY },
    reader: (openPort, timers) =>
      createZvtReader(openPort, timers, {
        link: "tcp",
        password: "123456",
        currencies: { GBP: CURRENCY },
        currency: "GBP",
        capabilities: { ...capabilities, inquiry: "none", commit, autoReversal: commit === "onAck" },
        generation: "current",
        model: name,
        serial: "",
      }),
  };
}

/** All rows, in the order in which they are played. */
export const ROWS: readonly EnumerationRow[] = [...REGISTERED, ...MUTE];
