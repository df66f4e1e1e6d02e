/** The console as a part of the real headquarters: its address is in the ready line, and it ends with it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { PROJECT_ROOT } from "../../../tools/build/root.ts";
import { packagedPrograms } from "../../../tools/hq/postgres/binaries.ts";
import { startChild } from "../../../tools/run/child.ts";
import { runProgram } from "../../support/hq-process.ts";

const folder = mkdtempSync(join(tmpdir(), "hq-console-process-"));
const program = join(PROJECT_ROOT, "tools/hq/main.ts");

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a headquarters with --console is used by its printed address, and by nothing else", async ({
  skip,
}) => {
  if (packagedPrograms() === null) skip("the embedded PostgreSQL is not installed for this machine");
  const texts = ["--data", join(folder, "hq"), "--port", "0", "--console", "0", "--zone", "480"];
  const hq = await startChild({
    name: "headquarters",
    command: [process.execPath, program, ...texts],
    cwd: folder,
    logFile: join(folder, "hq.log"),
  });
  const address = new URL(String(hq.ready["console"]));
  expect(address.hostname).toBe("127.0.0.1");
  const first = await fetch(address, { redirect: "manual" });
  const cookie = first.headers.get("set-cookie")?.split(";")[0] ?? "";
  const ask = (path: string, headers: Record<string, string>): Promise<Response> =>
    fetch(new URL(path, address.origin), { headers });
  const house: unknown = await (await ask("/api/house", { cookie })).json();
  expect(house).toMatchObject({ tenant: "demo", zoneMinutes: 480, newestDay: null, canAuthor: true });
  expect(await (await ask("/api/catalogue-head", { cookie })).json()).toMatchObject({ version: 0 });
  const page = await (await ask("/", { cookie })).text();
  expect(page).toContain('<script src="/app.js"');
  expect((await ask("/api/house", {})).status).toBe(403);
  await hq.stop();
  expect(await hq.exited).toBe(0);
  await expect(fetch(address)).rejects.toThrow();
});

test.for([
  [["--console", "high"], "--console: high is no whole number from 0 to 65535"],
  [["--console", "0", "--console-host", "localhost"], "--console-host: localhost is no IP address"],
  [["--console", "0", "--zone", "900"], "--zone: 900 is no number of minutes up to 840"],
] as const)("%j is refused before anything is started", async ([texts, words]) => {
  const { code, stderr } = await runProgram(program, ["--data", join(folder, "none"), ...texts]);
  expect([code, stderr.trim()]).toEqual([2, `hq/configuration: This setting cannot be used: ${words}`]);
});
