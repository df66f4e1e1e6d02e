/**
 * What headquarters shows beside its front, where its command line asks for it: the console to browsers,
 * health to whoever watches over it. Owns their ports and nothing behind them.
 */
import { statfs } from "node:fs/promises";
import { RUNTIME_VERSION } from "../../runtime/boot.ts";
import type { Log } from "../../runtime/log.ts";
import type { RunningConsole } from "./console/serve.ts";
import { createHealthApp, startHealth } from "./health/serve.ts";
import type { RunningHealth } from "./health/serve.ts";
import { Vitals } from "./health/vitals.ts";
import type { Hq } from "./hq.ts";
import { addressIn, optionalPortIn, zoneIn } from "./options.ts";
import type { OptionValues } from "./options.ts";
import type { Store } from "./store/store.ts";

/** Where something listens. */
export interface ShownAt {
  readonly host: string;
  readonly port: number;
}

/** What the command line asks for; null where it does not. */
export interface AskedToShow {
  readonly console: (ShownAt & { readonly zoneMinutes: number }) | null;
  readonly health: ShownAt | null;
}

/** What listens. */
export interface Shown {
  /** Facts for the ready line. */
  readonly said: Readonly<Record<string, string | number>>;
  close(): Promise<void>;
}

/** What shows are made from. */
export interface ShownOf {
  readonly tenant: string;
  readonly store: Store;
  readonly hq: Hq;
  readonly dataDir: string;
  readonly log: Log;
}

/** Reads the options. Throws hq/configuration. */
export function shownIn(values: OptionValues): AskedToShow {
  const consolePort = optionalPortIn(values, "console");
  const healthPort = optionalPortIn(values, "health");
  return {
    console:
      consolePort === null
        ? null
        : { host: addressIn(values, "console-host"), port: consolePort, zoneMinutes: zoneIn(values) },
    health: healthPort === null ? null : { host: addressIn(values, "health-host"), port: healthPort },
  };
}

/** Opens what was asked for; what was opened is closed again when a later one fails. */
export async function startShown(asked: AskedToShow, of: ShownOf): Promise<Shown> {
  const health = await healthOf(asked.health, of);
  try {
    const shown = await consoleOf(asked.console, of);
    return {
      said: {
        ...(shown === null ? {} : { console: shown.url }),
        ...(health === null ? {} : { health: health.port }),
      },
      close: async () => {
        await shown?.close();
        await health?.close();
      },
    };
  } catch (error) {
    await health?.close();
    throw error;
  }
}

async function healthOf(at: ShownAt | null, of: ShownOf): Promise<RunningHealth | null> {
  if (at === null) return null;
  const { tenant, store, hq, dataDir } = of;
  const freeBytes = async (): Promise<number> => {
    const { bavail, bsize } = await statfs(dataDir);
    return bavail * bsize;
  };
  const vitals = new Vitals({ tenant, store, isUp: () => hq.isUp(), freeBytes, nowMs: Date.now });
  return await startHealth(createHealthApp(vitals, { release: RUNTIME_VERSION }), at);
}

async function consoleOf(at: AskedToShow["console"], of: ShownOf): Promise<RunningConsole | null> {
  if (at === null) return null;
  const { tenant, store, hq, log } = of;
  // Loaded here alone: a headquarters without a console needs no bundler.
  const { startConsole } = await import("./console/serve.ts");
  const context = {
    tenant,
    store,
    zoneMinutes: at.zoneMinutes,
    nowMs: Date.now,
    authoring: hq.authoring,
    holdings: () => hq.holdings(),
    log: (line: string) => log("console/failed", { detail: line }),
  };
  return await startConsole(context, at);
}
