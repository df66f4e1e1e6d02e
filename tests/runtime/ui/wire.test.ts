/** What a page may say, and the code and field of everything that it may not. */
import { expect, test } from "vitest";

import { VIEW_NUMBER_MAX } from "../../../runtime/ui/limits.ts";
import { readPageMessage } from "../../../runtime/ui/wire.ts";
import type { ScreenCommand } from "../../../runtime/ui/wire.ts";
import { table } from "../../support/table.ts";

const ID = "till-1/00000000000000a1/7";

const COMMANDS: readonly object[] = [
  { type: "sign_on", clerk: "ana", attempt: null },
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

test("every command that a screen may send is among them, and finish_print is not", () => {
  const types = new Set(COMMANDS.map((command) => "type" in command && command.type));
  const all: Readonly<Partial<Record<ScreenCommand["type"], true>>> = {
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
      .map((field) => [`${JSON.stringify(command)} with a list as ${field}`, command, field] as const),
  ),
)("%s is refused and the field named", (_title, command, field) => {
  const code = "wire/wrong_field";
  expect(readPageMessage(commandMessage({ ...command, [field]: [1] }))).toEqual({
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
  {"kind":"open","list":"staff"}                              | wire/wrong_field     | list
  {"kind":"open"}                                             | wire/wrong_field     | list
  {"kind":"open","list":"orders","from":1}                    | wire/unknown_field   | from
  {"kind":"command","n":0,"clerk":"","command":{}}            | wire/wrong_field     | n
  {"kind":"command","n":-1,"clerk":"","command":{}}           | wire/wrong_field     | n
  {"kind":"command","n":1,"clerk":"a b","command":{}}         | wire/wrong_field     | clerk
  {"kind":"command","n":1,"command":{}}                       | wire/wrong_field     | clerk
  {"kind":"command","n":1,"clerk":""}                         | wire/wrong_field     | command
  {"kind":"command","n":1,"clerk":"","command":[]}            | wire/wrong_field     | command
  {"kind":"command","n":1,"clerk":"","command":{}}            | wire/wrong_field     | command.type
  {"kind":"command","n":1,"clerk":"","command":{"type":"x"}}  | wire/unknown_command | command.type
  {"kind":"command","n":1,"clerk":"","command":{},"at":1}     | wire/unknown_field   | at
  `,
);

test.each(WRONG)("$title", ({ message, code, field }) => {
  expect(readPageMessage(message)).toEqual({ ok: false, code, field });
});

test("finish_print is not a screen's to send: wire/unknown_command", () => {
  const command = { type: "finish_print", order: ID, job: ID, outcome: "printed", code: "", mark: "none" };
  expect(readPageMessage(commandMessage(command))).toEqual({
    ok: false,
    code: "wire/unknown_command",
    field: "command.type",
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
