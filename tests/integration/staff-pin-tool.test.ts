/** The tool that makes the hash of a PIN: from a pipe, from a terminal without echo, and what it refuses. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createPinHasher } from "../../runtime/adapters/pin-hasher.ts";
import { machineRng } from "../../runtime/adapters/machine.ts";
import { readConfig } from "../../runtime/config.ts";
import { PROJECT_ROOT } from "../../tools/build/root.ts";

const TOOL = join(PROJECT_ROOT, "tools/staff/pin.ts");

interface Ended {
  readonly exitCode: number | null;
  readonly said: string;
  readonly complained: string;
}

/** Runs a command with `typed` on its stdin. */
function run(command: string, words: readonly string[], typed: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { stdio: ["pipe", "pipe", "pipe"] });
    let said = "";
    let complained = "";
    child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (complained += chunk.toString()));
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, said, complained }));
    child.stdin.on("error", () => {});
    child.stdin.end(typed);
  });
}

function tool(typed: string, ...words: readonly string[]): Promise<Ended> {
  return run(process.execPath, [TOOL, ...words], typed);
}

/** The line as a terminal takes it: a clerk with this PIN. */
function configWith(pin: string): string {
  return `{"tenant":"demo","store":"s1","terminal":"T1","shop":{"name":"Shop","addressLines":[],"footer":""},
    "currency":"GBP","zoneMinutes":0,"receiptLanguage":"en","hq":null,"printer":null,
    "catalogueFile":"c.json","openItemTaxPpm":0,"screenPort":0,
    "staff":[{"clerk":"ana","name":"Ana","rights":["sell"],"pin":${pin}}]}`;
}

test("the line that is printed is what a configuration takes, and the PIN matches it and nothing else", async () => {
  const { exitCode, said, complained } = await tool("73915028\n");
  expect({ exitCode, complained }).toEqual({ exitCode: 0, complained: "" });
  expect(said).not.toContain("73915028");
  const config = readConfig(configWith(said));
  if (!config.ok) return expect.fail(config.message);
  const [kept] = config.value.pins.values();
  const hasher = createPinHasher(machineRng);
  expect(await hasher.matches("73915028", kept ?? null)).toBe(true);
  expect(await hasher.matches("73915029", kept ?? null)).toBe(false);
});

test("what is no PIN is refused with exit code 2, and is not repeated", async () => {
  for (const typed of ["", "\n", "123\n", "123456789\n", "73a5\n"]) {
    const { exitCode, said, complained } = await tool(typed);
    expect({ exitCode, said }, typed).toEqual({ exitCode: 2, said: "" });
    expect(complained).toMatch(/^pin\/unusable: .*Nothing was made\.\n$/);
    if (typed.trim() !== "") expect(complained).not.toContain(typed.trim());
  }
});

test("--help says how it is used, and a PIN among the words is refused", async () => {
  const help = await tool("", "--help");
  expect(help).toMatchObject({ exitCode: 0, complained: "" });
  expect(help.said).toContain("4 to 8 digits");
  expect(await tool("", "2468")).toMatchObject({ exitCode: 2, said: "" });
});

test("at a terminal the PIN is asked for twice and never shown", async ({ skip }) => {
  // util-linux' script gives the tool a terminal of its own and copies what that shows.
  const command = `${process.execPath} ${TOOL}`;
  const shown = await typedAtTerminal(command, ["4071\r", "4071\r"]);
  if (shown === null) return skip("there is no script(1) here");
  expect(shown).toContain("PIN: ");
  expect(shown).toContain("Again: ");
  expect(shown).toMatch(/"hash":"[0-9a-f]{64}"/);
  expect(shown).not.toContain("4071");
  expect(await typedAtTerminal(command, ["4071\r", "4072\r"])).toMatch(/pin\/unusable/);
});

/** What a terminal shows while each text is typed after a prompt; null without script(1). */
function typedAtTerminal(command: string, texts: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    const maker = ["script", "-qec", command, "/dev/null"];
    const child = spawn("/usr/bin/env", maker, { stdio: ["pipe", "pipe", "ignore"] });
    const waiting = [...texts];
    let shown = "";
    let promptCount = 0;
    child.on("error", () => resolve(null));
    child.stdout.on("data", (chunk: Buffer) => {
      shown += chunk.toString();
      const prompts = shown.match(/(PIN|Again): /g)?.length ?? 0;
      for (; promptCount < prompts; promptCount += 1) child.stdin.write(waiting.shift() ?? "");
    });
    child.on("close", (exitCode) => resolve(exitCode === 127 ? null : shown));
  });
}
