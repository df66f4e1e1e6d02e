/**
 * The command lines of headquarters' tools: read strictly, and answered with a sentence that names
 * the option at fault.
 */
import { existsSync, statSync } from "node:fs";
import { isIP } from "node:net";
import { parseArgs } from "node:util";
import { isTenant } from "../../protocol/topics.ts";
import type { LogFormat } from "../../runtime/log.ts";
import type { BrokerAddress } from "./bridge.ts";
import { HqFault } from "./fault.ts";

/** Options by name; a flag is "true" where it was given. */
export type OptionValues = Readonly<Record<string, string | undefined>>;

/** The texts of these options (each with a value), "help" and `flags` without one. Throws hq/configuration. */
export function readOptions(
  texts: readonly string[],
  names: readonly string[],
  flags: readonly string[] = [],
): OptionValues {
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
  const switches = Object.fromEntries(["help", ...flags].map((name) => [name, { type: "boolean" as const }]));
  try {
    const { values } = parseArgs({
      args: [...texts],
      options: { ...options, ...switches },
      strict: true,
    });
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, value === undefined ? undefined : String(value)]),
    );
  } catch (error) {
    throw new HqFault("hq/configuration", error instanceof Error ? error.message : String(error), error);
  }
}

/** The data folder; a folder that `mustExist`, or one that may be made. */
export function dataDirIn(values: OptionValues, mustExist: boolean): string {
  const text = values["data"];
  if (text === undefined || text === "") throw wrong("data", "name a folder");
  if (!existsSync(text)) {
    if (mustExist) throw wrong("data", `there is no folder ${text}`);
    return text;
  }
  if (!statSync(text).isDirectory()) throw wrong("data", `${text} is no folder`);
  return text;
}

/** The tenant's name, "demo" by default. */
export function tenantIn(values: OptionValues): string {
  const text = values["tenant"] ?? "demo";
  if (!isTenant(text)) throw wrong("tenant", "1 to 32 of A-Z a-z 0-9 _ -");
  return text;
}

/** A port from 0 (any free one) to 65535. */
export function portIn(values: OptionValues, fallback: number): number {
  const text = values["port"];
  if (text === undefined) return fallback;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw wrong("port", `${text} is no whole number from 0 to 65535`);
  return port;
}

/** The port that this option names, from 0 (any free one), or null where there is to be none. */
export function optionalPortIn(values: OptionValues, name: string): number | null {
  const text = values[name];
  if (text === undefined) return null;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw wrong(name, `${text} is no whole number from 0 to 65535`);
  return port;
}

/** The address that this option names, loopback by default. */
export function addressIn(values: OptionValues, name: string): string {
  const text = values[name] ?? "127.0.0.1";
  if (isIP(text) === 0) throw wrong(name, `${text} is no IP address`);
  return text;
}

/** How the log is written: text by default, or json. */
export function logFormatIn(values: OptionValues): LogFormat {
  const text = values["log-format"] ?? "text";
  if (text !== "text" && text !== "json") throw wrong("log-format", "text or json");
  return text;
}

/** The shop's zone in minutes ahead of UTC, as its terminals have it; UTC by default. */
export function zoneIn(values: OptionValues): number {
  const text = values["zone"] ?? "0";
  const minutes = /^-?\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  if (!(Math.abs(minutes) <= ZONE_MINUTES_MAX))
    throw wrong("zone", `${text} is no number of minutes up to 840`);
  return minutes;
}

/** Fourteen hours: no place on earth is further ahead. */
const ZONE_MINUTES_MAX = 840;

/** The broker to serve through, or null for none. With a broker nothing listens, so a port to listen on is refused. */
export function brokerIn(values: OptionValues): BrokerAddress | null {
  const text = values["broker"];
  if (text === undefined) return null;
  const [, bracketed, plain, portText = ""] =
    /^(?:\[([0-9a-fA-F:]+)\]|([^:\s]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(portText);
  if (host === undefined || port < 1 || port > 65_535) throw wrong("broker", `${text} is not HOST:PORT`);
  if (values["port"] !== undefined || values["host"] !== undefined) {
    throw wrong("broker", "leave --port and --host out: behind a broker nothing listens");
  }
  return { host, port };
}

function wrong(name: string, why: string): HqFault {
  return new HqFault("hq/configuration", `--${name}: ${why}`);
}
