/**
 * Writes a backup of a store that may be running: batches are only ever added, so what is read is a
 * prefix of each epoch, and a prefix is whole. Written aside and renamed at its end: there is never half a
 * backup under its name.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { isTerminalId } from "../../../core/ids.ts";
import { HqFault } from "../fault.ts";
import { decodeBatch } from "../../../protocol/batch.ts";
import { BLOB_CHUNK_BYTES_MAX } from "../../../protocol/limits.ts";
import { readCose } from "../../../protocol/cose.ts";
import { lastSeq as lastSeqOf } from "../held.ts";
import { firstHeldSeq } from "../retired.ts";
import type { Store, WriterKey } from "../store/store.ts";
import { bodiesIn, digestOf, FORMAT, framed, MANIFEST } from "./format.ts";
import type { BackedUpFile, Manifest } from "./format.ts";
import { checkBackup } from "./restore.ts";

const BATCHES_AT_ONCE_COUNT = 256;

/**
 * Backs `tenants` up into `target`, which must not be there. Batches that retention gave to backups are taken
 * from `base`, an older backup. Throws hq/configuration, hq/batches_retired where no base holds them,
 * hq/backup_unreadable, and the store's faults.
 */
export async function writeBackup(
  store: Store,
  keysDir: string,
  tenants: readonly string[],
  target: string,
  nowMs: number,
  base: string | null = null,
): Promise<Manifest> {
  if (existsSync(target)) throw new HqFault("hq/configuration", `${target} is there already`);
  if (base !== null) checkBackup(base);
  const half = `${target}.half`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  if (existsSync(keysDir)) cpSync(keysDir, join(half, "keys"), { recursive: true });
  const counts = { batchCount: 0, recordCount: 0 };
  for (const tenant of tenants) {
    for (const { terminal } of (await store.figures(tenant)).terminals) {
      const chunks: Uint8Array[] = [];
      if (!isTerminalId(terminal)) continue;
      for (const { epoch, fromSeq: epochFromSeq } of await store.epochs({ tenant, terminal })) {
        const writer = { tenant, terminal, epoch };
        for (const { body, fromSeq, lastSeq } of await retiredOf(store, writer, epochFromSeq, base)) {
          chunks.push(framed(body));
          counts.batchCount += 1;
          counts.recordCount += lastSeq - fromSeq + 1;
        }
        for await (const { body, lastSeq, fromSeq } of bodiesOf(store, writer)) {
          chunks.push(framed(body));
          counts.batchCount += 1;
          counts.recordCount += lastSeq - fromSeq + 1;
        }
      }
      put(half, `batches/${tenant}/${terminal}.bat`, Buffer.concat(chunks));
    }
    for (const name of await store.blobs(tenant))
      put(half, `blobs/${tenant}/${name}`, await blobOf(store, tenant, name));
    put(half, `stock/${tenant}.json`, Buffer.from(JSON.stringify(await store.stock(tenant))));
  }
  const files = filesIn(half).map((path): BackedUpFile => {
    const bytes = readFileSync(join(half, path));
    return { path, bytes: bytes.length, sha256: digestOf(bytes) };
  });
  const manifest: Manifest = {
    format: FORMAT,
    madeAt: new Date(nowMs).toISOString(),
    tenants,
    ...counts,
    files,
  };
  put(half, MANIFEST, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
  renameSync(half, target);
  return manifest;
}

interface PlacedBody {
  readonly body: Uint8Array;
  readonly fromSeq: number;
  readonly lastSeq: number;
}

/** The batches of an epoch before the first that the store still holds, out of `base`. */
async function retiredOf(
  store: Store,
  writer: WriterKey,
  epochFromSeq: number,
  base: string | null,
): Promise<readonly PlacedBody[]> {
  const firstSeq = await firstHeldSeq(store, writer, epochFromSeq);
  if (firstSeq === epochFromSeq) return [];
  const path = base === null ? null : join(base, "batches", writer.tenant, `${writer.terminal}.bat`);
  const bodies = path !== null && existsSync(path) ? (bodiesIn(readFileSync(path)) ?? []) : [];
  const placed: PlacedBody[] = [];
  let seq = epochFromSeq - 1;
  for (const body of bodies) {
    if (epochIn(body) !== writer.epoch) continue;
    const { fromSeq, lastSeq } = rangeOf(body, writer.terminal);
    if (lastSeq <= seq || fromSeq >= firstSeq) continue;
    if (fromSeq > seq + 1) break;
    placed.push({ body, fromSeq: seq + 1, lastSeq });
    seq = lastSeq;
  }
  if (seq < firstSeq - 1)
    throw new HqFault("hq/batches_retired", `${writer.terminal}/${writer.epoch} up to ${firstSeq - 1}`);
  return placed;
}

function epochIn(body: Uint8Array): string {
  const cose = readCose(body);
  const batch = cose.ok ? decodeBatch(cose.value.payload) : null;
  return batch?.ok === true ? batch.value.epoch : "";
}

async function blobOf(store: Store, tenant: string, name: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (let offset = 0; ; offset += BLOB_CHUNK_BYTES_MAX) {
    const piece = await store.blobPiece(tenant, name, offset);
    pieces.push(piece);
    if (piece.length < BLOB_CHUNK_BYTES_MAX) return Buffer.concat(pieces);
  }
}

async function* bodiesOf(
  store: Store,
  writer: Parameters<Store["batchesAfter"]>[0],
): AsyncGenerator<{ readonly body: Uint8Array; readonly fromSeq: number; readonly lastSeq: number }> {
  let seq = 0;
  for (;;) {
    const bodies = await store.batchesAfter(writer, seq, BATCHES_AT_ONCE_COUNT);
    if (bodies.length === 0) return;
    for (const body of bodies) {
      const { fromSeq, lastSeq } = rangeOf(body, writer.terminal);
      yield { body, fromSeq: Math.max(fromSeq, seq + 1), lastSeq };
      seq = lastSeq;
    }
  }
}

function rangeOf(body: Uint8Array, terminal: string): { readonly fromSeq: number; readonly lastSeq: number } {
  const cose = readCose(body);
  const batch = cose.ok ? decodeBatch(cose.value.payload) : null;
  const first = batch?.ok === true ? batch.value.blocks[0] : undefined;
  const last = batch?.ok === true ? batch.value.blocks.at(-1) : undefined;
  if (first === undefined || last === undefined)
    throw new HqFault("hq/store_unreadable", `a batch of ${terminal}`);
  return { fromSeq: first.fromSeq, lastSeq: lastSeqOf(last) };
}

function put(root: string, path: string, bytes: Uint8Array): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes, { flush: true, mode: 0o600 });
}

function filesIn(root: string, folder = root): readonly string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? filesIn(root, path) : [relative(root, path)];
    });
}
