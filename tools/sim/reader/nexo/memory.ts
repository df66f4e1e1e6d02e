/**
 * What a simulated nexo terminal still knows after its power was gone: every request it took, by the
 * names of its sender, and how it ended. Card keys, no numbers. A file keeps one line a change.
 */

import { appendFileSync, closeSync, existsSync, fsyncSync, openSync, readFileSync } from "node:fs";

/** How a transaction ended. */
export type TransactionEnd =
  | {
      readonly kind: "approved";
      readonly cardKey: string;
      readonly entry: "ICC" | "Tapped";
      readonly amountMinor: number;
      readonly approvalCode: string;
    }
  | { readonly kind: "failed"; readonly condition: string; readonly reason: string };

/** One request. Without an end it was under way when the power went. */
export interface Transaction {
  readonly saleId: string;
  readonly serviceId: string;
  readonly category: "Payment" | "Reversal";
  /** This terminal's own name for it. */
  readonly transactionId: string;
  readonly timeStamp: string;
  readonly currency: string;
  readonly amountMinor: number;
  /** A refund instead of a payment. */
  readonly isRefund: boolean;
  /** The transaction that it takes back; empty for a payment. */
  readonly original: string;
  readonly end: TransactionEnd | null;
}

/** Where transactions are kept. `save` is durable when it returns; the last line of a transaction counts. */
export interface TransactionStore {
  load(): readonly Transaction[];
  save(transaction: Transaction): void;
}

/** A store for simulated worlds: it survives what its owner lets it survive. */
export function memoryTransactionStore(): TransactionStore {
  const lines: Transaction[] = [];
  return { load: () => latest(lines), save: (transaction) => void lines.push(transaction) };
}

/** A store in a file, synced line by line; a torn last line is a transaction that was never taken. */
export function fileTransactionStore(path: string): TransactionStore {
  return {
    load: () => latest(existsSync(path) ? readFileSync(path, "utf8").split("\n").flatMap(parsed) : []),
    save: (transaction) => {
      const file = openSync(path, "a");
      appendFileSync(file, `${JSON.stringify(transaction)}\n`);
      fsyncSync(file);
      closeSync(file);
    },
  };
}

function latest(lines: readonly Transaction[]): readonly Transaction[] {
  return [...new Map(lines.map((line) => [`${line.saleId} ${line.serviceId}`, line])).values()];
}

function parsed(line: string): readonly Transaction[] {
  try {
    return isTransaction(JSON.parse(line)) ? [JSON.parse(line)] : [];
  } catch {
    return [];
  }
}

function isTransaction(value: unknown): value is Transaction {
  return typeof value === "object" && value !== null && "transactionId" in value && "end" in value;
}
