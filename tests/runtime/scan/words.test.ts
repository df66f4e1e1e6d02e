/** Every reason is told in three parts in both languages: what happened, what is safe, what to do. */
import { expect, test } from "vitest";
import { WALLET_CODE_WORDS, SCAN_WORDS } from "../../../runtime/scan/words.ts";

const ALL = [...Object.entries(SCAN_WORDS), ["a payment code", WALLET_CODE_WORDS]] as const;

test.each(ALL)("%s has three sentences in both languages, and no code in them", (_code, words) => {
  expect(words.en.match(/[^.]+\./g)).toHaveLength(3);
  expect(words.zh.match(/[^。]+。/g)).toHaveLength(3);
  expect(words.en).toMatch(/Nothing was (added|paid out|charged)/);
  expect(words.zh).toMatch(/未(添加|退款|收款)/);
  expect(words.en + words.zh).not.toMatch(/scan\/|[0-9]{4}/);
});

test("scan/unknown_item and scan/unknown_receipt have words beside those of the scanner", () => {
  expect(Object.keys(SCAN_WORDS)).toEqual(
    expect.arrayContaining(["scan/unknown_item", "scan/unknown_receipt", "scan/check_digit", "scan/no_aim"]),
  );
});
