/**
 * The terminal's scale as the screen's server knows it: the newest word of it, and a weight for one line
 * when somebody asks. Only a still plate with something on it sells (H1); everything else is a code with
 * a sentence (words.ts). Decides nothing about prices.
 *
 * H1  A weight that is sold was asked for after the tap, is stable, above 0, and in whole grams, which
 *     are thousandths of the kilogram that the item's price is for.
 */
import { milli } from "../../core/money.ts";
import type { Milli } from "../../core/money.ts";
import type { Scale } from "../../drivers/scale/driver.ts";
import type { ScaleAnswer, ScaleOrder } from "../../drivers/scale/reading.ts";

/** Why there is no weight to sell. */
export type ScaleCode =
  /** This terminal has none. */
  | "scale/none"
  /** It does not answer: its cable, or its power. */
  | "scale/silent"
  | "scale/motion"
  | "scale/over"
  | "scale/under_zero"
  | "scale/outside_zero"
  | "scale/empty"
  /** The item is sold by the piece. */
  | "scale/not_by_weight";

/** The newest word of a scale. */
export interface ScaleFace {
  readonly state: "stable" | "motion" | "over" | "under_zero" | "outside_zero" | "empty" | "down";
  /** Of a stable plate, less the tare; 0 otherwise. */
  readonly weightGrams: number;
  /** A tare is taken off. */
  readonly isNet: boolean;
}

/** A weight to sell, or why there is none. */
export type Weighed =
  | { readonly ok: true; readonly quantityMilli: Milli }
  | { readonly ok: false; readonly code: ScaleCode };

/** A scale that is asked for as long as the terminal runs. */
export interface ScaleStation {
  face(): ScaleFace;
  /** Waits at most WEIGHING_MS_MAX for the plate to be still. */
  weigh(): Promise<Weighed>;
  /** "scale/silent" when it is not there to be told. */
  order(order: ScaleOrder): ScaleCode | null;
  /** Calls `listener` when `face` may have changed. One listener. */
  onChange(listener: () => void): void;
  /** No listener is called afterwards. May be called twice. */
  close(): void;
}

/** How long a clerk waits for goods to lie still. */
export const WEIGHING_MS_MAX = 2_500;

const DOWN: ScaleFace = { state: "down", weightGrams: 0, isNet: false };

/** Asks the scale that `start` makes. Changes of its link are logged. */
export function openScaleStation(
  start: (onAnswer: (answer: ScaleAnswer) => void) => Scale,
  log: (code: string, detail: string) => void,
): ScaleStation {
  let face = DOWN;
  let word = "connecting";
  let onChange = (): void => {};
  const scale = start((answer) => {
    const next = answer.kind === "down" ? answer.code : "ok";
    // A scale that stays away is tried again and again, and said once.
    if (next !== word) log("scale/link", next);
    word = next;
    const before = face;
    face = faceOf(answer);
    if (!isSame(before, face)) onChange();
  });
  return {
    face: () => face,
    weigh: () =>
      new Promise((resolve) => scale.weigh(WEIGHING_MS_MAX, (answer) => resolve(weighedOf(answer)))),
    order: (order) => (scale.order(order) ? null : "scale/silent"),
    onChange: (listener) => {
      onChange = listener;
    },
    close: () => {
      onChange = () => {};
      scale.close();
    },
  };
}

function faceOf(answer: ScaleAnswer): ScaleFace {
  if (answer.kind === "down") return DOWN;
  if (answer.kind !== "stable") return { state: answer.kind, weightGrams: 0, isNet: false };
  return { state: "stable", weightGrams: answer.weightGrams, isNet: answer.isNet };
}

// H1
function weighedOf(answer: ScaleAnswer): Weighed {
  switch (answer.kind) {
    case "stable":
      return answer.weightGrams > 0
        ? { ok: true, quantityMilli: milli(answer.weightGrams) }
        : { ok: false, code: "scale/empty" };
    case "down":
      return { ok: false, code: "scale/silent" };
    case "motion":
    case "over":
    case "under_zero":
    case "outside_zero":
    case "empty":
      return { ok: false, code: `scale/${answer.kind}` };
  }
}

function isSame(a: ScaleFace, b: ScaleFace): boolean {
  return a.state === b.state && a.weightGrams === b.weightGrams && a.isNet === b.isNet;
}
