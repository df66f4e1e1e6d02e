/**
 * The rows of the enumeration: each a simulated terminal, and the product's driver as it is set up for it.
 * A row's capabilities are what its kind of terminal can promise, no more.
 */

import type { PortFactory } from "../../../../drivers/port/port.ts";
import type { Timers } from "../../../../drivers/port/timers.ts";
import { createZvtReader } from "../../../../drivers/reader/zvt/driver.ts";
import type { ZvtOptions } from "../../../../drivers/reader/zvt/line.ts";
import type { Reader, ReaderCapabilities } from "../../../../drivers/reader/reader.ts";
import { NEWER, OLDER, PLAIN } from "../zvt/behaviour.ts";
import type { Behaviour } from "../zvt/behaviour.ts";

/** One row. */
export interface EnumerationRow {
  readonly name: string;
  readonly link: "tcp" | "serial";
  readonly behaviour: Behaviour;
  readonly reader: (ports: PortFactory, timers: Timers) => Reader;
}

const CAPABILITIES: ReaderCapabilities = {
  inquiry: "lastOnly",
  commit: "onAck",
  autoReversal: true,
  abort: "bestEffort",
  storeAndForward: false,
  printsItself: false,
  refund: true,
  reversal: true,
  readsMemberCards: true,
};

/** The currency of the simulated shops, and the world's only one. */
const CURRENCY = "0826";

function rowOf(
  name: string,
  link: "tcp" | "serial",
  behaviour: Behaviour,
  generation: ZvtOptions["generation"],
  capabilities: Partial<ReaderCapabilities>,
): EnumerationRow {
  return {
    name: `${name}/${link}`,
    link,
    behaviour: { ...behaviour, currency: CURRENCY },
    reader: (ports, timers) =>
      createZvtReader(ports, timers, {
        link,
        password: "123456",
        currencies: { GBP: CURRENCY },
        currency: "GBP",
        capabilities: { ...CAPABILITIES, ...capabilities },
        generation,
        model: "zvt",
        serial: "",
      }),
  };
}

/** All rows, in the order in which they are played. */
export const ROWS: readonly EnumerationRow[] = (["tcp", "serial"] as const).flatMap((link) => [
  rowOf("onAck", link, OLDER, "older", {}),
  rowOf("onApproval", link, NEWER, "newer", { commit: "onApproval", autoReversal: false }),
  rowOf("plain", link, PLAIN, "newer", { commit: "onApproval", autoReversal: false }),
]);
