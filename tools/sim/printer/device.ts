/**
 * The printer's network side: one client prints at a time, as on a real one; the next waits unanswered
 * until the first has gone. Status questions are answered from the condition, the marker (GS r) after
 * what came before it has been printed.
 */

import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { Interpreter } from "./interpreter.ts";
import type { PrinterHappening } from "./interpreter.ts";
import { paperSensorStatus, realtimeStatus } from "./status.ts";
import type { PrinterCondition } from "./status.ts";
import { Tokenizer } from "./tokenizer.ts";
import type { Token } from "./tokenizer.ts";
import type { Tray } from "./tray.ts";

/** Clients that may wait for their turn; more are turned away. */
const CLIENTS_WAITING_MAX = 16;
/** A client that is silent this long loses its turn. */
const CLIENT_IDLE_MS_MAX = 60_000;

/** A listening device. */
export interface Device {
  readonly tcpPort: number;
  close(): Promise<void>;
}

/** What the device needs. */
export interface DeviceOptions {
  /** 0 for any free port. */
  readonly tcpPort: number;
  readonly columnCount: number;
  readonly condition: () => PrinterCondition;
  readonly tray: Tray;
}

/** Listens on loopback; rejects with the system's error when the port is taken. */
export async function startDevice(options: DeviceOptions): Promise<Device> {
  const interpreter = new Interpreter(options.columnCount);
  const waiting: Socket[] = [];
  const clients = new Set<Socket>();
  let active: Socket | undefined;

  const serveNext = (): void => {
    active = waiting.shift();
    if (active !== undefined) serve(active, interpreter, options);
  };
  const server = createServer({ noDelay: true }, (socket) => {
    if (waiting.length >= CLIENTS_WAITING_MAX) {
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
  const tcpPort = await listen(server, options.tcpPort);
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of clients) socket.destroy();
    });
  return { tcpPort, close };
}

/** Listens on 127.0.0.1 and gives the port. Shared with the page's server. */
export function listen(server: ReturnType<typeof createServer>, tcpPort: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(tcpPort, "127.0.0.1", () => {
      const address: AddressInfo | string | null = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : tcpPort);
    });
  });
}

function serve(socket: Socket, interpreter: Interpreter, options: DeviceOptions): void {
  const tokenizer = new Tokenizer();
  const happen = (happenings: readonly PrinterHappening[]): void => {
    for (const happening of happenings) {
      if (happening.kind === "receipt") options.tray.addReceipt(happening.receipt);
      else if (happening.kind === "drawer") options.tray.openDrawer();
      else if (happening.query === 1) socket.write(Uint8Array.of(paperSensorStatus(options.condition())));
    }
  };
  const carryOut = (token: Token): void => {
    if (token.kind === "command" && token.name === "DLE EOT") {
      const answer = realtimeStatus(options.condition(), token.parameters[0] ?? 0);
      if (answer !== undefined) socket.write(Uint8Array.of(answer));
    }
    happen(interpreter.push(token));
  };
  socket.setTimeout(CLIENT_IDLE_MS_MAX, () => socket.destroy());
  socket.on("data", (bytes: Uint8Array) => tokenizer.push(bytes).forEach(carryOut));
  socket.on("close", () => {
    tokenizer.end().forEach(carryOut);
    happen(interpreter.disconnect());
  });
  socket.resume();
}
