/**
 * Lets the planned faults of headquarters and the network happen when their steps are answered. The
 * terminal's deaths are its own (terminal-process.ts).
 *
 * W1 Headquarters is killed and started one after the other: a kill that falls due while it is away
 *    waits until it runs again.
 * W2 Each fault happens once, also when its step is answered twice.
 */
import { ReplayFault } from "../fault.ts";
import type { FaultPlan } from "../fault-plan.ts";
import type { HqProcess } from "./hq-process.ts";
import type { Proxy } from "./proxy.ts";

/** What may be done to whom. */
export interface FaultsOptions {
  readonly plan: FaultPlan;
  readonly hq: Pick<HqProcess, "kill" | "start">;
  readonly proxy: Pick<Proxy, "cut" | "heal">;
  readonly say: (line: string) => void;
}

interface Due {
  readonly n: number;
  readonly run: () => void;
}

export class FaultsAtWork {
  readonly #options: FaultsOptions;
  #waiting: readonly Due[];
  #hqWork: Promise<void> = Promise.resolve();
  #networkWork: Promise<void> = Promise.resolve();

  constructor(options: FaultsOptions) {
    this.#options = options;
    const { hqKills, networkCuts } = options.plan;
    this.#waiting = [
      ...hqKills.map(({ n, delayMs }) => ({ n, run: () => this.#killHq(n, delayMs) })),
      ...networkCuts.map(({ n, durationMs }) => ({ n, run: () => this.#cutNetwork(n, durationMs) })),
    ];
  }

  /** Tells that the step `n` was answered (W2). */
  onAnswered(n: number): void {
    const due = this.#waiting.filter((fault) => fault.n <= n);
    if (due.length === 0) return;
    this.#waiting = this.#waiting.filter((fault) => fault.n > n);
    for (const fault of due) fault.run();
  }

  /** Waits until everything that was planned has happened and is over. Throws replay/fault_missed, replay/hq_not_ready. */
  async done(): Promise<void> {
    const [missed] = this.#waiting;
    if (missed !== undefined) {
      throw new ReplayFault("replay/fault_missed", `what was planned for step ${missed.n} did not happen`);
    }
    await Promise.all([this.#hqWork, this.#networkWork]);
  }

  // W1
  #killHq(n: number, delayMs: number): void {
    const { hq, say } = this.#options;
    const work = this.#hqWork.then(async () => {
      await pause(delayMs);
      say(`fault: headquarters is killed (planned for step ${n})`);
      await hq.kill();
      await hq.start();
      say("fault: headquarters runs again");
    });
    this.#hqWork = work;
    // It is `done` that throws; until then nobody looks.
    work.catch(() => {});
  }

  #cutNetwork(n: number, durationMs: number): void {
    const { proxy, say } = this.#options;
    say(`fault: the network is cut for ${durationMs} ms (step ${n})`);
    proxy.cut();
    this.#networkWork = pause(durationMs).then(() => proxy.heal());
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
