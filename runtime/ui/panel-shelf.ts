/**
 * What the panels of all pages are made of, and when they may be shown: shifts as they were when all
 * money was on disk, an order once all of it is, the settings as they were looked up last.
 */
import type { ClerkId } from "../../core/ids.ts";
import type { State } from "../../core/state.ts";
import { currencyExponent } from "../../core/money.ts";
import type { Catalogue } from "../catalogue.ts";
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { denominationsOf } from "./denominations.ts";
import type { Panel, PanelContent, SettingsPanel } from "./panels.ts";
import type { House, PrinterPort } from "./ports.ts";
import { ackedWithin } from "./view.ts";
import { healthPanel, stockPanel } from "./view-house.ts";
import { orderDetail } from "./view-order-detail.ts";
import { newestOwnSeq } from "./view-orders.ts";
import { shiftFacts, shiftPanel } from "./view-shift.ts";
import type { ShiftFacts } from "./view-shift.ts";

export interface PanelShelfOptions {
  readonly printer: PrinterPort;
  readonly catalogue: Catalogue;
  readonly config: Pick<Config, "currency" | "zoneMinutes" | "drawers">;
  readonly clock: Clock;
  /** Told of a Bug while looking up. */
  readonly onBug: (cause: unknown) => void;
}

/** The panels that have content of their own; "orders" is a list with its own message. */
type ContentPanel = Exclude<Panel, { panel: "none" | "orders" }>;

/** See the header. */
export class PanelShelf {
  readonly #options: PanelShelfOptions;
  readonly #onChange: () => void;
  readonly #shifts = new WeakMap<State, ShiftFacts>();
  #settings: SettingsPanel | null = null;
  #stock: { readonly key: string; readonly state: State; readonly panel: PanelContent } | null = null;

  /** `onChange` is told when the settings were looked up. */
  constructor(options: PanelShelfOptions, onChange: () => void) {
    this.#options = options;
    this.#onChange = onChange;
  }

  /** All money of this state is on disk: what it shows may be shown. */
  look(state: State): void {
    this.#shifts.set(state, shiftFacts(state));
  }

  /** A page opened this panel. What the machine has of serial lines is looked up anew each time. */
  opened({ panel }: Panel): void {
    // The printer's model stands in the health panel too.
    if (panel !== "settings" && !(panel === "health" && this.#settings === null)) return;
    this.#options.printer.settings().then((settings) => {
      this.#settings = settings;
      this.#onChange();
    }, this.#options.onBug);
  }

  /** What a page of this clerk is shown; null while there is nothing that may be. */
  contentOf(panel: ContentPanel, house: House, clerk: ClerkId | ""): PanelContent | null {
    const { clock } = this.#options;
    const { state } = house.loop;
    switch (panel.panel) {
      case "order":
        return this.#order(panel.order, house);
      case "shift":
        return this.#shift(house, clerk);
      case "stock":
        return this.#stockOf(house);
      case "health": {
        const printerName = this.#settings?.printer?.model ?? "";
        const { zoneMinutes } = this.#options.config;
        const content = healthPanel(state, house.status, printerName, clock.wall(), zoneMinutes);
        // What readers took is for whoever is signed on.
        return { panel: "health", content: clerk === "" ? { ...content, readerDays: [] } : content };
      }
      case "settings":
        return this.#settings === null ? null : { panel: "settings", content: this.#settings };
    }
  }

  // A catalogue of 50,000 items is not gone through for each tap: it changes with what was set alone.
  #stockOf({ loop, status }: House): PanelContent {
    const { state } = loop;
    const key = JSON.stringify([[...state.soldOut], status.lowItems]);
    if (this.#stock === null || this.#stock.key !== key || this.#stock.state !== state) {
      const content = stockPanel(state, this.#options.catalogue, status);
      this.#stock = { key, state, panel: { panel: "stock", content } };
    }
    return this.#stock.panel;
  }

  #order(
    order: Extract<ContentPanel, { panel: "order" }>["order"],
    { loop, status }: House,
  ): PanelContent | null {
    const entry = loop.state.orders.get(order);
    const isStored = entry === undefined || newestOwnSeq(loop.state, entry) <= status.durableSeq;
    if (!loop.isShowable && !isStored) return null;
    return {
      panel: "order",
      order,
      content: orderDetail(loop.state, status, order, this.#options.config.zoneMinutes),
    };
  }

  #shift({ loop, status }: House, clerk: ClerkId | ""): PanelContent | null {
    const { currency, zoneMinutes, drawers } = this.#options.config;
    const facts = this.#shifts.get(loop.state);
    if (facts === undefined) return null;
    const content = shiftPanel(facts, {
      clerk,
      drawers,
      denominationsMinor: denominationsOf(currency, currencyExponent(currency)),
      unsentCount: status.headSeq - ackedWithin(status),
      zoneMinutes,
    });
    return { panel: "shift", content };
  }
}
