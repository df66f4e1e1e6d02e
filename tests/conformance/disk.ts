/** What every binding of the Disk port promises, run over node:fs and over the fake. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Disk } from "../../runtime/disk.ts";

interface Binding {
  readonly disk: Disk;
  readonly dispose: () => Promise<void>;
}

const A = Uint8Array.of(1, 2, 3);
const B = Uint8Array.of(9, 9);

/** Registers the suite for one binding; `make` gives an empty disk for each test. */
export function diskConformance(name: string, make: () => Promise<Binding>): void {
  let binding: Binding;
  let disk: Disk;
  beforeEach(async () => {
    binding = await make();
    disk = binding.disk;
  });
  afterEach(() => binding.dispose());

  const create = async (path: string, bytes: Uint8Array): Promise<void> => {
    const file = await disk.open(path, "create");
    await file.write(0, bytes);
    await file.sync();
    await file.close();
  };
  const content = async (path: string): Promise<Uint8Array> => {
    const file = await disk.open(path, "existing");
    const bytes = await file.read(0, await file.size());
    await file.close();
    return bytes;
  };

  test(`${name}: written bytes are read back, from any offset, shorter only at the end`, async () => {
    await create("f", A);
    const file = await disk.open("f", "existing");
    expect(await file.size()).toBe(3);
    expect(await file.read(1, 2)).toEqual(Uint8Array.of(2, 3));
    expect(await file.read(2, 9)).toEqual(Uint8Array.of(3));
    expect(await file.read(3, 1)).toHaveLength(0);
    await file.close();
  });

  test(`${name}: a write behind the end fills the gap with zeros and one inside keeps the rest`, async () => {
    await create("f", A);
    const file = await disk.open("f", "existing");
    await file.write(5, B);
    await file.write(0, B);
    await file.close();
    expect(await content("f")).toEqual(Uint8Array.of(9, 9, 3, 0, 0, 9, 9));
  });

  test(`${name}: a write takes all bytes of a large buffer and keeps no hold of it`, async () => {
    const bytes = new Uint8Array(200_000).fill(7);
    const file = await disk.open("f", "create");
    await file.write(0, bytes);
    bytes.fill(8);
    expect((await file.read(0, 200_000)).every((byte) => byte === 7)).toBe(true);
    await file.close();
  });

  test(`${name}: what a read gave does not change with the file`, async () => {
    await create("f", A);
    const file = await disk.open("f", "existing");
    const before = await file.read(0, 3);
    await file.write(0, B);
    expect(before).toEqual(A);
    await file.close();
  });

  test(`${name}: creating what is there is disk/exists, opening what is not is disk/missing`, async () => {
    await create("f", A);
    await expect(disk.open("f", "create")).rejects.toMatchObject({ code: "disk/exists" });
    await expect(disk.open("g", "existing")).rejects.toMatchObject({ code: "disk/missing" });
    await expect(disk.open("no/f", "create")).rejects.toMatchObject({ code: "disk/missing" });
    await expect(disk.remove("g")).rejects.toMatchObject({ code: "disk/missing" });
    await expect(disk.rename("g", "h")).rejects.toMatchObject({ code: "disk/missing" });
  });

  test(`${name}: a folder lists files and folders in byte order, and a missing one nothing`, async () => {
    expect(await disk.list("d")).toEqual([]);
    await disk.makeDirectory("d");
    await disk.makeDirectory("d");
    await disk.makeDirectory("d/sub");
    for (const name of ["b", "a", "B", "ä"]) await create(`d/${name}`, A);
    await disk.syncDirectory("d");
    await disk.syncDirectory("");
    expect(await disk.list("d")).toEqual(["B", "a", "b", "sub", "ä"]);
    expect(await disk.list("")).toEqual(["d"]);
  });

  test(`${name}: a rename replaces its target, also in another folder, and open files stay usable`, async () => {
    await disk.makeDirectory("d");
    await create("f", A);
    await create("d/g", B);
    const file = await disk.open("f", "existing");
    await disk.rename("f", "d/g");
    await file.write(0, B);
    await file.sync();
    await file.close();
    expect(await disk.exists("f")).toBe(false);
    expect(await content("d/g")).toEqual(Uint8Array.of(9, 9, 3));
  });

  test(`${name}: a removed file is gone and its name is free`, async () => {
    await create("f", A);
    await disk.remove("f");
    expect(await disk.exists("f")).toBe(false);
    await create("f", B);
    expect(await content("f")).toEqual(B);
  });

  test(`${name}: a path that leaves the root is a Bug`, async () => {
    for (const path of ["../f", "/f", "d/../../f"]) {
      await expect(disk.open(path, "create")).rejects.toMatchObject({ name: "Bug" });
    }
  });

  test(`${name}: free bytes are a positive number`, async () => {
    expect(await disk.freeBytes()).toBeGreaterThan(0);
  });
}
