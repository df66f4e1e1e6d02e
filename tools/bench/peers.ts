/**
 * What we are measured against: packages of tools/bench/package.json, with a lock of their own,
 * installed below build/ so that nothing of the product can reach them.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PROJECT_ROOT } from "../build/root.ts";

const PEERS = join(PROJECT_ROOT, "build/peers");
const MANIFESTS = ["package.json", "package-lock.json"];

/** Installs the peers where they are missing. Throws when npm cannot. */
export function installPeers(): void {
  if (existsSync(join(PEERS, "node_modules/.package-lock.json"))) return;
  mkdirSync(PEERS, { recursive: true });
  for (const name of MANIFESTS) copyFileSync(join(PROJECT_ROOT, "tools/bench", name), join(PEERS, name));
  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: PEERS,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/** A peer by its name, as it exports itself. */
export function loadPeer(name: "xstate" | "node-thermal-printer"): unknown {
  return createRequire(join(PEERS, "package.json"))(name);
}
