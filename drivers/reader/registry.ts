/**
 * The models of card readers that a terminal can be configured with. A new reader is a folder, a row here
 * and its goldens; nothing else in the product knows a model's name.
 */

import { assert } from "../../core/bug.ts";
import type { HidPortFactory } from "../port/hid.ts";
import type { PortFactory } from "../port/port.ts";
import type { Timers } from "../port/timers.ts";
import { CURRENCY_DIGITS, decimalsOf } from "./currencies.ts";
import { createNeo2Reader, neo2Capabilities } from "./neo2/driver.ts";
import type { CardHost } from "./neo2/host.ts";
import { createNexoReader, NEXO_CAPABILITIES } from "./nexo/driver.ts";
import type { NexoCrypto, NexoKeyConfig } from "./nexo/envelope.ts";
import type { NexoExchange } from "./nexo/exchange.ts";
import type { NexoEnds } from "./nexo/requests.ts";
import type { Reader, ReaderCapabilities } from "./reader.ts";
import { createZvtReader } from "./zvt/driver.ts";
import type { ZvtGeneration } from "./zvt/requests.ts";

/** What a terminal gives to make a reader. A row uses what its protocol needs. */
export interface ReaderParts {
  readonly timers: Timers;
  /** How it is connected, and the pipe. */
  readonly link:
    | { readonly kind: "serial" | "tcp"; readonly openPort: PortFactory }
    | { readonly kind: "hid"; readonly openHid: HidPortFactory }
    | HttpsLink;
  /** Of the terminal's operator, where the protocol asks for one. */
  readonly password: string;
  /** ISO 4217, three letters. */
  readonly currency: string;
  /** The gateway for readers that have no host of their own; they refuse payments where there is none. */
  readonly cardHost?: CardHost;
}

/** A terminal that takes messages over HTTPS, and what both sides call themselves and their key. */
export interface HttpsLink {
  readonly kind: "https";
  readonly exchange: NexoExchange;
  readonly crypto: NexoCrypto;
  readonly ends: NexoEnds;
  /** Its passphrase is the reader's password. */
  readonly key: Omit<NexoKeyConfig, "passphrase">;
  readonly softwareVersion: string;
  readonly nowIso: () => string;
}

/** One model. */
export interface ReaderRow {
  /** The name in a configuration. */
  readonly model: string;
  /** For people who choose one. */
  readonly title: string;
  readonly links: readonly ReaderParts["link"]["kind"][];
  readonly capabilities: ReaderCapabilities;
  make(parts: ReaderParts): Reader;
}

const ZVT_CAPABILITIES: ReaderCapabilities = {
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

/** All models. */
export const READER_ROWS: readonly ReaderRow[] = [
  zvtRow("zvt", "ZVT terminal", ZVT_CAPABILITIES, "current"),
  zvtRow("zvt-classic", "ZVT terminal of before 2014", ZVT_CAPABILITIES, "classic"),
  // It keeps what it approved, and takes it back inside the next payment if the register did not know of it.
  zvtRow(
    "zvt-newer",
    "ZVT terminal that stores on approval",
    { ...ZVT_CAPABILITIES, commit: "onApproval" },
    "current",
  ),
  zvtRow(
    "zvt-plain",
    "ZVT terminal without automatic reversal",
    { ...ZVT_CAPABILITIES, commit: "onApproval", autoReversal: false },
    "current",
  ),
  zvtRow(
    "zvt-printer",
    "ZVT terminal with its own printer",
    { ...ZVT_CAPABILITIES, printsItself: true },
    "current",
  ),
  neo2Row(),
  nexoRow("nexo", "nexo terminal (Terminal API on the local network)", false),
  nexoRow("nexo-printer", "nexo terminal with its own printer", true),
];

/** The row of a model, or undefined. */
export function readerRow(model: string): ReaderRow | undefined {
  return READER_ROWS.find((row) => row.model === model);
}

/** Used where a configuration does not say one: the usual one of terminals as they are delivered. */
const ZVT_PASSWORD = "000000";

function zvtRow(
  model: string,
  title: string,
  capabilities: ReaderCapabilities,
  generation: ZvtGeneration,
): ReaderRow {
  return {
    model,
    title,
    links: ["serial", "tcp"],
    capabilities,
    make: ({ timers, link, password, currency }) => {
      assert(
        link.kind === "serial" || link.kind === "tcp",
        "reader: A model is connected by one of its links",
      );
      return createZvtReader(link.openPort, timers, {
        link: link.kind,
        password: /^\d{6}$/.test(password) ? password : ZVT_PASSWORD,
        // The fields for currencies have room for four digits.
        currencies: Object.fromEntries(
          [...CURRENCY_DIGITS].map(([letters, digits]) => [letters, `0${digits}`]),
        ),
        currency,
        capabilities,
        generation,
        model,
        serial: "",
      });
    },
  };
}

/** How long a NEO 2 waits for a card: as long as a holder looks for one, and not for the next customer. */
const NEO2_WAIT_SECONDS = 60;
const NEO2_MEMBER_WAIT_MS = 20_000;

/** Its capabilities are those without a host; with one, the reader's own say what the host adds. */
function neo2Row(): ReaderRow {
  return {
    model: "neo2",
    title: "ID TECH NEO 2 (payments need a gateway)",
    links: ["hid"],
    capabilities: neo2Capabilities(undefined),
    make: ({ timers, link, cardHost }) => {
      assert(link.kind === "hid", "reader: A model is connected by one of its links");
      return createNeo2Reader(link.openHid, timers, {
        host: cardHost,
        waitSeconds: NEO2_WAIT_SECONDS,
        memberWaitMs: NEO2_MEMBER_WAIT_MS,
        currencyDigits: (currency) => CURRENCY_DIGITS.get(currency),
      });
    },
  };
}

function nexoRow(model: string, title: string, printsItself: boolean): ReaderRow {
  return {
    model,
    title,
    links: ["https"],
    capabilities: { ...NEXO_CAPABILITIES, printsItself },
    make: ({ timers, link, password }) => {
      assert(link.kind === "https", "reader: A model is connected by one of its links");
      const { exchange, crypto, ends, softwareVersion, nowIso } = link;
      return createNexoReader(exchange, crypto, timers, {
        ends,
        key: { ...link.key, passphrase: password },
        softwareVersion,
        exponentOf: decimalsOf,
        nowIso,
        storeAndForward: false,
        printsItself,
      });
    },
  };
}
