/** What the terminal says of its printer: by its jobs' outcomes, or by what the printer says itself. */
import { expect, test } from "vitest";
import { PRINTER_STATE_START } from "../../drivers/printer/driver.ts";
import type { PrinterState, WatchedPrinter } from "../../drivers/printer/driver.ts";
import { PaperStatus, printerWord } from "../../runtime/paper-status.ts";
import { PaperTray } from "../support/fake-world.ts";

/** A printer that says of itself what a test lets it say. */
class TalkingPrinter extends PaperTray implements WatchedPrinter {
  #state: PrinterState = PRINTER_STATE_START;
  #listener: (state: PrinterState) => void = () => {};

  state(): PrinterState {
    return this.#state;
  }

  onState(listener: (state: PrinterState) => void): () => void {
    this.#listener = listener;
    return () => {};
  }

  check(): ReturnType<WatchedPrinter["check"]> {
    return this.print("check", []);
  }

  say(changes: Partial<PrinterState>): void {
    this.#state = { ...this.#state, ...changes };
    this.#listener(this.#state);
  }
}

test("a printer that was never reached is untried and not ready, and none is none", () => {
  const noted = (): void => {};
  expect(new PaperStatus(null, noted).word).toBe("none");
  expect(new PaperStatus(new PaperTray(), noted).word).toBe("untried");
  expect(new PaperStatus(new TalkingPrinter(), noted).word).toBe("untried");
});

test("a printer without a voice is known by the outcome of its last job", () => {
  let toldCount = 0;
  const status = new PaperStatus(new PaperTray(), () => (toldCount += 1));
  status.hear("printer/paper_out");
  expect(status.word).toBe("printer/paper_out");
  status.hear("ok");
  expect([status.word, toldCount]).toEqual(["ok", 2]);
});

test("what a printer says of itself stands before what a job said of it", () => {
  const printer = new TalkingPrinter();
  let toldCount = 0;
  const status = new PaperStatus(printer, () => (toldCount += 1));
  printer.say({ wasReached: true, paperLow: true });
  expect([status.word, status.isLow]).toEqual(["ok", true]);
  printer.say({ problem: "printer/cover_open" });
  status.hear("ok");
  expect(status.word).toBe("printer/cover_open");
  printer.say({ problem: undefined, paperLow: false });
  expect([status.word, status.isLow, toldCount]).toEqual(["ok", false, 3]);
});

test("an empty place for a printer is no printer", () => {
  expect(printerWord({ ...PRINTER_STATE_START, problem: "printer/none" })).toBe("none");
});
