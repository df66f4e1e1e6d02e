/**
 * B3: flushes and bytes that reach the device for a 12-event sale, counted by the kernel on a block
 * device of the bench's own: an ext4 in a file, mounted in a namespace that ends with its process. The
 * work is done by flush-child.ts. Where nothing may be mounted, it says so and there is no row.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rowOf } from "../row.ts";
import type { BenchRow } from "../row.ts";

const MKFS = "mkfs.ext4";
const NAMESPACE = "unshare";
const IMAGE_BYTES = 256 * 1024 * 1024;
const CHILD = new URL("../flush-child.ts", import.meta.url).pathname;
/** Mounts $1 at $2 with an own commit only every half hour, then becomes the rest. */
const MOUNT = 'mount -o loop,commit=1800 "$1" "$2" && shift 2 && exec "$@"';

/** What the device saw of one sale. */
export interface SaleOnDevice {
  readonly flushCount: number;
  readonly kib: number;
}

/** What the child measures, by side. */
const SIDES = ["ours", "ours-slow", "sqlite-event", "sqlite-sale"] as const;
type Side = (typeof SIDES)[number];

/** The rows, or none where this machine lets nobody mount. */
export function benchFlushes(): readonly BenchRow[] {
  const seen = new Map<Side, SaleOnDevice>();
  for (const side of SIDES) {
    const sale = onDevice(side);
    if (typeof sale === "string") {
      process.stderr.write(`B3 skipped: ${sale}\n`);
      return [];
    }
    seen.set(side, sale);
  }
  const of = (side: Side): SaleOnDevice => seen.get(side) ?? { flushCount: Number.NaN, kib: Number.NaN };
  const [ours, slow, event, sale] = SIDES.map(of);
  if (ours === undefined || slow === undefined || event === undefined || sale === undefined) return [];
  const common = {
    peerName: "node:sqlite WAL FULL, a commit per event",
    judged: "ours",
    better: "less",
  } as const;
  return [
    rowOf({
      ...common,
      id: "B3 flushes",
      what: "flushes of the device for a 12-event sale",
      // To a tenth: the share of a new segment is in it.
      ours: Math.round(ours.flushCount * 10) / 10,
      peer: event.flushCount,
      ratio: ours.flushCount / event.flushCount,
      reach: 3,
      dream: 2,
      unit: "flushes",
      note: `SQLite, one commit a sale: ${sale.flushCount.toFixed(1)}; ours when every tap waits for the disk: ${slow.flushCount.toFixed(1)}`,
    }),
    rowOf({
      ...common,
      id: "B3 KiB",
      what: "KiB on the device for a 12-event sale",
      ours: ours.kib,
      peer: event.kib,
      ratio: ours.kib / event.kib,
      reach: 14,
      dream: 9,
      unit: "KiB",
      note: `SQLite, one commit a sale: ${sale.kib.toFixed(1)}; ours when every tap waits for the disk: ${slow.kib.toFixed(1)}`,
    }),
  ];
}

function onDevice(side: Side): SaleOnDevice | string {
  const folder = mkdtempSync(join(tmpdir(), "tillwright-bench-"));
  try {
    const [image, mnt] = [join(folder, "disk.img"), join(folder, "mnt")];
    mkdirSync(mnt);
    writeFileSync(image, "");
    truncateSync(image, IMAGE_BYTES);
    const options = ["-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0", image];
    if (spawnSync(MKFS, options).status !== 0) return "there is no mkfs.ext4 here";
    const command = [process.execPath, CHILD, side, mnt];
    const { status, stdout, stderr } = spawnSync(
      NAMESPACE,
      ["--mount", "sh", "-c", MOUNT, "sh", image, mnt, ...command],
      { encoding: "utf8" },
    );
    if (status !== 0) return `an ext4 in a file cannot be used here: ${stderr.trim().split("\n").at(-1)}`;
    const sale: unknown = JSON.parse(stdout);
    return isSale(sale) ? sale : "the child said something else";
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isSale(value: unknown): value is SaleOnDevice {
  return typeof value === "object" && value !== null && "flushCount" in value && "kib" in value;
}
