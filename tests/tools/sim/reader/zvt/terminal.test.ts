/**
 * The simulated ZVT terminal as a till hears it, in bytes that were written by hand from the protocol's
 * papers: nothing of the driver's session, and no codec on this side of the line.
 */

import { describe, expect, test } from "vitest";
import { NEWER, OLDER, PLAIN } from "../../../../../tools/sim/reader/zvt/behaviour.ts";
import type { Behaviour } from "../../../../../tools/sim/reader/zvt/behaviour.ts";
import { NEW_MEMORY } from "../../../../../tools/sim/reader/zvt/memory.ts";
import { promptOf } from "../../../../../tools/sim/reader/zvt/state.ts";
import type { HolderAct } from "../../../../../tools/sim/reader/zvt/state.ts";
import { zvtDesk } from "../../../../support/zvt-desk.ts";
import type { Desk, DeskOptions } from "../../../../support/zvt-desk.ts";

const REGISTER = "06 00 0E 12 34 56 BE 09 78 06 06 26 04 0A 02 06 D3";
/** Intermediate information off, slips off. */
const REGISTER_QUIET = "06 00 06 12 34 56 10 09 78";
const CHARGE = "06 01 0A 04 00 00 00 00 13 40 49 09 78";
const OK = "80 00 00";
const REPEAT = "06 20 05 12 34 56 03 03";
const ENQUIRE = "05 01 03 12 34 56";
const TAP: HolderAct = { kind: "present", cardKey: "visa", technology: "contactless" };
const INSERT: HolderAct = { kind: "present", cardKey: "visa", technology: "chip" };

/** A terminal that a till registered at without slips and intermediate information. */
function quietDesk(options: DeskOptions = {}): Desk {
  const desk = zvtDesk(options);
  desk.say(REGISTER_QUIET);
  desk.say(OK);
  desk.heard();
  return desk;
}

/** A charge to the point where its result was heard and not yet answered; gives the result. */
function chargeToResult(desk: Desk, command = CHARGE): string {
  desk.say(command);
  desk.timers.advance(0);
  desk.unit.put({ kind: "holder", act: TAP });
  desk.timers.advance(300);
  return desk.heard().at(-1) ?? "";
}

/** A whole charge. */
function charge(desk: Desk): void {
  chargeToResult(desk);
  desk.say(OK);
  desk.say(OK);
  desk.heard();
}

/** What the terminal says when it is asked for its newest receipt: the receipt's number, or the abort. */
function newest(desk: Desk): string {
  desk.heard();
  desk.say(REPEAT);
  const [, status = ""] = desk.heard();
  if (status.startsWith("040f")) desk.say(OK);
  desk.say(OK);
  desk.heard();
  return status.startsWith("040f") ? `receipt ${/87(\d{4})88/.exec(status)?.[1] ?? "?"}` : status;
}

test("a charge of 13.40 in bytes: registration, card, host, result, two slips, completion", () => {
  const desk = zvtDesk();
  desk.say(REGISTER);
  expect(desk.heard()).toEqual(["800000", "060f0a19002952500041490978"]);
  desk.say(OK);
  desk.say(CHARGE);
  // Insert a card; two minutes; "Bitte Karte".
  expect(desk.heard()).toEqual(["800000", "04ff130a02060f240d070b4269747465204b61727465"]);
  desk.say(OK);
  expect(promptOf(desk.unit.state)).toBe("present_card");
  desk.unit.put({ kind: "holder", act: TAP });
  expect(desk.heard()).toEqual(["04ff0104"]);
  desk.say(OK);
  desk.timers.advance(300);
  const result =
    "040f4e 2700 04000000001340 490978 0b000001 0c160509 0d1122 2952500041 870001 88000001" +
    "22f0f84111111111111111 0e2912 8a0a 8bf0f55669736100 3b3030303030303031 06081f1001001f120102";
  expect(desk.heard()).toEqual([result.replaceAll(" ", "")]);
  desk.say(OK);
  const [merchant = ""] = desk.heard();
  // 06 D3, its length, container 06, receipt kind 1, texts 25, attribute 40 (centred).
  expect(merchant.slice(0, 36)).toBe("06d3b50681b21f0701012581ab0901400715");
  desk.say(OK);
  expect(desk.heard().map((hex) => hex.slice(0, 20))).toEqual(["06d3b30681b01f070102"]);
  desk.say(OK);
  expect(desk.heard()).toEqual(["060f00"]);
  desk.say(OK);
  expect(promptOf(desk.unit.state)).toBe("ready");
  expect(desk.ledger()).toEqual(["stands 1340"]);
});

