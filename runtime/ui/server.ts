/**
 * The screen's server behind its sockets: one session per open page. A tap goes to the loop, the
 * state comes back as a view; what a page says is never trusted further than its wire form.
 *
 *     page --text--> session -> read -> resolve -> loop.submit -> view (if changed), answer
 *
 * S1 Money is not shown before it is on disk: while it waits for that, and for ever after the disk
 *    failed at it, pages keep the order and the last sale that they have.
 * S2 The answer to a tap comes after the view that holds its effect.
 * S3 A page that misbehaves loses its own connection only.
 * Owns no socket and no timer of its own: adapters/screen-server.ts binds both.
 */
import { OWN_VIEW } from "../../core/decide.ts";
import type { ClerkId } from "../../core/ids.ts";
import { currencyExponent } from "../../core/money.ts";
import { REFUSAL_WORDS } from "../../core/refusal.ts";
import type { RefusalCode } from "../../core/refusal.ts";
import type { Catalogue } from "../catalogue.ts";
import type { Timers } from "../../drivers/port/timers.ts";
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { Loop } from "../loop.ts";
import {
  PAGE_BUFFERED_BYTES_MAX,
  PAGE_FAULTS_COUNT_MAX,
  PAGE_MESSAGES_PER_SECOND_COUNT_MAX,
  PUSH_PAUSE_MS,
} from "./limits.ts";
import { resolveTap } from "./resolve.ts";
import { lastView, orderRows, orderView, statusView } from "./view.ts";
import type { StatusSource } from "./view.ts";
import { readPageMessage } from "./wire.ts";
import type {
  Language,
  LastView,
  ListName,
  OrderView,
  PageFaultCode,
  PageMessage,
  RefusalView,
  ScreenMessage,
  Welcome,
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
  readonly loop: Loop;
  readonly catalogue: Catalogue;
  readonly config: Pick<Config, "shop" | "currency" | "zoneMinutes" | "receiptLanguage" | "staff">;
  readonly status: StatusSource;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Told of a Bug that a tap met: nothing here goes on as if it had not happened. */
  readonly onBug: (cause: unknown) => void;
}

/** WebSocket close codes (RFC 6455 section 7.4.1). */
const CLOSE_GOING_AWAY = 1001;
const CLOSE_POLICY = 1008;

const MINUTE_MS = 60_000;

/** What a page was sent last, as JSON text: equal text is not sent again. */
interface SentParts {
  order: string;
  last: string;
  status: string;
  orders: string;
}

interface Page {
  readonly connection: ScreenConnection;
  readonly sent: SentParts;
  view: number;
  language: Language;
  list: ListName;
  faultCount: number;
  /** Messages of the second that began at `secondStartedMs`. */
  messageCount: number;
  secondStartedMs: number;
}

/** All open pages of one terminal. */
export class ScreenServer {
  readonly #options: ScreenOptions;
  readonly #pages = new Set<Page>();
  readonly #stops: readonly (() => void)[];
  #shown: { readonly order: OrderView | null; readonly last: LastView | null };
  #clerk: ClerkId | "" = "";
  #language: Language;
  #stopPush: (() => void) | null = null;
  #stopMinute: () => void;
  #isClosed = false;

  constructor(options: ScreenOptions) {
    this.#options = options;
    this.#language = options.config.receiptLanguage;
    const { state } = options.loop;
    this.#shown = { order: orderView(state), last: lastView(state) };
    const changed = (): void => this.#schedulePush();
    this.#stops = [options.loop.onChange(changed), options.status.onChange(changed)];
    this.#stopMinute = this.#everyMinute();
  }

  /** Takes on a connection that the gate let in. */
  connect(connection: ScreenConnection): ScreenSession {
    const page: Page = {
      connection,
      sent: { order: "", last: "", status: "", orders: "" },
      view: OWN_VIEW,
      language: this.#language,
      list: "none",
      faultCount: 0,
      messageCount: 0,
      secondStartedMs: this.#options.clock.monotonicMs(),
    };
    this.#pages.add(page);
    return {
      receive: (text) => this.#receive(page, text),
      closed: () => {
        this.#pages.delete(page);
      },
    };
  }

