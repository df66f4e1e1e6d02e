/**
 * The one thing that this driver needs of a network: bytes to the terminal and bytes back. The binding
 * is in runtime/adapters (HTTPS, the terminal's certificate pinned); tests answer from memory.
 */

import type { ReaderFaultCode } from "../reader.ts";

/** How one POST ended. */
export type NexoPosted =
  | {
      readonly kind: "answered";
      readonly status: number;
      /** Owned by the receiver, who wipes it. */
      readonly body: Uint8Array;
    }
  /** Not one byte of the request reached the terminal: refused, unreachable, or not the terminal we know. */
  | { readonly kind: "not_sent"; readonly code: ReaderFaultCode }
  /** Some of it left, and no whole answer came. */
  | { readonly kind: "broken"; readonly code: ReaderFaultCode };

/** Posts to one terminal. Two posts may be under way: a request and the abort of it. */
export interface NexoExchange {
  /** Never rejects. A connection of its own each time, so that a broken one says nothing about the next. */
  post(body: Uint8Array, timeoutMs: number): Promise<NexoPosted>;
  /** Breaks what is under way; later posts are not sent. May be called twice. */
  close(): void;
}
