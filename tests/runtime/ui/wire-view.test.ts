/** What the runtime says is read by the page as it was said, and nothing else is. */
import { expect, test } from "vitest";

import { readScreenMessage } from "../../../runtime/ui/wire-view.ts";

const ID = "till-1/00000000000000a1/7";
const STATUS = {
  timeText: "08:26",
  link: "up",
  light: "amber",
  unsentCount: 3,
  unsentSalesCount: 1,
  printer: "ready",
  disk: "ok",
};
const LINE = {
  line: ID,
  sku: "101",
  name: "Coffee",
  quantityMilli: 2000,
  unitPriceMinor: 1800,
  amountMinor: 3600,
  note: "",
};
const ORDER = {
  order: ID,
  kind: "sale",
  phase: "open",
  check: null,
  lines: [LINE],
  itemCount: 2,
  totalMinor: 3600,
  takenMinor: 0,
  leftMinor: 3600,
};
const LAST = {
  order: ID,
  receipt: "till-1-a1-1",
  totalMinor: 3600,
  handedMinor: 5000,
  changeMinor: 1400,
  print: "printed",
  printCode: "",
  printer: "ready",
};
const ROW = {
  order: ID,
  kind: "return",
  timeText: "08:26",
  phase: "closed",
  receipt: "till-1-a1-1",
  totalMinor: -3600,
  itemCount: 2,
  isStored: true,
  isUnsent: false,
  print: "none",
};
const WELCOME = {
  shopName: "Corner Cafe",
  currency: "CNY",
  exponent: 2,
  language: "zh",
  clerk: "ana",
  staff: [{ clerk: "ana", name: "Ana" }],
  categories: [{ id: "drinks", nameEn: "Drinks", nameZh: "饮品" }],
  items: [
    { sku: "101", category: "drinks", nameEn: "Coffee", nameZh: "咖啡", priceMinor: 1800, isSoldOut: false },
  ],
};

const MESSAGES: readonly object[] = [
  { kind: "welcome", welcome: WELCOME },
  { kind: "welcome", welcome: { ...WELCOME, clerk: "" } },
  { kind: "view" },
  { kind: "view", order: null, last: null },
  { kind: "view", order: ORDER, last: LAST, status: STATUS },
  { kind: "view", order: { ...ORDER, phase: "frozen", check: ID } },
  { kind: "orders", orders: [ROW] },
  { kind: "answer", n: 4, refusal: null },
  { kind: "answer", n: 4, refusal: { code: "order/empty", sentence: "There is nothing on this order." } },
  { kind: "fault", code: "wire/not_json", sentence: "The screen sent something." },
];

test.each(MESSAGES.map((message) => [JSON.stringify(message), message] as const))(
  "%s is read as it was said",
  (text, message) => {
    expect(readScreenMessage(text)).toEqual({ ok: true, value: message });
  },
);

/** Every object inside `value`, as a function that gives the whole with that object changed. */
function places(
  value: unknown,
  rebuild: (inner: unknown) => unknown,
): ((change: (json: object) => object) => unknown)[] {
  if (Array.isArray(value)) {
    return value.flatMap((entry: unknown, index) =>
      places(entry, (inner) => rebuild(value.with(index, inner))),
    );
  }
  if (typeof value !== "object" || value === null) return [];
  const own = (change: (json: object) => object): unknown => rebuild(change(value));
  const below = Object.entries(value).flatMap(([name, inner]) =>
    places(inner, (changed) => rebuild({ ...value, [name]: changed })),
  );
  return [own, ...below];
}

test("a field of another kind, or one too many, anywhere in any message is refused with a code", () => {
  let triedCount = 0;
  for (const message of MESSAGES) {
    for (const at of places(message, (whole) => whole)) {
      const extra = readScreenMessage(JSON.stringify(at((json) => ({ ...json, extra: 1 }))));
      expect(extra).toMatchObject({ ok: false, code: "wire/unknown_field" });
      at((json) => {
        for (const name of Object.keys(json)) {
          const wrong = readScreenMessage(JSON.stringify(at((its) => ({ ...its, [name]: { odd: 1 } }))));
          expect(wrong.ok, `${JSON.stringify(message)} with ${name} wrong`).toBe(false);
          triedCount += 1;
        }
        return json;
      });
    }
  }
  expect(triedCount).toBeGreaterThan(80);
});

test("what is no message at all is refused", () => {
  expect(readScreenMessage("")).toMatchObject({ ok: false, code: "wire/not_json" });
  expect(readScreenMessage("[]")).toMatchObject({ ok: false, code: "wire/not_an_object" });
  expect(readScreenMessage('{"kind":"hello"}')).toMatchObject({ ok: false, code: "wire/unknown_kind" });
});