test("without text blocks slips come line by line, the last of each marked, and each waits for its answer", () => {
  const desk = zvtDesk();
  desk.say("06 00 06 12 34 56 BE 09 78");
  desk.answerAll();
  desk.say(OK);
  desk.say(CHARGE);
  desk.timers.advance(0);
  desk.unit.put({ kind: "holder", act: TAP });
  desk.timers.advance(1_000);
  const lines = desk.heard().filter((hex) => hex.startsWith("06d1"));
  expect(lines).toHaveLength(18);
  expect(lines[0]).toBe("06d11640" + "2a202a204861656e646c657262656c6567202a202a");
  expect(lines.map((hex) => Number.parseInt(hex.slice(6, 8), 16) >> 7)).toEqual([
    0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1,
  ]);
  expect(desk.ledger()).toEqual(["stands 1340"]);
});

test("an unregistered terminal takes no money, and a wrong currency is refused as 6F", () => {
  const desk = zvtDesk();
  desk.say(CHARGE);
  expect(desk.heard()).toEqual(["846b00"]);
  desk.say(REGISTER_QUIET);
  desk.say(OK);
  desk.heard();
  desk.say("06 01 0A 04 00 00 00 00 13 40 49 01 56");
  expect(desk.heard()).toEqual(["800000", "040f07276f2952500041"]);
  desk.say(OK);
  expect(desk.heard()).toEqual(["061e016f"]);
});

test("a wrong PIN is told as 37 and a second round follows in the same command", () => {
  const desk = quietDesk();
  desk.say(CHARGE);
  desk.unit.put({ kind: "holder", act: INSERT });
  expect(promptOf(desk.unit.state)).toBe("enter_pin");
  desk.heard();
  desk.unit.put({ kind: "holder", act: { kind: "pin", isRight: false } });
  expect(desk.heard()).toEqual(["040f0727372952500041"]);
  desk.say(OK);
  expect(promptOf(desk.unit.state)).toBe("enter_pin");
  desk.unit.put({ kind: "holder", act: { kind: "pin", isRight: true } });
  desk.timers.advance(300);
  expect(desk.heard()[0]?.slice(0, 12)).toBe("040f4e270004");
  desk.say(OK);
  expect(promptOf(desk.unit.state)).toBe("remove_card");
  desk.unit.put({ kind: "holder", act: { kind: "remove" } });
  expect(desk.heard()).toEqual(["060f00"]);
  expect(desk.ledger()).toEqual(["stands 1340"]);
});

test("the third wrong PIN ends the command with 37 and no money", () => {
  const desk = quietDesk();
  desk.say(CHARGE);
  desk.unit.put({ kind: "holder", act: INSERT });
  for (let round = 1; round <= 3; round += 1) {
    desk.heard();
    desk.unit.put({ kind: "holder", act: { kind: "pin", isRight: false } });
    desk.say(OK);
  }
  expect(desk.heard().at(-1)).toBe("061e0137");
  expect(desk.ledger()).toEqual([]);
});

const ENDS: readonly (readonly [string, HolderAct, string])[] = [
  ["the issuer says no", { kind: "present", cardKey: "declined", technology: "contactless" }, "061e0105"],
  ["there is no cover", { kind: "present", cardKey: "no_funds", technology: "contactless" }, "061e0133"],
  ["the card cannot be read", { kind: "present", cardKey: "unreadable", technology: "chip" }, "061e0164"],
  ["the holder presses stop", { kind: "stop" }, "061e016c"],
];
test.for(ENDS)("when %s the command ends in 06 1E with its code", ([, act, last]) => {
  const desk = quietDesk();
  desk.say(CHARGE);
  desk.unit.put({ kind: "holder", act });
  desk.timers.advance(300);
  desk.say(OK);
  expect(desk.heard().at(-1)).toBe(last);
  desk.say(OK);
  expect(promptOf({ ...desk.unit.state, isCardIn: false })).toBe("ready");
  expect(desk.ledger()).toEqual([]);
});

test("nobody presents a card for 90 s: 6C", () => {
  const desk = quietDesk();
  desk.say(CHARGE);
  desk.heard();
  desk.timers.advance(90_000);
  expect(desk.heard()[0]).toBe("040f07276c2952500041");
});

