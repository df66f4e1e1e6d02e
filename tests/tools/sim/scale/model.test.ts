/** The simulated scale: what it answers to each letter, and what its plate and display do. */
import { expect, test } from "vitest";
import { COUNTER_SCALE, ScaleModel } from "../../../../tools/sim/scale/model.ts";

function scale(): { readonly model: ScaleModel; readonly say: (text: string) => string; nowMs: number } {
  const clock = { nowMs: 0 };
  const model = new ScaleModel(COUNTER_SCALE, () => clock.nowMs);
  const say = (text: string): string => {
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    return String.fromCharCode(...model.answer(bytes));
  };
  return Object.assign(clock, { model, say });
}

test("it echoes between E and F, and says its weight to W", () => {
  const { say } = scale();
  expect(say("Etill")).toBe("\u0002E\rtill");
  expect(say("F")).toBe("");
  expect(say("W")).toBe("\u000200.000\r");
});

test("the plate moves for a while after goods were put on", () => {
  const it = scale();
  it.model.put(755);
  expect(it.say("W")).toBe("\u0002?\u0001\r");
  it.nowMs += COUNTER_SCALE.settleMs;
  expect(it.say("W")).toBe("\u000200.755\r");
  expect(it.model.face()).toMatchObject({ shown: "00.755", isMoving: false });
});

test("more than it can weigh and less than zero are bits, and its display shows no weight", () => {
  const it = scale();
  it.model.put(15_001);
  it.nowMs += COUNTER_SCALE.settleMs;
  expect([it.say("W"), it.model.face().shown]).toEqual(["\u0002?\u0002\r", "------"]);
  it.model.put(-1);
  it.nowMs += COUNTER_SCALE.settleMs;
  expect([it.say("W"), it.model.face().shown]).toEqual(["\u0002?\u0004\r", "______"]);
});

test("a letter that is no command is said to be a bad one", () => {
  expect(scale().say("Q")).toBe("\u0002?P\r");
});

test("five digits behind T are the tare, and a tare is not taken while the plate moves", () => {
  const it = scale();
  it.model.put(500);
  it.say("T");
  expect(it.model.face().tareGrams).toBe(0);
  it.nowMs += COUNTER_SCALE.settleMs;
  it.say("T00035");
  expect(it.say("W")).toBe("\u000200.465N\r");
  it.say("C");
  expect(it.say("W")).toBe("\u000200.500\r");
});

test("switched off it says nothing, and on again it has forgotten the echo", () => {
  const it = scale();
  it.say("E");
  it.model.silence(true);
  expect(it.say("W")).toBe("");
  it.model.silence(false);
  expect(it.say("W")).toBe("\u000200.000\r");
});
