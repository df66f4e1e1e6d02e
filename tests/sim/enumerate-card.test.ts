/**
 * The card sale cut at bytes of its dialogue, with the product's terminal, driver and headquarters. Here
 * each n-th byte, and planted bugs that the comparison must catch; every byte is `make enumerate-card`.
 */

import { expect, test } from "vitest";
import type { Reader, ReaderEnd } from "../../drivers/reader/reader.ts";
import { playCase } from "../../tools/sim/reader/enumerate/card-case.ts";
import type { CaseResult, CaseSetup } from "../../tools/sim/reader/enumerate/card-case.ts";
import { ALL, casesOf, nameOf, setupOf, wordsOf } from "../../tools/sim/reader/enumerate/plan.ts";
import type { PlannedCase, PlannedDialogue } from "../../tools/sim/reader/enumerate/plan.ts";
import type { Fault } from "../../tools/sim/reader/fault-plan.ts";

/** Prime to the lengths of all messages, so that every part of each is met over the rows. */
const EVERY = 41;
const LONG_MS = 240_000;

const askable = ALL.filter(({ row }) => !row.startsWith("mute"));
const mute = ALL.filter(({ row }) => row.startsWith("mute"));

async function outcomes(
  dialogue: PlannedDialogue,
  every: number,
  change: (setup: CaseSetup) => CaseSetup = (setup) => setup,
): Promise<readonly (readonly [PlannedCase, CaseResult])[]> {
  const cases = await casesOf(dialogue, every);
  const played: (readonly [PlannedCase, CaseResult])[] = [];
  for (const planned of cases) played.push([planned, await playCase(change(setupOf(planned, planned.cut)))]);
  return played;
}

test.each(askable.map((its) => [nameOf(its), its] as const))(
  "%s sale: wherever it is cut, acquirer, journal and headquarters agree and nobody has to judge",
  { timeout: LONG_MS },
  async (_name, dialogue) => {
    const played = await outcomes(dialogue, EVERY);
    expect(played.length).toBeGreaterThan(40);
    const others = played.filter(([, { kind }]) => kind !== "agree");
    expect(others.map(([planned, { kind, says }]) => `${wordsOf(planned)}: ${kind} ${says}`)).toEqual([]);
  },
);

test.each(mute.map((its) => [nameOf(its), its] as const))(
  "%s sale: a reader that cannot be asked leaves some cases to a person, and none disagrees",
  { timeout: LONG_MS },
  async (_name, dialogue) => {
    const kinds = (await outcomes(dialogue, EVERY)).map(([, { kind }]) => kind);
    expect(kinds).toContain("manual");
    expect(kinds).toContain("agree");
    expect(kinds).not.toContain("disagree");
  },
);

type Own = Pick<Reader, "begin" | "inquire">;

test.each(["zvt/tcp", "zvt-newer/tcp"])(
  "%s first sale: power that goes at any call of the till's disk, or at any step of the reader, leaves nothing to judge",
  { timeout: LONG_MS },
  async (row) => {
    const cases = (await casesOf({ row, isSecondSale: false })).filter(({ cut }) => cut.kind !== "byte");
    const others: string[] = [];
    for (const planned of cases) {
      const { kind, says } = await playCase(setupOf(planned, planned.cut));
      if (kind !== "agree") others.push(`${wordsOf(planned)}: ${kind} ${says}`);
    }
    expect(others).toEqual([]);
    expect(cases.length).toBeGreaterThan(100);
  },
);

