/**
 * What the simulated terminal remembers over its power.
 */

import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fileTransactionStore, memoryTransactionStore } from "../../../../../tools/sim/reader/nexo/memory.ts";
import type { Transaction } from "../../../../../tools/sim/reader/nexo/memory.ts";

const its = (wish: Partial<Transaction> = {}): Transaction => ({
  saleId: "till-1",
  serviceId: "s1",
  category: "Payment",
  transactionId: "S0001",
  timeStamp: "t",
  currency: "EUR",
  amountMinor: 1,
  isRefund: false,
  original: "",
  end: null,
  ...wish,
});

test("both stores keep the last word on each request", () => {
  const directory = mkdtempSync(join(tmpdir(), "nexo-store-"));
  const failed = its({ end: { kind: "failed", condition: "Cancel", reason: "" } });
  for (const store of [memoryTransactionStore(), fileTransactionStore(join(directory, "taken.jsonl"))]) {
    expect(store.load()).toEqual([]);
    for (const line of [its(), its({ serviceId: "s2" }), failed]) store.save(line);
    expect(store.load()).toEqual([failed, its({ serviceId: "s2" })]);
  }
  rmSync(directory, { recursive: true });
});

test("a torn last line is a request that was never taken", () => {
  const directory = mkdtempSync(join(tmpdir(), "nexo-store-"));
  const path = join(directory, "taken.jsonl");
  fileTransactionStore(path).save(its());
  appendFileSync(path, '{"saleId":"till-1","serv');
  expect(fileTransactionStore(path).load()).toEqual([its()]);
  rmSync(directory, { recursive: true });
});
