/**
 * The port suite over real pseudo-terminals, and what only a serial line can do wrong. The far end is the
 * same binding, since Node's own files cannot wait for a line.
 */

import { expect, test } from "vitest";
import { createSerialPort } from "../../drivers/port/serial.ts";
import type { SerialPortOptions } from "../../drivers/port/serial.ts";
import { ManualTimers } from "../support/manual-timers.ts";
import { NO_SOCAT, plugPtys, ptyNames } from "../support/pty-pair.ts";
import { portConformance } from "./port.ts";
import type { MakeRig, RigPeer } from "./port.ts";

/** More than a pseudo-terminal's and socat's buffers hold together. */
const STALL_BYTES = 1024 * 1024;
const LIMITS = { writeTimeoutMs: 4_000, queueBytesMax: 64 * 1024 * 1024 };
const LINE = { baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1, rtscts: false } as const;
const at = (path: string, limits = LIMITS): SerialPortOptions => ({ path, ...LINE, ...limits });

const makeRig: MakeRig = async (limits, timers, isListening) => {
  const names = ptyNames();
  const port = createSerialPort(at(names.near, limits), timers);
  if (!isListening) return { port, peer: NOBODY, dispose: () => Promise.resolve(names.remove()) };
  const cable = await plugPtys(names);
  const received: number[] = [];
  let wake = (): void => {};
  // Opened before anything is written: opening a line throws away what has come already.
  const far = createSerialPort(at(names.far), new ManualTimers());
  far.onData((bytes) => {
    received.push(...bytes);
    wake();
  });
  await far.open();
  const peer: RigPeer = {
    receive: async (byteCount) => {
      while (received.length < byteCount) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return Uint8Array.from(received);
    },
    send: (bytes) => {
      // A cable that is pulled meanwhile takes the bytes with it.
      far.write(bytes).catch(() => {});
    },
    close: () => void cable.kill(),
    // With nobody reading at its far end the line fills up.
    stall: () => far.close(),
  };
  const dispose = async (): Promise<void> => {
    far.close();
    await cable.kill();
    names.remove();
  };
  return { port, peer, dispose };
};

const NOBODY: RigPeer = {
  receive: () => Promise.reject(new Error("Nobody is there")),
  send: () => {},
  close: () => {},
  stall: () => {},
};

if (NO_SOCAT === null) portConformance("a serial line", makeRig, STALL_BYTES);

test("a line that somebody else holds is refused with port/refused", async ({ skip }) => {
  if (NO_SOCAT !== null) skip(NO_SOCAT);
  const names = ptyNames();
  const cable = await plugPtys(names);
  const first = createSerialPort(at(names.near), new ManualTimers());
  const second = createSerialPort(at(names.near), new ManualTimers());
  await first.open();
  await expect(second.open()).rejects.toMatchObject({
    code: "port/refused",
    facts: { path: names.near, systemCode: expect.stringContaining("lock") },
  });
  first.close();
  await cable.kill();
  names.remove();
});

test("a path that is no serial line is port/unreachable", async () => {
  const port = createSerialPort(at("/dev/null"), new ManualTimers());
  await expect(port.open()).rejects.toMatchObject({ code: "port/unreachable", facts: { path: "/dev/null" } });
});

test("a line that is idle waits once, and reads again only when bytes have come", async ({ skip }) => {
  if (NO_SOCAT !== null) skip(NO_SOCAT);
  const names = ptyNames();
  const cable = await plugPtys(names);
  const near = createSerialPort(at(names.near), new ManualTimers());
  const far = createSerialPort(at(names.far), new ManualTimers());
  const heard = new Promise<Uint8Array>((resolve) => near.onData(resolve));
  await near.open();
  await far.open();
  await far.write(Uint8Array.of(1, 2, 3));
  expect(await heard).toEqual(Uint8Array.of(1, 2, 3));
  const { readCount, waitCount } = near.counters();
  // One read that would have blocked, one with the bytes, and perhaps the next that would block.
  expect(readCount).toBeLessThanOrEqual(3);
  expect(waitCount).toBeLessThanOrEqual(2);
  near.close();
  far.close();
  await cable.kill();
  names.remove();
});
