/**
 * The till in Chromium and whoever stands before it: each step of a plan as taps, and a book of what
 * the screen said was paid. What a clerk would notice (another sum than the price list's, an item that
 * did not come, a receipt that did not change) ends the day with standard_day/screen.
 */
import type { Locator, Page } from "playwright-core";
import { denominationsOf } from "../../runtime/ui/denominations.ts";
import { DEMO_MANAGER_PIN } from "../run/demo.ts";
import type { Demo } from "../run/demo.ts";
import { DayFault } from "./fault.ts";
import { GUARD_PASSED_MS, handsOn } from "./hands.ts";
import type { Hands } from "./hands.ts";
import { codeOn, isOfReceipt, minorOf } from "./papers.ts";
import type { Papers } from "./papers.ts";
import { DAY_CLERKS } from "./plan.ts";
import type { DayStep, Pay, PlanItem } from "./plan.ts";

/** What the screen said of one receipt; refunds are negative. */
export interface Said {
  readonly receipt: string;
  readonly amountMinor: number;
  /** What the order was parked under, which the list of orders shows instead of the receipt's number; empty for most. */
  readonly label: string;
  /** 0 is the day's first. */
  readonly shiftIndex: number;
}

/** What the book holds of one shift. */
export interface ShiftBook {
  readonly floatMinor: number;
  readonly saleCount: number;
  readonly salesMinor: number;
  readonly returnCount: number;
  /** Positive. */
  readonly returnsMinor: number;
  readonly voidCount: number;
}

/** How long the screen may take for anything; the machine may be busy with other things. */
const SCREEN_MS_MAX = 30_000;
/** How long an item may take to come into the order before it is tapped again. */
const ITEM_MS_MAX = 5000;
const TRIES_COUNT_MAX = 5;
const SCROLL_PX = 240;

/** A clerk before the till of the demo shop. */
export class Till {
  readonly #page: Page;
  readonly #hands: Hands;
  readonly #demo: Demo;
  readonly #papers: Papers;
  readonly #said: Said[] = [];
  readonly #returned = new Set<string>();
  readonly #floats: number[] = [];
  readonly #voids: number[] = [];
  readonly #parked = new Map<string, readonly PlanItem[]>();
  #clerk = "";
  /** Of the order that is being paid. */
  #label = "";
  #guardedAtMs = Number.NEGATIVE_INFINITY;
  #isPaperOut = false;
  #xBook: ShiftBook | null = null;

  constructor(page: Page, demo: Demo, papers: Papers) {
    page.setDefaultTimeout(SCREEN_MS_MAX);
    this.#page = page;
    this.#hands = handsOn(page);
    this.#demo = demo;
    this.#papers = papers;
  }

  /** Every receipt in the order in which the screen said it. */
  get said(): readonly Said[] {
    return this.#said;
  }

  /** The book as it stood when the X was printed. */
  get xBook(): ShiftBook | null {
    return this.#xBook;
  }

  /** The books of the day, one for each shift. */
  get books(): readonly ShiftBook[] {
    return this.#floats.map((_, index) => this.#bookOf(index));
  }

  /** Opens the screen; nobody is signed on at it. */
  async open(): Promise<void> {
    await this.#page.goto(this.#demo.screenUrl);
  }

  /** Does one step of a plan. */
  async play(step: DayStep): Promise<void> {
    await this.#askForMissingPaper();
    switch (step.kind) {
      case "open_shift":
        return this.#openShift(step.clerk, step.floatMinor);
      case "sale":
        return this.#sell(step);
      case "void":
        return this.#cancel(step.items);
      case "park":
        return this.#park(step.items, step.label);
      case "recall":
        return this.#recall(step.label, step.pay);
      case "refund":
        return this.#refund(step);
      case "report_x":
        return this.#reportX();
      case "close_shift":
        return this.#closeShift(step.offMinor);
    }
  }

  /** Waits until headquarters has everything: the light is green and nothing is unsent. */
  async allSent(): Promise<void> {
    await this.#page.locator('[data-id="light"][data-light="green"]').waitFor();
    await this.#page.locator('[data-id="unsent"][data-count="0"]').waitFor({ state: "attached" });
  }

