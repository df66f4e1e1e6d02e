/** The door to headquarters' own journal: what may be said, and why something is refused. */
import { expect, test } from "vitest";
import { HQ_CATALOGUES_COUNT_MAX } from "../../../core/limits.ts";
import { minor } from "../../../core/money.ts";
import { createAuthoring } from "../../../tools/hq/authoring.ts";
import type { Authored, Authoring } from "../../../tools/hq/authoring.ts";
import { HqJournal } from "../../../tools/hq/journal/journal.ts";
import { keyName } from "../../../tools/hq/keys.ts";
import { createMemoryStore } from "../../../tools/hq/store/memory.ts";
import { catalogueFile, must } from "../../support/downlink-world.ts";
import { signerOf } from "../../support/hq-history.ts";

const NOW_MS = 1_795_431_600_000;
const HOUR_MS = 3_600_000;
const signer = signerOf("headquarters");

function opened(): { readonly authoring: Authoring; readonly journal: HqJournal } {
  const store = createMemoryStore(new Uint8Array(8).fill(1));
  const nowMs = (): number => NOW_MS;
  const journal = new HqJournal({ tenant: "demo", store, signer, kid: keyName(signer.publicKey), nowMs });
  return { authoring: createAuthoring({ tenant: "demo", store, journal, nowMs }), journal };
}

function text(file: string): Uint8Array {
  return new TextEncoder().encode(file);
}

const PRICING = '{"currency":"CNY"}';
const GIFT = `{"currency":"CNY","promotions":[{"id":"a","kind":"spend_once","barMinor":1,"offMinor":2}]}`;

type Attempt = (authoring: Authoring) => Promise<Authored>;
const pin = { salt: new Uint8Array(16), hash: new Uint8Array(32) };
const clerk = { clerk: "ann", name: "Ann", rights: ["sell"], pin };
const rules = { needsShift: null, cashRounding: null, dayStartMinutes: null };
const tea = { sku: "tea", unitPriceMinor: 1 };

test.each<readonly [string, Attempt, string]>([
  ["an empty file", (a) => a.publishCatalogue(text(""), null), "authoring/catalogue"],
  ["a file that is no JSON", (a) => a.publishCatalogue(text("{"), null), "authoring/catalogue"],
  ["a file with a wrong row", (a) => a.publishCatalogue(text('{"items":[]}'), null), "authoring/catalogue"],
  ["bytes that are no text", (a) => a.publishCatalogue(Uint8Array.of(255), null), "authoring/catalogue"],
  ["rules that are no JSON", (a) => a.publishPricing(text("{"), null), "authoring/pricing"],
  ["rules without a currency", (a) => a.publishPricing(text("{}"), null), "authoring/pricing"],
  ["rules that give more than their bar", (a) => a.publishPricing(text(GIFT), null), "authoring/pricing"],
  ["rules that are no text", (a) => a.publishPricing(Uint8Array.of(255), null), "authoring/pricing"],
  ["rules of the past", (a) => a.publishPricing(text(PRICING), NOW_MS - 1), "authoring/start"],
  ["a start before now", (a) => a.publishCatalogue(catalogueFile(1), NOW_MS - 1), "authoring/start"],
  ["a start in years", (a) => a.setPrices([tea], NOW_MS + 367 * 24 * HOUR_MS), "authoring/start"],
  ["no prices", (a) => a.setPrices([], null), "authoring/nothing"],
  ["a price below zero", (a) => a.setPrices([{ ...tea, unitPriceMinor: -1 }], null), "authoring/price 1"],
  ["half a price", (a) => a.setPrices([tea, { sku: "b", unitPriceMinor: 0.5 }], null), "authoring/price 2"],
  ["a price of no item", (a) => a.setPrices([{ ...tea, sku: "" }], null), "authoring/price 1"],
  ["two prices of one item", (a) => a.setPrices([tea, tea], null), "authoring/price 2"],
  [
    "too many prices",
    (a) =>
      a.setPrices(
        Array.from({ length: 1001 }, (_, i) => ({ sku: `s${i}`, unitPriceMinor: 1 })),
        null,
      ),
    "authoring/too_many",
  ],
  ["no clerk's code", (a) => a.setStaff([{ ...clerk, clerk: "Ann B" }]), "authoring/staff 1"],
  ["no name", (a) => a.setStaff([{ ...clerk, name: " " }]), "authoring/staff 1"],
  ["a right that is none", (a) => a.setStaff([clerk, { ...clerk, rights: ["fly"] }]), "authoring/staff 2"],
  ["a right twice", (a) => a.setStaff([{ ...clerk, rights: ["sell", "sell"] }]), "authoring/staff 1"],
  [
    "a PIN as it is typed",
    (a) => a.setStaff([{ ...clerk, pin: { ...pin, hash: text("1234") } }]),
    "authoring/staff 1",
  ],
  ["no item", (a) => a.setAvailability([{ sku: "a\nb", isSoldOut: true }]), "authoring/item 1"],
  ["nothing off sale", (a) => a.setAvailability([]), "authoring/nothing"],
  ["a day of 25 hours", (a) => a.setRules({ ...rules, dayStartMinutes: 1440 }), "authoring/rules"],
  [
    "rounding to nothing",
    (a) => a.setRules({ ...rules, cashRounding: { incrementMinor: minor(0), tie: "up" } }),
    "authoring/rules",
  ],
])("%s is refused, and nothing is written", async (_, attempt, expected) => {
  const { authoring, journal } = opened();
  const said = await attempt(authoring);
  if (said.ok) throw new Error("It was published");
  expect([said.code, said.row].filter((its) => its !== null).join(" ")).toBe(expected);
  expect(said.message).not.toBe("");
  expect(journal.tip).toBeNull();
});

