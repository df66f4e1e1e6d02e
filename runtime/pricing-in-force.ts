/**
 * The pricing rules as they stand at this moment: the terminal's own, replaced by what headquarters
 * published from its start on. Which is in force is judged as for catalogues (catalogue-in-force.ts C1 and
 * C2); orders that are under way ask for the version of their first line.
 */
import type { CatalogueStart } from "../core/hq/events.ts";
import type { PricingSource } from "../core/price/rules/source.ts";
import type { PricingRules, RulesDocument } from "../core/price/rules/types.ts";
import type { State } from "../core/state.ts";
import type { WallMs } from "../core/time.ts";
import { believedAt, inForceHere } from "./catalogue-in-force.ts";
import type { PublishedFiles } from "./catalogue-in-force.ts";

type Told = Pick<State, "hq" | "clockFlag" | "clockHighWaterMs">;

export class PricingInForce implements PricingSource {
  readonly place: PricingSource["place"];
  readonly #own: PricingSource;
  readonly #state: Told;
  readonly #files: PublishedFiles<RulesDocument>;
  readonly #wall: () => WallMs;
  /** By version, so that the rules of an order are the same object at every tap. */
  readonly #made = new Map<number, PricingRules>();
  #revision = 0;

  /** `own` holds the terminal's file, or nothing. */
  constructor(own: PricingSource, state: Told, files: PublishedFiles<RulesDocument>, wall: () => WallMs) {
    this.place = own.place;
    this.#own = own;
    this.#state = state;
    this.#files = files;
    this.#wall = wall;
  }

  inForce(): PricingRules | null {
    const { pricings } = this.#state.hq;
    if (pricings.length === 0 && this.#files.kept === null) return this.#own.inForce();
    const published = inForceHere(pricings, this.#files, believedAt(this.#state, this.#wall));
    return (published === null ? null : this.#rulesOf(published)) ?? this.#own.inForce();
  }

  of(version: number): PricingRules | null {
    if (version === 0) return this.#own.of(0);
    const { kept } = this.#files;
    const known = this.#state.hq.pricings.find((its) => its.version === version);
    const published = known ?? (kept?.version === version ? kept : null);
    // In training the own ones are those that the terminal sells by, with their versions.
    return published === null ? this.#own.of(version) : this.#rulesOf(published);
  }

  #rulesOf(published: CatalogueStart): PricingRules | null {
    if (this.#revision !== this.#files.revision) this.#made.clear();
    this.#revision = this.#files.revision;
    const made = this.#made.get(published.version);
    if (made !== undefined) return made;
    const document = this.#files.of(published);
    if (document === null) return null;
    const rules = { ...document, version: published.version, sha256: published.sha256 };
    this.#made.set(published.version, rules);
    return rules;
  }
}
