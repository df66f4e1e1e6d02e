/**
 * What backups prove that they hold: each is held to its manifest, file by file, and its batches are read.
 * A backup that is not whole proves nothing, and neither does the same folder under another name.
 */
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { readCose } from "../../../protocol/cose.ts";
import { decodeBatch } from "../../../protocol/batch.ts";
import { bodiesIn, digestOf } from "../backup/format.ts";
import type { Manifest } from "../backup/format.ts";
import { checkBackup } from "../backup/restore.ts";
import { HqFault } from "../fault.ts";
import { lastSeq } from "../held.ts";

/** What verified backups hold of one tenant. */
export class Evidence {
  readonly #batches = new Map<string, number>();
  readonly #blobs = new Map<string, number>();
  readonly #tips = new Map<string, number>();
  /** Folders that were verified. */
  readonly verified: readonly string[];
  /** Folders that prove nothing, each with why. */
  readonly refused: readonly string[];

  /** Reads these backups; none is changed. */
  constructor(tenant: string, folders: readonly string[]) {
    const verified = new Set<string>();
    const refused: string[] = [];
    for (const folder of folders) {
      const real = existsSync(folder) ? realpathSync(folder) : folder;
      if (verified.has(real)) continue;
      try {
        this.#read(tenant, real, checkBackup(real));
        verified.add(real);
      } catch (error) {
        if (!(error instanceof HqFault)) throw error;
        refused.push(`${folder}: ${error.about}`);
      }
    }
    this.verified = [...verified];
    this.refused = refused;
  }

  /** How many backups hold the batch with these very bytes (SHA-256, hex). */
  batchCount(digest: string): number {
    return this.#batches.get(digest) ?? 0;
  }

  /** How many backups hold the file of this name. */
  blobCount(sha256: string): number {
    return this.#blobs.get(sha256) ?? 0;
  }

  /** Up to which record some backup holds this writer. */
  tipOf(terminal: string, epoch: string): number {
    return this.#tips.get(`${terminal}/${epoch}`) ?? 0;
  }

  #read(tenant: string, folder: string, manifest: Manifest): void {
    const found = new Set<string>();
    const blobs = new Set<string>();
    const tips = new Map<string, number>();
    for (const { path, sha256 } of manifest.files) {
      const name = new RegExp(`^blobs/${tenant}/([0-9a-f]{64})$`).exec(path)?.[1];
      // A file that is not what its name says proves nothing of that name.
      if (name !== undefined && name === sha256) blobs.add(name);
      if (!new RegExp(`^batches/${tenant}/[^/]+\\.bat$`).test(path)) continue;
      for (const body of bodiesIn(readFileSync(join(folder, path))) ?? []) {
        found.add(digestOf(body));
        const cose = readCose(body);
        const batch = cose.ok ? decodeBatch(cose.value.payload) : null;
        const last = batch?.ok === true ? batch.value.blocks.at(-1) : undefined;
        if (batch?.ok !== true || last === undefined) throw new HqFault("hq/backup_unreadable", path);
        const key = `${batch.value.terminal}/${batch.value.epoch}`;
        tips.set(key, Math.max(tips.get(key) ?? 0, lastSeq(last)));
      }
    }
    for (const digest of found) this.#batches.set(digest, this.batchCount(digest) + 1);
    for (const name of blobs) this.#blobs.set(name, this.blobCount(name) + 1);
    for (const [key, seq] of tips) this.#tips.set(key, Math.max(this.#tips.get(key) ?? 0, seq));
  }
}
