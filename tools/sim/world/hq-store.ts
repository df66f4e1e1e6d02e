/**
 * Headquarters' store in the world: the product's store in memory, behind the time that a database
 * takes, and behind crashes. The log of commits is what a database would have on its disk: a backup is
 * a length of it, and a restart finds what it says.
 *
 * H1 A commit has its effect at one moment and is answered at a later one, so that headquarters can
 *    die in between. What was still under way when it died is there afterwards, or it is not.
 * H2 Projections are derived: after a restore they are made anew from the log.
 */
import type { TerminalId } from "../../../core/ids.ts";
import { lastSeq } from "../../hq/held.ts";
import { createMemoryStore } from "../../hq/store/memory.ts";
import type { Arrival, Outcome, Store } from "../../hq/store/store.ts";
import type { Stream } from "./random.ts";
import type { Life, Scheduler } from "./scheduler.ts";

interface Commit {
  readonly arrivals: readonly Arrival[];
  /** When the medium had it; later than its effect only under the planted bug. */
  readonly durableUs: number;
}

export interface HqStoreHost {
  readonly scheduler: Scheduler;
  readonly stream: Stream;
  readonly acksEarly: boolean;
  readonly onCommitted: (arrivals: readonly Arrival[], outcomes: readonly Outcome[]) => void;
  /** A commit under way when headquarters died was decided. */
  readonly onFault: (kind: string) => void;
}

const COMMIT_US: readonly [number, number] = [500, 8000];
const LOOK_US: readonly [number, number] = [50, 800];

/** The database: survives its process. */
export class HqMedium {
  readonly #host: HqStoreHost;
  #memory: Store;
  #log: Commit[] = [];
  readonly #underWay = new Set<readonly Arrival[]>();
  readonly #positions = new Map<string, Uint8Array>();
  /** 1 for a healthy database. */
  slowness = 1;
  /** The probability with which a call fails, with its effect or without. */
  failure = 0;

  constructor(host: HqStoreHost) {
    this.#host = host;
    this.#memory = createMemoryStore(host.stream.bytes(8));
  }

  get memory(): Store {
    return this.#memory;
  }
  get commitCount(): number {
    return this.#log.length;
  }

  /** The chain's hash behind a held block that ends here; null when none does. */
  hashAt(terminal: string, epoch: string, seq: number): Uint8Array | null {
    return this.#positions.get(`${terminal}/${epoch}/${seq}`) ?? null;
  }

