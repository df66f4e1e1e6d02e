/**
 * The Disk port over a SimFs without time and without faults: for looking at an image, and for loops
 * that make journal states faster than any world. Passes the conformance suite of disks.
 */
import { assert } from "../../../core/bug.ts";
import type { Disk, DiskFile } from "../../../runtime/disk.ts";
import type { Inode, SimFs } from "./sim-fs.ts";

/** A Disk on `fs` that answers at once. "views": what is read is good only until the next write, for who only looks. */
export function instantDisk(fs: SimFs, reads: "copies" | "views" = "copies"): Disk {
  const below = (path: string): string => {
    assert(!path.startsWith("/") && !path.split("/").includes(".."), "disk: A path must stay below the root");
    return path;
  };
  return {
    list: async (directory) => fs.list(below(directory)),
    exists: async (path) => fs.has(below(path)),
    freeBytes: async () => fs.freeBytes,
    makeDirectory: async (directory) => fs.makeDirectory(below(directory)),
    rename: async (source, target) => fs.rename(below(source), below(target)),
    remove: async (path) => fs.remove(below(path)),
    syncDirectory: async (directory) => fs.syncDirectory(below(directory)),
    open: async (path, mode) =>
      file(fs, path, mode === "create" ? fs.create(below(path)) : fs.inode(below(path)), reads),
  };
}

function file(fs: SimFs, path: string, inode: Inode, reads: "copies" | "views"): DiskFile {
  return {
    path,
    size: async () => inode.sizeBytes,
    read: async (offset, length) => {
      const bytes = fs.view(inode, offset, length);
      return reads === "views" ? bytes : bytes.slice();
    },
    write: async (offset, bytes) => fs.write(path, inode, offset, bytes),
    sync: async () => fs.sync(inode),
    close: async () => {},
  };
}
