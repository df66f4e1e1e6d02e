/**
 * The simulated scale on a TCP port, as scales behind a serial server are; on a pseudo-terminal where
 * one is asked for, which socat ties to that port; and its page. Loopback only.
 */

import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { ScaleModel } from "./model.ts";
import type { ScaleBuild } from "./model.ts";
import { startScalePage } from "./page-server.ts";

/** A running scale. */
export interface VirtualScale {
  readonly model: ScaleModel;
  readonly tcpPort: number;
  readonly pageUrl: string;
  readonly listenerCount: number;
  /** Pulls the cable: every connection is reset. */
  unplug(): void;
  close(): Promise<void>;
}

/** Where it can be reached. */
export interface ScalePlaces {
  /** 0 for any free port. */
  readonly tcpPort: number;
  readonly pagePort: number;
  /** The name of a pseudo-terminal to make, or null. */
  readonly pty: string | null;
}

const LOOPBACK = "127.0.0.1";
const SOCAT = "socat";
const PTY_WAIT_MS = 5;
const PTY_WAITS_COUNT_MAX = 400;

/** Why no pseudo-terminal can be made here, or null. */
export function noPtyReason(): string | null {
  return spawnSync(SOCAT, ["-V"]).error === undefined ? null : "socat is not installed";
}

/** Starts it. Rejects with the system's error, or when a pseudo-terminal cannot be made. */
export async function startVirtualScale(build: ScaleBuild, places: ScalePlaces): Promise<VirtualScale> {
  const model = new ScaleModel(build, () => performance.now());
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    socket.on("data", (bytes) => socket.write(model.answer(new Uint8Array(bytes))));
  });
  const tcpPort = await listen(server, places.tcpPort);
  const page = await startScalePage(model, places.pagePort);
  const pty = places.pty === null ? null : await makePty(places.pty, tcpPort);
  const unplug = (): void => {
    for (const socket of sockets) socket.resetAndDestroy();
    sockets.clear();
  };
  return {
    model,
    tcpPort,
    pageUrl: page.url,
    get listenerCount() {
      return sockets.size;
    },
    unplug,
    close: async () => {
      pty?.kill("SIGKILL");
      if (places.pty !== null) rmSync(places.pty, { force: true });
      unplug();
      await page.close();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, LOOPBACK, resolve);
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

async function makePty(path: string, tcpPort: number): Promise<ChildProcess> {
  const reason = noPtyReason();
  if (reason !== null) throw new Error(reason);
  const child = spawn(SOCAT, [`pty,raw,echo=0,link=${path}`, `tcp:${LOOPBACK}:${tcpPort},nodelay`], {
    stdio: "ignore",
  });
  for (let round = 0; round < PTY_WAITS_COUNT_MAX && !existsSync(path); round += 1) await pause(PTY_WAIT_MS);
  if (!existsSync(path)) {
    child.kill("SIGKILL");
    throw new Error(`there is no pseudo-terminal at ${path}`);
  }
  return child;
}
