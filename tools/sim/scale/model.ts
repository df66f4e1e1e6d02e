/**
 * A scale of the Toledo 8217 family as a thing: a plate, a zero, a tare, and what it answers to each
 * byte. Written from the manual's side of the line and sharing nothing with the driver. Time is handed
 * in; after goods are put on or taken off the plate moves for a while.
 */

/** What the page and the tests see. */
export interface ScaleFace {
  readonly plateGrams: number;
  readonly tareGrams: number;
  readonly isMoving: boolean;
  readonly isSilent: boolean;
  /** As its own display would show it. */
  readonly shown: string;
}

/** How the scale is built. */
export interface ScaleBuild {
  readonly capacityGrams: number;
  /** How long the plate moves after a change. */
  readonly settleMs: number;
  /** Says a status after zero and tare orders, or nothing, as models differ. */
  readonly answersOrders: boolean;
}

/** A common counter scale. */
export const COUNTER_SCALE: ScaleBuild = { capacityGrams: 15_000, settleMs: 400, answersOrders: true };

const STX = "\u0002";
const CR = "\r";
const MOTION = 0x01;
const OVER = 0x02;
const UNDER_ZERO = 0x04;
const OUTSIDE_ZERO = 0x08;
const CENTRE_OF_ZERO = 0x10;
const NET = 0x20;
const BAD_COMMAND = 0x40;
const DIGITAL_TARE_DIGITS = 5;

/** One scale. `nowMs` is its clock. */
export class ScaleModel {
  readonly #build: ScaleBuild;
  readonly #nowMs: () => number;
  #plateGrams = 0;
  #zeroGrams = 0;
  #tareGrams = 0;
  #movesUntilMs = 0;
  #isHeldMoving = false;
  #isSilent = false;
  #isZeroLost = false;
  #isEchoing = false;
  #tareDigits: string | null = null;

  constructor(build: ScaleBuild, nowMs: () => number) {
    this.#build = build;
    this.#nowMs = nowMs;
  }

  /** What lies on the plate from now on; below 0 when something was lifted that was zeroed. */
  put(plateGrams: number): void {
    if (plateGrams === this.#plateGrams) return;
    this.#plateGrams = plateGrams;
    this.#movesUntilMs = this.#nowMs() + this.#build.settleMs;
  }

  /** Shaken until it is let go. */
  hold(isMoving: boolean): void {
    this.#isHeldMoving = isMoving;
  }

  /** Switched off, or its cable pulled at the scale's end: nothing is answered. */
  silence(isSilent: boolean): void {
    this.#isSilent = isSilent;
    this.#isEchoing = false;
  }

  /** Switched off and on with what lies on the plate. */
  restart(): void {
    this.#isEchoing = false;
    this.#tareGrams = 0;
    this.#zeroGrams = 0;
    this.#isZeroLost = this.#plateGrams !== 0;
  }

  /** What it answers to these bytes. */
  answer(bytes: Uint8Array): Uint8Array {
    if (this.#isSilent) return new Uint8Array();
    let said = "";
    const letters = String.fromCharCode(...bytes.map((byte) => byte & 0x7f));
    for (let index = 0; index < letters.length; index += 1)
      said += this.#take(letters.charAt(index), /^[0-9]$/.test(letters.charAt(index + 1)));
    return Uint8Array.from(said, (letter) => letter.charCodeAt(0));
  }

  face(): ScaleFace {
    const bits = this.#bits();
    const words =
      (bits & OVER) !== 0 ? "------" : (bits & UNDER_ZERO) !== 0 ? "______" : kilograms(this.#netGrams());
    return {
      plateGrams: this.#plateGrams,
      tareGrams: this.#tareGrams,
      isMoving: this.#isMoving(),
      isSilent: this.#isSilent,
      shown: words,
    };
  }

  #take(letter: string, isBeforeDigit: boolean): string {
    if (this.#isEchoing) {
      if (letter !== "F") return letter;
      this.#isEchoing = false;
      return "";
    }
    const digits = this.#tareDigits;
    if (digits !== null && /[0-9]/.test(letter)) return this.#tareDigit(digits + letter);
    this.#tareDigits = null;
    if (letter === "T" && isBeforeDigit) {
      this.#tareDigits = "";
      return "";
    }
    return this.#command(letter);
  }

  #command(letter: string): string {
    switch (letter) {
      case "E":
        this.#isEchoing = true;
        return `${STX}E${CR}`;
      case "W":
        return this.#weight();
      case "Z":
        return this.#order(() => this.#zero());
      case "C":
        return this.#order(() => this.#setTare(0));
      case "T":
        return this.#order(() => this.#setTare(Math.max(0, this.#grossGrams())));
      default:
        return this.#status(this.#bits() | BAD_COMMAND);
    }
  }

  #tareDigit(digits: string): string {
    if (digits.length < DIGITAL_TARE_DIGITS) {
      this.#tareDigits = digits;
      return "";
    }
    this.#tareDigits = null;
    return this.#order(() => this.#setTare(Number(digits)));
  }

  #order(carryOut: () => void): string {
    // Neither is done while the plate moves.
    if (!this.#isMoving()) carryOut();
    return this.#build.answersOrders ? this.#status(this.#bits()) : "";
  }

  #zero(): void {
    this.#zeroGrams = this.#plateGrams;
    this.#isZeroLost = false;
  }

  #setTare(tareGrams: number): void {
    this.#tareGrams = tareGrams;
  }

  #weight(): string {
    const bits = this.#bits();
    if ((bits & (MOTION | OVER | UNDER_ZERO | OUTSIDE_ZERO)) !== 0) return this.#status(bits);
    return `${STX}${kilograms(this.#netGrams())}${this.#tareGrams > 0 ? "N" : ""}${CR}`;
  }

  #status(bits: number): string {
    return `${STX}?${String.fromCharCode(bits)}${CR}`;
  }

  #bits(): number {
    const gross = this.#grossGrams();
    return (
      (this.#isMoving() ? MOTION : 0) |
      (gross > this.#build.capacityGrams ? OVER : 0) |
      (this.#netGrams() < 0 ? UNDER_ZERO : 0) |
      (this.#isZeroLost ? OUTSIDE_ZERO : 0) |
      (gross === 0 ? CENTRE_OF_ZERO : 0) |
      (this.#tareGrams > 0 ? NET : 0)
    );
  }

  #isMoving(): boolean {
    return this.#isHeldMoving || this.#nowMs() < this.#movesUntilMs;
  }

  #grossGrams(): number {
    return this.#plateGrams - this.#zeroGrams;
  }

  #netGrams(): number {
    return this.#grossGrams() - this.#tareGrams;
  }
}

/** 755 is "00.755". */
function kilograms(grams: number): string {
  const digits = String(Math.max(0, grams)).padStart(5, "0");
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`;
}
