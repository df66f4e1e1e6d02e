/**
 * B7: headquarters takes in signed batches, from the message to durable rows and projections, against
 * bare multi-row inserts of as many events into the same database.
 */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { Recorded } from "../../../core/types.ts";
import { terminalId } from "../../../core/ids.ts";
import type { TerminalId } from "../../../core/ids.ts";
import type { Block } from "../../../protocol/batch.ts";
import { CHAIN_START, chainHash, sha256 } from "../../../protocol/hash.ts";
import { openMessage, sealMessage } from "../../../protocol/message.ts";
import { encodeRecord } from "../../../protocol/record.ts";
import { createSigner, createVerifier } from "../../../protocol/sign.ts";
import { startPostgres } from "../../hq/postgres/embedded.ts";
import { createProjection } from "../../hq/project.ts";
import { openPostgresStore } from "../../hq/store/postgres.ts";
import { inTurn, mustEqual } from "../measure.ts";
import type { Medians } from "../measure.ts";
import { rowOf } from "../row.ts";
import type { BenchRow } from "../row.ts";
import { saleCommands } from "../sale/sale.ts";
import { EPOCH, Till } from "../sale/shop.ts";

const LINES_COUNT = 6;
const SALES_PER_BATCH_COUNT = 8;
const BATCHES_PER_ROUND_COUNT = 40;
const ROUNDS_COUNT = 5;
const WARM_UP_COUNT = 1;
const TENANT = "bench";
const COMMIT_COUNT = 20;
const ROWS_PER_INSERT_COUNT = 500;

/** The row. Starts a database of its own below the system's temporary folder. */
export async function benchIngest(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "tillwright-bench-"));
  chmodSync(folder, 0o755);
  const postgres = await startPostgres(join(folder, "hq"));
  const pool = new pg.Pool(postgres.connection);
  // A connection that hears of the database's end before its own has nothing to say.
  pool.on("error", () => {});
  const store = await openPostgresStore(postgres.connection, () => new Uint8Array(8));
  try {
    await pool.query(
      "create table bare (tenant text, terminal text, epoch text, seq bigint, type text, body text, primary key (tenant, terminal, epoch, seq))",
    );
    let round = 0;
    let written = 0;
    const projection = createProjection();
    const key = createVerifier(signer.publicKey);
    if (!key.ok) throw new Error(`bench: ${key.code}`);
    const project = async (terminal: TerminalId): Promise<void> => {
      while ((await store.projectNext({ tenant: TENANT, terminal, epoch: EPOCH }, projection)) > 0);
    };
    const ours = async (): Promise<number> => {
      round += 1;
      const { messages, records } = history(`till-${round}`);
      const link = { tenant: TENANT, terminal: terminalId(`till-${round}`) };
      let projecting = Promise.resolve();
      const began = performance.now();
      for (let at = 0; at < messages.length; at += COMMIT_COUNT) {
        const arrivals = messages.slice(at, at + COMMIT_COUNT).map((body) => {
          const opened = openMessage(body, link, key.value);
          if (!opened.ok || opened.value.kind !== "batch") throw new Error("bench: a batch is a batch");
          return { batch: opened.value.batch, body, receivedAtMs: 0 };
        });
        for (const outcome of await store.commit(arrivals)) mustEqual("outcome", outcome.kind, "stored");
        // As headquarters does: what is stored is projected while the next is taken in.
        projecting = projecting.then(() => project(link.terminal));
      }
      await projecting;
      written += records.length;
      return records.length / ((performance.now() - began) / 1000);
    };
    const peer = async (): Promise<number> => {
      const { records } = history(`till-${round}`);
      const began = performance.now();
      await insertBare(pool, `till-${round}-${performance.now()}`, records);
      return records.length / ((performance.now() - began) / 1000);
    };
    const { ours: rate, peer: bare, ratio } = await inTurn(ROUNDS_COUNT, ours, peer, WARM_UP_COUNT);
    const salesCount = round * BATCHES_PER_ROUND_COUNT * SALES_PER_BATCH_COUNT;
    mustEqual("what is held and projected", await countsOf(pool), [
      written,
      salesCount,
      salesCount * LINES_COUNT,
    ]);
    return [bareRow({ ours: rate, peer: bare, ratio })];
  } finally {
    await store.close();
    await pool.end();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Records held, sales closed as their terminal closed them, and their lines. */
async function countsOf(pool: pg.Pool): Promise<readonly number[]> {
  const { rows } = await pool.query<Record<string, string>>(
    `select (select sum(tip_seq - from_seq + 1) from epoch) as held,
            (select count(*) from closing where view_check = 'matches') as closings,
            (select count(*) from closing_line) as lines`,
  );
  return ["held", "closings", "lines"].map((name) => Number(rows[0]?.[name]));
}

function bareRow({ ours, peer, ratio }: Medians): BenchRow {
  return rowOf({
    id: "B7",
    what: "headquarters: signed batches to durable rows and projections",
    ours,
    peer,
    peerName: "bare multi-row INSERT of the events into the same database",
    ratio,
    judged: "ratio",
    better: "more",
    reach: 0.8,
    dream: 1.5,
    unit: "events/s on the wall",
    note: `batches of about ${SALES_PER_BATCH_COUNT * 13} events; verified, deduplicated, committed, projected`,
  });
}

const signer = createSigner(sha256(new TextEncoder().encode("bench")));

/** A terminal's day: its batches as signed messages, and its records. */
function history(terminal: string): {
  readonly messages: readonly Uint8Array[];
  readonly records: readonly Recorded[];
} {
  const records: Recorded[] = [];
  const messages: Uint8Array[] = [];
  const till = new Till((recorded) => records.push(recorded), undefined, terminalId(terminal));
  let previousHash = CHAIN_START;
  let from = 0;
  for (let batchIndex = 0; batchIndex < BATCHES_PER_ROUND_COUNT; batchIndex += 1) {
    for (let sale = 0; sale < SALES_PER_BATCH_COUNT; sale += 1) {
      for (const command of saleCommands(till.state, batchIndex * 7 + sale, LINES_COUNT)) till.tap(command);
    }
    const part = records.slice(from);
    from = records.length;
    const block = blockOf(part, previousHash);
    previousHash = block.hash;
    const link = { tenant: TENANT, terminal: terminalId(terminal) };
    const batch = { ...link, store: "main", epoch: EPOCH, blocks: [block] };
    messages.push(sealMessage({ kind: "batch", batch }, link, signer, sha256(signer.publicKey).slice(0, 8)));
  }
  return { messages, records };
}

function blockOf(part: readonly Recorded[], previousHash: Uint8Array): Block {
  const recordBytes = new Uint8Array(Buffer.concat(part.map(encodeRecord)));
  return {
    fromSeq: part[0]?.seq ?? 1,
    recordCount: part.length,
    recordBytes,
    previousHash,
    hash: chainHash(previousHash, recordBytes),
  };
}

async function insertBare(pool: pg.Pool, terminal: string, records: readonly Recorded[]): Promise<void> {
  for (let at = 0; at < records.length; at += ROWS_PER_INSERT_COUNT) {
    const part = records.slice(at, at + ROWS_PER_INSERT_COUNT);
    await pool.query({
      name: "bare",
      text: "insert into bare select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[])",
      values: [
        part.map(() => TENANT),
        part.map(() => terminal),
        part.map(({ epoch }) => epoch),
        part.map(({ seq }) => seq),
        part.map(({ event }) => event.type),
        part.map(({ event }) => JSON.stringify(event)),
      ],
    });
  }
}
