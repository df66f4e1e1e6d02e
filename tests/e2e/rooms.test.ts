/**
 * Every room and every sheet: large enough for a finger, readable, nothing cut off, none of axe's
 * findings; in both languages and both heights, for either hand, and in a language that is longer.
 */
import { existsSync } from "node:fs";
import { expect, test } from "vitest";

import { take, useHands } from "../support/screen-hand.ts";
import { ScriptedReader } from "../support/scripted-reader.ts";
import { expectAccessible, expectReadable, expectTouchable, expectWhole } from "../support/screen-look.ts";
import { STOPS, walk } from "../support/screen-walk.ts";

useHands();

/** Set to draw the pictures of the documentation anew. */
const isDrawing = process.env["PICTURES"] !== undefined;
const PICTURES = new URL("../../docs/pictures/", import.meta.url);

const HANDS = [
  ["en", 640, "right"],
  ["en", 720, "left"],
  ["zh", 640, "right"],
  ["zh", 720, "left"],
] as const;

test.for(HANDS)(
  "every room and sheet can be touched, read and used without eyes (%s, height %i, %s hand)",
  async ([language, height, side], { skip }) => {
    const reader = new ScriptedReader();
    const terminal = { readers: new Map([["1", reader]]) };
    const hand = await take(skip, { language, height, hand: side, hasPins: true, clerk: null, terminal });
    const visited: string[] = [];
    await walk(hand, reader, async (name) => {
      visited.push(name);
      const path = new URL(`${name}.${language}.png`, PICTURES).pathname;
      if (isDrawing && height === 640) await hand.page.screenshot({ path, scale: "css" });
      await expectTouchable(hand.page);
      await expectReadable(hand.page);
      await expectWhole(hand.page);
      await expectAccessible(hand.page);
      for (const bar of await hand.page.locator(".screen > .bar:not(:empty)").all())
        expect((await bar.boundingBox())?.y).toBeGreaterThanOrEqual(540);
      const isTraining = await hand.page.locator('[data-id="training-sign"]').count();
      expect(isTraining).toBe(name === "training" ? 1 : 0);
    });
    expect(visited).toEqual([...STOPS]);
  },
);

test("words that are longer by two fifths are whole everywhere, and nothing scrolls sideways", async ({
  skip,
}) => {
  const reader = new ScriptedReader();
  const terminal = { readers: new Map([["1", reader]]) };
  const hand = await take(skip, { isPseudo: true, hasPins: true, clerk: null, terminal });
  const visited: string[] = [];
  await walk(hand, reader, async (name) => {
    visited.push(name);
    expect(await hand.page.locator("body").textContent()).toMatch(/\[.*~.*\]/);
    await expectTouchable(hand.page);
    await expectWhole(hand.page);
  });
  expect(visited).toEqual([...STOPS]);
});

test("the pictures of the documentation show every stop in both languages", () => {
  const missing = STOPS.flatMap((name) => [`${name}.en.png`, `${name}.zh.png`]).filter(
    (file) => !existsSync(new URL(file, PICTURES)),
  );
  expect(missing).toEqual([]);
});
