/**
 * A disk that ends its process in the middle of a journal write: half of the block is in the file,
 * nothing was synced, nobody was told. What a battery pulled inside a commit leaves behind.
 */
import type { Disk, DiskFile } from "../../runtime/disk.ts";
import { JOURNAL_DIRECTORY } from "../../runtime/store/segment.ts";

/** `disk`, until the `writeCount`-th write to a segment of the journal; writes count while `isCounting` says so. */
export function dyingDisk(disk: Disk, writeCount: number, isCounting: () => boolean): Disk {
  let left = writeCount;
  const wrap = (file: DiskFile): DiskFile => ({
    path: file.path,
    size: () => file.size(),
    read: (offset, length) => file.read(offset, length),
    sync: () => file.sync(),
    close: () => file.close(),
    write: async (offset, bytes) => {
      // Preallocation writes zeros and is no commit; a mark may be lost without loss.
      const isCommit = file.path.startsWith(`${JOURNAL_DIRECTORY}/`) && bytes.some((byte) => byte !== 0);
      if (isCommit && isCounting()) left -= 1;
      if (left > 0) return file.write(offset, bytes);
      await file.write(offset, bytes.slice(0, bytes.length >> 1));
      process.kill(process.pid, "SIGKILL");
      return new Promise<void>(() => {});
    },
  });
  return {
    ...disk,
    list: (directory) => disk.list(directory),
    exists: (path) => disk.exists(path),
    makeDirectory: (directory) => disk.makeDirectory(directory),
    rename: (source, target) => disk.rename(source, target),
    remove: (path) => disk.remove(path),
    syncDirectory: (directory) => disk.syncDirectory(directory),
    freeBytes: () => disk.freeBytes(),
    open: async (path, mode) => wrap(await disk.open(path, mode)),
  };
}
