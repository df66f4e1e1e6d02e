/** What a page may say, and the code and field of everything that it may not. */
import * as fc from "fast-check";
import { expect, test } from "vitest";

import { PAGE_FRAME_BYTES_MAX, SCAN_TEXT_LENGTH_MAX, VIEW_NUMBER_MAX } from "../../../runtime/ui/limits.ts";
import { readPageMessage } from "../../../runtime/ui/wire-page.ts";
import type { ScreenCommand } from "../../../runtime/ui/wire.ts";
import { table } from "../../support/table.ts";

const ID = "till-1/00000000000000a1/7";

const COMMANDS: readonly object[] = [
  { type: "sign_on", clerk: "ana" },
  { type: "sign_off", clerk: "ana" },
  { type: "unlock_clerk", clerk: "ana" },
  { type: "trust_clock" },
  { type: "open_order", kind: "return", label: "Table 4", reason: "broken" },
  { type: "add_item", order: null, sku: "101", quantityMilli: 1000 },
  { type: "add_item", order: ID, sku: "101", quantityMilli: 1000 },
  {
    type: "add_open_item",
    order: ID,
    sku: "x",
    name: "Jug",
    quantityMilli: 755,
    unitPriceMinor: 1200,
    reason: "no code",
  },
  { type: "add_units", order: ID, line: ID, quantityMilli: 1000 },
  { type: "give_discount", order: ID, line: ID, ratePpm: 100_000, amountMinor: 0, reason: "bruised" },
  { type: "give_discount", order: ID, line: null, ratePpm: null, amountMinor: 500, reason: "regular" },
  { type: "enter_coupon", order: ID, code: "AUTUMN10" },
  { type: "withdraw_adjustment", order: ID, adjustment: ID },
  { type: "set_tip", order: ID, ratePpm: 150_000, amountMinor: 0 },
  { type: "set_tip", order: ID, ratePpm: null, amountMinor: 200 },
  { type: "set_guests", order: ID, guestCount: 6 },
  { type: "set_tier", order: ID, tier: "gold" },
  { type: "set_tax_treatment", order: ID, treatment: "tax_free", reason: "passport seen" },
  { type: "round_order", order: ID, isGiven: true },
  { type: "remove_units", order: ID, line: ID, quantityMilli: 1000, reason: "" },
  { type: "set_note", order: ID, line: ID, text: "no sugar" },
  { type: "set_note", order: ID, line: null, text: "" },
  { type: "void_order", order: ID, reason: "left" },
  { type: "freeze_check", order: ID },
  { type: "thaw_check", order: ID, check: ID },
  { type: "take_cash", order: ID, handedMinor: 5000, leftMinor: null },
  { type: "pay_out_cash", order: ID },
  { type: "close_without_tender", order: ID },
  { type: "copy_receipt", order: ID },
  { type: "park_order", order: ID, label: "Table 4" },
  { type: "recall_order", order: ID },
  { type: "undo", order: ID },
  { type: "refund", closing: ID, lines: [{ line: ID, quantityMilli: 1000 }], reason: "broken" },
  { type: "open_shift", drawer: "1", floatMinor: 10_000 },
  { type: "join_shift", shift: ID },
  { type: "move_cash", kind: "pay_out", amountMinor: 500, reason: "milk" },
  { type: "open_drawer", reason: "change" },
  { type: "count_drawer", shift: ID, denominations: [{ valueMinor: 100, count: 3 }] },
  { type: "report_shift", shift: ID },
  { type: "close_shift", shift: ID, reason: "" },
  { type: "print_report", closing: ID },
  { type: "set_sold_out", sku: "101", isSoldOut: true },
  { type: "request_card", order: ID, amountMinor: null, leftMinor: 1340, reader: "counter" },
  { type: "reverse_card", order: ID, tender: ID },
  { type: "continue_refund", order: ID, inCash: true },
  { type: "override_tender", order: ID, tender: ID, reason: "guest waits" },
  { type: "judge_tender", order: ID, tender: ID, as: "failed", reason: "acquirer asked" },
  { type: "settle_orphan", order: ID, tender: ID, orphan: ID, how: "taken_back", reason: "slip seen" },
];

function commandMessage(command: unknown): string {
  return JSON.stringify({ kind: "command", n: 1, clerk: "ana", command });
}

test.each(COMMANDS.map((command) => [JSON.stringify(command), command] as const))(
  "a page may send %s",
  (_title, command) => {
    expect(readPageMessage(commandMessage(command))).toEqual({
      ok: true,
      value: { kind: "command", n: 1, clerk: "ana", command },
    });
  },
);

