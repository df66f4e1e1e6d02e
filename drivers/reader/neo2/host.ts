/**
 * The host behind a NEO 2: the reader reads a card and says what its chip said; whether money moves is
 * decided by an acquirer's gateway, which is asked through this. Without one a NEO 2 takes no payment.
 */

import type { Cryptogram } from "./cryptogram.ts";

/** What the gateway is asked. It knows the payment by `ref`: the same `ref` is the same payment, however often it is asked. */
export interface HostQuestion {
  readonly ref: string;
  readonly amountMinor: number;
  /** ISO 4217, three letters. */
  readonly currency: string;
  readonly readerSerial: string;
  /** Wiped as soon as the answer is there. */
  readonly cryptogram: Cryptogram;
}

/** Money moved, as the gateway says it. */
export interface HostApproval {
  readonly kind: "approved";
  /** The gateway's own reference, printable, at most 64 characters. */
  readonly reference: string;
  readonly amountMinor: number;
  readonly currency: string;
  /** Approval code; may be empty. */
  readonly authorisation: string;
}

/** "declined" is final: no money moved. Whatever was cut, late or not understood is "unknown". */
export type HostAnswer =
  | HostApproval
  | { readonly kind: "declined"; readonly text: string }
  | { readonly kind: "unknown" };

/** What the gateway knows of an earlier question. "absent": it never approved it, and never will. */
export type HostRecord =
  | (HostApproval & { readonly brand: string; readonly lastFour: string })
  | { readonly kind: "absent" }
  | { readonly kind: "unknown" };

/** A gateway. A rejection counts as "unknown". */
export interface CardHost {
  readonly authorise: (question: HostQuestion) => Promise<HostAnswer>;
  /** Absent where the gateway cannot be asked again; then a cut leaves a payment to people. */
  readonly inquire?: (ref: string) => Promise<HostRecord>;
}
