/**
 * Says how headquarters is: one line a check, what is wrong and what to do. Reads and changes nothing; beside
 * a running headquarters it asks that one's database, without one it starts the database for the look.
 */
import { checkDatabase } from "./doctor/database.ts";
import { fail, findingLine, warn, worstOf } from "./doctor/finding.ts";
import type { Finding } from "./doctor/finding.ts";
import {
  checkBackupAge,
  checkClock,
  checkConfiguration,
  checkDisk,
  checkFolder,
  checkKeys,
  checkPort,
  checkTerminalKeys,
} from "./doctor/house.ts";
import { faultLine, HqFault } from "./fault.ts";
import { lookAtInstance } from "./instance.ts";
import type { Look } from "./instance.ts";
import { addressIn, dataDirIn, portIn, readOptions, tenantIn } from "./options.ts";

const HELP = `How headquarters is: one line a check, ok, warn or fail, and what to do.

  node tools/hq/doctor.ts --data DIR [--tenant demo] [--deep] [--json]

  --data DIR     headquarters' data folder; headquarters may be running or not
  --tenant NAME  whose history and keys
  --host ADDRESS, --port N
                 where terminals connect (127.0.0.1, 1883)
  --config FILE  a terminal's configuration to read as that terminal would
  --deep         reads every record's signature and chain, not a sample
  --json         one line of JSON instead
  --help         this text

Changes nothing. Exit codes: 0 nothing fails (it may warn), 1 something fails, 2 wrong arguments.
`;

const EXIT_USAGE = 2;

void main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${faultLine(error)}\n`);
  process.exitCode = error instanceof HqFault && error.code === "hq/configuration" ? EXIT_USAGE : 1;
});

async function main(texts: readonly string[]): Promise<void> {
  const values = readOptions(texts, ["data", "tenant", "host", "port", "config"], ["deep", "json"]);
  if (values["help"] !== undefined) {
    process.stdout.write(HELP);
    return;
  }
  const [dataDir, tenant, nowMs] = [dataDirIn(values, true), tenantIn(values), Date.now()];
  const [host, port] = [addressIn(values, "host"), portIn(values, 1883)];
  const configPath = values["config"];
  const { findings: inside, isRunning } = await insideOf(
    dataDir,
    tenant,
    nowMs,
    values["deep"] !== undefined,
  );
  const findings = [
    ...checkFolder(dataDir),
    await checkKeys(dataDir, tenant),
    await checkTerminalKeys(dataDir, tenant),
    await checkDisk(dataDir),
    await checkClock(nowMs),
    await checkPort(host, port, isRunning),
    checkBackupAge(dataDir, nowMs),
    ...(configPath === undefined ? [] : [checkConfiguration(configPath)]),
    ...inside,
  ];
  const verdict = worstOf(findings);
  const text =
    values["json"] === undefined
      ? findings.map(findingLine).join("\n")
      : JSON.stringify({ verdict, isRunning, at: new Date(nowMs).toISOString(), findings });
  process.stdout.write(`${text}\n`);
  process.exitCode = verdict === "fail" ? 1 : 0;
}

interface Inside {
  readonly findings: readonly Finding[];
  readonly isRunning: boolean;
}

async function insideOf(dataDir: string, tenant: string, nowMs: number, isDeep: boolean): Promise<Inside> {
  let look: Look | null;
  try {
    look = await lookAtInstance(dataDir);
  } catch (error) {
    // Its sentence says what to do.
    return { findings: [fail("database", faultLine(error), "")], isRunning: false };
  }
  if (look === null) {
    const none = warn("database", "none was made yet", "The first start makes it");
    return { findings: [none], isRunning: false };
  }
  const { connection, isRunning } = look;
  try {
    return { findings: await checkDatabase({ connection, dataDir, tenant, nowMs, isDeep }), isRunning };
  } catch (error) {
    return { findings: [fail("database", faultLine(error), "")], isRunning };
  } finally {
    await look.close();
  }
}
