/**
 * The byte pipe to a device. A port is made by a factory, opened once, closed once and thrown away;
 * to connect again, make another. It knows nothing of frames or meanings.
 *
 * P1  Listeners are set before `open` and are called in the order the bytes came.
 * P2  After a successful `open` the close listener is called exactly once; after a failed one, never.
 * P3  After the close listener no data is delivered and every pending write has been rejected.
 * P4  Nothing waits for ever: connecting and every write have a time limit, the queue a bound.
 * P5  What came is the listener's alone, and lies where zeroing it leaves nothing (own-bytes.ts): a port
 *     keeps no copy, so card data ends where its parser zeroes it.
 */

import type { DriverFault } from "../fault.ts";

/** A byte pipe; see P1 to P4. All bindings pass the same conformance suite. */
export interface Port {
  /** Connects. Rejects with port/refused, port/unreachable, port/connect_timeout or port/closed. A second call is a Bug. */
  open(): Promise<void>;
  /**
   * Resolves when the system has taken the bytes, which must not change until then; it does not say
   * that the device has them. Rejects with port/not_open, port/closed, port/queue_full (nothing was
   * sent, the port stays open), port/write_timeout or port/lost (some bytes may have left).
   */
  write(bytes: Uint8Array): Promise<void>;
  /** Sets the one listener for bytes from the device. */
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Sets the one listener for the end; `undefined` when we closed it ourselves. */
  onClose(listener: (fault: DriverFault | undefined) => void): void;
  /** Ends the port; may be called any number of times, and before `open`. */
  close(): void;
}

/** Makes a new, unopened port to the same device each time. */
export type PortFactory = () => Port;

/** Bounds that every binding keeps. */
export interface PortLimits {
  readonly writeTimeoutMs: number;
  /** Bytes that may wait for the system at one time, over all writes. */
  readonly queueBytesMax: number;
}
