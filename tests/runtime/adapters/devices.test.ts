/** What was paired at the screen is used at the next start; what cannot be read is left for the configuration. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { bindPrinter, bindScale, bindScanner } from "../../../runtime/adapters/devices.ts";
import type { PairedPrinter } from "../../../runtime/ui/panels.ts";
import { shopConfig } from "../../support/fake-world.ts";
import { scanCatalogue } from "../../support/scan-world.ts";

const CONFIGURED: PairedPrinter = {
  address: { kind: "serial", path: "/nowhere/a", baudRate: 9600 },
  model: "gbk_80mm",
};
const PAIRED: PairedPrinter = {
  address: { kind: "serial", path: "/nowhere/b", baudRate: 19_200 },
  model: "gbk_58mm",
};
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "devices-"));
  folders.push(folder);
  return folder;
}

/** What stands in the slot after a start on `folder`. */
function startOn(folder: string, log: string[] = []): PairedPrinter | null {
  const config = shopConfig({ printer: CONFIGURED });
  const { slot } = bindPrinter(config, folder, (code) => void log.push(code));
  slot.close();
  return slot.paired;
}

test("a pairing goes before the configuration at the next start", async () => {
  const folder = dataFolder();
  expect(startOn(folder)).toEqual(CONFIGURED);
  const { slot, pairing } = bindPrinter(shopConfig({ printer: CONFIGURED }), folder, () => {});
  expect(await pairing.pair(PAIRED)).toBe("printer/unreachable");
  slot.close();
  expect(startOn(folder)).toEqual(PAIRED);
  expect(JSON.parse(readFileSync(join(folder, "printer.json"), "utf8"))).toEqual({
    path: "/nowhere/b",
    baudRate: 19_200,
    model: "gbk_58mm",
  });
});

test("a damaged pairing is said as printer/pairing_unreadable, and one of an unknown model is passed over", () => {
  const folder = dataFolder();
  const log: string[] = [];
  writeFileSync(join(folder, "printer.json"), '{"host":"10.0.0.7","po');
  expect(startOn(folder, log)).toEqual(CONFIGURED);
  expect(log).toEqual(["printer/pairing_unreadable"]);
  writeFileSync(join(folder, "printer.json"), '{"path":"/nowhere/c","baudRate":9600,"model":"dot-matrix"}');
  expect(startOn(folder)).toEqual(CONFIGURED);
});

test("a pairing that the disk does not take is printer/not_saved", async () => {
  const folder = join(dataFolder(), "gone");
  const log: string[] = [];
  const { slot, pairing } = bindPrinter(shopConfig(), folder, (code) => void log.push(code));
  expect(await pairing.pair(PAIRED)).toBe("printer/not_saved");
  expect(log).toEqual(["printer/not_saved"]);
  slot.close();
});

test("a scanner that is not there is said once with its port/… code; without a configuration there is none", async () => {
  expect(bindScanner(shopConfig(), scanCatalogue(), () => {})).toBeNull();
  for (const scanner of [
    { kind: "serial", path: "/nowhere/scanner", baudRate: 9600 },
    { kind: "hidraw", path: "/nowhere/hidraw0" },
  ] as const) {
    const said = await new Promise<string>((resolve) => {
      const source = bindScanner(shopConfig({ scanner }), scanCatalogue(), (code, detail) => {
        source?.close();
        resolve(`${code} ${detail}`);
      });
    });
    expect(said).toMatch(/^scanner\/link port\/(refused|unreachable)$/);
  }
});

test("a scale that is not there is said once with its port/… code; without a configuration there is none", async () => {
  expect(bindScale(shopConfig(), () => {})).toBeNull();
  const scale = { kind: "serial", path: "/nowhere/scale", baudRate: 9600 } as const;
  const said = await new Promise<string>((resolve) => {
    const station = bindScale(shopConfig({ scale }), (code, detail) => {
      station?.close();
      resolve(`${code} ${detail}`);
    });
  });
  expect(said).toMatch(/^scale\/link port\/(refused|unreachable)$/);
});
