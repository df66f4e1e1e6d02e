/** Staff by headquarters' word: shown before it is said, refused with codes, and no PIN ever comes out. */
import { expect, test } from "vitest";
import { createPinHasher } from "../../../../runtime/adapters/pin-hasher.ts";
import { machineRng } from "../../../../runtime/adapters/machine.ts";
import { setStaff, staffPage } from "../../../../tools/hq/console/staff.ts";
import type { StaffWish } from "../../../../tools/hq/console/staff.ts";
import { consoleShop } from "../../../support/console-shop.ts";

const ANA: StaffWish = { clerk: "ana", name: "Ana", rights: ["sell", "void"], pin: "new", newPin: "2468" };
const none = () => "";
const asking =
  (filters: Readonly<Record<string, string>>) =>
  (name: string): string =>
    filters[name] ?? "";

async function shopThatAuthors() {
  const shop = await consoleShop({ canAuthor: true });
  const { authoring } = shop.context;
  if (authoring === null) throw new Error("The shop has no door to its journal");
  return { ...shop, authoring };
}

test("a clerk is shown before the word is said, and stands in the journal after it", async () => {
  const { context, authoring } = await shopThatAuthors();
  const preview = await setStaff(context, ANA, false);
  expect(preview.changes.map(({ what, subject, after }) => `${what} ${subject} ${after}`)).toEqual([
    "works_here  yes",
    "name  Ana",
    "right sell yes",
    "right void yes",
    "pin  pin_new",
  ]);
  expect(preview.seq).toBe(null);
  expect(await authoring.staff()).toEqual([]);
  const said = await setStaff(context, ANA, true);
  expect(said.seq).toBeGreaterThan(0);
  expect((await staffPage(context, none)).rows).toEqual([
    { clerk: "ana", name: "Ana", rights: ["sell", "void"], hasPin: true, isHere: true, lockedOn: [] },
  ]);
});

test("what is kept of a PIN passes the terminal's own compare, and no answer or log holds any of it", async () => {
  const { context, authoring, lines } = await shopThatAuthors();
  const said = await setStaff(context, ANA, true);
  const page = await staffPage(context, none);
  const [word] = await authoring.staff();
  if (word === undefined || word.pin === null) throw new Error("There is no PIN");
  const hasher = createPinHasher(machineRng);
  expect(await hasher.matches("2468", word.pin)).toBe(true);
  expect(await hasher.matches("1357", word.pin)).toBe(false);
  const told = JSON.stringify([said, page, lines]);
  for (const secret of [
    "2468",
    Buffer.from(word.pin.hash).toString("hex"),
    Buffer.from(word.pin.salt).toString("hex"),
  ])
    expect(told).not.toContain(secret);
  expect(told).not.toContain("hash");
});

test("a PIN is kept when a right changes, and goes when it is taken off", async () => {
  const { context, authoring } = await shopThatAuthors();
  await setStaff(context, ANA, true);
  const [before] = await authoring.staff();
  const kept = await setStaff(context, { ...ANA, rights: ["sell"], pin: "keep", newPin: "" }, true);
  expect(kept.changes).toEqual([
    { what: "right", subject: "void", before: "yes", after: "no", isWord: true },
  ]);
  expect((await authoring.staff())[0]?.pin).toEqual(before?.pin);
  await setStaff(context, { ...ANA, rights: ["sell"], pin: "none", newPin: "" }, true);
  expect((await authoring.staff())[0]?.pin).toBe(null);
});

test("who left is listed apart and may come back", async () => {
  const { context } = await shopThatAuthors();
  await setStaff(context, ANA, true);
  const left = await setStaff(context, { ...ANA, rights: null, pin: "none", newPin: "" }, true);
  expect(left.changes).toMatchObject([{ what: "works_here", before: "yes", after: "no" }]);
  expect((await staffPage(context, none)).rows).toEqual([]);
  expect((await staffPage(context, asking({ gone: "1" }))).rows).toMatchObject([
    { clerk: "ana", isHere: false },
  ]);
  await setStaff(context, { ...ANA, pin: "none", newPin: "" }, true);
  expect((await staffPage(context, none)).rows).toMatchObject([{ clerk: "ana", hasPin: false }]);
});

test.for([
  [{ clerk: "no good" }, "staff/code"],
  [{ name: "  " }, "staff/name"],
  [{ name: "x".repeat(65) }, "staff/name"],
  [{ rights: ["sell", "fly"] }, "staff/right"],
  [{ rights: ["sell", "sell"] }, "staff/right"],
  [{ newPin: "12a4" }, "staff/pin"],
  [{ newPin: "123" }, "staff/pin"],
  [{ rights: null }, "staff/nobody"],
] as const)("%j is refused with %s, and nothing is said", async ([changed, code]) => {
  const { context, authoring } = await shopThatAuthors();
  const before = (await authoring.view()).position;
  const { refusals, seq } = await setStaff(context, { ...ANA, ...changed }, true);
  expect(refusals.map((refusal) => refusal.code)).toContain(code);
  expect([seq, (await authoring.view()).position]).toEqual([null, before]);
});

test("a word that changes nothing is refused with authoring/nothing", async () => {
  const { context } = await shopThatAuthors();
  const plain = { ...ANA, pin: "none", newPin: "" } as const;
  await setStaff(context, plain, true);
  expect((await setStaff(context, plain, true)).refusals).toEqual([
    { code: "authoring/nothing", detail: "" },
  ]);
});

test("clerks are found by text and by right, and a locked one says where", async () => {
  const { context } = await shopThatAuthors();
  await setStaff(context, { ...ANA, clerk: "ben", name: "Ben" }, true);
  await setStaff(context, { ...ANA, rights: ["sell"] }, true);
  const found = async (filters: Readonly<Record<string, string>>) =>
    (await staffPage(context, asking(filters))).rows.map(({ clerk, lockedOn }) => [clerk, ...lockedOn]);
  expect(await found({})).toEqual([["ana"], ["ben", "T2"]]);
  expect(await found({ right: "void" })).toEqual([["ben", "T2"]]);
  expect(await found({ q: "AN" })).toEqual([["ana"]]);
  await expect(staffPage(context, asking({ right: "fly" }))).rejects.toMatchObject({ field: "right" });
});
