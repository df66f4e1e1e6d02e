/** What a clerk reads of a printer that was not paired or did not print. */
import { expect, test } from "vitest";

import { PRINTER_WORDS } from "../../../runtime/ui/printer-words.ts";

test.each(Object.entries(PRINTER_WORDS))(
  "%s says what happened, what is safe and what to do, in both languages",
  (_code, { en, zh }) => {
    const sentences = (text: string, end: string): number =>
      text.split(end).filter((part) => part.trim() !== "").length;
    expect(sentences(en, ".")).toBeGreaterThanOrEqual(3);
    expect(sentences(zh, "。")).toBeGreaterThanOrEqual(3);
    expect(en).toMatch(/stored|stays/);
    expect(zh).toMatch(/保存|不变/);
  },
);
