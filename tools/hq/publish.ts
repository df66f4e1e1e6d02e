/**
 * Publishes to the terminals from the command line, through the same door as the console. Works beside a
 * running headquarters, which brings it to the terminals within a second, and without one.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CatalogueStart } from "../../core/hq/events.ts";
import { createAuthoring } from "./authoring.ts";
import type { Authored, Authoring } from "./authoring.ts";
import { faultLine, HqFault } from "./fault.ts";
import { visitInstance } from "./instance.ts";
import { HqJournal } from "./journal/journal.ts";
import { headquartersKey } from "./keys.ts";
import { dataDirIn, readOptions, tenantIn } from "./options.ts";
import type { OptionValues } from "./options.ts";
import { readPrices, readRules, readStaff } from "./publish-file.ts";
import type { PublishFile } from "./publish-file.ts";

const HELP = `What headquarters says to its terminals: catalogues, prices, what is sold out, staff, rules.

  node tools/hq/publish.ts --data DIR [--tenant demo]                     what stands
  node tools/hq/publish.ts --data DIR --catalogue FILE.json [--at TIME]
  node tools/hq/publish.ts --data DIR --pricing FILE.json [--at TIME]
  node tools/hq/publish.ts --data DIR --prices FILE.csv [--at TIME]
  node tools/hq/publish.ts --data DIR --sold-out SKU | --on-sale SKU
  node tools/hq/publish.ts --data DIR --staff FILE.json
  node tools/hq/publish.ts --data DIR --rules FILE.json

  --data DIR       headquarters' data folder; headquarters may be running or not
  --tenant NAME    whose terminals
  --catalogue FILE a whole catalogue file; prices that began before it end with it
  --pricing FILE   a document of pricing rules, for the orders that begin from then on
  --prices FILE    a CSV with the header sku,priceMinor: prices over the catalogue, one version
  --at TIME        when it begins, such as 2026-11-23T12:00:00Z; at once where it is missing
  --sold-out SKU   takes an item off sale everywhere; --on-sale SKU puts it back
  --staff FILE     [{"clerk","name","rights":[...],"pin"?:{"salt","hash"}}], or "removed": true
  --rules FILE     {"needsShift"?,"cashRounding"?,"dayStartMinutes"?}; replaces all rules
  --help           this text

Prints one line of JSON. All of a file is published, or nothing.
`;

const EXIT_USAGE = 2;
const NAMES = [
  "data",
  "tenant",
  "catalogue",
  "pricing",
  "prices",
  "at",
  "sold-out",
  "on-sale",
  "staff",
  "rules",
];
const ACTIONS = ["catalogue", "pricing", "prices", "sold-out", "on-sale", "staff", "rules"];

void main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${faultLine(error)}\n`);
  process.exitCode = error instanceof HqFault && error.code === "hq/configuration" ? EXIT_USAGE : 1;
});

async function main(texts: readonly string[]): Promise<void> {
  const values = readOptions(texts, NAMES);
  if (values["help"] !== undefined) {
    process.stdout.write(HELP);
    return;
  }
  const [dataDir, tenant] = [dataDirIn(values, true), tenantIn(values)];
  const actions = ACTIONS.filter((name) => values[name] !== undefined);
  if (actions.length > 1) throw new HqFault("hq/configuration", "one thing at a time");
  const run = actionOf(values);
  const { store, close } = await visitInstance(dataDir);
  try {
    const key = headquartersKey(join(dataDir, "keys"));
    const journal = new HqJournal({ tenant, store, ...key, nowMs: Date.now });
    const authoring = createAuthoring({ tenant, store, journal, nowMs: Date.now });
    const line = run === null ? await standing(authoring) : told(await run(authoring));
    process.stdout.write(`${JSON.stringify(line)}\n`);
  } finally {
    await close();
  }
}

type Action = (authoring: Authoring) => Promise<Authored>;

/** What is asked for, its file read already; null to look only. */
function actionOf(values: OptionValues): Action | null {
  const at = startIn(values);
  const { catalogue, pricing, prices, staff, rules } = values;
  if (catalogue !== undefined) {
    const bytes = bytesOf("catalogue", catalogue);
    return (authoring) => authoring.publishCatalogue(bytes, at);
  }
  if (pricing !== undefined) {
    const bytes = bytesOf("pricing", pricing);
    return (authoring) => authoring.publishPricing(bytes, at);
  }
  if (prices !== undefined) {
    const its = read("prices", prices, readPrices);
    return (authoring) => authoring.setPrices(its, at);
  }
  if (staff !== undefined) {
    const its = read("staff", staff, readStaff);
    return (authoring) => authoring.setStaff(its);
  }
  if (rules !== undefined) {
    const its = read("rules", rules, readRules);
    return (authoring) => authoring.setRules(its);
  }
  const sku = values["sold-out"] ?? values["on-sale"];
  if (sku === undefined) return null;
  const isSoldOut = values["sold-out"] !== undefined;
  return (authoring) => authoring.setAvailability([{ sku, isSoldOut }]);
}

function startIn(values: OptionValues): number | null {
  const text = values["at"];
  if (text === undefined) return null;
  const isWhole = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)$/.test(text);
  const ms = isWhole ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw new HqFault("hq/configuration", "--at: such as 2026-11-23T12:00:00Z");
  return ms;
}

function told(authored: Authored): object {
  if (!authored.ok) {
    const row = authored.row === null ? "" : `row ${authored.row}: `;
    throw new HqFault("hq/configuration", `${authored.code}: ${row}${authored.message}`);
  }
  const { version, position } = authored;
  return { published: true, version, seq: position.seq };
}

async function standing(authoring: Authoring): Promise<object> {
  const { position, version, catalogues, pricings, prices, staff, rules } = await authoring.view();
  return {
    seq: position?.seq ?? 0,
    version,
    catalogues: catalogues.map(named),
    pricings: pricings.map(named),
    prices: Object.fromEntries(prices),
    // Of PINs nothing is told but that there is one.
    staff: [...staff.values()].map(({ clerk, grant, pin }) => ({
      clerk,
      name: grant?.name ?? null,
      rights: grant?.rights ?? null,
      hasPin: pin !== null,
    })),
    rules,
  };
}

function named(its: CatalogueStart): object {
  return { ...its, sha256: Buffer.from(its.sha256).toString("hex") };
}

function read<T>(name: string, file: string, reader: (text: string) => PublishFile<T>): T {
  const its = reader(new TextDecoder().decode(bytesOf(name, file)));
  if (!its.ok)
    throw new HqFault("hq/configuration", `--${name}: nothing was published\n${its.refusals.join("\n")}`);
  return its.value;
}

function bytesOf(name: string, file: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (error) {
    throw new HqFault("hq/configuration", `--${name}: ${file} cannot be read`, error);
  }
}
