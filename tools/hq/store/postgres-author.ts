/**
 * Headquarters' own journal and the files it names on PostgreSQL. The journal's batches stand beside the
 * terminals', under the same rules; what is its own is that it is written where it ends or not at all.
 */
import { BLOB_CHUNK_BYTES_MAX } from "../../../protocol/limits.ts";
import type { Position } from "../../../protocol/message.ts";
import { isAt } from "./plan.ts";
import { commitArrivals, epochOf, lockTerminals } from "./postgres-commit.ts";
import { bytesIn, insertRows, textIn } from "./sql.ts";
import type { Query } from "./sql.ts";
import type { Arrival } from "./store.ts";

const NO_BYTES = new Uint8Array(0);

/** The body of the transaction that writes on where the journal ends at `after`. */
export async function appendArrivals(
  query: Query,
  arrivals: readonly Arrival[],
  after: Position | null,
): Promise<"stored" | "moved"> {
  const [first] = arrivals;
  if (first === undefined) return "moved";
  const { tenant, terminal } = first.batch;
  // Nobody else writes between the look and the commit.
  await lockTerminals(query, arrivals);
  const [row] = await query.rows(
    "select * from epoch where tenant = $1 and terminal = $2 order by arrival_index desc limit 1",
    [tenant, terminal],
  );
  if (!isAt(row === undefined ? null : epochOf(row).tip, after)) return "moved";
  await commitArrivals(query, arrivals);
  return "stored";
}

/** Writes a file in pieces; pieces that are there stay. */
export async function putBlob(
  query: Query,
  tenant: string,
  sha256: string,
  bytes: Uint8Array,
): Promise<void> {
  for (let offset = 0; offset < bytes.length; offset += BLOB_CHUNK_BYTES_MAX) {
    const piece = bytes.subarray(offset, offset + BLOB_CHUNK_BYTES_MAX);
    await insertRows(
      query,
      "blob",
      ["tenant", "sha256", "from_byte", "bytes"],
      [[tenant, sha256, offset, piece]],
      "on conflict do nothing",
    );
  }
}

/** The piece that begins here. */
export async function blobPiece(
  query: Query,
  tenant: string,
  sha256: string,
  offset: number,
): Promise<Uint8Array> {
  const [row] = await query.rows(
    "select bytes from blob where tenant = $1 and sha256 = $2 and from_byte = $3",
    [tenant, sha256, offset],
  );
  return row === undefined ? NO_BYTES : bytesIn(row, "bytes").slice();
}

/** The names of the files, in order. */
export async function blobNames(query: Query, tenant: string): Promise<readonly string[]> {
  const rows = await query.rows(
    "select sha256 from blob where tenant = $1 and from_byte = 0 order by sha256",
    [tenant],
  );
  return rows.map((row) => textIn(row, "sha256"));
}
