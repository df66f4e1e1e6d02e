/**
 * Catalogue files of headquarters, read: which of them this terminal wants, which are on its shelf, and
 * what they say. A file that cannot be used is refused once, with its reason, and never sold from.
 */
import type { CatalogueStart } from "../../core/hq/events.ts";
import type { HqView } from "../../core/hq/view.ts";
import type { WallMs } from "../../core/time.ts";
import { readCatalogue } from "../catalogue.ts";
import type { Catalogue } from "../catalogue.ts";
import type { CatalogueFiles } from "../catalogue-in-force.ts";
import { BLOBS_KEPT_COUNT_MAX, nameOf } from "./shelf.ts";
import type { Shelf } from "./shelf.ts";

export class ReadFiles implements CatalogueFiles {
  readonly #shelf: Shelf;
  readonly #language: "en" | "zh";
  readonly #log: (code: string, detail: string) => void;
  /** By file name; null for one that cannot be used. */
  readonly #read = new Map<string, Catalogue | null>();
  #revision = 0;
  #kept: CatalogueStart | null = null;

  constructor(shelf: Shelf, language: "en" | "zh", log: (code: string, detail: string) => void) {
    this.#shelf = shelf;
    this.#language = language;
    this.#log = log;
  }

  get revision(): number {
    return this.#revision;
  }

  get kept(): CatalogueStart | null {
    return this.#kept;
  }

  of({ sha256 }: CatalogueStart): Catalogue | null {
    return this.#read.get(nameOf(sha256)) ?? null;
  }

  /** The file to fetch next: the one in force before those to come; null when all are here. */
  missing({ catalogues }: HqView, at: WallMs): CatalogueStart | null {
    const begun = catalogues.findLastIndex(({ startsAt }) => startsAt <= at);
    const ahead = catalogues.slice(Math.max(0, begun), Math.max(0, begun) + BLOBS_KEPT_COUNT_MAX - 1);
    return ahead.find((its) => this.#isMissing(its)) ?? null;
  }

  #isMissing({ sha256 }: CatalogueStart): boolean {
    return !this.#read.has(nameOf(sha256));
  }

  /** Takes up where the last start left off. The Disk's faults pass through. */
  async open(): Promise<void> {
    this.#kept = await this.#shelf.inUse();
  }

  /** This one is sold from now. The Disk's faults pass through. */
  async keep(published: CatalogueStart): Promise<void> {
    if (this.#kept?.version === published.version) return;
    this.#kept = published;
    this.#revision += 1;
    await this.#shelf.setInUse(published);
  }

  /** The files that are worth keeping, most urgent first, at most as many as are kept. */
  wanted({ catalogues }: HqView, at: WallMs): readonly CatalogueStart[] {
    const begun = catalogues.findLastIndex(({ startsAt }) => startsAt <= at);
    const inForce = catalogues.slice(Math.max(0, begun), begun + 1);
    const before = [...catalogues.slice(0, Math.max(0, begun)).reverse()];
    const inUse = this.#kept === null ? [] : [this.#kept];
    const all = [...inForce, ...inUse, ...catalogues.slice(begun + 1), ...before];
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

  async #load({ sha256, version }: CatalogueStart): Promise<void> {
    const bytes = await this.#shelf.read(sha256);
    if (bytes === null) return;
    const text = new TextDecoder("utf-8").decode(bytes);
    const read = readCatalogue(text, this.#language);
    if (!read.ok) this.#log(read.code, `catalogue ${version} of headquarters: ${read.message}`);
    this.#read.set(nameOf(sha256), read.ok ? read.value : null);
    this.#revision += 1;
  }
}
