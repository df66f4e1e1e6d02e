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
  isPaperLow: false,
  disk: "ok",
  isTraining: false,
  clockFlag: "none",
  parkedCount: 2,
  shift: { shift: ID, drawer: "A" },
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
const PRICING = {
  rows: [
    { kind: "discount", name: "bruised", amountMinor: -360, adjustment: ID },
    { kind: "tip", name: "", amountMinor: 500, adjustment: null },
  ],
  lines: [
    {
      line: ID,
      paidMinor: 3240,
      steps: [
        { kind: "list", name: "", stageNumber: 10, amountMinor: 3600 },
        { kind: "promotion", name: "bruised", stageNumber: null, amountMinor: -360 },
      ],
    },
  ],
  version: 12,
  tipPresets: [{ ratePpm: 150_000, amountMinor: 540 }],
  canRound: true,
  isRounded: false,
};
const ORDER = {
  order: ID,
  kind: "sale",
  phase: "open",
  check: null,
  label: "Table 4",
  note: "",
  canUndo: true,
  lines: [LINE],
  itemCount: 2,
  totalMinor: 3600,
  takenMinor: 0,
  leftMinor: 3600,
  cashLeftMinor: 3600,
  pricing: PRICING,
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
  isParked: false,
  label: "",
  receipt: "till-1-a1-1",
  totalMinor: -3600,
  itemCount: 2,
  isReturned: true,
  markCount: 1,
  isStored: true,
  isUnsent: false,
  print: "none",
};
const WELCOME = {
  shopName: "Corner Cafe",
  terminal: "till-1",
  currency: "CNY",
  exponent: 2,
  language: "zh",
  isTraining: false,
  needsShift: true,
  armsReader: false,
  drawers: ["A"],
  denominationsMinor: [10_000, 100],
  cashRounding: { incrementMinor: 5, tie: "up" },
  staff: [{ clerk: "ana", name: "Ana", hasPin: true, rights: ["sell", "approve"] }],
  categories: [{ id: "drinks", nameEn: "Drinks", nameZh: "饮品" }],
  items: [
    {
      sku: "101",
      category: "drinks",
      nameEn: "Coffee",
      nameZh: "咖啡",
      priceMinor: 1800,
      isSoldOut: false,
      isByWeight: true,
    },
  ],
};

const SOLD = { ...LINE, taxOnTopMinor: 0, returnedMilli: 1000 };
const CLOSING = {
  closing: ID,
  receipt: "till-1-a1-1",
  timeText: "08:26",
  clerk: "ana",
  totalMinor: -3600,
  roundingMinor: -1,
  orderRoundingMinor: -76,
  handedMinor: 5000,
  changeMinor: 1400,
  lines: [SOLD],
  copyCount: 1,
  print: "printed",
  printMark: "resumed",
};
const STEP = {
  timeText: "08:26",
  type: "line_added",
  clerk: "",
  detail: "Coffee",
  quantityMilli: 1000,
  amountMinor: null,
  isStored: true,
  isSent: false,
};
const DETAIL = {
  order: ID,
  kind: "return",
  phase: "closed",
  isParked: false,
  label: "",
  reason: "cold",
  note: "",
  returnOf: "till-1-a1-1",
  openTotalMinor: 0,
  openLines: [SOLD],
  closings: [CLOSING],
  marks: ["returned_twice", "receipt_marked"],
  timeline: [STEP, { ...STEP, clerk: "ana", quantityMilli: null, amountMinor: -5 }],
};
const SHIFT = {
  shift: ID,
  drawer: "A",
  businessDate: "2010-12-01",
  openedText: "2010-12-01 08:26",
  clerk: "ana",
  isOwn: true,
  isMine: false,
  floatMinor: 1000,
  saleCount: 1,
  returnCount: 0,
  noSaleCount: 2,
  counted: { countedMinor: 900, expectedMinor: 1000, differenceMinor: -100 },
};
const SHIFTS = {
  open: [SHIFT, { ...SHIFT, clerk: "", counted: null }],
  freeDrawers: ["B"],
  joinable: [{ shift: ID, drawer: "C", terminal: "till-2", clerk: "" }],
  closed: [
    {
      closing: ID,
      zNumber: 3,
      drawer: "A",
      businessDate: "2010-12-01",
      closedText: "2010-12-01 20:00",
      differenceMinor: -100,
    },
  ],
  unsentCount: 4,
  denominationsMinor: [100, 50],
};
const STOCK = {
  items: [{ sku: "101", nameEn: "Coffee", nameZh: "咖啡", isSoldOut: true }],
  alerts: [{ sku: "101", levelMilli: -1000, targetMilli: 50_000 }],
};
const HEALTH = {
  terminal: "till-1",
  version: "0.2.0",
  unsentCount: 4,
  oldestUnsentSeconds: 61,
  ackedSeq: 3,
  headSeq: 7,
  disk: "damaged",
  printerCode: "printer/paper_out",
  printerName: "generic-80",
  isPaperLow: true,
  clockFlag: "behind",
  isSafeToSwap: false,
  lockedClerks: ["li"],
  readerDays: [
    {
      reader: "1",
      serial: "68001234",
      closedText: "2010-12-01 22:05",
      rows: [{ brand: "Visa", readerCount: 2, readerMinor: 4200, journalCount: 1, journalMinor: -100 }],
      cases: [
        {
          ...{ kind: "reader_more", brand: "Visa", readerCount: 2, journalCount: 1, amountMinor: 4300 },
          ...{ isAtReader: true, order: null, label: "" },
        },
      ],
    },
  ],
};
const TCP = { address: { kind: "tcp", host: "10.0.0.9", port: 9100 }, model: "generic-80" };
const SERIAL = { address: { kind: "serial", path: "/dev/ttyUSB0", baudRate: 9600 }, model: "generic-58" };
const SETTINGS = { printer: TCP, models: ["generic-80"], serialPaths: ["/dev/ttyUSB0"] };
const NO = { code: "order/empty", sentence: "No.", right: null, waitSeconds: null, triesLeft: null };

