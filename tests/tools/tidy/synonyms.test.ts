/** The glossary's words in identifiers and file names. */
import { expect, test } from "vitest";

import { synonyms } from "../../../tools/tidy/synonyms.ts";
import { breaches } from "../../support/tidy-tree.ts";

test.each([
  ["const cashierName = 1;", "cashierName: the glossary says clerk, not cashier"],
  ["function takePayment() {}", "takePayment: the glossary says tender, not payment"],
  ["function f(src: string) {}", "src: the glossary says source, not src"],
  ["const f = (itemQty: number) => 1;", "itemQty: the glossary says quantity, not qty"],
  ["interface Bill { a: string }", "Bill: the glossary says check, not bill"],
  ["interface A { waiterId: string }", "waiterId: the glossary says clerk, not waiter"],
  ["class A { readonly #a = 1; payment(): void {} }", "payment: the glossary says tender, not payment"],
  ["const PAYMENT_COUNT_MAX = 1;", "PAYMENT_COUNT_MAX: the glossary says tender, not payment"],
])("%s is refused", (text, message) => {
  expect(breaches(synonyms, { "core/a.ts": `${text}\n` })).toEqual([`core/a.ts:1 ${message}`]);
});

test("a file name is a name", () => {
  expect(breaches(synonyms, { "core/payment-rules.ts": "" })).toEqual([
    "core/payment-rules.ts:1 file payment-rules: the glossary says tender, not payment",
  ]);
});

test.each([
  "const billion = 1;",
  "const clerkName = 1;",
  "call({ user: 1, payment: 2 });",
  "a.payment = element.src;",
  '// the bill\nconst text = "payment";',
])("%s is allowed: other words, others' names, prose", (text) => {
  expect(breaches(synonyms, { "core/a.ts": `${text}\n` })).toEqual([]);
});
