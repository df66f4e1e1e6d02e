/**
 * The seller: takes lines, turns them into commands for a terminal, and says what came of them.
 *
 * S1 A program's step carries `n`; the journal remembers the newest one, so a program that lost the
 *    process starts it again and goes on behind `lastN`: nothing is missing, nothing is doubled.
 * S2 Time comes from the steps when they carry `at`, else from the machine.
 */
import { clerkId } from "../../core/ids.ts";
import { currencyExponent, decimalText } from "../../core/money.ts";
import { REFUSAL_WORDS } from "../../core/refusal.ts";
import { currentOrder } from "../../core/state.ts";
import { wallMs } from "../../core/time.ts";
import type { WallMs } from "../../core/time.ts";
import type { Terminal } from "../../runtime/terminal.ts";
import { commandOf, isStep, SELL_HELP, stepOf } from "./step.ts";
import type { Step } from "./step.ts";

/** The view under which steps are recorded: one seller, one view. */
export const SELL_VIEW = 1;

/** Steps of one terminal's whole life in a tool; far below what a journal can name. */
const STEP_NUMBER_MAX = 2 ** 40;
/** The last millisecond of the year 9999. */
const STEP_AT_MS_MAX = 253_402_300_799_999;

/** A step with its number, and its time when it brings one. */
interface Line {
  readonly n: number;
  readonly at: number | null;
  readonly step: Step;
}

/** One terminal's seller. Lines are taken one after another; `onStep` hears of each before it is performed (S2). */
export class Seller {
  readonly #terminal: Terminal;
  readonly #currency: string;
  readonly #say: (value: unknown) => void;
  readonly #onStep: (n: number, at: WallMs | null) => void;
  #nextN: number;
  #clerk: string;

  constructor(
    terminal: Terminal,
    currency: string,
    say: (value: unknown) => void,
    onStep: (n: number, at: WallMs | null) => void,
  ) {
    const { state } = terminal.loop;
    this.#terminal = terminal;
    this.#currency = currency;
    this.#say = say;
    this.#onStep = onStep;
    this.#nextN = (state.views.get(SELL_VIEW) ?? 0) + 1;
    this.#clerk = [...state.clerks.keys()].at(-1) ?? "";
    say({ ready: true, lastN: this.#nextN - 1, seq: state.seq, receipt: state.nextReceiptNumber });
  }

  /** Takes one line of text; what comes of it is said before this resolves. */
  async take(text: string): Promise<void> {
    const words = text.trim();
    if (words === "" || words === "help") {
      this.#say({ help: SELL_HELP.split("\n") });
      return;
    }
    const line = this.#read(words);
    if (typeof line === "string") this.#say({ ok: false, code: "sell/step", message: line });
    else if (line.step.do === "show") this.#show();
    // S1: what is recorded already is answered and not looked at again.
    else if (line.n < this.#nextN) this.#say({ n: line.n, ok: true, repeated: true });
    else await this.#perform(line);
  }

  async #perform(line: Line): Promise<void> {
    const { loop } = this.#terminal;
    this.#nextN = line.n + 1;
    this.#onStep(line.n, line.at === null ? null : wallMs(line.at));
    const command = commandOf(line.step, loop.state);
    if (typeof command === "string") {
      this.#say({ n: line.n, ok: false, code: "sell/step", message: command });
      return;
    }
    if (command.type === "sign_on") this.#clerk = command.clerk;
    const clerk = this.#clerk === "" ? "" : clerkId(this.#clerk);
    const answer = await loop.submit(command, { view: SELL_VIEW, n: line.n, clerk });
    if (answer.ok) {
      const events = answer.events.map((recorded) => recorded.event.type);
      this.#say({ n: line.n, ok: true, seq: loop.state.seq, events });
    } else {
      const { code, about } = answer.refusal;
      this.#say({ n: line.n, ok: false, code, about, message: REFUSAL_WORDS[code].en });
    }
  }

  #read(text: string): Line | string {
    if (!text.startsWith("{")) {
      const step = stepOf(text.split(/\s+/), this.#currency);
      return typeof step === "string" ? step : { n: this.#nextN, at: null, step };
    }
    const parsed = jsonOf(text);
    return isLine(parsed) ? { ...parsed, at: parsed.at ?? null } : "a step in JSON needs n and step";
  }

  #show(): void {
    const order = currentOrder(this.#terminal.loop.state);
    const exponent = currencyExponent(this.#currency);
    const { headSeq, ackedSeq, link } = this.#terminal.status();
    this.#say({
      order: order?.id ?? null,
      phase: order?.phase ?? null,
      total: order === null ? null : decimalText(order.openTotalMinor, exponent),
      lines: order?.lines.map((line) => [line.sku, line.name, line.quantityMilli, line.unitPriceMinor]) ?? [],
      unsent: headSeq - ackedSeq,
      link,
    });
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is one of the ways of not being a step, and is answered as such.
    return null;
  }
}

/** The shape of a line; whether its step may be done is judged by the rules that it meets. */
function isLine(value: unknown): value is Omit<Line, "at"> & { readonly at?: number } {
  if (typeof value !== "object" || value === null || !("n" in value) || !("step" in value)) return false;
  const at = "at" in value ? value.at : undefined;
  const isTimed = at === undefined || at === null || isWithin(at, 0, STEP_AT_MS_MAX);
  return isTimed && isWithin(value.n, 1, STEP_NUMBER_MAX) && isStep(value.step);
}

function isWithin(value: unknown, min: number, max: number): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= min && value <= max;
}