test("the till's abort ends a wait for a card, and is answered but has no effect later", () => {
  const desk = quietDesk();
  desk.say(CHARGE);
  desk.heard();
  desk.say("06 B0 00");
  expect(desk.heard()).toEqual(["800000", "040f07276c2952500041"]);
  desk.say(OK);
  desk.say(OK);
  desk.heard();
  chargeToResult(desk);
  desk.say("06 B0 00");
  expect(desk.heard()).toEqual(["800000"]);
  desk.say(OK);
  expect(desk.heard()).toEqual(["060f00"]);
  expect(desk.ledger()).toEqual(["stands 1340"]);
});

test("a host that cannot be reached is 9B; one that fell silent is 9B and is asked to take it back", () => {
  const desk = quietDesk();
  desk.unit.setHostLine("down");
  chargeToResult(desk);
  desk.say(OK);
  expect(desk.heard()).toEqual(["061e019b"]);
  desk.say(OK);
  desk.unit.setHostLine("silent");
  chargeToResult(desk);
  desk.say(OK);
  expect(desk.heard()).toEqual(["061e019b"]);
  desk.say(OK);
  expect(desk.ledger()).toEqual(["stands 1340"]);
  desk.unit.setHostLine("up");
  desk.say(CHARGE);
  desk.timers.advance(300);
  expect(desk.ledger()).toEqual(["reversed 1340"]);
  expect(promptOf(desk.unit.state)).toBe("present_card");
});

/** What is left of a charge whose result met each fate: the ledger, and the newest receipt afterwards. */
const FATES: readonly (readonly [string, Behaviour, (desk: Desk) => void, string, string])[] = [
  ["older, no answer", OLDER, (desk) => desk.timers.advance(6_000), "reversed 1340", "061e0183"],
  ["newer, no answer", NEWER, (desk) => desk.timers.advance(6_000), "stands 1340", "receipt 0001"],
  ["plain, no answer", PLAIN, (desk) => desk.timers.advance(6_000), "stands 1340", "receipt 0001"],
  ["older, refused", OLDER, (desk) => desk.say("84 FF 00"), "reversed 1340", "061e0183"],
  ["newer, refused", NEWER, (desk) => desk.say("84 FF 00"), "reversed 1340", "061e0183"],
  ["plain, refused", PLAIN, (desk) => desk.say("84 FF 00"), "reversed 1340", "061e0183"],
  ["older, connection lost", OLDER, (desk) => desk.hangUp(), "reversed 1340", "061e0183"],
  ["newer, connection lost", NEWER, (desk) => desk.hangUp(), "stands 1340", "receipt 0001"],
  ["older, power lost", OLDER, powerCycle, "reversed 1340", "061e0183"],
  ["newer, power lost", NEWER, powerCycle, "stands 1340", "receipt 0001"],
];

function powerCycle(desk: Desk): void {
  desk.unit.powerOff();
  desk.unit.powerOn();
  desk.timers.advance(300);
}

test.for(FATES)("a result that is %s", ([, behaviour, fate, ledger, receipt]) => {
  const desk = quietDesk({ behaviour });
  expect(chargeToResult(desk).slice(0, 12)).toBe("040f4e270004");
  fate(desk);
  desk.timers.advance(300);
  if (desk.heard().at(-1)?.startsWith("061e") === true) desk.say(OK);
  desk.connect();
  expect(desk.ledger()).toEqual([ledger]);
  expect(newest(desk)).toBe(receipt);
});

test("84 9C asks to be asked again in two seconds, and the same result comes again", () => {
  const desk = quietDesk();
  const result = chargeToResult(desk);
  desk.say("84 9C 00");
  expect(desk.heard()).toEqual([]);
  desk.timers.advance(2_000);
  expect(desk.heard()).toEqual([result]);
  desk.say(OK);
  expect(desk.heard()).toEqual(["060f00"]);
});

test("a slip that cannot be printed (84 CC) takes the charge back and ends in CC", () => {
  const desk = zvtDesk();
  desk.say(REGISTER);
  desk.say(OK);
  desk.say(CHARGE);
  desk.say(OK);
  desk.unit.put({ kind: "holder", act: TAP });
  desk.say(OK);
  desk.timers.advance(300);
  desk.say(OK);
  expect(desk.heard().at(-1)?.slice(0, 4)).toBe("06d3");
  desk.say("84 CC 00");
  desk.timers.advance(300);
  expect(desk.heard()).toEqual(["061e01cc"]);
  expect(desk.ledger()).toEqual(["reversed 1340"]);
});

