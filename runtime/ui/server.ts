/**
 * The screen's server behind its sockets: one session per open page. A tap goes to the loop, the
 * state comes back as a view; what a page says is never trusted further than its wire form.
 *
 *     page --text--> session -> read -> desk -> taps -> loop.submit -> view (if changed), answer
 *
 * S1 Money is not shown before it is on disk: while it waits for that, and for ever after the disk
 *    failed at it, pages keep the order, the last sale and the shifts that they have, and the panel
 *    of an order waits until all of that order is on disk.
 * S2 The answer to a tap comes after the view that holds its effect.
 * S3 A page that misbehaves loses its own connection only.
 * S4 A page at which nobody is signed on is told of no panel but its health.
 * Owns no socket and no timer of its own: adapters/screen-server.ts binds both.
 */
import { OWN_VIEW } from "../../core/decide.ts";
import { currentOrder } from "../../core/state.ts";
import type { State } from "../../core/state.ts";
import type { Timers } from "../../drivers/port/timers.ts";
import type { ScanResult } from "../../drivers/scanner/result.ts";
import type { PricingSource } from "../../core/price/rules/source.ts";
import type { Catalogue } from "../catalogue.ts";
import type { Clock, Rng } from "../clock.ts";
import type { Config } from "../config.ts";
import type { Loop } from "../loop.ts";
import { Desk, Desks } from "./desk.ts";
import {
  PAGE_BUFFERED_BYTES_MAX,
  PAGE_FAULTS_COUNT_MAX,
  PAGE_MESSAGES_PER_SECOND_COUNT_MAX,
  PUSH_PAUSE_MS,
} from "./limits.ts";
import { PanelShelf } from "./panel-shelf.ts";
import type { Panel, PanelContent } from "./panels.ts";
import { People } from "./people.ts";
import type { ReaderStation } from "../reader/desk.ts";
import type {
  CardPort,
  PinPort,
  PrinterPort,
  ScalePort,
  ScanPort,
  ScannerPort,
  TrainingPort,
} from "./ports.ts";
import { Taps } from "./taps.ts";
import { availabilityView, lastView, orderView, statusView } from "./view.ts";
import { cardsView, shownCards } from "./view-cards.ts";
import type { ShownCard } from "./view-cards.ts";
import type { StatusSource } from "./view.ts";
import { orderRows } from "./view-orders.ts";
import { welcomeView } from "./view-welcome.ts";
import { readPageMessage } from "./wire-page.ts";
import type {
  Language,
  LastView,
  NumberedMessage,
  OrderView,
  PageFaultCode,
  PageMessage,
  ScreenMessage,
  ScreenView,
} from "./wire.ts";
import { PAGE_FAULT_WORDS } from "./words.ts";

/** One page's socket, as the adapter binds it. */
export interface ScreenConnection {
  /** Bytes handed to `send` that have not left yet. */
  readonly bufferedBytes: number;
  send(text: string): void;
  /** Ends the connection with a WebSocket close code. May be called twice. */
  close(code: number, reason: string): void;
}

/** The other end: what the adapter calls. */
export interface ScreenSession {
  receive(text: string): void;
  /** The socket is gone. */
  closed(): void;
}

export interface ScreenOptions {
  /** The terminal that sells, its status and its PINs. */
  readonly loop: Loop;
  readonly status: StatusSource;
  readonly pins: PinPort;
  readonly training: TrainingPort;
  readonly scans: ScanPort;
  readonly cards: CardPort;
  /** Null without a scanner of the terminal's own. */
  readonly scanner: ScannerPort | null;
  /** Left out, or null, without one. */
  readonly scale?: ScalePort | null;
  readonly printer: PrinterPort;
  readonly catalogue: Catalogue;
  /** Left out where everything is plain. */
  readonly pricing?: PricingSource;
  readonly config: Pick<
    Config,
    | "shop"
    | "terminal"
    | "currency"
    | "zoneMinutes"
    | "receiptLanguage"
    | "staff"
    | "pins"
    | "drawers"
    | "needsShift"
    | "armsReader"
    | "cashRounding"
  >;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly rng: Rng;
  /** Told of a Bug that a tap met: nothing here goes on as if it had not happened. */
  readonly onBug: (cause: unknown) => void;
}

