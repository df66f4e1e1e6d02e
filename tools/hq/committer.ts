/**
 * Group commit: batches that wait while a transaction runs go into the next one together, in the
 * order in which they came. Owns the queue and its bound; a batch that the store cannot take does
 * not take its neighbours with it.
 */
import { COMMIT_GROUP_BYTES_MAX, COMMIT_GROUP_COUNT_MAX, COMMIT_QUEUE_COUNT_MAX } from "./limits.ts";
import type { Arrival, Outcome, Store } from "./store/store.ts";

interface Waiting {
  readonly arrival: Arrival;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

export class Committer {
  readonly #store: Pick<Store, "commit">;
  readonly #queueCountMax: number;
  readonly #turn: () => Promise<void>;
  readonly #queue: Waiting[] = [];
  #running: Promise<void> | null = null;

  /** `turn` waits until what was read together is here; a turn of the event loop unless said. */
  constructor(
    store: Pick<Store, "commit">,
    queueCountMax = COMMIT_QUEUE_COUNT_MAX,
    turn: () => Promise<void> = nextTurn,
  ) {
    this.#store = store;
    this.#queueCountMax = queueCountMax;
    this.#turn = turn;
  }

  /** The outcome once it is durable; "busy" at once when too many wait already. Rejects where the store failed. */
  submit(arrival: Arrival): Promise<Outcome | "busy"> {
    if (this.#queue.length >= this.#queueCountMax) return Promise.resolve("busy");
    const outcome = new Promise<Outcome>((resolve, reject) => {
      this.#queue.push({ arrival, resolve, reject });
    });
    this.#running ??= this.#run();
    return outcome;
  }

  /** Resolves when nothing waits any more. */
  async drain(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async #run(): Promise<void> {
    // So that what was read together is committed together.
    await this.#turn();
    while (this.#queue.length > 0) await this.#commit(this.#nextGroup());
    this.#running = null;
  }

  #nextGroup(): readonly Waiting[] {
    let groupBytes = 0;
    let count = 0;
    for (const { arrival } of this.#queue) {
      if (count >= COMMIT_GROUP_COUNT_MAX || groupBytes >= COMMIT_GROUP_BYTES_MAX) break;
      groupBytes += arrival.body.length;
      count += 1;
    }
    return this.#queue.splice(0, count);
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.#store.commit(group.map(({ arrival }) => arrival));
      group.forEach((waiting, index) => {
        const outcome = outcomes[index];
        if (outcome !== undefined) waiting.resolve(outcome);
        else waiting.reject(new Error("committer: The store must answer every arrival"));
      });
    } catch (error) {
      const [only] = group;
      if (group.length === 1 && only !== undefined) only.reject(error);
      else for (const waiting of group) await this.#commit([waiting]);
    }
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
