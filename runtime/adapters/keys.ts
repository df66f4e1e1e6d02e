/**
 * The terminal's own key pair: a 32-byte seed as hex in a file that only its user may read, made on
 * the first start, and the public half beside it for whoever registers the terminal.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { ED25519_SEED_BYTES } from "../../protocol/ed25519.ts";
import type { Signer } from "../../protocol/ed25519.ts";
import { createSigner } from "../../protocol/sign.ts";
import type { Rng } from "../clock.ts";

/** The key file cannot be read or holds something else than a seed: it is never replaced, for the old key signed sales. */
export class KeyFault extends Error {
  override readonly name = "KeyFault";
  readonly code = "key/unreadable";
}

/** The signer of `directory`/terminal.key, made on first use together with terminal.pub. */
export function loadSigner(directory: string, rng: Rng): Signer {
  const keyPath = join(directory, "terminal.key");
  const publicPath = join(directory, "terminal.pub");
  if (!existsSync(keyPath)) {
    // A new key would sign under a name that headquarters knows by the old one.
    if (existsSync(publicPath)) throw new KeyFault(`${keyPath} is missing beside ${publicPath}; put it back`);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeDurably(keyPath, `${hexOf(rng.bytes(ED25519_SEED_BYTES))}\n`, 0o600);
  }
  const hex = readKey(keyPath);
  if (!/^[0-9a-f]{64}$/.test(hex)) throw new KeyFault(`${keyPath} must hold 64 hex digits`);
  const signer = createSigner(new Uint8Array(Buffer.from(hex, "hex")));
  if (!existsSync(publicPath)) writeDurably(publicPath, `${hexOf(signer.publicKey)}\n`, 0o644);
  return signer;
}

function readKey(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (cause) {
    throw new KeyFault(`${path} cannot be read`, { cause });
  }
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** Temporary file, fsync, rename, fsync of the directory: after a power cut the file is whole or absent. */
function writeDurably(path: string, text: string, mode: number): void {
  const temporary = `${path}.new`;
  const file = openSync(temporary, "w", mode);
  writeSync(file, text);
  fsyncSync(file);
  closeSync(file);
  renameSync(temporary, path);
  const directory = openSync(dirname(path), "r");
  fsyncSync(directory);
  closeSync(directory);
}
