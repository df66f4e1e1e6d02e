/**
 * The simulated scanner on a TCP port, as scanners behind a serial server are: everyone who is connected
 * hears every scan. Loopback only; pauses are real.
 */

import { createServer } from "node:net";
import type { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { LineChunk } from "./scanner.ts";

/** A running scanner. */
export interface VirtualScanner {
  readonly tcpPort: number;
  readonly listenerCount: number;
  /** Puts these on the line, pauses included; to nobody when nobody is connected. */
  send(chunks: readonly LineChunk[]): Promise<void>;
  /** Pulls the cable: every connection is reset. */
  unplug(): void;
  close(): Promise<void>;
}

/** Starts it on `tcpPort`, 0 for any free one. Rejects with the system's error. */
export async function startVirtualScanner(tcpPort: number): Promise<VirtualScanner> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    socket.resume();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(tcpPort, "127.0.0.1", resolve);
  });
  const address = server.address();
  const unplug = (): void => {
    for (const socket of sockets) socket.resetAndDestroy();
    sockets.clear();
  };
  return {
    tcpPort: typeof address === "object" && address !== null ? address.port : tcpPort,
    get listenerCount() {
      return sockets.size;
    },
    send: async (chunks) => {
      for (const { afterMs, bytes } of chunks) {
        if (afterMs > 0) await pause(afterMs);
        for (const socket of sockets) socket.write(bytes);
      }
    },
    unplug,
    close: () =>
      new Promise((resolve) => {
        unplug();
        server.close(() => resolve());
      }),
  };
}
