/**
 * Files of headquarters, read: which of them this terminal wants, which are on its shelf, and what they
 * say. One of these for the catalogues, one for the pricing rules. A file that cannot be used is refused
 * once, with its reason, and never sold from.
 */
import type { CatalogueStart } from "../../core/hq/events.ts";
import type { HqView } from "../../core/hq/view.ts";
import type { WallMs } from "../../core/time.ts";
import type { PublishedFiles } from "../catalogue-in-force.ts";
import { BLOBS_KEPT_COUNT_MAX, nameOf } from "./shelf.ts";
import type { InUse, Shelf } from "./shelf.ts";

/** What files of one kind are. */
export interface FileKind<T> {
  readonly inUse: InUse;
  readonly published: (hq: HqView) => readonly CatalogueStart[];
  /** What the text says, or null when it cannot be used; why is logged by whoever reads it. */
  readonly read: (text: string, published: CatalogueStart) => T | null;
}

export class ReadFiles<T> implements PublishedFiles<T> {
  readonly #shelf: Shelf;
  readonly #kind: FileKind<T>;
  /** By file name; null for one that cannot be used. */
  readonly #read = new Map<string, T | null>();
  #revision = 0;
  #kept: CatalogueStart | null = null;

  constructor(shelf: Shelf, kind: FileKind<T>) {
    this.#shelf = shelf;
    this.#kind = kind;
  }

  get revision(): number {
    return this.#revision;
  }

  get kept(): CatalogueStart | null {
    return this.#kept;
  }

  of({ sha256 }: CatalogueStart): T | null {
    return this.#read.get(nameOf(sha256)) ?? null;
  }

  /** The file to fetch next: the one in force before those to come; null when all are here. */
  missing(hq: HqView, at: WallMs): CatalogueStart | null {
    const published = this.#kind.published(hq);
    const begun = published.findLastIndex(({ startsAt }) => startsAt <= at);
    const ahead = published.slice(Math.max(0, begun), Math.max(0, begun) + BLOBS_KEPT_COUNT_MAX - 1);
    return ahead.find((its) => this.#isMissing(its)) ?? null;
  }

  #isMissing({ sha256 }: CatalogueStart): boolean {
    return !this.#read.has(nameOf(sha256));
  }

  /** Takes up where the last start left off. The Disk's faults pass through. */
  async open(): Promise<void> {
    this.#kept = await this.#shelf.inUse(this.#kind.inUse);
  }

  /** This one is sold from now. The Disk's faults pass through. */
  async keep(published: CatalogueStart): Promise<void> {
    if (this.#kept?.version === published.version) return;
    this.#kept = published;
    this.#revision += 1;
    await this.#shelf.setInUse(published, this.#kind.inUse);
  }

  /** The files that are worth keeping, most urgent first, at most as many as are kept. */
  wanted(hq: HqView, at: WallMs): readonly CatalogueStart[] {
    const published = this.#kind.published(hq);
    const begun = published.findLastIndex(({ startsAt }) => startsAt <= at);
    const inForce = published.slice(Math.max(0, begun), begun + 1);
    const before = [...published.slice(0, Math.max(0, begun)).reverse()];
    const inUse = this.#kept === null ? [] : [this.#kept];
    const all = [...inForce, ...inUse, ...published.slice(begun + 1), ...before];
    const first = new Map(all.toReversed().map((its) => [nameOf(its.sha256), its]));
    return [...first.values()].reverse().slice(0, BLOBS_KEPT_COUNT_MAX);
  }

  /** Reads those of the wanted files that are on the shelf, and lets go of all others. The Disk's faults pass through. */
  async load(wanted: readonly CatalogueStart[]): Promise<void> {
    const names = new Set(wanted.map(({ sha256 }) => nameOf(sha256)));
    for (const name of this.#read.keys()) {
      if (names.has(name)) continue;
      this.#read.delete(name);
      this.#revision += 1;
    }
    for (const published of wanted) if (this.#isMissing(published)) await this.#load(published);
  }

  async #load(published: CatalogueStart): Promise<void> {
    const bytes = await this.#shelf.read(published.sha256);
    if (bytes === null) return;
    const text = new TextDecoder("utf-8").decode(bytes);
    this.#read.set(nameOf(published.sha256), this.#kind.read(text, published));
    this.#revision += 1;
  }
}