/** Bugs that a driver could have; each must be seen by the comparison somewhere. */
const BUGS: readonly (readonly [string, PlannedDialogue, (reader: Own) => Partial<Own>])[] = [
  [
    "takes silence for a no",
    { row: "zvt-newer/tcp", isSecondSale: false },
    (reader) => ({
      begin: async (request, desk): Promise<ReaderEnd> => {
        const end = await reader.begin(request, desk);
        return end.kind === "unknown" ? { kind: "declined", code: "reader/declined", text: "" } : end;
      },
    }),
  ],
  [
    "says that nothing stands without having asked",
    { row: "zvt-newer/tcp", isSecondSale: false },
    (reader) => ({
      inquire: async (inquiry) => {
        const said = await reader.inquire(inquiry);
        return said.kind === "found" ? { kind: "absent", serial: inquiry.serial } : said;
      },
    }),
  ],
  [
    "says that it was paid whenever it is asked",
    { row: "zvt/tcp", isSecondSale: false },
    (reader) => ({
      inquire: async ({ request, serial }) => {
        await reader.inquire({ request, serial });
        const card = { brand: "", lastFour: "", entry: "unknown", verification: "unknown" } as const;
        const { amountMinor, currency } = request;
        const money = { amountMinor, currency, card, authorisation: "", serial, isOffline: false };
        return { kind: "found", result: { reference: "9999:999999", ...money } };
      },
    }),
  ],
];

test.each(BUGS)("a driver that %s is caught", { timeout: LONG_MS }, async (_name, dialogue, bug) => {
  const played = await outcomes(dialogue, EVERY, (setup) => ({
    ...setup,
    reader: (ports, timers) => {
      const reader = setup.reader(ports, timers);
      return Object.assign(reader, bug(bound(reader)));
    },
  }));
  expect(played.map(([, { kind }]) => kind)).toContain("disagree");
});

/** The reader's own methods, before any is replaced. */
function bound(reader: Reader): Own {
  return { begin: reader.begin.bind(reader), inquire: reader.inquire.bind(reader) };
}

/** What a reader may say wrongly, and what then is true in the end. */
const TONGUES: readonly (readonly [string, readonly Fault[], CaseResult["kind"]])[] = [
  ["its result comes twice", [{ kind: "result_twice", ordinal: 1 }], "agree"],
  ["its result comes after 20 s", [{ kind: "result_late", ordinal: 1, delayMs: 20_000 }], "agree"],
  ["it says another amount", [{ kind: "result_amount", ordinal: 1, amountMinor: 1 }], "agree"],
  ["it says another currency", [{ kind: "result_currency", ordinal: 1, currency: "0156" }], "agree"],
  ["it never ends a frame", [{ kind: "endless", afterBytes: 60, babbleBytes: 40_000 }], "agree"],
];

test.each(
  TONGUES.flatMap((tongue) =>
    (["zvt/tcp", "zvt/serial", "zvt-newer/tcp"] as const).map((row) => [row, ...tongue] as const),
  ),
)("%s: %s, and the money is right in the end", { timeout: LONG_MS }, async (row, _name, faults, kind) => {
  const result = await playCase({ ...setupOf({ row, isSecondSale: false }, null), faults });
  expect(`${result.kind} ${result.says}`.trim()).toBe(kind);
});

test("a result of another device is nobody's tender: it is an orphan, and a person looks at it", async () => {
  const result = await playCase({
    ...setupOf({ row: "zvt-newer/tcp", isSecondSale: false }, null),
    faults: [{ kind: "swap", ordinal: 8, terminalId: "99999999" }],
  });
  expect(`${result.kind} ${result.says}`).toBe(
    "manual tenders [orphaned ], ledger [reversed refused by the till]",
  );
});

test("another device that answers after a cut says nothing about the tender: it is left to a person", async () => {
  const { after } = await playCase(setupOf({ row: "zvt-newer/tcp", isSecondSale: false }, null));
  const result = await playCase({
    ...setupOf(
      { row: "zvt-newer/tcp", isSecondSale: false },
      { kind: "byte", direction: "to_till", afterBytes: after.to_till - 20, victim: "link" },
    ),
    faults: [{ kind: "swap", ordinal: 13, terminalId: "99999999" }],
  });
  expect(`${result.kind} ${result.says}`).toContain("manual tenders [unknown (manual)");
});
