/**
 * Two serial lines that are one cable, made by socat. Killing socat is pulling the cable out of both
 * devices at once; a new pair with the same names is plugging it in again.
 */

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const SOCAT = "socat";

/** Why tests over serial lines cannot run here, or null when they can. */
export const NO_SOCAT: string | null =
  spawnSync(SOCAT, ["-V"]).error === undefined ? null : "no socat here: make setup says why";

/** Names for both ends, in a folder of their own. */
export interface PtyNames {
  readonly near: string;
  readonly far: string;
  remove(): void;
}

/** Makes names; nothing is at them yet. */
export function ptyNames(): PtyNames {
  const folder = mkdtempSync(join(tmpdir(), "tillwright-pty-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  return { near: join(folder, "near"), far: join(folder, "far"), remove };
}

/** A cable that is plugged in. */
export interface PtyPair {
  /** Resolves when socat has gone. */
  kill(): Promise<void>;
}

/** Plugs a cable in; resolves when both names are there. */
export async function plugPtys({ near, far }: PtyNames): Promise<PtyPair> {
  const child = spawn(SOCAT, [`pty,raw,echo=0,link=${near}`, `pty,raw,echo=0,link=${far}`], {
    stdio: "ignore",
  });
  const gone = new Promise<void>((resolve) => {
    child.once("exit", () => {
      // Killed outright it leaves its links, which would point to whatever line is made next.
      rmSync(near, { force: true });
      rmSync(far, { force: true });
      resolve();
    });
  });
  for (let round = 0; round < 1_000 && !(existsSync(near) && existsSync(far)); round += 1) await pause(2);
  return {
    kill: () => {
      child.kill("SIGKILL");
      return gone;
    },
  };
}