/** WebSocket close codes (RFC 6455 section 7.4.1). */
const CLOSE_GOING_AWAY = 1001;
const CLOSE_POLICY = 1008;

const MINUTE_MS = 60_000;

interface Shown {
  readonly order: OrderView | null;
  readonly last: LastView | null;
  readonly shownCards: readonly ShownCard[];
}

const NOTHING_SHOWN: Shown = { order: null, last: null, shownCards: [] };

type Part = keyof ScreenView | "orders" | "panel";

interface Page {
  readonly connection: ScreenConnection;
  /** What the page was sent last, as JSON text: equal text is not sent again. */
  readonly sent: Map<Part, string>;
  desk: Desk;
  /** What the newest welcome was made of; null before the first. */
  welcomedTo: (Pick<ScreenOptions["config"], "staff"> & Pick<Catalogue, "items">) | null;
  language: Language;
  panel: Panel;
  /** The panel as it was looked at last: the same one needs no second look. */
  sentPanel: PanelContent | null;
  faultCount: number;
  /** Messages of the second that began at `secondStartedMs`. */
  messageCount: number;
  secondStartedMs: number;
}

/** All open pages of one terminal. */
export class ScreenServer {
  readonly #options: ScreenOptions;
  readonly #pages = new Set<Page>();
  readonly #desks = new Desks();
  readonly #people: People;
  readonly #taps: Taps;
  readonly #panels: PanelShelf;
  /** S1: what pages see of each terminal. */
  readonly #shown = new WeakMap<Loop, Shown>();
  /** Where somebody acted last: what the terminal's own scanner reads goes there. */
  #front: Desk | null = null;
  #language: Language;
  #stopHouse: () => void = nothing;
  #stopPush: (() => void) | null = null;
  #stopMinute: () => void;
  readonly #stopTraining: () => void;
  #isClosed = false;

  constructor(options: ScreenOptions) {
    this.#options = options;
    this.#language = options.config.receiptLanguage;
    const { loop, status, pins } = options;
    this.#people = new People({ ...options, live: { loop, status, pins } }, this.#desks);
    this.#taps = new Taps(options, this.#people);
    this.#panels = new PanelShelf(options, () => this.#schedulePush());
    this.#look();
    this.#listenToHouse();
    this.#stopTraining = options.training.onChange(() => this.#changeHouse());
    options.scanner?.onScan((result) => {
      this.#takeScan(result).catch(options.onBug);
    });
    options.scale?.onChange(() => this.#schedulePush());
    this.#stopMinute = this.#everyMinute();
  }

  /** Takes on a connection that the gate let in. */
  connect(connection: ScreenConnection): ScreenSession {
    const page: Page = {
      connection,
      sent: new Map(),
      desk: new Desk(OWN_VIEW),
      welcomedTo: null,
      language: this.#language,
      panel: { panel: "none" },
      sentPanel: null,
      faultCount: 0,
      messageCount: 0,
      secondStartedMs: this.#options.clock.monotonicMs(),
    };
    this.#pages.add(page);
    return { receive: (text) => this.#receive(page, text), closed: () => this.#forget(page) };
  }

  /** Ends every connection and hears of no change any more. May be called twice. */
  close(): void {
    this.#isClosed = true;
    for (const stop of [this.#stopHouse, this.#stopTraining, this.#stopMinute, this.#stopPush]) stop?.();
    for (const page of this.#pages) this.#end(page, CLOSE_GOING_AWAY, "the runtime stops");
  }

  #receive(page: Page, text: string): void {
    if (!this.#pages.has(page)) return;
    if (this.#isFlood(page)) {
      this.#fault(page, "wire/too_many_messages");
      this.#end(page, CLOSE_POLICY, "wire/too_many_messages");
      return;
    }
    const read = readPageMessage(text);
    if (!read.ok) this.#refuseMessage(page, read.code);
    else if (read.value.kind !== "hello" && page.desk.view === OWN_VIEW)
      this.#refuseMessage(page, "wire/hello_missing");
    else this.#obey(page, read.value);
  }

  #isFlood(page: Page): boolean {
    const nowMs = this.#options.clock.monotonicMs();
    if (nowMs - page.secondStartedMs >= 1000) {
      page.secondStartedMs = nowMs;
      page.messageCount = 0;
    }
    page.messageCount += 1;
    return page.messageCount > PAGE_MESSAGES_PER_SECOND_COUNT_MAX;
  }

  // S3
  #refuseMessage(page: Page, code: PageFaultCode): void {
    page.faultCount += 1;
    this.#fault(page, code);
    if (page.faultCount >= PAGE_FAULTS_COUNT_MAX) this.#end(page, CLOSE_POLICY, code);
  }

  #fault(page: Page, code: PageFaultCode): void {
    this.#send(page, { kind: "fault", code, sentence: PAGE_FAULT_WORDS[code][page.language] });
  }

  #obey(page: Page, message: PageMessage): void {
    switch (message.kind) {
      case "hello":
        this.#seat(page, message.view);
        page.language = message.language ?? this.#language;
        this.#language = page.language;
        this.#greet(page);
        break;
      case "open":
        page.panel = message.panel;
        page.sent.delete("orders");
        page.sent.delete("panel");
        page.sentPanel = null;
        this.#panels.opened(message.panel);
        this.#pushTo(page);
        break;
      default:
        this.#take(page, message);
    }
  }

  // A new view begins with nobody signed on at it.
  #seat(page: Page, view: number): void {
    if (page.desk.view === view) return;
    page.desk.connectionCount -= 1;
    page.desk = this.#desks.of(view);
    page.desk.connectionCount += 1;
  }

