/**
 * Publishing from the command line beside a running headquarters: it reaches a connected terminal, and a
 * backup holds it. Skipped where the database's programs are not installed.
 */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sealMessage } from "../../../protocol/message.ts";
import type { Held, Message } from "../../../protocol/message.ts";
import { decodeRecord, splitRecords } from "../../../protocol/record.ts";
import { headquartersKey, keyName, registerTerminal } from "../../../tools/hq/keys.ts";
import { packagedPrograms } from "../../../tools/hq/postgres/binaries.ts";
import { catalogueFile } from "../../support/downlink-world.ts";
import { linkOf, signerOf } from "../../support/hq-history.ts";
import { runProgram, startProgram } from "../../support/hq-process.ts";
import type { HqProcess } from "../../support/hq-process.ts";
import { TestTerminal } from "../../support/hq-terminal.ts";

let folder = "";
const running: HqProcess[] = [];
const link = linkOf("t1");

beforeEach(({ skip }) => {
  if (packagedPrograms() === null) skip("the embedded PostgreSQL is not installed for this machine");
  folder = mkdtempSync(join(tmpdir(), "hq-publish-"));
  // The database's own account passes through: it lies in the folder and goes with it.
  chmodSync(folder, 0o755);
  registerTerminal(join(folder, "hq", "keys"), link, signerOf("t1").publicKey);
});

afterEach(async () => {
  for (const program of running.splice(0)) {
    if (program.child.exitCode === null && program.child.signalCode === null) await program.end("SIGTERM");
  }
  rmSync(folder, { recursive: true, force: true });
});

async function start(name: string): Promise<HqProcess> {
  const started = await startProgram("tools/hq/main.ts", ["--data", join(folder, name), "--port", "0"]);
  running.push(started);
  return started;
}

async function said(program: string, ...texts: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await runProgram(`tools/hq/${program}.ts`, texts);
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout.split("\n")[0] ?? "{}");
}

/** A connected terminal that says it holds nothing; answers the kinds of the events that come. */
async function joined(hq: HqProcess, name: string): Promise<TestTerminal> {
  const { signer } = headquartersKey(join(folder, name, "keys"));
  const terminal = await TestTerminal.connect(hq.port, "t1", signer.publicKey);
  const { session } = await terminal.hello();
  const held: Held = { kind: "held", session, position: null };
  await terminal.publish(sealMessage(held, link, signerOf("t1"), keyName(signerOf("t1").publicKey)));
  return terminal;
}

function eventsIn(message: Message): readonly string[] {
  if (message.kind !== "batch") throw new Error(`A batch was due, not a ${message.kind}`);
  const { terminal, epoch, blocks } = message.batch;
  return blocks.flatMap(({ recordBytes, recordCount }) => {
    const parts = splitRecords(recordBytes, recordCount);
    if (!parts.ok) throw new Error(parts.code);
    return parts.value.map((bytes) => {
      const record = decodeRecord(bytes, { terminal, epoch });
      return record.ok ? record.value.event.type : record.code;
    });
  });
}

test(
  "what is published beside a running headquarters is pushed to a terminal, and stands after a backup and a restore",
  { timeout: 120_000 },
  async () => {
    const hq = await start("hq");
    const terminal = await joined(hq, "hq");
    expect(await terminal.next()).toMatchObject({ kind: "held", position: null });
    const data = ["--data", join(folder, "hq")];
    const [catalogue, prices] = [join(folder, "catalogue.json"), join(folder, "prices.csv")];
    writeFileSync(catalogue, catalogueFile(260));
    writeFileSync(prices, "sku,priceMinor\ntea,270\n");
    expect(await said("publish", ...data, "--catalogue", catalogue)).toEqual({
      published: true,
      version: 1,
      seq: 2,
    });
    expect(eventsIn(await terminal.next())).toEqual(["epoch_started", "catalogue_published"]);
    expect(await terminal.next()).toMatchObject({ kind: "held", position: { seq: 2 } });
    expect(await said("publish", ...data, "--prices", prices)).toMatchObject({ version: 2, seq: 3 });
    expect(eventsIn(await terminal.next())).toEqual(["price_set"]);
    expect(await terminal.next()).toMatchObject({ kind: "held", position: { seq: 3 } });
    const pricing = join(folder, "pricing.json");
    writeFileSync(pricing, '{"currency":"GBP"}');
    expect(await said("publish", ...data, "--pricing", pricing)).toMatchObject({ version: 3, seq: 4 });
    expect(eventsIn(await terminal.next())).toEqual(["pricing_published"]);
    await terminal.close();

    await said("backup", ...data, "--to", join(folder, "copy"));
    await hq.end("SIGTERM");
    await said("backup", "--data", join(folder, "new"), "--from", join(folder, "copy"));
    const standing = await said("publish", "--data", join(folder, "new"));
    expect(standing).toMatchObject({ seq: 4, version: 3, prices: { tea: [{ unitPriceMinor: 270 }] } });
    expect(await said("publish", "--data", join(folder, "new"), "--sold-out", "tea")).toMatchObject({
      seq: 6,
    });
    const again = await start("new");
    const back = await joined(again, "new");
    expect(eventsIn(await back.next())).toEqual([
      "epoch_started",
      "catalogue_published",
      "price_set",
      "pricing_published",
    ]);
    expect(eventsIn(await back.next())).toEqual(["epoch_started", "item_availability_set"]);
    await back.close();
  },
);

test("a file with a wrong row publishes nothing and says the row", { timeout: 60_000 }, async () => {
  const prices = join(folder, "prices.csv");
  writeFileSync(prices, "sku,priceMinor\ntea,2.70\n");
  const wrong = await runProgram("tools/hq/publish.ts", ["--data", join(folder, "hq"), "--prices", prices]);
  expect([wrong.code, wrong.stdout]).toEqual([2, ""]);
  expect(wrong.stderr).toContain("row 2: must be a sku and whole minor units");
});