test("every command that a screen may send is among them", () => {
  const types = new Set(COMMANDS.map((command) => "type" in command && command.type));
  const all: Readonly<Record<ScreenCommand["type"], true>> = {
    sign_on: true,
    open_order: true,
    add_item: true,
    add_open_item: true,
    add_units: true,
    remove_units: true,
    set_note: true,
    void_order: true,
    freeze_check: true,
    thaw_check: true,
    take_cash: true,
    pay_out_cash: true,
    close_without_tender: true,
    copy_receipt: true,
    sign_off: true,
    unlock_clerk: true,
    trust_clock: true,
    park_order: true,
    recall_order: true,
    undo: true,
    refund: true,
    open_shift: true,
    join_shift: true,
    move_cash: true,
    open_drawer: true,
    count_drawer: true,
    report_shift: true,
    close_shift: true,
    print_report: true,
    set_sold_out: true,
    request_card: true,
    reverse_card: true,
    continue_refund: true,
    override_tender: true,
    judge_tender: true,
    settle_orphan: true,
    give_discount: true,
    enter_coupon: true,
    withdraw_adjustment: true,
    set_tip: true,
    set_guests: true,
    set_tier: true,
    set_tax_treatment: true,
    round_order: true,
  };
  expect(types).toEqual(new Set(Object.keys(all)));
});

test.each(
  COMMANDS.flatMap((command) =>
    Object.keys(command).map(
      (field) => [`${JSON.stringify(command)} without ${field}`, command, field] as const,
    ),
  ),
)("%s is refused and the field named", (_title, command, field) => {
  const left = Object.fromEntries(Object.entries(command).filter(([name]) => name !== field));
  const code = "wire/wrong_field";
  expect(readPageMessage(commandMessage(left))).toEqual({ ok: false, code, field: `command.${field}` });
});

test.each(
  COMMANDS.flatMap((command) =>
    Object.keys(command)
      .filter((field) => field !== "type")
      .map((field) => [`${JSON.stringify(command)} with another kind of ${field}`, command, field] as const),
  ),
)("%s is refused and the field named", (_title, command, field) => {
  const code = "wire/wrong_field";
  expect(readPageMessage(commandMessage({ ...command, [field]: { odd: 1 } }))).toEqual({
    ok: false,
    code,
    field: `command.${field}`,
  });
});

test.each(COMMANDS.map((command) => [JSON.stringify(command), command] as const))(
  "%s with a field too many is refused with wire/unknown_field",
  (_title, command) => {
    expect(readPageMessage(commandMessage({ ...command, extra: 1 }))).toEqual({
      ok: false,
      code: "wire/unknown_field",
      field: "command.extra",
    });
  },
);

