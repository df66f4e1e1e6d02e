/**
 * LazyFS (github.com/dsrhaslab/lazyfs): a file system in user space that keeps what is written in its
 * own memory until it is synced, and forgets the rest when it is told to. Found on the PATH or by
 * TILLWRIGHT_LAZYFS; it comes with no package, see docs/RUNBOOK.md.
 * What is on its disk is read from its root folder: the kernel remembers too much of the mount.
 */
import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { guard } from "./real-guard.ts";
import { kill } from "./real-ext4.ts";
import type { CutDisk } from "./real-power-cut.ts";

const WAIT_MS_MAX = 10_000;
const LOOK_MS = 10;
const FUSERMOUNT = "fusermount3";
const MKFIFO = "mkfifo";

/** Why there is no LazyFS here, or null. */
export function whyNoLazyFs(): string | null {
  if (!existsSync("/dev/fuse")) return "no LazyFS: there is no /dev/fuse";
  if (spawnSync(FUSERMOUNT, ["-V"]).error !== undefined) return "no LazyFS: fuse3 is not installed";
  return findLazyFs() === null ? "no LazyFS on the PATH or in TILLWRIGHT_LAZYFS (docs/RUNBOOK.md)" : null;
}

/** Looked for and not asked: without a configuration it would make files where it stands. */
function findLazyFs(): string | null {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const paths = [process.env["TILLWRIGHT_LAZYFS"] ?? "", ...folders.map((folder) => join(folder, "lazyfs"))];
  return paths.find((path) => path !== "" && existsSync(path)) ?? null;
}

/** A LazyFS over a folder of its own; mounted anew for each process. */
export function createLazyFs(): CutDisk {
  const program = findLazyFs();
  if (program === null) throw new Error("lazyfs: The program must be there");
  // Its reader of options takes a path with "-o" in it for an option.
  const directory = mkdtempSync(join(tmpdir(), "tillwright-lazyfs_"));
  const [root, mnt] = [join(directory, "root"), join(directory, "mnt")];
  const [faults, done] = [join(directory, "faults.fifo"), join(directory, "done.fifo")];
  const [config, log] = [join(directory, "lazyfs.toml"), join(directory, "lazyfs.log")];
  mkdirSync(join(root, "data"), { recursive: true });
  mkdirSync(mnt);
  spawnSync(MKFIFO, [done]);
  writeFileSync(
    config,
    `[faults]
fifo_path="${faults}"
fifo_path_completed="${done}"
[cache]
apply_eviction=false
[cache.simple]
custom_size="0.5GB"
blocks_per_page=1
[filesystem]
log_all_operations=false
logfile="${log}"
`,
  );
  const isMounted = (): boolean => readFileSync("/proc/self/mounts", "utf8").includes(` ${mnt} `);

  let mounted: ChildProcess | null = null;
  const unmount = async (): Promise<void> => {
    const child = mounted;
    mounted = null;
    if (child === null) return;
    const ended = child.exitCode === null && child.signalCode === null ? once(child, "exit") : null;
    spawnSync(FUSERMOUNT, ["-u", mnt]);
    const timer = setTimeout(() => child.kill("SIGKILL"), WAIT_MS_MAX);
    await ended;
    clearTimeout(timer);
  };

  return {
    dataPath: join(mnt, "data"),
    begin: async () => {
      const options = ["-o", "modules=subdir", "-o", `subdir=${root}`, "-f"];
      const child = spawn(program, [mnt, "--config-path", config, ...options], { stdio: "ignore" });
      mounted = child;
      // It unmounts itself when it is asked to end.
      guard(child, "TERM");
      await until(() => isMounted() && existsSync(faults), "LazyFS was not mounted");
    },
    wrap: (command) => command,
    seenFrom: () => join(mnt, "data"),
    cut: async (child) => {
      await kill(child);
      // Opened for both ways, so that neither side waits for the other to be there.
      const ways = constants.O_RDWR | constants.O_NONBLOCK;
      const [orders, answers] = [await open(faults, ways), await open(done, ways)];
      try {
        await orders.write("lazyfs::clear-cache\n");
        let said = "";
        await until(async () => {
          said += await readSome(answers);
          return said.includes("finished::clear-cache");
        }, "LazyFS did not clear its cache");
      } finally {
        await Promise.all([orders.close(), answers.close()]);
      }
      await unmount();
    },
    copyTo: async (target) => {
      await unmount();
      cpSync(join(root, "data"), target, { recursive: true });
    },
    close: async () => {
      await unmount();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function readSome(file: Awaited<ReturnType<typeof open>>): Promise<string> {
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(256), 0, 256, null);
    return buffer.toString("utf8", 0, bytesRead);
  } catch {
    // Nothing there yet.
    return "";
  }
}

async function until(test: () => boolean | Promise<boolean>, late: string): Promise<void> {
  const deadlineMs = performance.now() + WAIT_MS_MAX;
  while (!(await test())) {
    if (performance.now() > deadlineMs) throw new Error(late);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