test("versions count up over everything that is published, and a file can be had back", async () => {
  const { authoring, journal } = opened();
  const file = catalogueFile(300);
  expect((await must(authoring.publishCatalogue(file, null))).version).toBe(1);
  expect((await must(authoring.setPrices([tea, { ...tea, sku: "bun" }], null))).version).toBe(2);
  expect((await must(authoring.setAvailability([{ sku: "tea", isSoldOut: true }]))).version).toBe(0);
  expect((await must(authoring.setPrices([tea], NOW_MS + HOUR_MS))).version).toBe(3);
  const view = await authoring.view();
  const [published] = view.catalogues;
  if (published === undefined) throw new Error("There must be a catalogue");
  expect(await authoring.fileOf(published.sha256)).toEqual(file);
  expect(await authoring.fileOf(new Uint8Array(32))).toBeNull();
  expect(view.prices.get("tea")?.map(({ version }) => version)).toEqual([2, 3]);
  expect(journal.tip?.seq).toBe(6);
});

test("rules are published under the next version, with their start, and can be had back", async () => {
  const { authoring } = opened();
  await must(authoring.publishCatalogue(catalogueFile(300), null));
  expect((await must(authoring.publishPricing(text(PRICING), null))).version).toBe(2);
  expect((await must(authoring.publishPricing(text(PRICING), NOW_MS + HOUR_MS))).version).toBe(3);
  const { pricings, catalogues } = await authoring.view();
  expect(pricings.map(({ version, startsAt }) => [version, startsAt - NOW_MS])).toEqual([
    [2, 0],
    [3, HOUR_MS],
  ]);
  expect(catalogues.length).toBe(1);
  const [first] = pricings;
  if (first === undefined) throw new Error("There must be rules");
  expect(await authoring.fileOf(first.sha256)).toEqual(text(PRICING));
  expect((await authoring.said()).map(({ type, version }) => [type, version])).toEqual([
    ["catalogue_published", 1],
    ["pricing_published", 2],
    ["pricing_published", 3],
  ]);
});

test("more starts ahead than terminals keep are refused with authoring/too_many", async () => {
  const { authoring } = opened();
  for (let index = 1; index < HQ_CATALOGUES_COUNT_MAX - 1; index += 1)
    await must(authoring.publishCatalogue(catalogueFile(index), NOW_MS + index * HOUR_MS));
  const said = await authoring.publishCatalogue(catalogueFile(9), NOW_MS + 9 * HOUR_MS);
  expect(said).toMatchObject({ ok: false, code: "authoring/too_many" });
  for (let index = 1; index <= 6; index += 1)
    await must(authoring.setPrices([tea], NOW_MS + index * HOUR_MS));
  expect(await authoring.setPrices([tea], NOW_MS + 9 * HOUR_MS)).toMatchObject({
    ok: false,
    code: "authoring/too_many",
    row: 1,
  });
});

test("who reads back what was said of staff learns the newest", async () => {
  const { authoring } = opened();
  await must(authoring.setStaff([{ ...clerk, rights: ["sell", "void"] }]));
  await must(authoring.setStaff([{ ...clerk, rights: null }]));
  expect(await authoring.staff()).toEqual([{ clerk: "ann", grant: null, pin: null }]);
});