const WRONG = table(
  ["message", "code", "field"],
  `
  message                                                     | code                 | field
  {"kind":                                                    | wire/not_json        |
                                                              | wire/not_json        |
  7                                                           | wire/not_an_object   |
  null                                                        | wire/not_an_object   |
  []                                                          | wire/not_an_object   |
  "hello"                                                     | wire/not_an_object   |
  {}                                                          | wire/wrong_field     | kind
  {"kind":1}                                                  | wire/wrong_field     | kind
  {"kind":"bye"}                                              | wire/unknown_kind    | kind
  {"kind":"hello","view":0,"language":"en"}                   | wire/wrong_field     | view
  {"kind":"hello","view":281474976710656,"language":"en"}     | wire/wrong_field     | view
  {"kind":"hello","view":1.5,"language":"en"}                 | wire/wrong_field     | view
  {"kind":"hello","view":"1","language":"en"}                 | wire/wrong_field     | view
  {"kind":"hello","view":1,"language":"fr"}                   | wire/wrong_field     | language
  {"kind":"hello","view":1}                                   | wire/wrong_field     | language
  {"kind":"hello","view":1,"language":"en","token":"x"}       | wire/unknown_field   | token
  {"kind":"open","panel":"orders"}                            | wire/wrong_field     | panel
  {"kind":"open","panel":{"panel":"staff"}}                   | wire/wrong_field     | panel.panel
  {"kind":"open","panel":{"panel":"order"}}                   | wire/wrong_field     | panel.order
  {"kind":"open","panel":{"panel":"order","order":"7"}}       | wire/wrong_field     | panel.order
  {"kind":"open","panel":{"panel":"shift","order":"7"}}       | wire/unknown_field   | panel.order
  {"kind":"open","panel":{}}                                  | wire/wrong_field     | panel.panel
  {"kind":"open"}                                             | wire/wrong_field     | panel
  {"kind":"open","panel":{"panel":"none"},"from":1}           | wire/unknown_field   | from
  {"kind":"open","list":"orders"}                             | wire/wrong_field     | panel
  {"kind":"scan","n":1,"clerk":"ana","text":7}                | wire/wrong_field     | text
  {"kind":"scan","n":0,"clerk":"ana","text":"7"}              | wire/wrong_field     | n
  {"kind":"scan","n":1,"clerk":"ana"}                         | wire/wrong_field     | text
  {"kind":"test_print","n":1,"clerk":"ana","copies":9}        | wire/unknown_field   | copies
  {"kind":"scale","n":1,"clerk":"ana","action":"weigh","sku":""} | wire/wrong_field  | sku
  {"kind":"scale","n":1,"clerk":"ana","action":"zero","sku":"4"} | wire/wrong_field  | sku
  {"kind":"scale","n":1,"clerk":"ana","action":"put","sku":""} | wire/wrong_field    | action
  {"kind":"scale","n":1,"clerk":"ana","action":"weigh","sku":"4","grams":5} | wire/unknown_field | grams
  {"kind":"command","n":0,"clerk":"","command":{}}            | wire/wrong_field     | n
  {"kind":"command","n":-1,"clerk":"","command":{}}           | wire/wrong_field     | n
  {"kind":"command","n":1,"clerk":"a b","command":{}}         | wire/wrong_field     | clerk
  {"kind":"command","n":1,"command":{}}                       | wire/wrong_field     | clerk
  {"kind":"command","n":1,"clerk":""}                         | wire/wrong_field     | command
  {"kind":"command","n":1,"clerk":"","command":[]}            | wire/wrong_field     | command
  {"kind":"command","n":1,"clerk":"","command":{}}            | wire/wrong_field     | command.type
  {"kind":"command","n":1,"clerk":"","command":{"type":"x"}}  | wire/unknown_command | command.type
  {"kind":"command","n":1,"clerk":"","command":{},"at":1}     | wire/wrong_field     | command.type
  `,
);

test.each(WRONG)("$title", ({ message, code, field }) => {
  expect(readPageMessage(message)).toEqual({ ok: false, code, field });
});

const OWN_COMMANDS: readonly object[] = [
  { type: "finish_print", order: ID, job: ID, outcome: "printed", code: "", mark: "none" },
  { type: "finish_report", job: ID, outcome: "printed", code: "", mark: "none" },
  { type: "try_pin", clerk: "ana", purpose: "sign_on" },
  { type: "pass_pin", clerk: "ana", attempt: ID },
  { type: "flag_clock", flag: "behind", byMs: 1 },
  { type: "add_labelled_item", order: ID, sku: "101", unitPriceMinor: 1 },
];

test.each(OWN_COMMANDS.map((command) => [JSON.stringify(command), command] as const))(
  "%s is not a screen's to send: wire/unknown_command",
  (_title, command) => {
    expect(readPageMessage(commandMessage(command))).toEqual({
      ok: false,
      code: "wire/unknown_command",
      field: "command.type",
    });
  },
);

test("a screen cannot say that a PIN was right: an attempt beside a sign_on is wire/unknown_field", () => {
  const command = { type: "sign_on", clerk: "ana", attempt: ID };
  expect(readPageMessage(commandMessage(command))).toEqual({
    ok: false,
    code: "wire/unknown_field",
    field: "command.attempt",
  });
});

test("names of the language itself are not commands", () => {
  for (const type of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
    expect(readPageMessage(commandMessage({ type }))).toMatchObject({ code: "wire/unknown_command" });
  }
});

const WRONG_VALUES = table(
  ["command", "field", "value"],
  `
  command      | field         | value
  add_units    | order         | "till-1"
  add_units    | order         | "till-1/00000000000000a1/0"
  add_units    | order         | "till-1/00000000000000a1/7/1"
  add_units    | order         | "../../etc/passwd"
  add_units    | order         | null
  add_units    | line          | 7
  add_units    | quantityMilli | 0.5
  add_units    | quantityMilli | "1000"
  add_units    | quantityMilli | 9007199254740992
  add_units    | quantityMilli | null
  take_cash    | handedMinor   | 1e300
  take_cash    | handedMinor   | true
  sign_on      | clerk         | ""
  sign_on      | clerk         | "a/b"
  open_order   | kind          | "gift"
  open_order   | label         | 4
  thaw_check   | check         | ""
  remove_units | reason        | null
  `,
);

