/** Receipts against what headquarters holds: genuine, altered, forged, unknown; a thousand of them. */
import { expect, test } from "vitest";
import { createMemoryStore } from "../../../../tools/hq/store/memory.ts";
import { referenceIn, verifyReceipt } from "../../../../tools/proof/verify/verify.ts";
import type { ReceiptReference } from "../../../../tools/proof/verify/verify.ts";
import { dice } from "../../../../tools/proof/inspect/fuzz.ts";
import { decodeRecord } from "../../../../protocol/record.ts";
import { createVerifier } from "../../../../protocol/sign.ts";
import { epochOf, signerOf, TENANT, TestHistory } from "../../../support/hq-history.ts";
import { terminalId } from "../../../../core/ids.ts";

function keyOf(name = "t1") {
  const result = createVerifier(signerOf(name).publicKey);
  return () => Promise.resolve(result.ok ? result.value : null);
}

/** The references of every closing of a history. */
function receiptsOf(history: TestHistory): readonly ReceiptReference[] {
  return history.records.flatMap(({ bytes, seq, epoch, terminal }) => {
    const record = decodeRecord(bytes, { terminal, epoch });
    if (!record.ok || record.value.event.type !== "check_closed") return [];
    const shortHash = Buffer.from(record.value.event.viewHash.subarray(0, 4)).toString("hex");
    return [{ terminal, seq, epoch: null, shortHash }];
  });
}

async function held() {
  const store = createMemoryStore(new Uint8Array(8));
  const a = new TestHistory("t1", epochOf("a"));
  for (let count = 0; count < 60; count += 1) a.sale({ unitPriceMinor: 100 + count });
  const b = new TestHistory("t1", epochOf("b"), a.tip);
  for (let count = 0; count < 40; count += 1) b.sale({ unitPriceMinor: 900 + count });
  await store.commit([a.arrival(), b.arrival()]);
  return { store, receipts: [...receiptsOf(a), ...receiptsOf(b)], lastSeq: b.tip.seq };
}

test.each([
  ["Record t1 17 00aabbcc", { terminal: "t1", seq: 17, epoch: null, shortHash: "00aabbcc" }],
  ["记录 till_2 9 00aabbcc", { terminal: "till_2", seq: 9, epoch: null, shortHash: "00aabbcc" }],
  ["  t1 17 00aabbcc\r", { terminal: "t1", seq: 17, epoch: null, shortHash: "00aabbcc" }],
  [
    "TW1:t1/00112233445566ff/17:00aabbcc",
    { terminal: "t1", seq: 17, epoch: "00112233445566ff", shortHash: "00aabbcc" },
  ],
])("%j names a receipt", (text, reference) => {
  expect(referenceIn(text)).toEqual(reference);
});

test.each([
  "",
  "t1 0 00aabbcc",
  "t1 17 00AABBCC",
  "t1 17",
  "TW1:t1/17:00aabbcc",
  "t1 99999999999999999 00aabbcc",
])("%j names none", (text) => {
  expect(referenceIn(text)).toBeNull();
});

test("a thousand receipts, honest and not, are each judged rightly, SEED=7", async () => {
  const { store, receipts, lastSeq } = await held();
  const roll = dice(7);
  const closings = new Set(receipts.map(({ seq }) => seq));
  const verdicts = new Map<string, number>();
  for (let count = 0; count < 1000; count += 1) {
    const honest = receipts[roll(receipts.length)] ?? receipts[0];
    if (honest === undefined) throw new Error("verify: There must be a receipt");
    const kind = roll(4);
    const seq = kind === 1 ? 1 + roll(lastSeq) : kind === 2 ? lastSeq + 1 + roll(1000) : honest.seq;
    const shortHash =
      kind === 3 ? (Number.parseInt(honest.shortHash, 16) ^ (1 << roll(31))) >>> 0 : honest.shortHash;
    const forged: ReceiptReference = {
      ...honest,
      seq,
      shortHash: typeof shortHash === "string" ? shortHash : shortHash.toString(16).padStart(8, "0"),
    };
    const { verdict } = await verifyReceipt(store, keyOf(), TENANT, forged);
    const isHonest = seq === honest.seq && forged.shortHash === honest.shortHash;
    const expected = isHonest
      ? "genuine"
      : seq > lastSeq
        ? "not_held"
        : closings.has(seq)
          ? "altered"
          : "not_a_receipt";
    expect(verdict, JSON.stringify(forged)).toBe(expected);
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  }
  expect([...verdicts.keys()].sort()).toEqual(["altered", "genuine", "not_a_receipt", "not_held"]);
});

test("a genuine receipt says its number and amount", async () => {
  const { store, receipts } = await held();
  const [first] = receipts;
  if (first === undefined) throw new Error("verify: There must be a receipt");
  expect(await verifyReceipt(store, keyOf(), TENANT, first)).toMatchObject({
    verdict: "genuine",
    receipt: "t1-A-1",
    totalMinor: 200,
    epoch: epochOf("a"),
  });
});

test("the epoch of a QR code counts: the same place in another start is not this receipt", async () => {
  const { store, receipts } = await held();
  const [first] = receipts;
  if (first === undefined) throw new Error("verify: There must be a receipt");
  const elsewhere = { ...first, epoch: epochOf("b") };
  expect((await verifyReceipt(store, keyOf(), TENANT, elsewhere)).verdict).toBe("not_held");
});

test("without a registered key, or under another one, nothing is proven", async () => {
  const { store, receipts } = await held();
  const [first] = receipts;
  if (first === undefined) throw new Error("verify: There must be a receipt");
  expect((await verifyReceipt(store, () => Promise.resolve(null), TENANT, first)).verdict).toBe("unproven");
  expect((await verifyReceipt(store, keyOf("t2"), TENANT, first)).verdict).toBe("unproven");
  const unknown = { ...first, terminal: terminalId("t9") };
  expect((await verifyReceipt(store, keyOf("t9"), TENANT, unknown)).verdict).toBe("not_held");
});
