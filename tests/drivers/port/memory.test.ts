/**
 * The port suite over the memory binding, which every other test of a driver leans on: what the suite
 * says of TCP has to hold here as well.
 */

import { createMemoryPair } from "../../../drivers/port/memory.ts";
import { portConformance } from "../../conformance/port.ts";
import type { MakeRig } from "../../conformance/port.ts";

const makeRig: MakeRig = async (limits, timers, isListening) => {
  const { port, peer } = createMemoryPair(limits, timers);
  if (!isListening) peer.refuse();
  const received: number[] = [];
  let wake = (): void => {};
  peer.onData((bytes) => {
    received.push(...bytes);
    wake();
  });
  const receive = async (byteCount: number): Promise<Uint8Array> => {
    while (received.length < byteCount) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return Uint8Array.from(received);
  };
  return { port, peer: { ...peer, receive }, dispose: async () => {} };
};

portConformance("memory", makeRig, 1);
