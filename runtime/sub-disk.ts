/**
 * A folder of a Disk as a Disk of its own: what is in it sees nothing outside. Its paths are the
 * folder's, while a file and a fault name theirs from the whole disk's root; room is shared.
 */
import { assert } from "../core/bug.ts";
import type { Disk, DiskFile } from "./disk.ts";

/** The folder `directory` (one name) as a disk; it is made, durably, where it is missing. */
export async function openSubDisk(disk: Disk, directory: string): Promise<Disk> {
  await disk.makeDirectory(directory);
  await disk.syncDirectory("");
  return new SubDisk(disk, directory);
}

class SubDisk implements Disk {
  readonly #disk: Disk;
  readonly #directory: string;

  constructor(disk: Disk, directory: string) {
    this.#disk = disk;
    this.#directory = directory;
  }

  async list(directory: string): Promise<readonly string[]> {
    return this.#disk.list(this.#inside(directory));
  }

  async open(path: string, mode: "existing" | "create"): Promise<DiskFile> {
    return this.#disk.open(this.#inside(path), mode);
  }

  async exists(path: string): Promise<boolean> {
    return this.#disk.exists(this.#inside(path));
  }

  async makeDirectory(directory: string): Promise<void> {
    await this.#disk.makeDirectory(this.#inside(directory));
  }

  async rename(source: string, target: string): Promise<void> {
    await this.#disk.rename(this.#inside(source), this.#inside(target));
  }

  async remove(path: string): Promise<void> {
    await this.#disk.remove(this.#inside(path));
  }

  async syncDirectory(directory: string): Promise<void> {
    await this.#disk.syncDirectory(this.#inside(directory));
  }

  async freeBytes(): Promise<number> {
    return this.#disk.freeBytes();
  }

  #inside(path: string): string {
    const isBelow = !path.startsWith("/") && !path.split("/").includes("..");
    assert(isBelow, "sub-disk: A path must stay below the folder");
    return path === "" ? this.#directory : `${this.#directory}/${path}`;
  }
}
