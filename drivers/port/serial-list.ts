/**
 * The serial lines of a Linux machine, by the names that stay the same when devices are plugged in in
 * another order. Read from the system's own folders: the library's list calls udevadm, which small
 * systems do not have.
 */

import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** Lines shown at most: more are a fault of the system, and no menu. */
const SERIAL_PATHS_COUNT_MAX = 32;

/**
 * Paths below /dev/serial/by-id, and lines with a device behind them that have no such name. Empty where
 * the system has neither folder.
 */
export async function listSerial(
  byIdFolder = "/dev/serial/by-id",
  systemFolder = "/sys/class/tty",
  deviceFolder = "/dev",
): Promise<readonly string[]> {
  const named = await namesIn(byIdFolder);
  if (named.length > 0) return named.map((name) => join(byIdFolder, name)).slice(0, SERIAL_PATHS_COUNT_MAX);
  const lines = await namesIn(systemFolder);
  const real = await Promise.all(
    lines.map(async (name) => ((await isThere(join(systemFolder, name, "device/driver"))) ? [name] : [])),
  );
  return real
    .flat()
    .map((name) => join(deviceFolder, name))
    .slice(0, SERIAL_PATHS_COUNT_MAX);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch((): string[] => [])).toSorted();
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
