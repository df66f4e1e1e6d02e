/**
 * Where tills reach a simulated reader: a TCP port, or a serial line made by socat. Knows no protocol;
 * what connects is handed to the reader as a wire. Loopback only.
 */

import { spawn, spawnSync } from "node:child_process";
import { closeSync, constants, existsSync, openSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { listen } from "../printer/device.ts";
import type { Attached, Wire } from "./zvt/unit.ts";

/** What a link serves. */
export interface LinkSubject {
  readonly isOn: boolean;
  attach(wire: Wire): Attached;
}

/** A place that tills can reach. */
export interface ReaderLink {
  /** "tcp://127.0.0.1:20007" or the path of a serial line. */
  readonly address: string;
  /** 0 for a serial line. */
  readonly tcpPort: number;
  /** Pulls the cable, or plugs it in again. */
  setCable(isIn: boolean): Promise<void>;
  readonly isCableIn: boolean;
  close(): Promise<void>;
}

/** Listens on loopback; 0 takes any free port. Rejects with the system's error. */
export async function startTcpLink(subject: LinkSubject, wantedPort: number): Promise<ReaderLink> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on("error", () => socket.destroy());
    if (!subject.isOn) {
      socket.resetAndDestroy();
      return;
    }
    sockets.add(socket);
    const attached = subject.attach({
      kind: "tcp",
      send: (bytes) => void socket.write(bytes),
      hangUp: () => socket.resetAndDestroy(),
    });
    socket.on("data", (bytes: Uint8Array) => attached.receive(bytes));
    socket.on("close", () => {
      sockets.delete(socket);
      attached.leave();
    });
  });
  const tcpPort = await listen(server, wantedPort);
  const hangUp = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.resetAndDestroy();
    });
  return {
    address: `tcp://127.0.0.1:${tcpPort}`,
    tcpPort,
    get isCableIn() {
      return server.listening;
    },
    setCable: async (isIn) => {
      if (isIn && !server.listening) await listen(server, tcpPort);
      else if (!isIn && server.listening) await hangUp();
    },
    close: () => (server.listening ? hangUp() : Promise.resolve()),
  };
}

/** Makes pairs of serial lines; not a part of the product, and may be missing. */
const SOCAT = "socat";
/** How long it may take to make its line. */
const PTY_MS_MAX = 5_000;
const PTY_LOOK_MS = 5;

/** Makes a serial line at `path`. Rejects with a sentence when there is no socat. */
export async function startPtyLink(subject: LinkSubject, path: string): Promise<ReaderLink> {
  if (spawnSync(SOCAT, ["-V"]).error !== undefined)
    throw new Error("a serial line needs socat, and there is none here");
  let line = await plug(subject, path);
  let isCableIn = true;
  return {
    address: path,
    tcpPort: 0,
    get isCableIn() {
      return isCableIn;
    },
    setCable: async (isIn) => {
      if (isIn === isCableIn) return;
      isCableIn = isIn;
      if (isIn) line = await plug(subject, path);
      else await line.pull();
    },
    close: () => (isCableIn ? line.pull() : Promise.resolve()),
  };
}

interface PluggedLine {
  pull(): Promise<void>;
}

async function plug(subject: LinkSubject, path: string): Promise<PluggedLine> {
  const child = spawn(SOCAT, [`pty,raw,echo=0,link=${path}`, "-"], { stdio: ["pipe", "pipe", "ignore"] });
  const gone = new Promise<void>((resolve) => {
    child.once("exit", () => {
      rmSync(path, { force: true });
      resolve();
    });
  });
  for (let waitedMs = 0; !existsSync(path); waitedMs += PTY_LOOK_MS) {
    if (waitedMs > PTY_MS_MAX) throw new Error(`socat made no line at ${path}`);
    await pause(PTY_LOOK_MS);
  }
  // Held open here, so that the line outlives every till that comes and goes.
  const held = openSync(path, constants.O_RDWR | constants.O_NOCTTY);
  child.stdin.on("error", () => {});
  const wire: Wire = { kind: "serial", send: (bytes) => void child.stdin.write(bytes), hangUp: () => {} };
  let attached: Attached = subject.attach(wire);
  child.stdout.on("data", (bytes: Uint8Array) => {
    // Power that came again finds the line still plugged in.
    if (!attached.isLive() && subject.isOn) attached = subject.attach(wire);
    attached.receive(bytes);
  });
  return {
    pull: async () => {
      closeSync(held);
      child.kill("SIGKILL");
      await gone;
      attached.leave();
    },
  };
}
