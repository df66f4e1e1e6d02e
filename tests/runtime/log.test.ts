/** Secrets planted in facts, words and errors never come out of the log, in either format; what helps does. */
import { expect, test } from "vitest";
import { assert, Bug } from "../../core/bug.ts";
import { causeFacts, causeWords, levelOf, logText, scrubbed } from "../../runtime/log.ts";
import type { LogFormat } from "../../runtime/log.ts";
import { readConfig } from "../../runtime/config.ts";
import { HqFault } from "../../tools/hq/fault.ts";

const AT = "2026-11-22T08:00:00.000Z";
const FORMATS: readonly LogFormat[] = ["json", "text"];

/** What must never come out, each as it would come in by itself. */
const SECRETS: Readonly<Record<string, string>> = {
  pin: "4711",
  salt: "a5".repeat(16),
  hash: "b6".repeat(32),
  key: "c7".repeat(32),
  seed: "d8".repeat(32),
  token: "e9".repeat(32),
  password: "correct horse",
  memberName: "Zoë Quimby",
  phone: "13800138000",
  birthday: "1999-12-31",
  card: "4111 1111 1111 1111",
  cookie: "tillwright_hq_ab=cd",
  url: "http://127.0.0.1:1/?token=abc",
};

test.each(FORMATS)("a fact without a field of its own is dropped and counted, as %s", (format) => {
  const line = logText(format, AT, "link/flood", { ...SECRETS, member: SECRETS, count: 3 });
  for (const secret of Object.values(SECRETS)) expect(line).not.toContain(secret);
  expect(line).toContain(format === "json" ? '"dropped":14' : "dropped=14");
  expect(line).toContain(format === "json" ? '"count":3' : "count=3");
});

test.each(FORMATS)("a secret in a field of another form does not come out, as %s", (format) => {
  const { pin, salt, hash, key, token, card, phone, url } = SECRETS;
  const line = logText(format, AT, "link/flood", {
    terminal: salt,
    epoch: hash,
    tenant: "Zoë Quimby",
    cause: token,
    host: key,
    seq: pin,
    port: { pin },
    detail: `${salt} ${hash} ${card} ${phone} ${url} pin=${pin} "pin":"${pin}" password: hunter2 zoe@quimby.example`,
  });
  for (const secret of [salt, hash, key, token, card, phone, "abc", "Quimby", pin, "hunter2", "zoe@"])
    expect(line).not.toContain(secret);
});

test.each([
  ["a chunk in base64", "sent q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ now", "sent [bytes] now"],
  [
    "a JSON excerpt",
    'Unexpected token, ..."name":"Zoë Q"... is not JSON',
    'Unexpected token, ..."name":"[removed]"... is not JSON',
  ],
  ["lines and terminal codes", "a\nb\u001b[31mc", "a b [31mc"],
  [
    "a path, an epoch and counts",
    "/var/lib/tillwright/hq epoch 00112233445566ff record 1234567",
    "/var/lib/tillwright/hq epoch 00112233445566ff record 1234567",
  ],
  ["a time", "from 2026-11-22T08:00:00.000Z on", "from 2026-11-22T08:00:00.000Z on"],
])("%s in words comes out safe", (_name, words, safe) => {
  expect(scrubbed(words)).toBe(safe);
});

test("of a foreign error its name, its code and where it was thrown are said, never its message", () => {
  const error = Object.assign(new TypeError("Zoë Quimby, pin 4711"), { code: "ECONNRESET" });
  const facts = causeFacts(error);
  expect(facts).toMatchObject({
    cause: "ECONNRESET",
    place: expect.stringMatching(/^runtime\/log\.test\.ts:\d+:\d+/),
  });
  expect(JSON.stringify(facts)).not.toMatch(/Quimby|4711/);
  expect(causeFacts(new SyntaxError("Quimby"))).toMatchObject({ cause: "SyntaxError" });
  expect(causeFacts("Quimby 4711")).toEqual({ cause: "string" });
  expect(causeWords(error)).toMatch(/^ECONNRESET runtime\/log\.test\.ts:\d+:\d+( < |$)/);
});

test("our own faults say their code and sentence, and a Bug what must hold but not the value that broke it", () => {
  const fault = causeFacts(new HqFault("hq/port_in_use", "127.0.0.1:1883"));
  expect(fault).toMatchObject({ cause: "hq/port_in_use", detail: expect.stringContaining("127.0.0.1:1883") });
  expect(causeFacts(new Bug('core: A kind must be known: {"name":"Quimby"}'))).toMatchObject({
    cause: "bug",
    detail: "core: A kind must be known",
  });
  expect(() => assert(false, "x: y")).toThrow(Bug);
});

test("a database's fault that quotes a value is said without it", () => {
  const fault = new HqFault("hq/store_failed", 'invalid input syntax for type bigint: "Zoë Quimby"');
  expect(logText("json", AT, "store/failed", causeFacts(fault))).not.toContain("Quimby");
});

test("a configuration that is no JSON is refused by its place, not by an excerpt that may hold a PIN's hash", () => {
  const broken = `{"staff":[{"clerk":"a","pin":{"salt":"${"a5".repeat(16)}" "hash":1}}]}`;
  const read = readConfig(broken);
  if (read.ok) return expect.fail("It must be refused");
  expect(read.message).toMatch(/^The configuration is not JSON: see (?:line \d+ column \d+|position \d+)$/);
});

test("a line of JSON has its time, level and code first; a line of text is for people", () => {
  const facts = { detail: "no ack for 3000 ms; sending again", terminal: "T1" };
  expect(logText("json", AT, "link/silent", facts)).toBe(
    `{"at":"${AT}","level":"warning","code":"link/silent","detail":"no ack for 3000 ms; sending again","terminal":"T1"}`,
  );
  expect(logText("text", AT, "link/silent", facts)).toBe(
    `${AT} link/silent: no ack for 3000 ms; sending again terminal=T1`,
  );
  expect(logText("text", AT, "hq/stopped")).toBe(`${AT} hq/stopped:`);
});

test.each([
  ["journal/failed", "error"],
  ["disk/full", "error"],
  ["config/value", "error"],
  ["config/unknown_key", "warning"],
  ["link/up", "info"],
  ["link/down", "warning"],
])("%s is %s", (code, level) => {
  expect(levelOf(code)).toBe(level);
});

test("a code that is none is not repeated", () => {
  expect(logText("json", AT, "Zoë Quimby", {})).toContain('"code":"log/code_unusable"');
});