test("a newer terminal takes back what a till exactly one receipt behind does not know of, no other", () => {
  const behind = (sync: string): readonly string[] => {
    const desk = quietDesk({ behaviour: NEWER });
    charge(desk);
    charge(desk);
    desk.say(`06 01 11 04 00 00 00 00 05 00 49 09 78 06 05 1F 1F 02 ${sync}`);
    desk.timers.advance(300);
    return desk.ledger();
  };
  expect(behind("00 01")).toEqual(["stands 1340", "reversed 1340"]);
  expect(behind("00 02")).toEqual(["stands 1340", "stands 1340"]);
  expect(behind("00 00")).toEqual(["stands 1340", "stands 1340"]);
});

test("an empty sync id says nothing: nothing is taken back", () => {
  const desk = quietDesk({ behaviour: NEWER });
  charge(desk);
  desk.say("06 01 0F 04 00 00 00 00 05 00 49 09 78 06 03 1F 1F 00");
  desk.timers.advance(300);
  expect(desk.ledger()).toEqual(["stands 1340"]);
  expect(promptOf(desk.unit.state)).toBe("present_card");
});

test("a reversal by receipt number stands in the ledger; again it is B4, and of nothing it is B5", () => {
  const desk = quietDesk();
  charge(desk);
  desk.say("06 30 06 12 34 56 87 00 01");
  desk.timers.advance(300);
  // The same amount, a receipt of its own, and the trace number of what it takes back (37).
  expect(desk.heard()[1]).toContain("37000001295250004187000288");
  desk.say(OK);
  desk.say(OK);
  expect(desk.ledger()).toEqual(["reversed 1340"]);
  desk.heard();
  desk.say("06 30 06 12 34 56 87 00 01");
  expect(desk.heard()).toEqual(["800000", "061e01b4"]);
  desk.say(OK);
  desk.say("06 30 06 12 34 56 87 00 09");
  expect(desk.heard()).toEqual(["800000", "061e01b5"]);
});

test("a refund asks for the card and takes money off the ledger", () => {
  const desk = quietDesk();
  charge(desk);
  desk.say("06 31 0D 12 34 56 04 00 00 00 00 03 00 49 09 78");
  desk.unit.put({ kind: "holder", act: TAP });
  desk.timers.advance(300);
  desk.say(OK);
  desk.say(OK);
  expect(desk.acquirer.netMinor("EUR")).toBe(1040);
});

test("a reservation is booked for less, listed while it is open, and released once", () => {
  const desk = quietDesk();
  const listed = (): string => {
    desk.heard();
    desk.say("06 23 03 87 FF FF");
    const [, list = ""] = desk.heard();
    desk.say(OK);
    return list;
  };
  chargeToResult(desk, "06 22 0A 04 00 00 00 00 50 00 49 09 78");
  desk.say(OK);
  desk.say(OK);
  expect(listed()).toBe("060f03870001");
  desk.say("06 24 0A 87 00 01 04 00 00 00 00 42 00");
  desk.timers.advance(300);
  desk.say(OK);
  desk.say(OK);
  expect(desk.acquirer.netMinor("EUR")).toBe(4200);
  expect(listed()).toBe("060f0387ffff");
  desk.say("06 25 03 87 00 01");
  expect(desk.heard()).toEqual(["800000", "061e01b4"]);
});

test("an end of day gives count and sum of each brand and forgets them", () => {
  const desk = quietDesk();
  charge(desk);
  charge(desk);
  desk.say("06 50 03 12 34 56");
  desk.timers.advance(300);
  const [, status = ""] = desk.heard();
  expect(status).toContain("04000000002680");
  // Receipts 1 to 2; girocard, JCB, Eurocard, Amex none; Visa 2 of 26.80; Diners and others none.
  const none = "00000000000000";
  expect(status).toContain(`60f0f5f300010002${none.repeat(4)}02000000002680${none.repeat(2)}`);
  desk.say(OK);
  desk.say(OK);
  expect(newest(desk)).toBe("061e0183");
});

