/** Signed messages: golden bytes both ways, no damage gets through, and each is of one link alone. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { terminalId } from "../../core/ids.ts";
import { encodeBatch } from "../../protocol/batch.ts";
import { decodeCbor } from "../../protocol/cbor-decode.ts";
import { encodeCbor } from "../../protocol/cbor-encode.ts";
import type { CborValue } from "../../protocol/cbor-value.ts";
import { readCose, signCose } from "../../protocol/cose.ts";
import { BATCH_BYTES_MAX, HELLO_HOLDS_COUNT_MAX, MESSAGE_BYTES_MAX } from "../../protocol/limits.ts";
import { NONCE_BYTES, openMessage, sealMessage } from "../../protocol/message.ts";
import type { Link, MessageFaultCode } from "../../protocol/message.ts";
import { createSigner, createVerifier } from "../../protocol/sign.ts";
import { Cddl } from "../support/cddl.ts";
import { bitFlips, truncations } from "../support/damage.ts";
import { fromHex, goldenEntries, toHex } from "../support/hex.ts";
import {
  MESSAGE_SAMPLES,
  messageGoldens,
  SAMPLE_BATCH,
  SAMPLE_KID,
  SAMPLE_LINK,
  SAMPLE_SIGNER,
  sealed,
} from "../support/message-goldens.ts";

const goldenText = readFileSync(new URL("../golden/messages.txt", import.meta.url), "utf8");
const goldens = goldenEntries(goldenText);
const schema = new Cddl(readFileSync(new URL("../../protocol/schema.cddl", import.meta.url), "utf8"));
const created = createVerifier(SAMPLE_SIGNER.publicKey);
if (!created.ok) throw new Error(created.code);
const verifier = created.value;

function codeOf(bytes: Uint8Array, link: Link = SAMPLE_LINK): MessageFaultCode | "read" {
  const opened = openMessage(bytes, link, verifier);
  return opened.ok ? "read" : opened.code;
}

test("the golden file is what the samples are sealed as", () => {
  expect(messageGoldens()).toBe(goldenText);
});

test.each(goldens)("%s is read from its golden bytes and written to them", (name, bytes) => {
  const message = MESSAGE_SAMPLES.find((its) => its.name === name)?.message;
  expect(openMessage(bytes, SAMPLE_LINK, verifier)).toEqual({ ok: true, value: message });
  expect(message && toHex(sealed(message))).toBe(toHex(bytes));
});

test.each(goldens)("%s is a message by the schema, and what is signed too", (_, bytes) => {
  const decoded = decodeCbor(bytes);
  expect(decoded.ok && schema.matches("message", decoded.value)).toBe(true);
  const cose = readCose(bytes);
  if (!cose.ok) throw new Error(cose.code);
  const externalAad = encodeCbor(["tillwright/1", SAMPLE_LINK.tenant, SAMPLE_LINK.terminal]);
  const signed: CborValue = ["Signature1", cose.value.protectedBytes, externalAad, cose.value.payload];
  expect(schema.matches("sig-structure", signed)).toBe(true);
  expect(verifier.verify(encodeCbor(signed), cose.value.signature)).toBe(true);
});

// The first of each kind: its shape decides, not what it says.
const oneOfEach = goldens.filter(
  ([name], index) => goldens.findIndex(([its]) => kindOf(its) === kindOf(name)) === index,
);

function kindOf(name: string): string {
  return name.split(":")[0] ?? name;
}

test.each(oneOfEach)("%s cut anywhere is refused", (_, bytes) => {
  for (const cut of truncations(bytes)) expect(codeOf(cut)).toMatch(/^(cbor|cose|message)\/[a-z_]+$/);
});

test.each(oneOfEach)("%s with a flipped bit is refused", (_, bytes) => {
  for (const flipped of bitFlips(bytes)) expect(codeOf(flipped)).toMatch(/^(cbor|cose|message)\/[a-z_0-9]+$/);
});

test.each([
  ["another terminal", { ...SAMPLE_LINK, terminal: terminalId("till-2") }],
  ["another tenant", { ...SAMPLE_LINK, tenant: "bar" }],
  ["names that join to the same text", { tenant: "cafet", terminal: terminalId("ill-1") }],
])("a message of a link is refused on that of %s with message/signature", (_, link) => {
  for (const [, bytes] of goldens) expect(codeOf(bytes, link)).toBe("message/signature");
});

test("a message that another key signed is refused with message/signature", () => {
  const other = createSigner(new Uint8Array(32).fill(7));
  for (const { message } of MESSAGE_SAMPLES) {
    expect(codeOf(sealMessage(message, SAMPLE_LINK, other, SAMPLE_KID))).toBe("message/signature");
  }
});

function signed(contentType: string, payload: Uint8Array): Uint8Array {
  const externalAad = encodeCbor(["tillwright/1", SAMPLE_LINK.tenant, SAMPLE_LINK.terminal]);
  return signCose({ signer: SAMPLE_SIGNER, kid: SAMPLE_KID, contentType, externalAad, payload });
}

const nonce = new Uint8Array(NONCE_BYTES);
const epoch = new Uint8Array(8);
const hash = new Uint8Array(32);
const position: CborValue = [epoch, 1, hash];
const short = fromHex("00");
const hello: readonly CborValue[] = ["cafe", "harbour", "till-1", nonce, null, [position]];
const ack: readonly CborValue[] = [nonce, nonce, "till-1", epoch, 1, hash];
const refusal: readonly CborValue[] = [nonce, "till-1", epoch, 1, 2];

const rows: readonly (readonly [
  kind: string,
  what: string,
  payload: CborValue,
  code: MessageFaultCode | "read",
])[] = [
  ["hello", "as it is", hello, "read"],
  [
    "hello",
    "the most positions",
    hello.with(
      5,
      Array.from({ length: HELLO_HOLDS_COUNT_MAX }, () => position),
    ),
    "read",
  ],
  [
    "hello",
    "a position too many",
    hello.with(
      5,
      Array.from({ length: HELLO_HOLDS_COUNT_MAX + 1 }, () => position),
    ),
    "message/shape",
  ],
  ["hello", "a tenant that is no text", hello.with(0, 1), "message/shape"],
  ["hello", "a store that is no text", hello.with(1, null), "message/shape"],
  ["hello", "a terminal that may not be one", hello.with(2, "a/b"), "message/shape"],
  ["hello", "a short session", hello.with(3, short), "message/shape"],
  ["hello", "a short incarnation", hello.with(4, short), "message/shape"],
  ["hello", "positions that are no list", hello.with(5, 0), "message/shape"],
  ["hello", "a position that is no list", hello.with(5, [0]), "message/shape"],
  ["hello", "a position of two parts", hello.with(5, [[epoch, 1]]), "message/shape"],
  ["hello", "a position at 0", hello.with(5, [[epoch, 0, hash]]), "message/shape"],
  ["hello", "a position in no epoch", hello.with(5, [[short, 1, hash]]), "message/shape"],
  ["hello", "a position with a short hash", hello.with(5, [[epoch, 1, short]]), "message/shape"],
  ["hello", "a part too few", hello.slice(1), "message/shape"],
  ["hello", "a part too many", [...hello, 0], "message/shape"],
  ["hello", "no list", "hello", "message/shape"],
  ["ack", "as it is", ack, "read"],
  ["ack", "a short session", ack.with(0, short), "message/shape"],
  ["ack", "no incarnation", ack.with(1, null), "message/shape"],
  ["ack", "no terminal", ack.with(2, ""), "message/shape"],
  ["ack", "a seq beyond the safe integers", ack.with(4, 2n ** 60n), "message/shape"],
  ["ack", "a part too few", ack.slice(0, -1), "message/shape"],
  ["ack", "a part too many", [...ack, 0], "message/shape"],
  ["refusal", "as it is", refusal, "read"],
  ["refusal", "an unknown reason", refusal.with(4, 3), "message/shape"],
  ["refusal", "a reason in words", refusal.with(4, "busy"), "message/shape"],
  ["refusal", "a negative reason", refusal.with(4, -1), "message/shape"],
  ["refusal", "a short epoch", refusal.with(2, short), "message/shape"],
  ["refusal", "a first seq of 0", refusal.with(3, 0), "message/shape"],
  ["refusal", "a part too many", [...refusal, 0], "message/shape"],
  ["farewell", "as a kind", hello, "message/kind_unknown"],
  ["batch", "a hello's payload", hello, "batch/shape"],
];

test.each(rows)("%s, %s, signed rightly: %o gives %s", (kind, _, payload, code) => {
  const bytes = signed(`tillwright/${kind}+cbor`, encodeCbor(payload));
  expect(codeOf(bytes)).toBe(code);
  // What is read is what the schema says; bounds of lists are beside it.
  if (code === "read") expect(schema.matches(kind, payload)).toBe(true);
});

test("a payload that is not CBOR keeps the decoder's code, also when it is signed", () => {
  expect(codeOf(signed("tillwright/hello+cbor", fromHex("ff")))).toBe("cbor/indefinite_length");
  expect(codeOf(signed("tillwright/batch+cbor", fromHex("ff")))).toBe("cbor/indefinite_length");
});

test("a message beyond its bound is refused with message/too_long, signed or not", () => {
  const filler = (lengthBytes: number): Uint8Array => encodeCbor(new Uint8Array(lengthBytes));
  expect(codeOf(new Uint8Array(BATCH_BYTES_MAX + 1))).toBe("message/too_long");
  expect(codeOf(signed("tillwright/hello+cbor", filler(MESSAGE_BYTES_MAX)))).toBe("message/too_long");
  expect(codeOf(signed("tillwright/batch+cbor", filler(BATCH_BYTES_MAX)))).toBe("message/too_long");
  expect(codeOf(signed("tillwright/hello+cbor", filler(MESSAGE_BYTES_MAX - 3)))).toBe("message/shape");
  expect(codeOf(signed("tillwright/batch+cbor", filler(MESSAGE_BYTES_MAX)))).toBe("batch/shape");
});

test("a batch that names another terminal than its link is read as what it says: the reader compares", () => {
  const batch = { ...SAMPLE_BATCH, terminal: terminalId("till-2") };
  const opened = openMessage(signed("tillwright/batch+cbor", encodeBatch(batch)), SAMPLE_LINK, verifier);
  expect(opened.ok && opened.value.kind === "batch" && opened.value.batch.terminal).toBe("till-2");
});
