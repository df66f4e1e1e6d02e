/**
 * The scale's driver and the simulated scale on a memory port, with one time for both, moved by hand.
 * What was said each way is kept.
 */

import { createMemoryPair } from "../../drivers/port/memory.ts";
import type { MemoryPeer } from "../../drivers/port/memory.ts";
import { createScale } from "../../drivers/scale/driver.ts";
import type { Scale } from "../../drivers/scale/driver.ts";
import type { ScaleAnswer } from "../../drivers/scale/reading.ts";
import { COUNTER_SCALE, ScaleModel } from "../../tools/sim/scale/model.ts";
import type { ScaleBuild } from "../../tools/sim/scale/model.ts";
import { ManualTimers } from "./manual-timers.ts";

const LIMITS = { writeTimeoutMs: 1_000, queueBytesMax: 1024 };
const STEP_MS = 10;

/** Bytes of one side. */
export interface Said {
  readonly atMs: number;
  readonly by: "till" | "scale";
  readonly bytes: Uint8Array;
}

export class ScaleRig {
  readonly timers = new ManualTimers();
  readonly model: ScaleModel;
  readonly scale: Scale;
  readonly answers: ScaleAnswer[] = [];
  readonly said: Said[] = [];
  readonly peers: MemoryPeer[] = [];
  isRefusing = false;
  #nowMs = 0;

  constructor(build: Partial<ScaleBuild> = {}, onAnswer: (answer: ScaleAnswer) => void = () => {}) {
    this.model = new ScaleModel({ ...COUNTER_SCALE, ...build }, () => this.#nowMs);
    this.scale = createScale(
      () => {
        const { port, peer } = createMemoryPair(LIMITS, this.timers);
        if (this.isRefusing) peer.refuse();
        this.peers.push(peer);
        peer.onData((bytes) => {
          this.#note("till", bytes);
          const answer = this.model.answer(bytes);
          if (answer.length === 0) return;
          this.#note("scale", answer);
          peer.send(answer);
        });
        return port;
      },
      this.timers,
      (answer) => {
        this.answers.push(answer);
        onAnswer(answer);
      },
    );
  }

  /** What a weighing gives while `delayMs` pass. */
  async weighed(patienceMs: number, delayMs: number): Promise<readonly ScaleAnswer[]> {
    const given: ScaleAnswer[] = [];
    this.scale.weigh(patienceMs, (answer) => void given.push(answer));
    await this.pass(delayMs);
    return given;
  }

  /** Moves time in small steps, every microtask run between them. */
  async pass(delayMs: number): Promise<void> {
    for (let passedMs = 0; passedMs < delayMs; passedMs += STEP_MS) {
      await settled();
      this.#nowMs += STEP_MS;
      this.timers.advance(STEP_MS);
      await settled();
    }
  }

  #note(by: Said["by"], bytes: Uint8Array): void {
    this.said.push({ atMs: this.#nowMs, by, bytes: bytes.slice() });
  }
}

async function settled(): Promise<void> {
  for (let round = 0; round < 12; round += 1) await Promise.resolve();
}