test("a day that is not closed is F0 for a charge and for an enquiry, until it is closed", () => {
  const desk = quietDesk({ memory: { ...NEW_MEMORY, mustCloseDay: true } });
  chargeToResult(desk);
  desk.say(OK);
  expect(desk.heard()).toEqual(["061e01f0"]);
  desk.say(OK);
  desk.say(ENQUIRE);
  expect(desk.heard()).toEqual(["800000", "060f0cf0f0f8322e31342e3135f0".replace("0cf0f0f8", "0bf0f0f7")]);
  desk.say(OK);
  desk.say("06 50 03 12 34 56");
  desk.timers.advance(300);
  desk.say(OK);
  desk.say(OK);
  expect(chargeToResult(desk).slice(0, 12)).toBe("040f4e270004");
});

test("a maintenance answers E0 to enquiries and charges, and is over after some enquiries", () => {
  const desk = quietDesk({ behaviour: { ...OLDER, updatesAfterDay: true } });
  desk.say("06 50 03 12 34 56");
  desk.timers.advance(300);
  desk.say(OK);
  desk.say(OK);
  chargeToResult(desk);
  desk.say(OK);
  expect(desk.heard().at(-1)).toBe("061e01e0");
  desk.say(OK);
  const statuses = Array.from({ length: 4 }, () => {
    desk.heard();
    desk.say(ENQUIRE);
    const [, status = ""] = desk.heard();
    desk.say(OK);
    return status.slice(-2);
  });
  expect(statuses).toEqual(["e0", "e0", "e0", "00"]);
});

test("a terminal that must wait answers 84 9C, and 9C to an enquiry", () => {
  const desk = quietDesk();
  desk.unit.put({ kind: "condition", condition: { isWaiting: true } });
  desk.say(CHARGE);
  expect(desk.heard()).toEqual(["849c00"]);
  desk.say(ENQUIRE);
  expect(desk.heard()[1]).toBe("060f0bf0f0f7322e31342e31359c");
});

test("a command in the midst of another is answered 84 9C and changes nothing", () => {
  const desk = quietDesk();
  chargeToResult(desk);
  desk.say("06 30 06 12 34 56 87 00 01");
  expect(desk.heard()).toEqual(["849c00"]);
  desk.say(OK);
  expect(desk.heard()).toEqual(["060f00"]);
});

test("a card is read without money: its UID, and no completion after it", () => {
  const desk = quietDesk();
  desk.say("06 C0 01 1E");
  desk.unit.put({ kind: "holder", act: TAP });
  expect(desk.heard()).toEqual(["800000", "040f1527002952500041060c4c0a04a1b2c3d4e580000000"]);
  desk.say(OK);
  expect(desk.heard()).toEqual([]);
  expect(promptOf(desk.unit.state)).toBe("ready");
});

describe("message sequence ids", () => {
  const REGISTER_IDS = "06 00 10 12 34 56 10 09 78 06 08 1F 73 03 00 00 00 26 00";
  const CHARGE_IDS = "06 01 12 04 00 00 00 00 13 40 49 09 78 06 06 1F 73 03 00 00 01";

  test("are used when both sides have them: echoed, counted, and the same one twice has one effect", () => {
    const desk = zvtDesk({ behaviour: NEWER });
    desk.say(REGISTER_IDS);
    expect(desk.heard()).toEqual([
      "80000806061f7303000000",
      "060f1219002952500042490978" + "06061f7303000001",
    ]);
    desk.say("80 00 08 06 06 1F 73 03 00 00 01");
    desk.say(CHARGE_IDS);
    desk.say(CHARGE_IDS);
    expect(desk.heard()).toEqual(["80000806061f7303000001", "80000806061f7303000001"]);
    expect(desk.unit.state.counters.duplicates).toBe(1);
    desk.unit.put({ kind: "holder", act: TAP });
    desk.timers.advance(300);
    const result = desk.heard().at(-1) ?? "";
    expect(result.slice(-12)).toBe("7303000002".padStart(12, "1f"));
    desk.say("80 00 08 06 06 1F 73 03 00 00 01");
    expect(desk.heard()).toEqual([]);
    desk.say("80 00 08 06 06 1F 73 03 00 00 02");
    expect(desk.heard()).toEqual(["060f0806061f7303000003"]);
  });

  test("are left out by a terminal that does not have them", () => {
    const desk = zvtDesk({ behaviour: OLDER });
    desk.say(REGISTER_IDS);
    expect(desk.heard()).toEqual(["800000", "060f0a19002952500041490978"]);
  });
});