test.each(WRONG_VALUES)("$title is refused with wire/wrong_field", ({ command, field, value }) => {
  const whole = COMMANDS.find((each) => "type" in each && each.type === command);
  const text = commandMessage({ ...whole, [field]: JSON.parse(value) as unknown });
  expect(readPageMessage(text)).toEqual({ ok: false, code: "wire/wrong_field", field: `command.${field}` });
});

test("text longer than any field allows is refused before the trade sees it", () => {
  const command = { type: "set_note", order: ID, line: null, text: "x".repeat(1001) };
  expect(readPageMessage(commandMessage(command))).toMatchObject({ code: "wire/wrong_field" });
});

test("amounts that the trade will refuse in words pass the wire", () => {
  const command = { type: "take_cash", order: ID, handedMinor: -5, leftMinor: null };
  expect(readPageMessage(commandMessage(command))).toMatchObject({ ok: true });
});

test("a hello is read with a language or without one", () => {
  for (const language of ["en", "zh", null]) {
    const hello = { kind: "hello", view: VIEW_NUMBER_MAX, language };
    expect(readPageMessage(JSON.stringify(hello))).toEqual({ ok: true, value: hello });
  }
});

const PIN_MESSAGE = {
  kind: "pin",
  n: 3,
  clerk: "li",
  who: "ana",
  pin: "1234",
  purpose: "sign_on",
  command: null,
};

const OTHERS: readonly object[] = [
  PIN_MESSAGE,
  { ...PIN_MESSAGE, clerk: "", pin: "12345678" },
  { ...PIN_MESSAGE, purpose: "approve", command: { type: "void_order", order: ID, reason: "left" } },
  { ...PIN_MESSAGE, purpose: "enter_training" },
  { ...PIN_MESSAGE, purpose: "leave_training", pin: "" },
  { kind: "scan", n: 4, clerk: "li", text: "" },
  { kind: "scan", n: 4, clerk: "li", text: "x".repeat(SCAN_TEXT_LENGTH_MAX) },
  { kind: "open", panel: { panel: "none" } },
  { kind: "open", panel: { panel: "orders" } },
  { kind: "open", panel: { panel: "order", order: ID } },
  { kind: "open", panel: { panel: "settings" } },
  { kind: "test_print", n: 5, clerk: "li" },
  { kind: "scale", n: 5, clerk: "li", action: "weigh", sku: "401" },
  { kind: "scale", n: 5, clerk: "li", action: "clear_tare", sku: "" },
  {
    kind: "pair_printer",
    n: 5,
    clerk: "li",
    printer: { address: { kind: "tcp", host: "10.0.0.9", port: 9100 }, model: "generic-80" },
  },
  {
    kind: "pair_printer",
    n: 5,
    clerk: "li",
    printer: { address: { kind: "serial", path: "/dev/ttyUSB0", baudRate: 9600 }, model: "generic-58" },
  },
];

test.each(OTHERS.map((message) => [JSON.stringify(message).slice(0, 120), message] as const))(
  "%s is read as it was said",
  (_title, message) => {
    expect(readPageMessage(JSON.stringify(message))).toEqual({ ok: true, value: message });
  },
);

const WRONG_PINS = table(
  ["field", "value", "at"],
  `
  field   | value                                | at
  pin     | "123"                                | pin
  pin     | "123456789"                          | pin
  pin     | "12a4"                               | pin
  pin     | "１２３４"                           | pin
  pin     | "1234\\n"                            | pin
  pin     | 1234                                 | pin
  pin     | ""                                   | pin
  pin     | null                                 | pin
  purpose | "unlock"                             | purpose
  purpose | "training"                           | purpose
  purpose | "approve"                            | command
  who     | ""                                   | who
  who     | "a b"                                | who
  command | {"type":"undo","order":"${ID}"}      | command
  clerk   | "a b"                                | clerk
  `,
);

test.each(WRONG_PINS)(
  "a PIN message with $field $value is refused with wire/wrong_field",
  ({ field, value, at }) => {
    const text = JSON.stringify({ ...PIN_MESSAGE, [field]: JSON.parse(value) as unknown });
    expect(readPageMessage(text)).toEqual({ ok: false, code: "wire/wrong_field", field: at });
  },
);

