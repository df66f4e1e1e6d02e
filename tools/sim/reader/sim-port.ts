/**
 * Ports to a simulated reader in virtual time: what a driver opens in a world. A connection ends with the
 * life of its till, and the reader is not told: the till's power is gone, or its process, and over TCP
 * the world may say so with `hangUp`. Keeps P1 to P4 of port.ts.
 */

import { DriverFault } from "../../../drivers/fault.ts";
import type { Port, PortFactory } from "../../../drivers/port/port.ts";
import { Life } from "../world/scheduler.ts";
import type { Scheduler } from "../world/scheduler.ts";
import type { Attached, ZvtUnit } from "./zvt/unit.ts";

/** One way, for a chunk of bytes. */
const TRAVEL_US = 400;
const OPEN_US = 1_000;

/** The cable between a till and a reader, over all their connections. */
export class Cable {
  readonly kind: "tcp" | "serial";
  readonly #scheduler: Scheduler;
  readonly #unit: () => ZvtUnit;
  /** False while it is pulled: over TCP nobody is at the address, on a serial line bytes vanish. */
  isIn = true;
  #newest: Attached | null = null;

  constructor(kind: "tcp" | "serial", scheduler: Scheduler, unit: () => ZvtUnit) {
    this.kind = kind;
    this.#scheduler = scheduler;
    this.#unit = unit;
  }

  /** The till's system ends the newest connection: its process died and its machine did not. */
  hangUp(): void {
    if (this.kind === "tcp") this.#newest?.leave();
  }

  /** Ports for one life of a till. */
  ports(till: Life): PortFactory {
    return () => this.#port(new Life(till));
  }

  #port(life: Life): Port {
    let onData: (bytes: Uint8Array) => void = () => {};
    let onClose: (fault: DriverFault | undefined) => void = () => {};
    let attached: Attached | null = null;
    const end = (fault: DriverFault | undefined): void => {
      if (life.isOver) return;
      life.end();
      if (attached !== null) onClose(fault);
    };
    // Events of one moment come in any order, bytes do not.
    const toTill: Uint8Array[] = [];
    const toReader: Uint8Array[] = [];
    const attach = (): Attached => {
      const made = this.#unit().attach({
        kind: this.kind,
        send: (bytes) => {
          if (!this.isIn) return;
          toTill.push(bytes);
          this.#scheduler.after(TRAVEL_US, life, () => {
            const next = toTill.shift();
            if (next !== undefined) onData(next);
          });
        },
        hangUp: () => {
          if (this.kind === "serial") return;
          this.#scheduler.after(TRAVEL_US, life, () => end(new DriverFault("port/lost", "later")));
        },
      });
      this.#newest = made;
      return made;
    };
    return {
      open: () =>
        this.#scheduler.later(OPEN_US, life, () => {
          const isThere = this.isIn && this.#unit().isOn;
          if (this.kind === "tcp" && !isThere) throw new DriverFault("port/refused", "later");
          attached = attach();
        }),
      write: (bytes) => {
        if (life.isOver) return Promise.reject(new DriverFault("port/closed", "never"));
        if (attached === null) return Promise.reject(new DriverFault("port/not_open", "never"));
        toReader.push(bytes.slice());
        return this.#scheduler.later(TRAVEL_US, life, () => {
          const next = toReader.shift();
          if (!this.isIn || next === undefined) return;
          // A serial line has no connections: the reader that was off hears again when it is on.
          if (this.kind === "serial" && attached?.isLive() === false) attached = attach();
          attached?.receive(next);
        });
      },
      onData: (listener) => {
        onData = listener;
      },
      onClose: (listener) => {
        onClose = listener;
      },
      close: () => {
        if (life.isAlive && this.kind === "tcp") {
          const leaving = attached;
          this.#scheduler.after(TRAVEL_US, new Life(), () => leaving?.leave());
        }
        end(undefined);
      },
    };
  }
}