  #by(id: string): Locator {
    return this.#page.locator(`[data-id="${id}"]`).first();
  }

  // A tap of which a second one within the guard's time would be dropped.
  async #tapOnce(id: string, target = this.#by(id)): Promise<void> {
    const waitMs = this.#guardedAtMs + GUARD_PASSED_MS - performance.now();
    if (waitMs > 0) await this.#page.waitForTimeout(waitMs);
    await target.tap();
    this.#guardedAtMs = performance.now();
  }

  #wrong(what: string): DayFault {
    return new DayFault("standard_day/screen", what);
  }

  async #askForMissingPaper(): Promise<void> {
    if (!(await this.#by("sheet-print").isVisible())) return;
    await this.#tapOnce("sheet-reprint");
    await this.#hands.gone("sheet-print");
  }

  async #signOn(clerk: string): Promise<void> {
    await this.#hands.tap(`clerk-${clerk}`);
    if (clerk === DAY_CLERKS[1]) await this.#hands.keyPin(DEMO_MANAGER_PIN);
    await this.#hands.shown("search");
    this.#clerk = clerk;
  }

  async #openShift(clerk: string, floatMinor: number): Promise<void> {
    if (this.#clerk !== "") await this.#hands.tap("menu", "switch-clerk");
    await this.#signOn(clerk);
    await this.#hands.tap("menu", "menu-shift", "open-1");
    await this.#keyAmount(floatMinor);
    await this.#tapOnce("amount-confirm");
    await this.#hands.gone("sheet-amount");
    await this.#hands.shown("shift-1");
    await this.#hands.tap("back");
    this.#floats.push(floatMinor);
    this.#voids.push(0);
  }

  async #keyAmount(amountMinor: number): Promise<void> {
    const text = String(amountMinor);
    const keys = text.endsWith("00") ? [...Array.from(text.slice(0, -2)), "00"] : Array.from(text);
    await this.#hands.tap(...keys.map((key) => `key-${key}`));
  }

  async #add(items: readonly PlanItem[]): Promise<void> {
    for (const [index, { sku, category }] of items.entries()) {
      if (index === 0) await this.#hands.tap(`category-${category}`);
      await this.#addOne(sku, index + 1);
    }
  }

  async #addOne(sku: string, pieceCount: number): Promise<void> {
    const arrived = this.#page.locator(".peek-count").filter({ hasText: new RegExp(`^${pieceCount}$`) });
    for (let count = 0; count < TRIES_COUNT_MAX; count += 1) {
      if (pieceCount === 1) await this.#tapOnce(`item-${sku}`);
      else await this.#hands.tap(`item-${sku}`);
      const isThere = await arrived.waitFor({ timeout: ITEM_MS_MAX }).then(
        () => true,
        () => false,
      );
      if (isThere) return;
    }
    throw this.#wrong(`item ${sku} does not come into the order`);
  }

  async #sell({ items, pay, trouble }: Extract<DayStep, { kind: "sale" }>): Promise<void> {
    if (trouble === "paper_ends") await this.#papers.press("roll-last-lines");
    await this.#add(items);
    if (trouble === "power_cut") await this.#payWithoutPower();
    else await this.#pay(totalOf(items), pay);
    this.#expectSum(totalOf(items));
    if (trouble === "paper_ends") {
      await this.#page.locator('[data-id="printer"][data-warn="true"]').waitFor();
      this.#isPaperOut = true;
    }
    if (trouble === "new_roll" && this.#isPaperOut) {
      await this.#papers.press("roll-new");
      await this.#page.locator('[data-id="printer"][data-warn="false"]').waitFor();
      this.#isPaperOut = false;
    }
  }

  async #pay(dueMinor: number, pay: Pay): Promise<void> {
    if (pay === "exact") await this.#tapOnce("cash-exact");
    else {
      await this.#tapOnce("pay");
      await this.#hands.shown("due");
      if (pay === "keyed") {
        await this.#keyAmount(Math.ceil(dueMinor / 1000) * 1000);
        await this.#tapOnce("take");
      } else {
        const notes = this.#page.locator('[data-id^="note-"]');
        const noteCount = await notes.count();
        await this.#tapOnce("note", notes.nth(Math.min(1, noteCount - 1)));
      }
    }
    await this.#noteDone();
  }

  /** Reads the result of the newest sale or refund into the book. */
  async #noteDone(sign: 1 | -1 = 1): Promise<void> {
    const before = this.#said.at(-1)?.receipt ?? "";
    const receipt = this.#page.locator(".done-receipt").filter({ hasText: new RegExp(`^(?!${before}$).+$`) });
    await receipt.waitFor();
    const sum = minorOf((await this.#page.locator(".done-paid").textContent()) ?? "");
    this.#said.push({
      receipt: (await receipt.textContent()) ?? "",
      // What was given back is shown without a sign.
      amountMinor: sign * sum,
      label: this.#label,
      shiftIndex: this.#floats.length - 1,
    });
  }

  #expectSum(expectedMinor: number): void {
    const { receipt, amountMinor } = this.#said.at(-1) ?? { receipt: "", amountMinor: Number.NaN };
    if (amountMinor !== expectedMinor)
      throw this.#wrong(`${receipt} was ${amountMinor} on the screen, ${expectedMinor} was to be expected`);
  }

  // The finger is down and the power goes: paid or not, one of them has to be true afterwards.
  async #payWithoutPower(): Promise<void> {
    await this.#tapOnce("cash-exact");
    await this.#demo.cutPower();
    // The screen had no power either: it shows what the terminal's new start gives it.
    await this.open();
    await this.#signOn(this.#clerk);
    const [unpaid, paid] = [this.#page.locator('[data-id="cash-exact"]:enabled'), this.#by("last")];
    for (let count = 0; count < TRIES_COUNT_MAX; count += 1) {
      await unpaid.or(paid).first().waitFor();
      if (await paid.isVisible()) {
        await this.#tapOnce("last");
        await this.#noteDone();
        return this.#askForCopy();
      }
      const isTapped = await this.#tapOnce("cash-exact", unpaid).then(
        () => true,
        () => false,
      );
      if (isTapped) return this.#noteDone();
    }
    throw this.#wrong("after the power cut the order is neither open nor paid");
  }

  // What the till does not know to be on paper it says so of; the customer gets a copy.
  async #askForCopy(): Promise<void> {
    const sign = this.#page.locator(".done .print");
    await sign.and(this.#page.locator('[data-print]:not([data-print="pending"])')).waitFor();
    if ((await sign.getAttribute("data-warn")) !== "true") return;
    await this.#tapOnce("done-reprint");
  }

  async #cancel(items: readonly PlanItem[]): Promise<void> {
    await this.#add(items);
    await this.#hands.tap("cart", "void", "reason-reason_left");
    await this.#tapOnce("reason-confirm");
    await this.#hands.gone("cart");
    const index = this.#voids.length - 1;
    this.#voids[index] = (this.#voids[index] ?? 0) + 1;
  }

  async #park(items: readonly PlanItem[], label: string): Promise<void> {
    await this.#add(items);
    await this.#hands.tap("cart", "park");
    await this.#by("park-label").fill(label);
    await this.#tapOnce("park-confirm");
    await this.#hands.gone("sheet-park");
    await this.#hands.gone("cart");
    this.#parked.set(label, items);
  }

  async #recall(label: string, pay: Pay): Promise<void> {
    await this.#openOrder("parked", label);
    await this.#tapOnce("recall");
    await this.#hands.shown("cart");
    const dueMinor = totalOf(this.#parked.get(label) ?? []);
    this.#label = label;
    await this.#pay(dueMinor, pay);
    this.#label = "";
    this.#expectSum(dueMinor);
  }

  /** Into an order by the list: its filter, its search, and the finger where that is not enough. */
  async #openOrder(filter: string, name: string): Promise<void> {
    await this.#hands.tap("orders", `filter-${filter}`);
    await this.#by("order-query").fill(name);
    const row = this.#page
      .locator(".row")
      .filter({ hasText: new RegExp(`${name}(?!\\d)`) })
      .locator('[data-id="row"]')
      .first();
    await this.#page.locator(".screen-orders .row").first().waitFor();
    for (let top = 0; !(await row.isVisible()); top += SCROLL_PX) {
      const reached = await this.#page.evaluate<number>(scrolledTo(top));
      if (reached < top - SCROLL_PX) throw this.#wrong(`the list of orders does not show ${name}`);
    }
    await row.tap();
  }

  async #refund({ choice, isPart, by }: Extract<DayStep, { kind: "refund" }>): Promise<void> {
    const left = this.#said.filter(
      ({ receipt, amountMinor }) => amountMinor > 0 && !this.#returned.has(receipt),
    );
    const wanted = left[choice % Math.max(1, left.length)];
    if (wanted === undefined) throw this.#wrong("nothing is sold yet that could come back");
    this.#returned.add(wanted.receipt);
    if (by === "number") await this.#openOrder("paid", wanted.label === "" ? wanted.receipt : wanted.label);
    else {
      const paper = await this.#papers.find(
        (each) => isOfReceipt(each, wanted.receipt) && codeOn(each) !== "",
        wanted.receipt,
      );
      await this.#hands.scan(codeOn(paper));
    }
    await this.#hands.tap("refund", "reason-reason_unwanted");
    const whole = minorOf(await this.#hands.text("refund-amount"));
    if (whole !== wanted.amountMinor)
      throw this.#wrong(`${wanted.receipt} was paid ${wanted.amountMinor}, to give back is ${whole}`);
    if (isPart) await this.#keepOne();
    const amountMinor = minorOf(await this.#hands.text("refund-amount"));
    await this.#tapOnce("refund-confirm");
    await this.#noteDone(-1);
    this.#expectSum(-amountMinor);
  }

  // One unit stays with the customer; of a single one nothing would come back.
  async #keepOne(): Promise<void> {
    await this.#hands.tap("minus");
    if (minorOf(await this.#hands.text("refund-amount")) === 0) await this.#hands.tap("plus");
  }

  async #reportX(): Promise<void> {
    await this.#hands.tap("menu", "menu-shift");
    await this.#tapOnce("x-report");
    this.#xBook = this.#bookOf(this.#floats.length - 1);
    await this.#hands.tap("back");
  }

  async #closeShift(offMinor: number): Promise<void> {
    const index = this.#floats.length - 1;
    const { floatMinor, salesMinor, returnsMinor } = this.#bookOf(index);
    const expectedMinor = floatMinor + salesMinor - returnsMinor;
    await this.#hands.tap("menu", "menu-shift");
    await this.#hands.shown("shift-1");
    const blind = await this.#hands.text("shift-1");
    if (blind.includes(yuanText(expectedMinor)))
      throw this.#wrong("the room of the shift says what the drawer should hold before it is counted");
    await this.#count(expectedMinor - offMinor);
    const counted = await this.#hands.text("counted");
    const amounts = (counted.match(/-?¥[\d,]+\.\d{2}/g) ?? []).map(minorOf);
    if (amounts[0] !== expectedMinor - offMinor || amounts[1] !== expectedMinor)
      throw this.#wrong(`counted ${expectedMinor - offMinor}, expected ${expectedMinor}: ${counted}`);
    if (offMinor !== 0) await this.#hands.tap("reason-reason_wrongChange");
    await this.#tapOnce("close-shift");
    await this.#hands.shown(`print-z-${index + 1}`);
    await this.#hands.tap("back");
  }

  async #count(sumMinor: number): Promise<void> {
    await this.#hands.tap("count");
    let leftMinor = sumMinor;
    for (const valueMinor of denominationsOf("CNY", 2)) {
      const pieceCount = Math.floor(leftMinor / valueMinor);
      leftMinor -= pieceCount * valueMinor;
      if (pieceCount === 0) continue;
      await this.#hands.tap(
        `denomination-${valueMinor}`,
        ...Array.from(String(pieceCount), (digit) => `key-${digit}`),
      );
    }
    await this.#tapOnce("count-done");
    await this.#hands.shown("counted");
  }

  #bookOf(index: number): ShiftBook {
    const said = this.#said.filter(({ shiftIndex }) => shiftIndex === index);
    const sales = said.filter(({ amountMinor }) => amountMinor > 0);
    const refunds = said.filter(({ amountMinor }) => amountMinor < 0);
    return {
      floatMinor: this.#floats[index] ?? 0,
      saleCount: sales.length,
      salesMinor: sales.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
      returnCount: refunds.length,
      returnsMinor: refunds.reduce((sum, { amountMinor }) => sum - amountMinor, 0),
      voidCount: this.#voids[index] ?? 0,
    };
  }
}

// A script for the page: scrolls the list of orders, and says how far that was possible once it is drawn.
function scrolledTo(top: number): string {
  return `new Promise((resolve) => {
    const list = document.querySelector(".screen-orders .scroll");
    list.scrollTop = ${top};
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(list.scrollTop)));
  })`;
}

function totalOf(items: readonly PlanItem[]): number {
  return items.reduce((sum, { priceMinor }) => sum + priceMinor, 0);
}

function yuanText(amountMinor: number): string {
  const [whole = "", fraction = ""] = (amountMinor / 100).toFixed(2).split(".");
  return `¥${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${fraction}`;
}