const MESSAGES: readonly object[] = [
  { kind: "welcome", welcome: WELCOME },
  { kind: "welcome", welcome: { ...WELCOME, cashRounding: null, drawers: [] } },
  { kind: "view" },
  { kind: "view", clerk: "", order: null, last: null },
  { kind: "view", clerk: "ana", order: ORDER, last: LAST, status: STATUS },
  { kind: "view", status: { ...STATUS, shift: null, printer: "unknown" } },
  { kind: "view", availability: [{ sku: "101", isSoldOut: true }] },
  { kind: "view", scale: null },
  { kind: "view", scale: { state: "stable", weightGrams: 755, isNet: true } },
  { kind: "view", order: { ...ORDER, phase: "frozen", check: ID, pricing: null } },
  { kind: "orders", orders: [ROW] },
  { kind: "panel", panel: "order", order: ID, content: null },
  { kind: "panel", panel: "order", order: ID, content: DETAIL },
  { kind: "panel", panel: "shift", content: SHIFTS },
  { kind: "panel", panel: "stock", content: STOCK },
  { kind: "panel", panel: "health", content: HEALTH },
  { kind: "panel", panel: "health", content: { ...HEALTH, oldestUnsentSeconds: null } },
  { kind: "panel", panel: "settings", content: SETTINGS },
  { kind: "panel", panel: "settings", content: { ...SETTINGS, printer: SERIAL } },
  { kind: "panel", panel: "settings", content: { ...SETTINGS, printer: null } },
  { kind: "answer", n: 4, refusal: null },
  { kind: "answer", n: 4, refusal: NO },
  { kind: "answer", n: 4, refusal: { ...NO, right: "void" } },
  { kind: "answer", n: 4, refusal: { ...NO, waitSeconds: 30, triesLeft: 4 } },
  { kind: "scanned", n: 4, scan: { kind: "item", sku: "101" }, refusal: NO },
  { kind: "scanned", n: 0, scan: { kind: "receipt", order: ID, closing: ID }, refusal: null },
  { kind: "scanned", n: 4, scan: { kind: "payment_code" }, refusal: null },
  { kind: "scanned", n: 4, scan: { kind: "rejected", code: "scan/noise", sentence: "No." }, refusal: null },
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
  expect(triedCount).toBeGreaterThan(250);
});

test("what is no message at all is refused", () => {
  expect(readScreenMessage("")).toMatchObject({ ok: false, code: "wire/not_json" });
  expect(readScreenMessage("[]")).toMatchObject({ ok: false, code: "wire/not_an_object" });
  expect(readScreenMessage('{"kind":"hello"}')).toMatchObject({ ok: false, code: "wire/unknown_kind" });
});

test("a panel of a page that this build does not know is refused", () => {
  const panel = { kind: "panel", panel: "floor", content: {} };
  expect(readScreenMessage(JSON.stringify(panel))).toMatchObject({ ok: false, field: "panel" });
});
