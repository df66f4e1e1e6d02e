/**
 * Where scans arrive, whichever way they came: gives each its meaning, counts it, and says in the log
 * that a code was refused and why. The log holds the reason and never the code (R2 in
 * drivers/scanner/result.ts): a payment code is worth money, and a misread one may still be one.
 */
import type { State } from "../../core/state.ts";
import type { Expected, ReadConfig } from "../../drivers/scanner/read.ts";
import type { ScanResult } from "../../drivers/scanner/result.ts";
import type { Catalogue } from "../catalogue.ts";
import { resolveScan, resolveText } from "./resolve.ts";
import type { Scanned } from "./resolve.ts";

/** Scans since the start. */
export interface ScanCounters {
  readonly itemCount: number;
  readonly receiptCount: number;
  readonly walletCodeCount: number;
  readonly rejectedCount: number;
}

/** What a desk reads by. */
export interface ScanDeskOptions {
  readonly rules: ReadConfig;
  readonly catalogue: Catalogue;
  readonly log: (code: string, detail: string) => void;
}

/** One for a terminal. */
export class ScanDesk {
  readonly #options: ScanDeskOptions;
  readonly #counts = { item: 0, receipt: 0, payment_code: 0, rejected: 0 };

  constructor(options: ScanDeskOptions) {
    this.#options = options;
  }

  /** A text from a page: any text at all. */
  ofText(text: string, expected: Expected, state: State): Scanned {
    const { rules, catalogue } = this.#options;
    return this.#noted(resolveText(text, rules, expected, state, catalogue));
  }

  /** A result from the terminal's own scanner. */
  ofResult(result: ScanResult, state: State): Scanned {
    return this.#noted(resolveScan(result, state, this.#options.catalogue));
  }

  counters(): ScanCounters {
    const { item, receipt, payment_code, rejected } = this.#counts;
    return {
      itemCount: item,
      receiptCount: receipt,
      walletCodeCount: payment_code,
      rejectedCount: rejected,
    };
  }

  #noted(scanned: Scanned): Scanned {
    this.#counts[scanned.kind] += 1;
    if (scanned.kind === "rejected") this.#options.log("scan/rejected", scanned.code);
    return scanned;
  }
}
