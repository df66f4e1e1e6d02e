/**
 * Which items run low, for everyone who is connected: asked of the store after steps of the projector,
 * and a new list only when it changed.
 */
import { NOTICE_ITEMS_COUNT_MAX } from "../../protocol/limits.ts";
import type { LowItem } from "../../protocol/message.ts";
import { causeFacts } from "../../runtime/log.ts";
import type { Log } from "../../runtime/log.ts";
import type { Store } from "./store/store.ts";

export class LowStock {
  readonly #store: Pick<Store, "stock">;
  readonly #tenant: string;
  readonly #log: Log;
  #low: readonly LowItem[] = [];
  #isAsking = false;
  #isStale = false;

  constructor(store: Pick<Store, "stock">, tenant: string, log: Log) {
    this.#store = store;
    this.#tenant = tenant;
    this.#log = log;
  }

  /** The items that run low, emptiest first; the same list until it changed. */
  get low(): readonly LowItem[] {
    return this.#low;
  }

  /** Levels may have moved: asks the store, once at a time. A store that fails leaves the list as it is. */
  refresh(): void {
    this.#isStale = true;
    if (!this.#isAsking) void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    while (this.#isStale) {
      this.#isStale = false;
      try {
        this.#take(await this.#store.stock(this.#tenant));
      } catch (error) {
        this.#log("stock/not_asked", causeFacts(error));
      }
    }
    this.#isAsking = false;
  }

  #take(levels: Awaited<ReturnType<Store["stock"]>>): void {
    const low = levels
      .filter(({ isLow }) => isLow)
      .sort((a, b) => a.levelMilli - b.levelMilli)
      .slice(0, NOTICE_ITEMS_COUNT_MAX)
      .map(({ sku, levelMilli, targetMilli }) => ({ sku, levelMilli, targetMilli }));
    if (JSON.stringify(low) !== JSON.stringify(this.#low)) this.#low = low;
  }
}
