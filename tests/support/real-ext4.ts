/**
 * An ext4 of one's own in a file, cut off by the kernel: the file system is told to shut down at once
 * and to write nothing any more (FS_IOC_SHUTDOWN without flushing its log), which is what its own
 * makers test it with. The next mount replays its log as after a power cut.
 * It is mounted in the mount namespace of the process that uses it, so nothing is left mounted when
 * that process is gone, whatever ended it or the test.
 */
import { execFile, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { CutDisk } from "./real-power-cut.ts";

const run = promisify(execFile);

const IMAGE_BYTES = 128 * 1024 * 1024;
const LOOK_MS = 5;
const MKFS = "mkfs.ext4";
/** Mounts $1 with the options $2 at $3, then becomes the rest. */
const MOUNT = 'mount -o "loop,$2" "$1" "$3" && mkdir -p "$3/data" && shift 3 && exec "$@"';
/** FS_IOC_SHUTDOWN with FS_SHUTDOWN_FLAGS_NOLOGFLUSH. */
const SHUTDOWN =
  'my $how = pack("L", 2); open(my $fs, "<", $ARGV[0]) or die $!; ioctl($fs, 0x8004587d, $how) or die $!';

/** Why there is no such disk here, or null. */
export function whyNoExt4(): string | null {
  const directory = mkdtempSync(join(tmpdir(), "tillwright-ext4-"));
  try {
    const image = makeImage(directory);
    if (image === null) return "no mkfs.ext4 here";
    const mnt = join(directory, "mnt");
    const [program = "", ...texts] = mounted(image, "commit=600", mnt, ["perl", "-e", SHUTDOWN, mnt]);
    const { error, status, stderr } = spawnSync(program, texts, { encoding: "utf8" });
    if (error !== undefined) return "no unshare here";
    const why = stderr.trim().split("\n").at(-1) ?? "";
    return status === 0 ? null : `an ext4 in a file may not be mounted or cut off here: ${why}`;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** `options` are mount's, besides those that keep the kernel from writing by itself. */
export function createExt4(options: string): CutDisk {
  const directory = mkdtempSync(join(tmpdir(), "tillwright-ext4-"));
  const image = makeImage(directory);
  if (image === null) throw new Error("ext4: mkfs.ext4 must be there");
  const mnt = join(directory, "mnt");
  // Half an hour between two commits of its own: only what is synced is written.
  const all = ["commit=1800", options].filter((text) => text !== "").join(",");
  const dataPath = join(mnt, "data");
  return {
    dataPath,
    begin: () => untilFree(image),
    wrap: (command) => mounted(image, all, mnt, command),
    seenFrom: (pid) => `/proc/${pid}/root${dataPath}`,
    cut: async (child) => {
      await run("perl", ["-e", SHUTDOWN, `/proc/${child.pid ?? 0}/root${mnt}`]);
      await kill(child);
    },
    copyTo: async (target) => {
      await untilFree(image);
      const [program = "", ...texts] = mounted(image, all, mnt, ["cp", "-a", `${dataPath}/.`, target]);
      await run(program, texts);
      await untilFree(image);
    },
    close: async () => {
      await untilFree(image);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Sends SIGKILL and waits for the end. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

function makeImage(directory: string): string | null {
  const image = join(directory, "disk.img");
  mkdirSync(join(directory, "mnt"));
  writeFileSync(image, "");
  truncateSync(image, IMAGE_BYTES);
  const made = spawnSync(MKFS, ["-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0", image]);
  return made.status === 0 ? image : null;
}

function mounted(image: string, options: string, mnt: string, command: readonly string[]): readonly string[] {
  return ["unshare", "--mount", "sh", "-c", MOUNT, "sh", image, options, mnt, ...command];
}

/** A mount ends a moment after its last process; two at once would destroy the disk. */
async function untilFree(image: string): Promise<void> {
  while (loopFiles().includes(image)) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
}

function loopFiles(): readonly string[] {
  return readdirSync("/sys/block").flatMap((name) => {
    try {
      return name.startsWith("loop")
        ? [readFileSync(`/sys/block/${name}/loop/backing_file`, "utf8").trim()]
        : [];
    } catch {
      // A loop device without a file.
      return [];
    }
  });
}
