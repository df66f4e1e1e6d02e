/**
 * The port suite over real sockets on loopback, and what only TCP can do wrong. Time is moved by hand;
 * no address outside this machine is asked.
 */

import { createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { expect, test } from "vitest";
import { createTcpPort } from "../../drivers/port/tcp.ts";
import { ManualTimers } from "../support/manual-timers.ts";
import { portConformance } from "./port.ts";
import type { MakeRig } from "./port.ts";

const CONNECT_TIMEOUT_MS = 3_000;
/** More than loopback's send and receive buffers hold together. */
const STALL_BYTES = 32 * 1024 * 1024;

const makeRig: MakeRig = async (limits, timers, isListening) => {
  const server = createServer();
  const accepted = new Promise<Socket>((resolve) => server.once("connection", resolve));
  const tcpPort = await listen(server);
  const received: number[] = [];
  let wake = (): void => {};
  let isStalled = false;
  server.on("connection", (socket) => {
    socket.on("error", () => socket.destroy());
    socket.on("data", (bytes) => {
      received.push(...bytes);
      wake();
    });
    if (isStalled) socket.pause();
  });
  if (!isListening) await closeServer(server);
  const port = createTcpPort(
    { host: "127.0.0.1", tcpPort, connectTimeoutMs: CONNECT_TIMEOUT_MS, ...limits },
    timers,
  );
  const withSocket = (use: (socket: Socket) => void): void => {
    accepted.then(use, () => {});
  };
  const peer = {
    receive: async (byteCount: number): Promise<Uint8Array> => {
      while (received.length < byteCount) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return Uint8Array.from(received);
    },
    send: (bytes: Uint8Array) => withSocket((socket) => socket.write(bytes)),
    close: () => withSocket((socket) => socket.end()),
    stall: () => {
      isStalled = true;
    },
  };
  const dispose = async (): Promise<void> => {
    withSocket((socket) => socket.destroy());
    if (server.listening) await closeServer(server);
  };
  return { port, peer, dispose };
};

portConformance("TCP", makeRig, STALL_BYTES);

const LIMITS = { connectTimeoutMs: CONNECT_TIMEOUT_MS, writeTimeoutMs: 1, queueBytesMax: 1 };

test("connecting that takes too long ends with port/connect_timeout", async () => {
  const timers = new ManualTimers();
  const port = createTcpPort({ host: "127.0.0.1", tcpPort: 9, ...LIMITS }, timers);
  const opening = port.open();
  timers.advance(CONNECT_TIMEOUT_MS);
  await expect(opening).rejects.toMatchObject({ code: "port/connect_timeout", facts: { host: "127.0.0.1" } });
});

test("an address without a way to it ends with port/unreachable and names the system's code", async () => {
  const port = createTcpPort({ host: "255.255.255.255", tcpPort: 9100, ...LIMITS }, new ManualTimers());
  await expect(port.open()).rejects.toMatchObject({
    code: "port/unreachable",
    facts: { systemCode: expect.stringMatching(/^E/) },
  });
});

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
