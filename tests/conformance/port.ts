/**
 * What every binding of Port must do (P1 to P5 in drivers/port/port.ts), told over a rig: a port, the
 * far end of it, and time that the test moves.
 */

import { afterEach, describe, expect, test } from "vitest";
import { Bug } from "../../core/bug.ts";
import type { DriverFault } from "../../drivers/fault.ts";
import type { Port, PortLimits } from "../../drivers/port/port.ts";
import { ManualTimers } from "../support/manual-timers.ts";

/** The far end. */
export interface RigPeer {
  /** Resolves with everything received so far once that is at least `byteCount` bytes. */
  receive(byteCount: number): Promise<Uint8Array>;
  send(bytes: Uint8Array): void;
  close(): void;
  /** Takes nothing any more; to be called before the port opens. */
  stall(): void;
}

/** One port with its far end. */
export interface PortRig {
  readonly port: Port;
  readonly peer: RigPeer;
  dispose(): Promise<void>;
}

/** Makes a rig; `isListening` false: nobody is at the other end. */
export type MakeRig = (limits: PortLimits, timers: ManualTimers, isListening: boolean) => Promise<PortRig>;

const LIMITS: PortLimits = { writeTimeoutMs: 4_000, queueBytesMax: 64 * 1024 * 1024 };
const ALL_BYTES = Uint8Array.from({ length: 256 }, (_, index) => index);

