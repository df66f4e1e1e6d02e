/**
 * Where the receipts fall: the last ones, how often the drawer opened, and who wants to hear of it.
 * In memory only: a virtual printer that is started again is an empty one.
 */

import type { Receipt } from "./paper.ts";

/** Receipts kept; older ones are forgotten. */
export const TRAY_RECEIPTS_MAX = 200;

/** The virtual printer's memory of what came out of it. */
export class Tray {
  readonly #listeners = new Set<() => void>();
  #receipts: Receipt[] = [];
  #drawerCount = 0;

  /** Newest first. */
  get receipts(): readonly Receipt[] {
    return this.#receipts;
  }

  /** Drawer pulses since the start. */
  get drawerCount(): number {
    return this.#drawerCount;
  }

  addReceipt(receipt: Receipt): void {
    this.#receipts = [receipt, ...this.#receipts].slice(0, TRAY_RECEIPTS_MAX);
    this.#changed();
  }

  openDrawer(): void {
    this.#drawerCount += 1;
    this.#changed();
  }

  /** Something else that the listeners show has changed. */
  touch(): void {
    this.#changed();
  }

  /** Calls `listener` after every change, until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
