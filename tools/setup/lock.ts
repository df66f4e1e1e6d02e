/**
 * Completes package-lock.json with the platform packages that the registry at hand does not carry.
 * Some mirrors hold the Linux builds of a tool only; npm then leaves the other platforms out of the
 * lock, and `npm ci` refuses the whole file. An entry written here has no integrity: this lock was
 * made where those bytes cannot be had, and npm reads them only on the platform that is named.
 * Run after every change of packages (`make lock`); changes nothing when the lock is complete.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/** The part of one package-lock entry that matters here. */
export interface LockEntry {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Names of npm's lock: "node_modules/…" to entry, "" for the project itself. */
export type LockPackages = Readonly<Record<string, LockEntry>>;

const systems = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const processors: readonly (readonly [RegExp, string])[] = [
  [/arm64|aarch64/, "arm64"],
  [/arm/, "arm"],
  [/x64/, "x64"],
  [/ia32/, "ia32"],
  [/ppc64/, "ppc64"],
  [/riscv64/, "riscv64"],
  [/s390x/, "s390x"],
  [/loong64/, "loong64"],
  [/mips64el/, "mips64el"],
];

/** The entry for a platform package, read off its name ("@oxfmt/binding-linux-arm64-musl"); undefined when it names no platform. */
export function platformEntry(name: string, version: string, dev: boolean): LockEntry | undefined {
  const platform = name.slice(name.lastIndexOf("/") + 1);
  const os = systems.find((system) => platform.split("-").includes(system));
  const cpu = processors.find(([pattern]) => pattern.test(platform))?.[1];
  if (os === undefined || cpu === undefined) return undefined;
  const libc = /musl/.test(platform)
    ? ["musl"]
    : os === "linux" && /gnu/.test(platform)
      ? ["glibc"]
      : undefined;
  return {
    version,
    cpu: [cpu],
    ...(dev ? { dev } : {}),
    ...(libc ? { libc } : {}),
    optional: true,
    os: [os],
  };
}

/** Entries that `packages` lacks: exact optional dependencies that name a platform. */
export function missingEntries(packages: LockPackages): LockPackages {
  const missing: Record<string, LockEntry> = {};
  for (const entry of Object.values(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const key = `node_modules/${name}`;
      if (key in packages || !/^\d/.test(version)) continue;
      const made = platformEntry(name, version, entry.dev === true);
      if (made) missing[key] = made;
    }
  }
  return missing;
}

function main(path: string): void {
  const lock = JSON.parse(readFileSync(path, "utf8"));
  const missing = missingEntries(lock.packages);
  const keys = Object.keys({ ...lock.packages, ...missing }).toSorted((a, b) => a.localeCompare(b, "en"));
  lock.packages = Object.fromEntries(keys.map((key) => [key, lock.packages[key] ?? missing[key]]));
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`lock: ${Object.keys(missing).length} platform packages added, ${keys.length} in all`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main(process.argv[2] ?? "package-lock.json");
}
