/**
 * Headquarters over a store: front or bridge, committer, projector and alarms, started and stopped in order.
 * Owns none of what it is given: the caller closes the store.
 */
import { randomBytes } from "node:crypto";
import type { Signer } from "../../protocol/ed25519.ts";
import { createMqttBus } from "../../runtime/adapters/mqtt-bus.ts";
import { machineTimers } from "../../runtime/adapters/machine.ts";
import { zstd } from "../../runtime/adapters/zstd.ts";
import type { Log } from "../../runtime/log.ts";
import { createAuthoring } from "./authoring.ts";
import type { Authoring } from "./authoring.ts";
import { AlarmTally } from "./alarm-tally.ts";
import { openBridge } from "./bridge.ts";
import type { BrokerAddress } from "./bridge.ts";
import { Committer } from "./committer.ts";
import { openFront } from "./front.ts";
import type { Front } from "./front.ts";
import { Feed } from "./journal/feed.ts";
import type { Holding } from "./journal/feed.ts";
import { HqJournal } from "./journal/journal.ts";
import { watchJournal } from "./journal/watch.ts";
import type { LinkContext } from "./link.ts";
import { LowStock } from "./low-stock.ts";
import { createProjection } from "./project.ts";
import { Projector } from "./projector.ts";
import type { Projection, Store } from "./store/store.ts";

export interface HqOptions {
  readonly tenant: string;
  readonly store: Store;
  /** See keys.ts for what is in it. */
  readonly keysDir: string;
  readonly signer: Signer;
  readonly kid: Uint8Array;
  /** Loopback by default. */
  readonly host?: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Serves through this broker, as its client; `host` and `port` are not used then. */
  readonly broker?: BrokerAddress;
  readonly log: Log;
  readonly nowMs?: () => number;
  readonly projection?: Projection;
  /** False for a headquarters that takes plain messages alone, as those of before 0.3.0; true where it is not said. */
  readonly takesWrapped?: boolean;
}

export interface Hq {
  /** Where it listens, or where its broker does. */
  readonly port: number;
  /** Headquarters' own key, which its messages are signed with. */
  readonly publicKey: Uint8Array;
  /** The door to headquarters' own journal. */
  readonly authoring: Authoring;
  /** Whether terminals can reach it. */
  isUp(): boolean;
  /** What each terminal that asked since the start holds of that journal. */
  holdings(): readonly Holding[];
  /** Stores the alarms that were counted and not stored yet. */
  flushAlarms(): Promise<void>;
  /** Stops in reverse order: no new messages, commits under way end, the projector rests. */
  stop(): Promise<void>;
}

const CLIENT_ID_BYTES = 8;

/** Starts headquarters. Throws hq/port_in_use, hq/listen_failed. */
export async function startHq(options: HqOptions): Promise<Hq> {
  const { tenant, store, signer, kid, log } = options;
  const alarms = new AlarmTally(tenant, store, log);
  const committer = new Committer(store);
  const lowStock = new LowStock(store, tenant, log);
  const projection = options.projection ?? createProjection();
  const projector = new Projector(store, projection, tenant, log, machineTimers, () => lowStock.refresh());
  const nowMs = options.nowMs ?? Date.now;
  const journal = new HqJournal({ tenant, store, signer, kid, nowMs });
  await journal.refresh();
  const feed = new Feed(tenant, journal, store, nowMs);
  const front = await openDoor(options, {
    store,
    committer,
    signer,
    kid,
    nowMs,
    feed,
    ...(options.takesWrapped === false ? {} : { squeezer: zstd }),
    alarm: (code, terminal, detail) => alarms.count(code, terminal, detail),
    low: () => lowStock.low,
    onStored: ({ terminal, epoch }) => projector.wake({ tenant, terminal, epoch }),
  });
  projector.start();
  const unwatch = watchJournal(journal, machineTimers, log);
  return {
    authoring: createAuthoring({ tenant, store, journal, nowMs }),
    holdings: () => feed.holdings(),
    isUp: () => front.isUp(),
    port: front.port,
    publicKey: signer.publicKey,
    flushAlarms: () => alarms.flush(),
    stop: async () => {
      unwatch();
      await front.close();
      await committer.drain();
      await projector.close();
      await alarms.close();
    },
  };
}

/** The front, or the bridge to a broker. */
async function openDoor(options: HqOptions, context: LinkContext): Promise<Front> {
  const { tenant, keysDir, broker, port, log } = options;
  if (broker === undefined) {
    return openFront({ tenant, host: options.host ?? "127.0.0.1", port, keysDir }, context);
  }
  // Drawn anew by each process, so that two of them never take the connection from each other.
  const clientId = `hq-${randomBytes(CLIENT_ID_BYTES).toString("hex")}`;
  const bus = createMqttBus({ ...broker, clientId });
  const bridge = await openBridge({ tenant, keysDir, bus, timers: machineTimers, log }, context);
  return { port: broker.port, isUp: () => bridge.isUp(), close: () => bridge.close() };
}