  #greet(page: Page): void {
    const { config, catalogue } = this.#options;
    const { isTraining } = this.#people.house.loop.state;
    page.welcomedTo = { items: catalogue.items, staff: config.staff };
    this.#send(page, {
      kind: "welcome",
      welcome: welcomeView(config, catalogue, isTraining, page.language),
    });
    this.#pushTo(page);
  }

  #take(page: Page, message: NumberedMessage): void {
    const { desk } = page;
    this.#front = desk;
    const run = (): Promise<void> => this.#serve(page, desk, message).catch(this.#options.onBug);
    // A weighing takes as long as the plate moves.
    if (!desk.take(run, message.kind === "pin" || message.kind === "scale"))
      this.#refuseMessage(page, "wire/too_many_messages");
  }

  async #serve(page: Page, desk: Desk, message: NumberedMessage): Promise<void> {
    const serving = this.#taps.serve(desk, message, page.language);
    // A disk that takes its time shows as the red light meanwhile.
    this.#schedulePush();
    const answer = await serving;
    if (message.kind === "pair_printer") this.#panels.opened({ panel: "settings" });
    // S2
    this.#push();
    this.#send(page, answer);
  }

  async #takeScan(result: ScanResult): Promise<void> {
    if (this.#isClosed) return;
    const desk = this.#front;
    const page = [...this.#pages].find((its) => its.desk === desk);
    const scanned = await this.#taps.takeScan(desk, result, page?.language ?? this.#language);
    this.#push();
    // Where nobody has acted yet, every page says what came of it.
    for (const each of page === undefined ? this.#pages : [page])
      if (each.desk.view !== OWN_VIEW) this.#send(each, scanned);
  }

  #listenToHouse(): void {
    const { loop, status } = this.#people.house;
    const changed = (): void => this.#schedulePush();
    const stops = [loop.onChange(changed), status.onChange(changed)];
    this.#stopHouse = () => stops.forEach((stop) => stop());
  }

  // Another journal from here on: nobody is signed on in it, and nothing that was shown is of it.
  #changeHouse(): void {
    if (this.#isClosed) return;
    this.#stopHouse();
    this.#desks.clear();
    this.#listenToHouse();
    for (const page of this.#pages) if (page.desk.view !== OWN_VIEW) this.#greet(page);
  }

  /** Headquarters changed what is sold or who works here since the page was told. */
  #isOutdated({ welcomedTo }: Page): boolean {
    const { config, catalogue } = this.#options;
    return welcomedTo !== null && (welcomedTo.items !== catalogue.items || welcomedTo.staff !== config.staff);
  }

  // S1
  #look(): Shown {
    const { loop } = this.#people.house;
    const { state } = loop;
    if (loop.isShowable) {
      this.#shown.set(loop, {
        order: orderView(state, this.#options.config.cashRounding, this.#options.pricing),
        last: lastView(state),
        shownCards: shownCards(state),
      });
      this.#panels.look(state);
    }
    return this.#shown.get(loop) ?? NOTHING_SHOWN;
  }

  #schedulePush(): void {
    if (this.#stopPush !== null || this.#isClosed) return;
    this.#stopPush = this.#options.timers.after(PUSH_PAUSE_MS, () => this.#push());
  }

  #everyMinute(): () => void {
    const { clock, timers } = this.#options;
    return timers.after(MINUTE_MS - (clock.wall() % MINUTE_MS), () => {
      this.#push();
      if (!this.#isClosed) this.#stopMinute = this.#everyMinute();
    });
  }

  #push(): void {
    this.#stopPush?.();
    this.#stopPush = null;
    for (const page of this.#pages) if (page.desk.view !== OWN_VIEW) this.#pushTo(page);
  }

  #pushTo(page: Page): void {
    if (this.#isOutdated(page)) {
      this.#greet(page);
      return;
    }
    const { loop, status } = this.#people.house;
    const { clock, config, scanner } = this.#options;
    scanner?.expect(currentOrder(loop.state)?.phase === "frozen" ? "tender" : "goods");
    const clerk = this.#people.clerkAt(page.desk);
    const now = clock.wall();
    const { order, last, shownCards: cards } = this.#look();
    const parts: Required<ScreenView> = {
      clerk,
      order,
      last,
      cards: cardsView(cards, this.#stations(loop.state), page.language),
      status: statusView(loop.state, status, clerk, now, config.zoneMinutes),
      scale: this.#options.scale?.face() ?? null,
      availability: availabilityView(loop.state),
    };
    const view = {
      ...(isNew(page, "clerk", parts.clerk) ? { clerk: parts.clerk } : {}),
      ...(isNew(page, "order", parts.order) ? { order: parts.order } : {}),
      ...(isNew(page, "last", parts.last) ? { last: parts.last } : {}),
      ...(isNew(page, "status", parts.status) ? { status: parts.status } : {}),
      ...(isNew(page, "cards", parts.cards) ? { cards: parts.cards } : {}),
      ...(isNew(page, "scale", parts.scale) ? { scale: parts.scale } : {}),
      ...(isNew(page, "availability", parts.availability) ? { availability: parts.availability } : {}),
    };
    if (Object.keys(view).length > 0) this.#send(page, { kind: "view", ...view });
    this.#pushPanel(page);
  }

  // Training has no readers: its cards are refused.
  #stations({ isTraining }: State): readonly ReaderStation[] {
    return isTraining ? [] : this.#options.cards.stations();
  }

  // S4
  #pushPanel(page: Page): void {
    const { loop, status } = this.#people.house;
    const { clock, config } = this.#options;
    const clerk = this.#people.clerkAt(page.desk);
    const { panel } = page;
    if (panel.panel === "none" || (clerk === "" && panel.panel !== "health")) return;
    if (panel.panel === "orders") {
      const orders = orderRows(loop.state, status, clock.wall(), config.zoneMinutes);
      if (isNew(page, "orders", orders)) this.#send(page, { kind: "orders", orders });
      return;
    }
    const content = this.#panels.contentOf(panel, this.#people.house, clerk);
    if (content === null || content === page.sentPanel) return;
    page.sentPanel = content;
    if (isNew(page, "panel", content)) this.#send(page, { kind: "panel", ...content });
  }

  #send(page: Page, message: ScreenMessage): void {
    if (!this.#pages.has(page)) return;
    page.connection.send(JSON.stringify(message));
    if (page.connection.bufferedBytes > PAGE_BUFFERED_BYTES_MAX)
      this.#end(page, CLOSE_POLICY, "the page reads too slowly");
  }

  #end(page: Page, code: number, reason: string): void {
    this.#forget(page);
    page.connection.close(code, reason);
  }

  #forget(page: Page): void {
    if (this.#pages.delete(page)) page.desk.connectionCount -= 1;
  }
}

function isNew(page: Page, part: Part, value: unknown): boolean {
  const text = JSON.stringify(value);
  if (page.sent.get(part) === text) return false;
  page.sent.set(part, text);
  return true;
}

function nothing(): void {
  // Nothing is listened to yet.
}
