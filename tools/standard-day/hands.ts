/**
 * Two hands on a screen: short ways to tap, to scan and to read by the names that the screen's
 * elements bear. Knows no shop and expects nothing; Playwright waits until what is tapped can be.
 */
import type { Page } from "playwright-core";

/** Longer than a second tap on money is the same tap. */
export const GUARD_PASSED_MS = 400;
/** A scan begins after a pause. */
const SCAN_PAUSE_MS = 150;

/** What fingers do and eyes read. */
export interface Hands {
  tap(...ids: readonly string[]): Promise<void>;
  /** Taps with the clerk's pause before each, so that none is taken for the second tap of the one before. */
  tapSlowly(...ids: readonly string[]): Promise<void>;
  keyPin(pin: string): Promise<void>;
  /** Keys as a scanner's: all at once, then Enter unless it is cut off. Made in the page, so that a slow machine is no slow scanner. */
  scan(text: string, isCutOff?: boolean): Promise<void>;
  text(id: string): Promise<string>;
  shown(id: string): Promise<void>;
  gone(id: string): Promise<void>;
}

/** Hands on `page`. */
export function handsOn(page: Page): Hands {
  const by = (id: string) => page.locator(`[data-id="${id}"]`).first();
  const tap = async (...ids: readonly string[]): Promise<void> => {
    for (const id of ids) await by(id).tap();
  };
  return {
    tap,
    tapSlowly: async (...ids) => {
      for (const id of ids) {
        await page.waitForTimeout(GUARD_PASSED_MS);
        await tap(id);
      }
    },
    keyPin: (pin) => tap(...Array.from(pin, (digit) => `key-${digit}`), "key-ok"),
    scan: async (text, isCutOff = false) => {
      await page.waitForTimeout(SCAN_PAUSE_MS);
      await page.evaluate(scannedKeys([...Array.from(text), ...(isCutOff ? [] : ["Enter"])]));
    },
    text: async (id) => (await by(id).textContent()) ?? "",
    shown: (id) => by(id).waitFor({ state: "visible" }),
    gone: (id) => by(id).waitFor({ state: "detached" }),
  };
}

// Keys in quick succession on whatever has the focus: a script for the browser, whose globals are not here.
function scannedKeys(keys: readonly string[]): string {
  return `for (const key of ${JSON.stringify(keys)}) {
    (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  }`;
}
