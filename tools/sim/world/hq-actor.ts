/**
 * Headquarters in the world: the product's link, committer, projector and alarms over the store of
 * hq-store.ts. What the product's MQTT front does around a link (one session for a connection, a bound
 * on what is handled at once, a close that ends the connection) is done by the bus and here.
 */
import { AlarmTally } from "../../hq/alarm-tally.ts";
import { Committer } from "../../hq/committer.ts";
import { LINK_PENDING_COUNT_MAX } from "../../hq/limits.ts";
import { TerminalLink } from "../../hq/link.ts";
import { createProjection } from "../../hq/project.ts";
import { Projector } from "../../hq/projector.ts";
import type { OrderRow } from "../../hq/store/rows.ts";
import type { Projection } from "../../hq/store/store.ts";
import type { TerminalId } from "../../../core/ids.ts";
import { decodeRecord } from "../../../protocol/record.ts";
import type { Timers } from "../../../drivers/port/timers.ts";
import type { HqMedium } from "./hq-store.ts";
import type { KeyPair } from "./keys.ts";
import { Life } from "./scheduler.ts";
import type { Scheduler } from "./scheduler.ts";
import type { HqEnd, HqLine } from "./sim-bus.ts";

/** Everything that headquarters needs of its world. */
export interface HqHost {
  readonly tenant: string;
  readonly scheduler: Scheduler;
  readonly medium: HqMedium;
  readonly keys: KeyPair;
  readonly terminalKeys: ReadonlyMap<TerminalId, KeyPair>;
  readonly wallMs: () => number;
  readonly log: (line: string) => void;
  readonly onGone: () => void;
}

/** What a crash leaves nothing of. */
interface Running {
  readonly life: Life;
  readonly committer: Committer;
  readonly alarms: AlarmTally;
  readonly projector: Projector;
}

/** Nobody counts stock in this world. */
const NOTHING_LOW: readonly never[] = [];

export class HqActor implements HqEnd {
  readonly #host: HqHost;
  #running: Running | null = null;
  /** The newest row of each order that the projector wrote, since the last restore. */
  readonly orderRows = new Map<string, OrderRow>();

  constructor(host: HqHost) {
    this.#host = host;
  }

  get isUp(): boolean {
    return this.#running !== null;
  }

  start(): void {
    if (this.#running !== null) return;
    const { medium, tenant, log, scheduler } = this.#host;
    const life = new Life();
    const store = medium.store(life);
    const timers: Timers = { after: (delayMs, run) => scheduler.after(delayMs * 1000, life, run) };
    const turn = (): Promise<void> => scheduler.sleep(20, life);
    const committer = new Committer(store, undefined, turn);
    const alarms = new AlarmTally(tenant, store, log, timers);
    const projector = new Projector(store, this.#projection(), tenant, log, timers);
    this.#running = { life, committer, alarms, projector };
    projector.start();
  }

  /** The process dies. */
  crash(): void {
    if (this.#running === null) return;
    this.#running.life.end();
    this.#running = null;
    this.#host.medium.crash();
    this.#host.onGone();
  }

  /** Comes back from a backup; must be down. */
  restore(commitCount: number): void {
    this.orderRows.clear();
    this.#host.medium.restore(commitCount);
  }

  accept(terminal: TerminalId, send: (bytes: Uint8Array) => Promise<void>): HqLine | null {
    const running = this.#running;
    const keys = this.#host.terminalKeys.get(terminal);
    if (running === null || keys === undefined) return null;
    const { tenant, medium, keys: own, wallMs } = this.#host;
    const link = new TerminalLink(
      {
        store: medium.store(running.life),
        committer: running.committer,
        signer: own.signer,
        kid: own.signer.publicKey.slice(0, 8),
        nowMs: wallMs,
        alarm: (code, named, detail) => running.alarms.count(code, named, detail),
        low: () => NOTHING_LOW,
        onStored: (batch) => running.projector.wake({ tenant, terminal: batch.terminal, epoch: batch.epoch }),
        feed: null,
      },
      { tenant, terminal },
      keys.verifier,
      send,
    );
    return lineOf(link, running.life);
  }

  #projection(): Projection {
    const inner = createProjection({ decode: decodeOnce });
    return {
      read: (tenant, records) => inner.read(tenant, records),
      fold: (tenant, reading, events) => {
        const folding = inner.fold(tenant, reading, events);
        for (const row of folding.orders) this.orderRows.set(row.order, row);
        return folding;
      },
    };
  }
}

/** An order's records are the same bytes each time it is folded anew: what they say is read once. */
const decoded = new WeakMap<Uint8Array, ReturnType<typeof decodeRecord>>();
function decodeOnce(...[bytes, origin]: Parameters<typeof decodeRecord>): ReturnType<typeof decodeRecord> {
  const known = decoded.get(bytes) ?? decodeRecord(bytes, origin);
  decoded.set(bytes, known);
  return known;
}

function lineOf(link: TerminalLink, life: Life): HqLine {
  let pendingCount = 0;
  return {
    take: async (bytes) => {
      // A process that is gone takes nothing and answers nothing.
      if (!life.isAlive) return new Promise(() => {});
      if (pendingCount >= LINK_PENDING_COUNT_MAX) return "close";
      pendingCount += 1;
      try {
        return await link.take(bytes);
      } finally {
        pendingCount -= 1;
      }
    },
  };
}
