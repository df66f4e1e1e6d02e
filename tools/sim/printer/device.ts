/**
 * The printer's network side: one client prints at a time, as on a real one; the next waits unanswered
 * until the first has gone. Without cable or power nobody is at the address.
 */

import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import type { Engine } from "./engine.ts";

/** Clients that may wait for their turn; more are turned away. */
const CLIENTS_WAITING_MAX = 16;
/** A client that is silent this long loses its turn. */
const CLIENT_IDLE_MS_MAX = 60_000;

/** A listening device. */
export interface Device {
  readonly tcpPort: number;
  /** To be called when the engine's plug may have changed. */
  followPlug(): Promise<void>;
  close(): Promise<void>;
}

/** Listens on loopback, 0 for any free port; rejects with the system's error when the port is taken. */
export async function startDevice(engine: Engine, wantedPort: number): Promise<Device> {
  const waiting: Socket[] = [];
  const clients = new Set<Socket>();
  let active: Socket | undefined;

  const serveNext = (): void => {
    active = waiting.shift();
    if (active !== undefined) serve(active, engine, () => void followPlug());
  };
  const server = createServer({ noDelay: true }, (socket) => {
    if (engine.plug !== "in" || waiting.length >= CLIENTS_WAITING_MAX) {
      socket.destroy();
      return;
    }
    clients.add(socket);
    socket.pause();
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      clients.delete(socket);
      const waitingIndex = waiting.indexOf(socket);
      if (waitingIndex >= 0) waiting.splice(waitingIndex, 1);
      if (socket === active) serveNext();
    });
    waiting.push(socket);
    if (active === undefined) serveNext();
  });
  const tcpPort = await listen(server, wantedPort);
  const hangUp = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of clients) socket.resetAndDestroy();
    });
  const followPlug = async (): Promise<void> => {
    if (engine.plug !== "in" && server.listening) await hangUp();
    else if (engine.plug === "in" && !server.listening) await listen(server, tcpPort);
  };
  return {
    tcpPort,
    followPlug,
    close: () => (server.listening ? hangUp() : Promise.resolve()),
  };
}

/** Listens on 127.0.0.1 and gives the port. Shared with the page's server. */
export function listen(server: ReturnType<typeof createServer>, tcpPort: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(tcpPort, "127.0.0.1", () => {
      server.off("error", reject);
      const address: AddressInfo | string | null = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : tcpPort);
    });
  });
}

function serve(socket: Socket, engine: Engine, onDie: () => void): void {
  const link = engine.connect({
    send: (bytes) => socket.write(bytes),
    die: () => {
      socket.resetAndDestroy();
      onDie();
    },
  });
  socket.setTimeout(CLIENT_IDLE_MS_MAX, () => socket.destroy());
  socket.on("data", (bytes: Uint8Array) => link.receive(bytes));
  socket.on("close", () => link.leave());
  socket.resume();
}
