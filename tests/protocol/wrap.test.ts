/** Wrapped messages: what was sent once is opened for ever, and what is broken, foreign or too much is not. */
import { expect, test } from "vitest";
import { BATCH_BYTES_MAX } from "../../protocol/limits.ts";
import { openMessage } from "../../protocol/message.ts";
import { createVerifier } from "../../protocol/sign.ts";
import { sha256 } from "../../protocol/hash.ts";
import { unwrap, wrap, WRAPPINGS } from "../../protocol/wrap.ts";
import { zstd } from "../../runtime/adapters/zstd.ts";
import { bitFlips, truncations } from "../support/damage.ts";
import { fromHex, toHex } from "../support/hex.ts";
import {
  MESSAGE_SAMPLES,
  SAMPLE_BATCH,
  SAMPLE_LINK,
  SAMPLE_SIGNER,
  sealed,
} from "../support/message-goldens.ts";

const created = createVerifier(SAMPLE_SIGNER.publicKey);
if (!created.ok) throw new Error(created.code);
const verifier = created.value;

const batch = sealed({ kind: "batch", batch: SAMPLE_BATCH });
const wrapped = wrap(batch, WRAPPINGS, zstd);

/** The sample batch as a terminal of 0.2.0 wrapped it. Another zstd may write other bytes; these are read for ever. */
const GOLDEN = fromHex(
  "0128b52ffd6014000d0700c40cd284581ea3012703757772696768742f62617463682b63626f7204426b31a058ad8964" +
    "6361666567686172626f7572112233445566ff0758200008101820283038404850586068707880889098a0a8b0b8c0c8" +
    "d0d8e0e8f0f8582025773e0aae9ef39205f03ffd0c90585c1f4183259d7359ff21f39e39a118209382020158452ca109" +
    "c1c0f60808090958405f919de644391382db246d8ed764c7417c803f46fd6d552312b913aed31f7f87375eef56ed4f70" +
    "195f7e7cb6f8188ecf7c8d7e4fcf7e5c29c4e080377ec3db00060080c63a3f1e22a6a2c5cdc67c2b120d8c1c",
);

test("a batch that was wrapped once is opened for ever", () => {
  expect(unwrap(GOLDEN, zstd, BATCH_BYTES_MAX)).toEqual(batch);
});

test("no dictionary changes: what was sent with it could not be opened any more", () => {
  const seen: string[] = [];
  for (const number of WRAPPINGS) {
    wrap(batch, [number], {
      squeeze: (plain, dictionary) => {
        seen.push(`${number} ${toHex(sha256(dictionary))}`);
        return plain;
      },
      open: () => null,
    });
  }
  expect(seen).toEqual(["1 299c04397136d3a3299f36bd418af36cf7354fedf552b07c119f59f37f7749f9"]);
});

test.each(MESSAGE_SAMPLES)("$name comes out of its wrapping as it was signed", ({ message }) => {
  const bytes = sealed(message);
  expect(unwrap(wrap(bytes, WRAPPINGS, zstd), zstd, BATCH_BYTES_MAX)).toEqual(bytes);
  expect(unwrap(bytes, zstd, BATCH_BYTES_MAX)).toBe(bytes);
});

test("nothing is wrapped that is not offered, not known, or would not become shorter", () => {
  for (const offered of [[], [2], [22, 23], [0]]) expect(wrap(batch, offered, zstd)).toBe(batch);
  const noise = sha256(batch);
  expect(wrap(noise, WRAPPINGS, zstd)).toBe(noise);
  expect(wrapped.length).toBeLessThan(batch.length);
  expect(wrapped[0]).toBe(1);
});

test("damage to a wrapped message ends in nothing, or in a message that its signature refuses", () => {
  for (const bytes of [...truncations(wrapped), ...bitFlips(wrapped)]) {
    const message = unwrap(bytes, zstd, BATCH_BYTES_MAX);
    if (message === null || toHex(message) === toHex(batch)) continue;
    expect(openMessage(message, SAMPLE_LINK, verifier).ok).toBe(false);
  }
});

test("a frame is never opened to more than is asked for", () => {
  const bomb = wrap(new Uint8Array(20_000_000), WRAPPINGS, zstd);
  expect(bomb.length).toBeLessThan(3_000);
  expect(unwrap(bomb, zstd, BATCH_BYTES_MAX)).toBeNull();
  const long = wrap(new Uint8Array(BATCH_BYTES_MAX), WRAPPINGS, zstd);
  expect(unwrap(long, zstd, BATCH_BYTES_MAX)).toHaveLength(BATCH_BYTES_MAX);
  expect(unwrap(long, zstd, BATCH_BYTES_MAX - 1)).toBeNull();
});

test("bytes without a wrapping of ours come back as they are, to be judged as a message", () => {
  for (const bytes of [Uint8Array.of(), Uint8Array.of(0), Uint8Array.of(2, 0x28, 0xb5), fromHex("d284")])
    expect(unwrap(bytes, zstd, BATCH_BYTES_MAX)).toBe(bytes);
});
