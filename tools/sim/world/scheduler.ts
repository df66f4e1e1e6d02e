/**
 * Virtual time. A heap of (time, tie, sequence) holds everything that will happen; the pump pops one
 * event, runs it, lets every promise that it settled run to its end, and only then pops the next.
 *
 * S1 No promise of a port settles but from an event of this heap.
 * S2 Events of one moment run in an order that the seed draws.
 * S3 Nothing here reads the machine's clock. A tick queued from a microtask runs when no microtask
 *    is left, which is what "to its end" means; now and then the pump yields to the event loop.
 */
import type { Stream } from "./random.ts";

/** Ends everything that was begun under it: a process that died, a connection that is gone. */
export class Life {
  isOver = false;
  readonly #parent: Life | null;

  constructor(parent: Life | null = null) {
    this.#parent = parent;
  }

  get isAlive(): boolean {
    return !this.isOver && (this.#parent === null || this.#parent.isAlive);
  }

  end(): void {
    this.isOver = true;
  }
}

interface Task {
  readonly timeUs: number;
  readonly tie: number;
  readonly sequence: number;
  run: (() => void) | null;
}

/** Events between two turns of the machine's event loop. */
const TURN_EVENTS_COUNT = 2048;

/** One world's time. */
export class Scheduler {
  readonly #ties: Stream;
  readonly #heap: Task[] = [];
  #sequence = 0;
  #nowUs = 0;
  eventCount = 0;

  constructor(ties: Stream) {
    this.#ties = ties;
  }

  /** Microseconds since the world began. */
  get nowUs(): number {
    return this.#nowUs;
  }

  /** Runs `run` after `delayUs`, unless the returned function is called first or `life` ended. */
  after(delayUs: number, life: Life, run: () => void): () => void {
    const task: Task = {
      timeUs: this.#nowUs + Math.max(0, Math.round(delayUs)),
      tie: this.#ties.next(),
      sequence: (this.#sequence += 1),
      run: () => {
        if (life.isAlive) run();
      },
    };
    this.#push(task);
    return () => {
      task.run = null;
    };
  }

  /** Does `work` after `delayUs` and settles with it; stays open for ever when `life` ends before. */
  later<T>(delayUs: number, life: Life, work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.after(delayUs, life, () => {
        try {
          resolve(work());
        } catch (cause) {
          reject(cause instanceof Error ? cause : new Error(String(cause)));
        }
      });
    });
  }

  /** Resolves after `delayUs`. */
  sleep(delayUs: number, life: Life): Promise<void> {
    return this.later(delayUs, life, () => {});
  }

  /** Lets events happen until `endUs` or until `isDone` says so between two of them. Rejects with what an event threw. */
  run(endUs: number, isDone: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      let leftCount = TURN_EVENTS_COUNT;
      const next = (): void => {
        leftCount -= 1;
        if (leftCount > 0) {
          process.nextTick(step);
          return;
        }
        leftCount = TURN_EVENTS_COUNT;
        setImmediate(step);
      };
      const step = (): void => {
        try {
          const task = isDone() ? null : this.#pop(endUs);
          if (task === null) {
            resolve();
            return;
          }
          task();
        } catch (cause) {
          reject(cause instanceof Error ? cause : new Error(String(cause)));
          return;
        }
        queueMicrotask(next);
      };
      setImmediate(step);
    });
  }

  #pop(endUs: number): (() => void) | null {
    for (;;) {
      const first = this.#heap[0];
      if (first === undefined || first.timeUs > endUs) {
        this.#nowUs = Math.max(this.#nowUs, endUs);
        return null;
      }
      this.#removeFirst();
      if (first.run === null) continue;
      this.#nowUs = first.timeUs;
      this.eventCount += 1;
      return first.run;
    }
  }

  #push(task: Task): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(task);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !isBefore(task, parent)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = task;
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      let child = heap[below];
      if (child === undefined) break;
      const right = heap[below + 1];
      if (right !== undefined && isBefore(right, child)) {
        below += 1;
        child = right;
      }
      if (!isBefore(child, last)) break;
      heap[at] = child;
      at = below;
    }
    heap[at] = last;
  }
}

// S2
function isBefore(a: Task, b: Task): boolean {
  if (a.timeUs !== b.timeUs) return a.timeUs < b.timeUs;
  if (a.tie !== b.tie) return a.tie < b.tie;
  return a.sequence < b.sequence;
}