test("what cannot be read of a PIN message is named without the PIN", () => {
  const planted = "86420975";
  for (const change of [{ pin: `${planted}1` }, { extra: 1 }, { who: 7 }, { purpose: planted }]) {
    const read = readPageMessage(JSON.stringify({ ...PIN_MESSAGE, pin: planted, ...change }));
    expect(read.ok).toBe(false);
    expect(JSON.stringify(read)).not.toContain(planted);
  }
});

test("a scan longer than its bound, and a pairing of another kind, are refused with wire/wrong_field", () => {
  const scan = { kind: "scan", n: 1, clerk: "li", text: "x".repeat(SCAN_TEXT_LENGTH_MAX + 1) };
  expect(readPageMessage(JSON.stringify(scan))).toMatchObject({ code: "wire/wrong_field", field: "text" });
  const printers = [
    [{ address: { kind: "usb" }, model: "x" }, "printer.address.kind"],
    [{ address: { kind: "tcp", host: "h", port: 0 }, model: "x" }, "printer.address.port"],
    [{ address: { kind: "tcp", host: "h", port: 65_536 }, model: "x" }, "printer.address.port"],
    [{ address: { kind: "serial", path: "/dev/x", baudRate: 0 }, model: "x" }, "printer.address.baudRate"],
    [{ address: { kind: "tcp", host: "h", port: 1 } }, "printer.model"],
  ] as const;
  for (const [printer, field] of printers) {
    const text = JSON.stringify({ kind: "pair_printer", n: 1, clerk: "li", printer });
    expect(readPageMessage(text)).toEqual({ ok: false, code: "wire/wrong_field", field });
  }
});

test("lists beyond what the trade takes are refused, and the longest refund fits a frame", () => {
  const line = { line: `${"t".repeat(32)}/00000000000000a1/9007199254740991`, quantityMilli: 1_000_000_000 };
  const refund = (count: number): string =>
    commandMessage({
      type: "refund",
      closing: ID,
      lines: Array.from({ length: count }, () => line),
      reason: "",
    });
  expect(readPageMessage(refund(2000))).toMatchObject({ ok: true });
  expect(refund(2000).length).toBeLessThan(PAGE_FRAME_BYTES_MAX);
  expect(readPageMessage(refund(2001))).toMatchObject({ code: "wire/wrong_field", field: "command.lines" });
  const denominations = Array.from({ length: 65 }, (_, index) => ({ valueMinor: index + 1, count: 1 }));
  const count = { type: "count_drawer", shift: ID, denominations };
  expect(readPageMessage(commandMessage(count))).toMatchObject({ field: "command.denominations" });
});

test("a wrong row of a list is named by its place", () => {
  const refund = {
    type: "refund",
    closing: ID,
    lines: [{ line: ID, quantityMilli: 1 }, { line: ID }],
    reason: "",
  };
  expect(readPageMessage(commandMessage(refund))).toEqual({
    ok: false,
    code: "wire/wrong_field",
    field: "command.lines[1].quantityMilli",
  });
});

const GOOD: readonly object[] = [
  ...COMMANDS.map((command) => ({ kind: "command", n: 1, clerk: "ana", command })),
  ...OTHERS.filter((message) => JSON.stringify(message).length < 1000),
];

test("no value in any field of any message makes the reader throw, and what it takes it takes as it is", () => {
  const message = fc.constantFrom(...GOOD);
  const odd = fc.oneof(fc.jsonValue(), fc.constantFrom("", "0", "__proto__", -0, 2 ** 53, "\ud800"));
  fc.assert(
    fc.property(message, fc.nat(), odd, (good, at, value) => {
      const text = JSON.stringify(good);
      const changed = changedAt(good, at, value);
      const read = readPageMessage(JSON.stringify(changed));
      if (read.ok) expect(read.value).toEqual(JSON.parse(JSON.stringify(changed)));
      else expect(read.code).toMatch(/^wire\//);
      expect(readPageMessage(text.slice(0, at % text.length))).toMatchObject({
        ok: false,
        code: "wire/not_json",
      });
    }),
    { numRuns: 2000 },
  );
});

/** `json` with another value in its field of this number, counted through the objects within. */
function changedAt(json: object, at: number, value: unknown): unknown {
  const names = Object.keys(json);
  const name = names[at % names.length] ?? "";
  const inner: unknown = Reflect.get(json, name);
  const rest = Math.floor(at / names.length);
  const isDeeper = typeof inner === "object" && inner !== null && rest % 2 === 1;
  return { ...json, [name]: isDeeper ? changedAt(inner, Math.floor(rest / 2), value) : value };
}
