/**
 * The Bus port: one connection to a broker that is worth nothing by itself. The binding connects
 * when told and never by itself; who resends, and when, is the uplink's business.
 */

export interface BusHandlers {
  /** The connection stands; nothing is subscribed yet. */
  readonly onUp: () => void;
  /** The connection is gone or could not be made. Called once for each `connect`. */
  readonly onDown: (reason: string) => void;
  readonly onMessage: (topic: string, bytes: Uint8Array) => void;
}

export interface Bus {
  /** Tries once to connect. Must not be called while a connection stands or is being made. */
  connect(handlers: BusHandlers): void;
  /** QoS 1. Resolves when the broker granted it; rejects when the connection is gone. */
  subscribe(topic: string): Promise<void>;
  /** QoS 1, not retained. Resolves on PUBACK, which is flow control and not safety; rejects when the connection is gone. */
  publish(topic: string, bytes: Uint8Array): Promise<void>;
  /** Drops the connection, if any; onDown follows. */
  disconnect(): void;
}