  /** Ends every connection and hears of no change any more. May be called twice. */
  close(): void {
    this.#isClosed = true;
    for (const stop of [...this.#stops, this.#stopMinute, this.#stopPush]) stop?.();
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
    else if (read.value.kind !== "hello" && page.view === OWN_VIEW)
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
        page.view = message.view;
        page.language = message.language ?? this.#language;
        this.#language = page.language;
        this.#send(page, { kind: "welcome", welcome: this.#welcome(page) });
        this.#pushTo(page);
        break;
      case "open":
        page.list = message.list;
        page.sent.orders = "";
        this.#pushTo(page);
        break;
      case "command":
        this.#submit(page, message).catch(this.#options.onBug);
        break;
    }
  }

  async #submit(page: Page, message: Extract<PageMessage, { kind: "command" }>): Promise<void> {
    const { loop, catalogue } = this.#options;
    const command = resolveTap(loop.state, catalogue, message.command);
    const cause = { view: page.view, n: message.n, clerk: message.clerk };
    const answering = loop.submit(command, cause);
    // A disk that takes its time shows as the red light meanwhile.
    this.#schedulePush();
    const answer = await answering;
    const refusal = answer.ok ? null : refusalView(answer.refusal.code, page.language);
    if (answer.ok && command.type === "sign_on") this.#clerk = command.clerk;
    // S2
    this.#push();
    this.#send(page, { kind: "answer", n: message.n, refusal });
  }

  #welcome(page: Page): Welcome {
    const { config, catalogue } = this.#options;
    return {
      shopName: config.shop.name,
      currency: config.currency,
      exponent: currencyExponent(config.currency),
      language: page.language,
      clerk: this.#clerk,
      staff: config.staff.map(({ clerk, name }) => ({ clerk, name })),
      categories: catalogue.categories,
      items: catalogue.items.map(({ sku, category, nameEn, nameZh, unitPriceMinor, isSoldOut }) => ({
        sku,
        category,
        nameEn,
        nameZh,
        priceMinor: unitPriceMinor,
        isSoldOut,
      })),
    };
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
    for (const page of this.#pages) if (page.view !== OWN_VIEW) this.#pushTo(page);
  }

  #pushTo(page: Page): void {
    const { loop, status, clock, config } = this.#options;
    // S1
    if (loop.isShowable) this.#shown = { order: orderView(loop.state), last: lastView(loop.state) };
    const now = clock.wall();
    const { order, last } = this.#shown;
    const strip = statusView(loop.state, status, now, config.zoneMinutes);
    const isNew = (part: keyof SentParts, value: unknown): boolean => {
      const text = JSON.stringify(value);
      if (page.sent[part] === text) return false;
      page.sent[part] = text;
      return true;
    };
    const parts = {
      ...(isNew("order", order) ? { order } : {}),
      ...(isNew("last", last) ? { last } : {}),
      ...(isNew("status", strip) ? { status: strip } : {}),
    };
    if (Object.keys(parts).length > 0) this.#send(page, { kind: "view", ...parts });
    if (page.list !== "orders") return;
    const orders = orderRows(loop.state, status, now, config.zoneMinutes);
    if (isNew("orders", orders)) this.#send(page, { kind: "orders", orders });
  }

  #send(page: Page, message: ScreenMessage): void {
    if (!this.#pages.has(page)) return;
    page.connection.send(JSON.stringify(message));
    if (page.connection.bufferedBytes > PAGE_BUFFERED_BYTES_MAX)
      this.#end(page, CLOSE_POLICY, "the page reads too slowly");
  }

  #end(page: Page, code: number, reason: string): void {
    this.#pages.delete(page);
    page.connection.close(code, reason);
  }
}

function refusalView(code: RefusalCode, language: Language): RefusalView {
  return { code, sentence: REFUSAL_WORDS[code][language] };
}
