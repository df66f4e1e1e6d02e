/** `tools/inspect nexo`: every golden message, its envelope, and that no card number comes out. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { dice, nextInput } from "../../../../tools/proof/inspect/fuzz.ts";
import { nexoInspector } from "../../../../tools/proof/inspect/nexo.ts";
import { runInspect } from "../../../../tools/proof/inspect/run.ts";
import { nexoGoldens } from "../../../support/nexo-goldens.ts";
import { KEY } from "../../../support/nexo-world.ts";

const SEED = Number(process.env["SEED"] ?? 1);
const MUTATION_COUNT = 20_000;
const CODE = /^(nexo|input)\/[a-z0-9_]+$/;

const text = readFileSync(new URL("../../../golden/readers/nexo.txt", import.meta.url), "utf8");
const goldens = text
  .trimEnd()
  .split("\n")
  .flatMap((line, index, lines) =>
    line.startsWith("# ")
      ? [{ name: line.slice(2), bytes: new Uint8Array(Buffer.from(lines[index + 1] ?? "", "hex")) }]
      : [],
  );
const golden = (name: string): Uint8Array =>
  goldens.find((its) => its.name === name)?.bytes ?? new Uint8Array();

function run(bytes: Uint8Array, ...args: readonly string[]) {
  const { out, exitCode } = runInspect(["nexo", ...args], bytes);
  return { exitCode, said: JSON.parse(out) as Record<string, unknown> };
}
const OPEN = ["--passphrase", KEY.passphrase];

test("the goldens are what the driver and the simulated terminal write today", () => {
  expect(nexoGoldens()).toBe(text);
});

test("every golden is read, and sealed it says the same as plain", () => {
  for (const { name, bytes } of goldens.filter((its) => !its.name.startsWith("sealed "))) {
    const plain = run(bytes);
    const sealed = run(golden(`sealed ${name}`), ...OPEN);
    expect({ name, exitCode: plain.exitCode }).toEqual({ name, exitCode: 0 });
    expect(sealed.said).toEqual({ ...plain.said, isEncrypted: true });
  }
});

test("an approval has its named fields and four digits of its card", () => {
  const { said } = run(golden("answer: approved"));
  expect(said).toMatchObject({
    kind: "nexo",
    direction: "response",
    category: "Payment",
    type: "Response",
    saleId: "till-1",
    isEncrypted: false,
    name: "PaymentResponse",
    fields: {
      Response: { Result: "Success" },
      PaymentResult: {
        AmountsResp: { AuthorizedAmount: "13.4", Currency: "EUR" },
        PaymentInstrumentData: {
          CardData: { PaymentBrand: "visa", MaskedPan: "1111", EntryMode: ["Tapped"] },
        },
      },
    },
  });
  expect(JSON.stringify(said)).not.toMatch(/[0-9]{13}|SensitiveCardData|2912/);
});

test("an envelope without its passphrase shows its outside", () => {
  expect(run(golden("sealed request: pay")).said).toMatchObject({
    direction: "request",
    category: "Payment",
    isEncrypted: true,
    envelope: { keyId: KEY.identifier, keyVersion: "3", cryptoVersion: "1" },
  });
});

test.each([
  [["--passphrase", "wrong"], "sealed request: pay", "nexo/bad_(cipher|hmac)"],
  [["--passphrase", ""], "sealed request: pay", "input/passphrase"],
  [[...OPEN, "--key-id", "other"], "sealed request: pay", "nexo/unknown_key"],
  [[...OPEN, "--key-version", "4"], "sealed request: pay", "nexo/unknown_key_version"],
  [OPEN, "request: pay", "nexo/not_encrypted"],
])("%j on %s is refused with %s", (args, name, code) => {
  const { exitCode, said } = run(golden(name), ...args);
  expect(exitCode).toBe(1);
  expect(said["error"]).toMatch(new RegExp(`^${code}$`));
});

test.each([
  ["{", "nexo/not_json"],
  ["{}", "nexo/no_header"],
  ['{"SaleToPOIRequest":{"NexoBlob":"x"}}', "nexo/no_header"],
])("%s is refused with %s", (input, code) => {
  expect(run(new TextEncoder().encode(input)).said["error"]).toBe(code);
});

test(`${MUTATION_COUNT} bent messages are read or refused with a code, and none shows a card number (SEED=${SEED})`, () => {
  const roll = dice(SEED);
  const seeds = goldens.map(({ bytes }) => bytes);
  for (let index = 0; index < MUTATION_COUNT; index += 1) {
    const input = nextInput(roll, seeds);
    const said = nexoInspector.inspect(input, {});
    if (said.ok) expect(JSON.stringify(said.value)).not.toContain("4111111111111111");
    else expect(said.code).toMatch(CODE);
  }
});