/** Registers the suite. `stallBytes`: a write of so many bytes cannot be taken while the peer stalls. */
export function portConformance(bindingName: string, makeRig: MakeRig, stallBytes: number): void {
  describe(`port over ${bindingName}`, () => {
    let timers = new ManualTimers();
    const rigs: PortRig[] = [];
    const rig = async (limits = LIMITS, isListening = true): Promise<PortRig> => {
      timers = new ManualTimers();
      const made = await makeRig(limits, timers, isListening);
      rigs.push(made);
      return made;
    };
    afterEach(async () => {
      for (const made of rigs.splice(0)) {
        made.port.close();
        await made.dispose();
      }
    });

    test("all byte values arrive in the order they were written", async () => {
      const { port, peer } = await rig();
      await port.open();
      const writes = [port.write(ALL_BYTES), port.write(Uint8Array.of(7)), port.write(ALL_BYTES)];
      await Promise.all(writes);
      expect(await peer.receive(513)).toEqual(Uint8Array.of(...ALL_BYTES, 7, ...ALL_BYTES));
      expect(timers.armedCount).toBe(0);
    });

    test("bytes of the device reach the listener in order", async () => {
      const { port, peer } = await rig();
      const heard = collect(port, 257);
      await port.open();
      peer.send(ALL_BYTES);
      peer.send(Uint8Array.of(9));
      expect(await heard).toEqual([...ALL_BYTES, 9]);
    });

    test("what came is the listener's own, in a buffer that holds nothing else, and later bytes do not change it", async () => {
      const { port, peer } = await rig();
      const chunks: Uint8Array[] = [];
      const heard = collect(port, 512, (bytes) => chunks.push(bytes));
      await port.open();
      peer.send(ALL_BYTES);
      peer.send(ALL_BYTES);
      await heard;
      for (const { buffer, length } of chunks) expect(buffer.byteLength).toBe(length);
      expect(chunks.flatMap((chunk) => [...chunk])).toEqual([...ALL_BYTES, ...ALL_BYTES]);
    });

    test("opening to nobody is refused with port/refused, and the close listener is not called", async () => {
      const { port } = await rig(LIMITS, false);
      const ends = listenForEnd(port);
      await expect(port.open()).rejects.toMatchObject({ code: "port/refused", retry: "later" });
      expect(ends.faults).toEqual([]);
      await expect(port.write(ALL_BYTES)).rejects.toMatchObject({ code: "port/closed" });
      expect(timers.armedCount).toBe(0);
    });

    test("a second open is a Bug", async () => {
      const { port } = await rig();
      await port.open();
      expect(
        await Promise.resolve()
          .then(() => port.open())
          .catch((error: unknown) => error),
      ).toBeInstanceOf(Bug);
    });

    test("writing before open is refused with port/not_open", async () => {
      const { port } = await rig();
      await expect(port.write(ALL_BYTES)).rejects.toMatchObject({ code: "port/not_open", retry: "never" });
    });

    test("a port closed before open is refused with port/closed, also in the middle of opening", async () => {
      const early = await rig();
      const earlyEnds = listenForEnd(early.port);
      early.port.close();
      await expect(early.port.open()).rejects.toMatchObject({ code: "port/closed" });
      const middle = await rig();
      const middleEnds = listenForEnd(middle.port);
      const opening = middle.port.open();
      middle.port.close();
      await expect(opening).rejects.toMatchObject({ code: "port/closed" });
      expect([...earlyEnds.faults, ...middleEnds.faults]).toEqual([]);
      expect(timers.armedCount).toBe(0);
    });

    test("closing is told once, without a fault, however often it is called", async () => {
      const { port } = await rig();
      const ends = listenForEnd(port);
      await port.open();
      port.close();
      port.close();
      expect(ends.faults).toEqual([undefined]);
      await expect(port.write(ALL_BYTES)).rejects.toMatchObject({ code: "port/closed" });
    });

    test("a device that goes away is told once as port/lost", async () => {
      const { port, peer } = await rig();
      const ends = listenForEnd(port);
      await port.open();
      peer.close();
      expect(await ends.first).toMatchObject({ code: "port/lost", retry: "later" });
      port.close();
      expect(ends.faults).toHaveLength(1);
      await expect(port.write(ALL_BYTES)).rejects.toMatchObject({ code: "port/closed" });
    });

    test("no data is delivered after close", async () => {
      const { port, peer } = await rig();
      const heard: number[] = [];
      port.onData((bytes) => heard.push(...bytes));
      await port.open();
      peer.send(ALL_BYTES);
      port.close();
      await macrotask();
      expect(heard).toEqual([]);
    });

    test("a write that a stalled device does not take ends the port with port/write_timeout", async () => {
      const { port, peer } = await rig();
      const ends = listenForEnd(port);
      peer.stall();
      await port.open();
      const stuck = port.write(new Uint8Array(stallBytes));
      const behind = port.write(ALL_BYTES);
      await macrotask();
      timers.advance(LIMITS.writeTimeoutMs - 1);
      expect(ends.faults).toEqual([]);
      timers.advance(1);
      await expect(stuck).rejects.toMatchObject({ code: "port/write_timeout", retry: "later" });
      await expect(behind).rejects.toMatchObject({ code: "port/write_timeout" });
      expect(ends.faults).toMatchObject([{ code: "port/write_timeout" }]);
      expect(timers.armedCount).toBe(0);
    });

    test("closing rejects what is still to be written with port/closed", async () => {
      const { port, peer } = await rig();
      peer.stall();
      await port.open();
      const stuck = port.write(new Uint8Array(stallBytes));
      port.close();
      await expect(stuck).rejects.toMatchObject({ code: "port/closed" });
      expect(timers.armedCount).toBe(0);
    });

    test("more than the queue holds is refused with port/queue_full and the rest still arrives", async () => {
      const { port, peer } = await rig({ writeTimeoutMs: 4_000, queueBytesMax: 300 });
      await port.open();
      const first = port.write(ALL_BYTES);
      await expect(port.write(ALL_BYTES)).rejects.toMatchObject({ code: "port/queue_full", retry: "later" });
      await first;
      await port.write(ALL_BYTES);
      expect((await peer.receive(512)).length).toBe(512);
    });
  });
}

function listenForEnd(port: Port): {
  faults: (DriverFault | undefined)[];
  first: Promise<DriverFault | undefined>;
} {
  const faults: (DriverFault | undefined)[] = [];
  const first = new Promise<DriverFault | undefined>((resolve) => {
    port.onClose((fault) => {
      faults.push(fault);
      resolve(fault);
    });
  });
  return { faults, first };
}

function collect(
  port: Port,
  byteCount: number,
  look: (bytes: Uint8Array) => void = () => {},
): Promise<readonly number[]> {
  const heard: number[] = [];
  return new Promise((resolve) => {
    port.onData((bytes) => {
      look(bytes);
      heard.push(...bytes);
      if (heard.length >= byteCount) resolve(heard);
    });
  });
}

/** Lets everything that is already due in this process run. */
function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
