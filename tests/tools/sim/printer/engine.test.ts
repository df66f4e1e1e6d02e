/**
 * The virtual printer without its plug: what stops it, what it keeps, and that no byte is unaccounted
 * for (V1, V2 in engine.ts).
 */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Engine } from "../../../../tools/sim/printer/engine.ts";
import type { LinkInput } from "../../../../tools/sim/printer/engine.ts";
import { plainLines } from "../../../../tools/sim/printer/paper.ts";
import { GOOD_CONDITION } from "../../../../tools/sim/printer/status.ts";
import { Tray } from "../../../../tools/sim/printer/tray.ts";
import { fromHex, toHex } from "../../../support/hex.ts";

interface Bench {
  readonly engine: Engine;
  readonly tray: Tray;
  readonly said: string[];
  readonly link: () => LinkInput;
  deathCount: number;
}

function bench(): Bench {
  const tray = new Tray();
  const engine = new Engine(32, tray);
  const said: string[] = [];
  const its: Bench = {
    engine,
    tray,
    said,
    deathCount: 0,
    link: () =>
      engine.connect({
        send: (bytes) => said.push(toHex(bytes)),
        die: () => {
          its.deathCount += 1;
        },
      }),
  };
  return its;
}

/** "A", its marker, "B", its marker, cut. */
const LINES = fromHex("41 0a 1d7201 42 0a 1d7201 1d564200");

test("without paper it keeps what comes, answers in real time, and goes on when there is paper again", () => {
  const { engine, tray, said, link } = bench();
  const input = link();
  engine.setCondition({ ...GOOD_CONDITION, paper: "out" });
  input.receive(LINES);
  input.receive(fromHex("100404"));
  expect(said).toEqual(["7e"]);
  expect(engine.account()).toMatchObject({ heldBytes: LINES.length, carriedOutBytes: 3 });
  engine.setCondition(GOOD_CONDITION);
  expect(said).toEqual(["7e", "00", "00"]);
  expect(tray.receipts.map(plainLines)).toEqual([["A", "B"]]);
});

test("the roll ends after so many lines", () => {
  const { engine, tray, said, link } = bench();
  engine.setPaperLines(1);
  link().receive(LINES);
  expect([engine.condition.paper, engine.hangingLineCount, said.length]).toEqual(["out", 1, 0]);
  engine.setCondition(GOOD_CONDITION);
  expect(tray.receipts.map(plainLines)).toEqual([["A", "B"]]);
});

test("a cut cable keeps the buffer and half a command, and answers go to the next link", () => {
  const its = bench();
  const { engine, tray, said } = its;
  engine.setCondition({ ...GOOD_CONDITION, cover: "open" });
  engine.planStop({ afterBytes: 3, fault: "cable" });
  const first = its.link();
  first.receive(LINES);
  first.receive(fromHex("ff"));
  expect([its.deathCount, engine.plug]).toEqual([1, "unplugged"]);
  expect(engine.account()).toMatchObject({
    receivedBytes: 3,
    heldBytes: 3,
    missedBytes: LINES.length - 3 + 1,
  });
  engine.setCable(true);
  const second = its.link();
  engine.setCondition(GOOD_CONDITION);
  second.receive(fromHex("7201"));
  expect(said).toEqual(["00"]);
  engine.tearOff();
  expect(tray.receipts.map(plainLines)).toEqual([["A"]]);
});

test("the power takes buffer, line and modes, and leaves the paper", () => {
  const its = bench();
  const { engine, tray } = its;
  engine.planStop({ afterBytes: 9, fault: "power" });
  its.link().receive(fromHex("1b6102 41 0a 42 43 44 45"));
  // The line "BCD" was being set: its bytes were carried out, and yet it is on no paper.
  expect(engine.account()).toMatchObject({ receivedBytes: 9, carriedOutBytes: 9, lostBytes: 0 });
  engine.setPower(true);
  its.link().receive(fromHex("45 0a 1d564200"));
  expect(tray.receipts.map(plainLines)).toEqual([[`${" ".repeat(31)}A`, "E"]]);
});

test("automatic status is told when it is switched on and at every change", () => {
  const { engine, said, link } = bench();
  link().receive(fromHex("1d610e"));
  engine.setCondition({ ...GOOD_CONDITION, paper: "near_end" });
  engine.setCondition({ ...GOOD_CONDITION, cover: "open" });
  expect(said).toEqual(["10000000", "10000300", "38000000"]);
});

test("a client that leaves after feeding past the tear bar gets its paper torn off, another does not", () => {
  const { engine, tray, link } = bench();
  const first = link();
  first.receive(fromHex("41 0a"));
  first.leave();
  expect([tray.receipts.length, engine.hangingLineCount]).toEqual([0, 1]);
  const second = link();
  second.receive(fromHex("42 0a 1b6403"));
  second.leave();
  expect(tray.receipts[0]).toMatchObject({ endedBy: "torn" });
  expect(engine.hangingLineCount).toBe(0);
});

test("whatever happens, every byte is carried out, held, lost or missed", () => {
  const steps = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 30 }),
      fc.constantFrom("paper", "well", "cable out", "cable in", "power off", "power on", "link"),
      fc.record({
        afterBytes: fc.integer({ min: 1, max: 60 }),
        fault: fc.constantFrom("paper" as const, "cover" as const, "cable" as const, "power" as const),
      }),
    ),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(steps, (script) => {
      const { engine, link } = bench();
      let input = link();
      let sentBytes = 0;
      for (const step of script) {
        if (step instanceof Uint8Array) {
          input.receive(step);
          sentBytes += step.length;
        } else if (typeof step === "object") engine.planStop(step);
        else if (step === "paper") engine.setCondition({ ...GOOD_CONDITION, paper: "out" });
        else if (step === "well") engine.setCondition(GOOD_CONDITION);
        else if (step.startsWith("cable")) engine.setCable(step === "cable in");
        else if (step.startsWith("power")) engine.setPower(step === "power on");
        else if (engine.plug === "in") input = link();
        const its = engine.account();
        expect(its.receivedBytes + its.missedBytes).toBe(sentBytes);
        expect(its.carriedOutBytes + its.heldBytes + its.lostBytes).toBe(its.receivedBytes);
      }
    }),
  );
});
