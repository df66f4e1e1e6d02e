/** Logs and configurations with secrets planted in every line and value: codes, times and numbers are what is left. */
import { expect, test } from "vitest";
import { redactConfig, redactLog } from "../../../tools/support/redact-text.ts";
import { Redactor } from "../../../tools/support/redact.ts";

const redactor = new Redactor(new Uint8Array(32).fill(1));

test("of a line of text its time and code stay; a line that is no event is left out and counted", () => {
  const log = [
    "2026-11-22T08:00:00.000Z link/down: Zoë Quimby pin=1234; next try in 900 ms",
    "    at Quimby (quimby/x.ts:3:4)",
    "Quimby: 4711",
    "",
  ].join("\n");
  expect(redactLog(log)).toBe(
    '{"at":"2026-11-22T08:00:00.000Z","code":"link/down"}\n{"lineCount":3,"leftOutCount":2}\n',
  );
});

test("of a line of JSON only numbers and names of machines stay beside its code", () => {
  const line = JSON.stringify({
    at: "2026-11-22T08:00:00Z",
    level: "warning",
    code: "link/flood",
    terminal: "till-1",
    count: 3,
    detail: "Quimby",
    pin: "1234",
    "Quimby key": 1,
    cause: "Zoë Quimby",
    member: { name: "Quimby" },
  });
  const [first = ""] = redactLog(line).split("\n");
  expect(JSON.parse(first)).toEqual({
    at: "2026-11-22T08:00:00Z",
    level: "warning",
    code: "link/flood",
    terminal: "till-1",
    count: 3,
  });
});

test("a configuration keeps its shape, numbers and machines; names, addresses, PINs and odd keys are replaced", () => {
  const text = JSON.stringify({
    tenant: "demo",
    terminal: "T1",
    currency: "GBP",
    shop: { name: "Quimby's", addressLines: ["Quimby Street 1"] },
    staff: [{ clerk: "quimby", name: "Zoë", rights: ["sell"], pin: { salt: "a5a5", hash: "b6b6" } }],
    hq: { host: "quimby.example", port: 1883 },
    "Quimby's key": true,
  });
  const shown = JSON.stringify(redactConfig(text, redactor));
  expect(shown).not.toMatch(/quimby|Zoë|a5a5|b6b6/i);
  expect(JSON.parse(shown)).toMatchObject({
    tenant: "demo",
    terminal: "T1",
    currency: "GBP",
    staff: [{ rights: ["sell"] }],
    hq: { port: 1883 },
  });
  expect(redactConfig("{", redactor)).toBeNull();
});
