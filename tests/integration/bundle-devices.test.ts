/**
 * The bundled firmware with a printer and a scanner on serial lines: its native part is found beside it,
 * the printer is asked how it is, and the scanner is listened to. Skipped, and said so, without socat.
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createSerialPort } from "../../drivers/port/serial.ts";
import { machineTimers } from "../../runtime/adapters/machine.ts";
import { buildFirmware } from "../../tools/build/bundle.ts";
import { Engine } from "../../tools/sim/printer/engine.ts";
import { Tray } from "../../tools/sim/printer/tray.ts";
import { CATALOGUE_JSON, shopConfig } from "../support/fake-world.ts";
import { NO_SOCAT, plugPtys, ptyNames } from "../support/pty-pair.ts";

const LINE = { baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1, rtscts: false } as const;

test("the bundle opens serial lines with the native part that lies beside it", async ({ skip }) => {
  if (NO_SOCAT !== null) skip(NO_SOCAT);
  const folder = mkdtempSync(join(tmpdir(), "tillwright-bundle-devices-"));
  const [printerLine, scannerLine] = [ptyNames(), ptyNames()];
  const cables = [await plugPtys(printerLine), await plugPtys(scannerLine)];
  const engine = new Engine(48, new Tray());
  const far = createSerialPort(
    { path: printerLine.far, ...LINE, writeTimeoutMs: 10_000, queueBytesMax: 65_536 },
    machineTimers,
  );
  const link = engine.connect({
    send: (bytes) => void far.write(bytes).catch(() => {}),
    die: () => far.close(),
  });
  const asked = new Promise<void>((resolve) => {
    far.onData((bytes) => {
      link.receive(bytes);
      // Four questions of three bytes.
      if (engine.account().receivedBytes >= 12) resolve();
    });
  });
  await far.open();
  await buildFirmware(join(folder, "firmware"));
  mkdirSync(join(folder, "shop"));
  const { pins: _pins, staff, ...config } = shopConfig();
  const devices = {
    printer: { path: printerLine.near, baudRate: LINE.baudRate, model: "gbk_80mm" },
    scanner: { path: scannerLine.near, baudRate: LINE.baudRate },
  };
  writeFileSync(join(folder, "shop/terminal.json"), JSON.stringify({ ...config, staff, ...devices }));
  writeFileSync(join(folder, "shop/catalogue.json"), CATALOGUE_JSON);
  const child = spawn(
    process.execPath,
    ["main.cjs", "--config", join(folder, "shop/terminal.json"), "--data", join(folder, "data")],
    { cwd: join(folder, "firmware"), env: { PATH: process.env["PATH"] ?? "" } },
  );
  let said = "";
  const heard = new Promise<void>((resolve, reject) => {
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("scanner/link: ok")) resolve();
    });
    child.once("exit", () => reject(new Error(`The firmware ended: ${said}`)));
  });
  try {
    await Promise.all([asked, heard]);
    expect(said).not.toContain("port/");
    expect(engine.account()).toMatchObject({ heldBytes: 0, lostBytes: 0 });
  } finally {
    child.removeAllListeners("exit");
    const ended = new Promise((resolve) => {
      child.once("exit", resolve);
    });
    child.kill("SIGTERM");
    await ended;
    far.close();
    await Promise.all(cables.map((cable) => cable.kill()));
    for (const names of [printerLine, scannerLine]) names.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
