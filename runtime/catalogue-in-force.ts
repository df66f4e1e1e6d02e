/**
 * The catalogue as it stands at this moment: the terminal's own file, replaced by what headquarters
 * published from its start on, with the prices that were set over it. It looks like any catalogue, so
 * whoever sells from one need not know that it changes.
 *
 * C1 Which is in force is asked with the clock on the wall at the moment of the decision. A clock that is
 *    not believed keeps what was in force at the newest time that was.
 * C2 A file that has not come yet, or cannot be used, leaves the one in force that was, however many
 *    versions lie between.
 */
import type { CatalogueStart } from "../core/hq/events.ts";
import { latestBegun, nextStart, priceInForce } from "../core/hq/in-force.ts";
import type { State } from "../core/state.ts";
import type { WallMs } from "../core/time.ts";
import type { Catalogue, CatalogueItem, Category } from "./catalogue.ts";
import type { MeasurePattern } from "../drivers/scanner/measure.ts";

/** Files of headquarters of one kind that were read; see downlink/files.ts. */
export interface PublishedFiles<T> {
  /** Changes when a file came or went. */
  readonly revision: number;
  /** What the file says, or null when it is not here or cannot be used. */
  of(published: CatalogueStart): T | null;
  /** The one that was in force last, kept until another one is; null for the terminal's own file. */
  readonly kept: CatalogueStart | null;
}

/** The time that starts are compared with (C1). */
export function believedAt(
  { clockFlag, clockHighWaterMs }: Pick<State, "clockFlag" | "clockHighWaterMs">,
  wall: () => WallMs,
): WallMs {
  return clockFlag === "none" ? wall() : clockHighWaterMs;
}

/** What headquarters published and is sold from at `at` (C2); null for the terminal's own file. */
export function inForceHere(
  published: readonly CatalogueStart[],
  files: Pick<PublishedFiles<unknown>, "of" | "kept">,
  at: WallMs,
): CatalogueStart | null {
  const isHere = (its: CatalogueStart): boolean => files.of(its) !== null;
  const inForce = latestBegun(published, at, isHere);
  if (inForce !== null) return inForce;
  const { kept } = files;
  return kept !== null && isHere(kept) ? kept : null;
}

interface Made {
  readonly catalogue: Catalogue;
  readonly word: object | null;
  readonly revision: number;
  readonly from: WallMs;
  /** When something begins; null when nothing is to come. */
  readonly until: WallMs | null;
}

export class CatalogueInForce implements Catalogue {
  readonly #own: Catalogue;
  readonly #state: Pick<State, "hq" | "clockFlag" | "clockHighWaterMs">;
  readonly #files: PublishedFiles<Catalogue>;
  readonly #wall: () => WallMs;
  #made: Made | null = null;

  /** `own` is the terminal's file, version 0. */
  constructor(
    own: Catalogue,
    state: Pick<State, "hq" | "clockFlag" | "clockHighWaterMs">,
    files: PublishedFiles<Catalogue>,
    wall: () => WallMs,
  ) {
    this.#own = own;
    this.#state = state;
    this.#files = files;
    this.#wall = wall;
  }

  get categories(): readonly Category[] {
    return this.#now().categories;
  }

  /** Another list when something changed, and only then. */
  get items(): readonly CatalogueItem[] {
    return this.#now().items;
  }

  get bySku(): ReadonlyMap<string, CatalogueItem> {
    return this.#now().bySku;
  }

  get byBarcode(): ReadonlyMap<string, CatalogueItem> {
    return this.#now().byBarcode;
  }

  get measurePatterns(): readonly MeasurePattern[] {
    return this.#now().measurePatterns;
  }

  #now(): Catalogue {
    const { hq } = this.#state;
    if (hq.catalogues.length === 0 && hq.prices.size === 0) return this.#own;
    const at = believedAt(this.#state, this.#wall);
    const { revision } = this.#files;
    const made = this.#made;
    const isFresh =
      made !== null &&
      made.word === hq.position &&
      made.revision === revision &&
      at >= made.from &&
      (made.until === null || at < made.until);
    if (isFresh) return made.catalogue;
    const catalogue = this.#make(at);
    this.#made = { catalogue, word: hq.position, revision, from: at, until: nextStart(hq, at) };
    return catalogue;
  }

  #make(at: WallMs): Catalogue {
    const { hq } = this.#state;
    // C2
    const published = inForceHere(hq.catalogues, this.#files, at);
    const base = (published === null ? null : this.#files.of(published)) ?? this.#own;
    const changed = new Map<CatalogueItem, CatalogueItem>();
    for (const item of base.items) {
      const price = priceInForce(hq, item.sku, at, published);
      const priceVersion = price?.version ?? published?.version ?? 0;
      const unitPriceMinor = price?.unitPriceMinor ?? item.unitPriceMinor;
      if (priceVersion !== item.priceVersion || unitPriceMinor !== item.unitPriceMinor)
        changed.set(item, { ...item, unitPriceMinor, priceVersion });
    }
    if (changed.size === 0) return base;
    const now = (item: CatalogueItem): CatalogueItem => changed.get(item) ?? item;
    return {
      categories: base.categories,
      items: base.items.map(now),
      bySku: new Map([...base.bySku].map(([sku, item]) => [sku, now(item)])),
      byBarcode: new Map([...base.byBarcode].map(([code, item]) => [code, now(item)])),
      measurePatterns: base.measurePatterns,
    };
  }
}
