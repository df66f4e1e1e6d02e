/**
 * The files that headquarters publishes, by kind: catalogues and pricing rules. Whoever tends them asks
 * here, so that one kind is not kept at the cost of the other.
 */
import type { CatalogueStart } from "../../core/hq/events.ts";
import type { State } from "../../core/state.ts";
import type { WallMs } from "../../core/time.ts";
import { inForceHere } from "../catalogue-in-force.ts";
import { readCatalogue } from "../catalogue.ts";
import type { Catalogue } from "../catalogue.ts";
import { readPricing } from "../pricing-rules.ts";
import type { RulesDocument } from "../../core/price/rules/types.ts";
import { ReadFiles } from "./files.ts";
import type { Shelf } from "./shelf.ts";

/** What a terminal's files are read with. */
export interface HouseFilesOptions {
  readonly shelf: Shelf;
  readonly language: "en" | "zh";
  /** What this terminal takes; rules for another currency cannot be used. */
  readonly currency: string;
  readonly log: (code: string, detail: string) => void;
}

/** A kind as it is tended, whatever its files say. */
type Kind = Pick<ReadFiles<unknown>, "open" | "keep" | "wanted" | "load" | "missing" | "of" | "kept">;

export class HouseFiles {
  readonly catalogues: ReadFiles<Catalogue>;
  readonly pricings: ReadFiles<RulesDocument>;

  constructor({ shelf, language, currency, log }: HouseFilesOptions) {
    this.catalogues = new ReadFiles(shelf, {
      inUse: "in-use",
      published: ({ catalogues }) => catalogues,
      read: (text, { version }) => {
        const read = readCatalogue(text, language);
        if (!read.ok) log(read.code, `catalogue ${version} of headquarters: ${read.message}`);
        return read.ok ? read.value : null;
      },
    });
    this.pricings = new ReadFiles(shelf, {
      inUse: "in-use-pricing",
      published: ({ pricings }) => pricings,
      read: (text, { version }) => {
        const read = readPricing(text, language, currency);
        if (!read.ok) log(read.code, `pricing rules ${version} of headquarters: ${read.message}`);
        return read.ok ? read.value : null;
      },
    });
  }

  get #kinds(): readonly Kind[] {
    return [this.catalogues, this.pricings];
  }

  /** Takes up where the last start left off. The Disk's faults pass through. */
  async open(): Promise<void> {
    for (const kind of this.#kinds) await kind.open();
  }

  /** Reads what is wanted. The Disk's faults pass through. */
  async load({ hq }: Pick<State, "hq">, at: WallMs): Promise<void> {
    for (const kind of this.#kinds) await kind.load(kind.wanted(hq, at));
  }

  /** What is sold from now is kept in mind. The Disk's faults pass through. */
  async keep({ hq }: Pick<State, "hq">, at: WallMs): Promise<void> {
    const catalogue = inForceHere(hq.catalogues, this.catalogues, at);
    if (catalogue !== null) await this.catalogues.keep(catalogue);
    const pricing = inForceHere(hq.pricings, this.pricings, at);
    if (pricing !== null) await this.pricings.keep(pricing);
  }

  /** The names of all files that are worth keeping. */
  wanted({ hq }: Pick<State, "hq">, at: WallMs): readonly Uint8Array[] {
    return this.#kinds.flatMap((kind) => kind.wanted(hq, at).map(({ sha256 }) => sha256));
  }

  /** The file to fetch next; null when all are here. Rules are small and come first. */
  missing({ hq }: Pick<State, "hq">, at: WallMs): CatalogueStart | null {
    return this.pricings.missing(hq, at) ?? this.catalogues.missing(hq, at);
  }
}
