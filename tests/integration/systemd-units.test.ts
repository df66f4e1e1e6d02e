/**
 * The systemd units as systemd itself reads them, against the programs that they start. Skipped where
 * systemd-analyze is not installed.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const UNITS = ["tillwright-hq.service", "tillwright-terminal.service"] as const;
const ANALYZE = "systemd-analyze";
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "units-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function textOf(unit: string): string {
  return readFileSync(join("docs/systemd", unit), "utf8");
}

/** The unit with programs, folders and accounts that every machine has: what is left is systemd's to judge. */
function verifiable(unit: string): string {
  const text = textOf(unit)
    .replace(/^ExecStart=\S+/m, "ExecStart=/bin/true")
    .replace(/^(?:WorkingDirectory|User|Group)=.*\n/gm, "");
  const path = join(folder, unit);
  writeFileSync(path, text);
  return path;
}

test.for(UNITS)("systemd takes every line of %s", (unit, { skip }) => {
  const version = spawnSync(ANALYZE, ["--version"]);
  if (version.error !== undefined) skip("systemd-analyze is not installed");
  const { status, stdout, stderr } = spawnSync(ANALYZE, ["verify", verifiable(unit)]);
  expect([status, stdout.toString(), stderr.toString()]).toEqual([0, "", ""]);
});

test.each(UNITS)("%s is closed in, is started again and has a watchdog", (unit) => {
  const text = textOf(unit);
  const lines = new Set(text.split("\n"));
  for (const line of [
    "NoNewPrivileges=yes",
    "ProtectSystem=strict",
    "ProtectHome=yes",
    "PrivateTmp=yes",
    "CapabilityBoundingSet=",
    "RestrictSUIDSGID=yes",
    "LockPersonality=yes",
    "SystemCallFilter=@system-service",
    "UMask=0077",
    "Type=notify",
    "NotifyAccess=all",
    "RestartPreventExitStatus=2",
  ])
    expect(lines, line).toContain(line);
  expect(text).toMatch(/^Restart=(?:always|on-failure)$/m);
  expect(text).toMatch(/^WatchdogSec=\d+$/m);
});

test.each([
  ["tillwright-hq.service", "tools/hq/main.ts"],
  ["tillwright-terminal.service", "runtime/main.ts"],
] as const)("the program of %s knows every option that it is started with", (unit, program) => {
  const command = /^ExecStart=(.*)$/m.exec(textOf(unit))?.[1] ?? "";
  const help = spawnSync(process.execPath, [program, "--help"]).stdout.toString();
  const options = command.match(/--[a-z-]+/g) ?? [];
  expect(options.length).toBeGreaterThan(2);
  for (const option of options) expect(help, option).toContain(option);
});