  /** The Store port for one life of headquarters. */
  store(life: Life): Store {
    const memory = this.#memory;
    const look = async <T>(work: () => Promise<T>): Promise<T> => {
      const failure = this.#drawFailure();
      const answer = await this.#host.scheduler.later(this.#delayUs(LOOK_US), life, () => {
        if (failure === "before") throw new Error("hq: The database is away");
        return work();
      });
      if (failure === "behind") throw new Error("hq: The database went away");
      return answer;
    };
    return {
      console: memory.console,
      incarnation: memory.incarnation,
      commit: (arrivals) => this.#commit(arrivals, life),
      append: (arrivals, after) => look(() => this.#append(arrivals, after)),
      putBlob: (tenant, sha256, bytes) => look(() => memory.putBlob(tenant, sha256, bytes)),
      blobPiece: (tenant, sha256, offset) => look(() => memory.blobPiece(tenant, sha256, offset)),
      blobs: (tenant) => look(() => memory.blobs(tenant)),
      holds: (link, countMax) => look(() => memory.holds(link, countMax)),
      epochs: (link) => look(() => memory.epochs(link)),
      batchesAfter: (writer, seq, countMax) => look(() => memory.batchesAfter(writer, seq, countMax)),
      raise: (alarms) => look(() => memory.raise(alarms)),
      writersBehind: (tenant, countMax) => look(() => memory.writersBehind(tenant, countMax)),
      projectNext: (writer, projection) => look(() => memory.projectNext(writer, projection)),
      retryHeld: (tenant, projection, after) => look(() => memory.retryHeld(tenant, projection, after)),
      lagCount: (tenant) => look(() => memory.lagCount(tenant)),
      probe: () => look(() => memory.probe()),
      alarms: (tenant) => look(() => memory.alarms(tenant)),
      figures: (tenant) => look(() => memory.figures(tenant)),
      clearProjections: (tenant) => look(() => memory.clearProjections(tenant)),
      projectionDigests: (tenant) => look(() => memory.projectionDigests(tenant)),
      countStock: (tenant, counts) => look(() => memory.countStock(tenant, counts)),
      stock: (tenant) => look(() => memory.stock(tenant)),
      close: () => Promise.resolve(),
    };
  }

  // H1
  async #commit(arrivals: readonly Arrival[], life: Life): Promise<readonly Outcome[]> {
    const { scheduler, acksEarly } = this.#host;
    const delayUs = this.#delayUs(COMMIT_US);
    if (acksEarly) return this.#take(arrivals, scheduler.nowUs + delayUs);
    const failure = this.#drawFailure();
    this.#underWay.add(arrivals);
    const outcomes = await scheduler.later(delayUs, life, () => {
      this.#underWay.delete(arrivals);
      if (failure === "before") throw new Error("hq: The commit failed");
      return this.#take(arrivals, scheduler.nowUs);
    });
    await scheduler.sleep(this.#delayUs(LOOK_US), life);
    if (failure === "behind") throw new Error("hq: The commit's answer is lost");
    return outcomes;
  }

  async #take(arrivals: readonly Arrival[], durableUs: number): Promise<readonly Outcome[]> {
    this.#log.push({ arrivals, durableUs });
    const outcomes = await this.#memory.commit(arrivals);
    outcomes.forEach((outcome, index) => {
      const arrival = arrivals[index];
      if (outcome.kind === "stored" && arrival !== undefined) this.#index(arrival);
    });
    this.#host.onCommitted(arrivals, outcomes);
    return outcomes;
  }

  async #append(
    arrivals: readonly Arrival[],
    after: Parameters<Store["append"]>[1],
  ): ReturnType<Store["append"]> {
    const outcome = await this.#memory.append(arrivals, after);
    if (outcome === "moved") return outcome;
    this.#log.push({ arrivals, durableUs: this.#host.scheduler.nowUs });
    arrivals.forEach((arrival) => this.#index(arrival));
    return outcome;
  }

  #index({ batch }: Arrival): void {
    for (const block of batch.blocks) {
      const key = `${batch.terminal}/${batch.epoch}/${lastSeq(block)}`;
      if (!this.#positions.has(key)) this.#positions.set(key, block.hash);
    }
  }

  /** The process died: each commit under way is decided, and what was never on the medium is gone. */
  crash(): void {
    const { scheduler, stream, onFault } = this.#host;
    for (const arrivals of this.#underWay) {
      const isThere = stream.chance(0.5);
      onFault(isThere ? "hq_crash_after_commit" : "hq_crash_before_commit");
      if (isThere) void this.#take(arrivals, scheduler.nowUs);
    }
    this.#underWay.clear();
    const durable = this.#log.filter((commit) => commit.durableUs <= scheduler.nowUs);
    if (durable.length < this.#log.length) this.#rebuild(durable, this.#memory.incarnation);
  }

  /** Comes back as it was after so many commits, under a new incarnation. */
  restore(commitCount: number): void {
    this.#rebuild(this.#log.slice(0, commitCount), this.#host.stream.bytes(8));
  }

  // H2
  #rebuild(log: readonly Commit[], incarnation: Uint8Array): void {
    this.#log = [...log];
    this.#memory = createMemoryStore(incarnation);
    this.#positions.clear();
    for (const { arrivals } of this.#log) {
      void this.#memory.commit(arrivals).then((outcomes) => {
        outcomes.forEach((outcome, index) => {
          const arrival = arrivals[index];
          if (outcome.kind === "stored" && arrival !== undefined) this.#index(arrival);
        });
      });
    }
  }

  #drawFailure(): "none" | "before" | "behind" {
    const { stream, onFault } = this.#host;
    if (!stream.chance(this.failure)) return "none";
    onFault("hq_store_fails");
    return stream.chance(0.5) ? "before" : "behind";
  }

  #delayUs([least, most]: readonly [number, number]): number {
    return this.#host.stream.between(least, most) * this.slowness;
  }

  /** Whether anything of this terminal is held. */
  async eventCount(tenant: string, terminal: TerminalId): Promise<number> {
    const epochs = await this.#memory.epochs({ tenant, terminal });
    return epochs.reduce((count, epoch) => count + epoch.tip.seq - epoch.fromSeq + 1, 0);
  }
}
