/** Every reason is told in three parts in both languages: what happened, what is safe, what to do. */
import { expect, test } from "vitest";
import { SCALE_WORDS } from "../../../runtime/scale/words.ts";

test.each(Object.entries(SCALE_WORDS))("%s has three sentences in both languages", (_code, words) => {
  expect(words.en.match(/[^.]+\./g)).toHaveLength(3);
  expect(words.zh.match(/[^。]+。/g)).toHaveLength(3);
  expect(words.en).toContain("Nothing was added.");
  expect(words.zh).toContain("未添加任何商品。");
});
