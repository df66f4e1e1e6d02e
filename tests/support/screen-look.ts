/**
 * The rules that hold on whatever a screen shows now: targets as large as a finger, gaps between them,
 * contrast, nothing sideways, nothing cut off, and none of axe's findings.
 */
import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";

import { CUT_OFF, SIDEWAYS, TARGETS, WEAK_TEXTS } from "./screen-probes.ts";
import type { Target } from "./screen-probes.ts";

/** What is tapped for each item, digit or tender. */
const PER_ITEM =
  /^(item-|key-|note-\d|denomination-|sold-out-|clerk-|category-|(pay|take|plus|minus|remove|undo|cart|refund|reprint|copy|cash-exact|pay-out|cart-pay|close-free|refund-confirm|reprint-last)$)/;
/** Reaches under the header's empty middle: it has no gap there, and nothing to hit beside it. */
const STRIP = "strip";

/** The rules of size and place. */
export async function expectTouchable(page: Page): Promise<void> {
  const all = await page.evaluate<readonly Target[]>(TARGETS);
  expect(all.length).toBeGreaterThan(0);
  for (const target of all) {
    const leastPx = PER_ITEM.test(target.id) ? 56 : 48;
    expect.soft(target.width, `width of ${target.id}`).toBeGreaterThanOrEqual(leastPx);
    expect.soft(target.height, `height of ${target.id}`).toBeGreaterThanOrEqual(leastPx);
    expect.soft(target.isClipped, `${target.id} is cut off`).toBe(false);
  }
  const spaced = all.filter(({ id }) => id !== STRIP);
  for (const [index, a] of spaced.entries()) {
    for (const b of spaced.slice(index + 1)) {
      const sideways = Math.max(a.seenLeft - b.seenRight, b.seenLeft - a.seenRight);
      const apart = Math.max(sideways, a.seenTop - b.seenBottom, b.seenTop - a.seenBottom);
      expect.soft(apart, `between ${a.id} and ${b.id}`).toBeGreaterThanOrEqual(7.9);
    }
  }
  expect.soft(await page.evaluate<readonly string[]>(SIDEWAYS), "scrolls sideways").toEqual([]);
}

/** Every text is whole, and stays within its button and the screen. */
export async function expectWhole(page: Page): Promise<void> {
  expect.soft(await page.evaluate<readonly string[]>(CUT_OFF), "cut off").toEqual([]);
}

/** The contrast of everything that is written. */
export async function expectReadable(page: Page): Promise<void> {
  expect.soft(await page.evaluate<readonly string[]>(WEAK_TEXTS), "weak contrast").toEqual([]);
}

const AXE_RUN = `axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
  resultTypes: ["violations"],
}).then(({ violations }) => violations.map(({ id, nodes }) => id + " " + nodes.map(({ html }) => html).join(" ")))`;

/** None of axe's rules for WCAG 2.2 AA is broken. */
export async function expectAccessible(page: Page): Promise<void> {
  if (!(await page.evaluate<boolean>("'axe' in globalThis"))) await page.evaluate(axe.source);
  expect.soft(await page.evaluate<readonly string[]>(AXE_RUN), "axe").toEqual([]);
}

/** All of the above. */
export async function expectUsable(page: Page): Promise<void> {
  await expectTouchable(page);
  await expectWhole(page);
  await expectReadable(page);
  await expectAccessible(page);
}
