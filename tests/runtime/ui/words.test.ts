/** Messages say what happened, what is safe and what to do. */
import { expect, test } from "vitest";

import { PAGE_FAULT_WORDS } from "../../../runtime/ui/words.ts";

test.each(Object.entries(PAGE_FAULT_WORDS))("%s has three parts in both languages", (_code, words) => {
  expect(words.en.match(/[.]/g)?.length).toBeGreaterThanOrEqual(3);
  expect(words.zh.match(/。/g)?.length).toBeGreaterThanOrEqual(3);
});
