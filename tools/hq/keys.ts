/**
 * Keys by file. A terminal is registered by its public key in
 * `<keys>/terminals/<tenant>/<terminal>.pub`; headquarters' own seed is `<keys>/hq.key`, its public
 * key `<keys>/hq.pub`. Each file is 64 hex digits and a newline.
 */
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { HQ_WRITER } from "../../core/hq/events.ts";
import { ED25519_SEED_BYTES } from "../../protocol/ed25519.ts";
import type { Signer, Verifier } from "../../protocol/ed25519.ts";
import { sha256 } from "../../protocol/hash.ts";
import type { Link } from "../../protocol/message.ts";
import { createSigner, createVerifier } from "../../protocol/sign.ts";
import { HqFault } from "./fault.ts";

/** The key of a terminal as its file has it. */
export type TerminalKey =
  | { readonly kind: "known"; readonly verifier: Verifier }
  | { readonly kind: "unknown" }
  | { readonly kind: "unreadable"; readonly code: string };

const HEX_KEY = /^[0-9a-f]{64}\n?$/;
const KID_BYTES = 8;
const PRIVATE_MODE = 0o600;
const PUBLIC_MODE = 0o644;

/** Where a terminal's public key is. */
export function terminalKeyPath(keysDir: string, link: Link): string {
  return join(keysDir, "terminals", link.tenant, `${link.terminal}.pub`);
}

/** Reads a terminal's key anew: a key that was registered or taken away counts from the next connection on. */
export async function readTerminalKey(keysDir: string, link: Link): Promise<TerminalKey> {
  // Headquarters' own name as a writer: nobody connects under it.
  if (link.terminal === HQ_WRITER) return { kind: "unknown" };
  return readKeyFile(terminalKeyPath(keysDir, link));
}

async function readKeyFile(path: string): Promise<TerminalKey> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return isMissing ? { kind: "unknown" } : { kind: "unreadable", code: "key/file" };
  }
  if (!HEX_KEY.test(text)) return { kind: "unreadable", code: "key/not_hex" };
  const result = createVerifier(new Uint8Array(Buffer.from(text.trim(), "hex")));
  return result.ok ? { kind: "known", verifier: result.value } : { kind: "unreadable", code: result.code };
}

/** The key that batches of this writer are signed by: a terminal's, or headquarters' own. */
export async function readWriterKey(keysDir: string, link: Link): Promise<TerminalKey> {
  if (link.terminal === HQ_WRITER) return readKeyFile(join(keysDir, "hq.pub"));
  return readTerminalKey(keysDir, link);
}

/** Registers a terminal's public key, in place of an older one. */
export function registerTerminal(keysDir: string, link: Link, publicKey: Uint8Array): void {
  writeWhole(terminalKeyPath(keysDir, link), hexLine(publicKey), PUBLIC_MODE);
}

/** Headquarters' signer with the name that its messages give its key. Makes the key on the first start. */
export function headquartersKey(keysDir: string): { readonly signer: Signer; readonly kid: Uint8Array } {
  const path = join(keysDir, "hq.key");
  const publicPath = join(keysDir, "hq.pub");
  const seed = readSeed(path);
  // Terminals believe the key that hq.pub names and no other.
  if (seed === null && existsSync(publicPath)) throw new HqFault("hq/key_unreadable", `${path} is missing`);
  const signer = createSigner(seed ?? makeSeed(path));
  writeWhole(publicPath, hexLine(signer.publicKey), PUBLIC_MODE);
  return { signer, kid: keyName(signer.publicKey) };
}

/** A key's name in messages and logs: the first bytes of its SHA-256. */
export function keyName(publicKey: Uint8Array): Uint8Array {
  return sha256(publicKey).slice(0, KID_BYTES);
}

function readSeed(path: string): Uint8Array | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new HqFault("hq/key_unreadable", path, error);
  }
  // A key that cannot be read is never replaced: terminals know the old one.
  if (!HEX_KEY.test(text)) throw new HqFault("hq/key_unreadable", path);
  return new Uint8Array(Buffer.from(text.trim(), "hex"));
}

function makeSeed(path: string): Uint8Array {
  const seed = new Uint8Array(randomBytes(ED25519_SEED_BYTES));
  writeWhole(path, hexLine(seed), PRIVATE_MODE);
  return seed;
}

function hexLine(bytes: Uint8Array): string {
  return `${Buffer.from(bytes).toString("hex")}\n`;
}

/** Written aside, synced and renamed: never half a key. */
function writeWhole(path: string, text: string, mode: number): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true });
  const half = `${path}.new`;
  const file = openSync(half, "w", mode);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  chmodSync(half, mode);
  renameSync(half, path);
  syncFolder(folder);
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
