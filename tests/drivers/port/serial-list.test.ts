/** Serial lines by lasting names first, else those with a device behind them. On folders of the same shape. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { listSerial } from "../../../drivers/port/serial-list.ts";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function machine(): { readonly byId: string; readonly tty: string } {
  const root = mkdtempSync(join(tmpdir(), "serial-list-"));
  folders.push(root);
  const [byId, tty] = [join(root, "by-id"), join(root, "tty")];
  for (const name of ["ttyUSB1", "ttyACM0"]) mkdirSync(join(tty, name, "device/driver"), { recursive: true });
  // A console, and a line of the chip set that has nothing behind it.
  mkdirSync(join(tty, "tty0"));
  mkdirSync(join(tty, "ttyS3/device"), { recursive: true });
  return { byId, tty };
}

test("names that last go before names by the order of plugging in", async () => {
  const { byId, tty } = machine();
  expect(await listSerial(byId, tty, "/dev")).toEqual(["/dev/ttyACM0", "/dev/ttyUSB1"]);
  mkdirSync(byId);
  for (const name of ["usb-b-port0", "usb-a-port0"]) writeFileSync(join(byId, name), "");
  expect(await listSerial(byId, tty, "/dev")).toEqual([join(byId, "usb-a-port0"), join(byId, "usb-b-port0")]);
});

test("a machine without serial lines has none", async () => {
  const { byId } = machine();
  expect(await listSerial(byId, join(byId, "none"))).toEqual([]);
});
