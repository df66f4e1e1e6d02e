/**
 * What can go wrong between a till and a simulated nexo terminal, as a plan: the n-th message of a
 * category, and what becomes of it. Text form for the command line: "Payment#1:cut_answer@40".
 */

/** What becomes of one message. */
export type NexoFault =
  /** The connection dies after that many bytes of the request were read; nothing is done. */
  | { readonly kind: "cut_request"; readonly atByte: number }
  /** All is done, and the connection dies after that many bytes of the answer. */
  | { readonly kind: "cut_answer"; readonly atByte: number }
  /** The answer ends after that many bytes, as if that were all of it. */
  | { readonly kind: "truncate"; readonly atByte: number }
  | { readonly kind: "late"; readonly delayMs: number }
  /** The answer stands twice in one body. */
  | { readonly kind: "twice" }
  | { readonly kind: "flip_bit"; readonly atByte: number }
  | { readonly kind: "http_error"; readonly status: number }
  | { readonly kind: "other_amount"; readonly amountMinor: number }
  /** Another device answers. */
  | { readonly kind: "other_serial" }
  /** The terminal says so whatever it knows. */
  | { readonly kind: "not_found" }
  | { readonly kind: "in_progress" }
  | { readonly kind: "unknown_word" }
  /** The power goes when the acquirer said yes and nothing was written or answered yet. */
  | { readonly kind: "power_off" };

/** A fault and the message that it is for; `nth` counts from 1 within the category. */
export interface PlannedFault {
  readonly category: string;
  readonly nth: number;
  readonly fault: NexoFault;
}

/** All kinds, with what stands behind "@", for --help. */
export const FAULT_KINDS: ReadonlyMap<NexoFault["kind"], string> = new Map([
  ["cut_request", "byte"],
  ["cut_answer", "byte"],
  ["truncate", "byte"],
  ["late", "milliseconds"],
  ["twice", ""],
  ["flip_bit", "byte"],
  ["http_error", "status"],
  ["other_amount", "minor units"],
  ["other_serial", ""],
  ["not_found", ""],
  ["in_progress", ""],
  ["unknown_word", ""],
  ["power_off", ""],
]);

/** The fault that a text names; undefined when it names none. */
export function faultOfText(text: string): PlannedFault | undefined {
  const parts = /^([A-Za-z]+)#([1-9][0-9]{0,4}):([a-z_]+)(?:@([0-9]{1,9}))?$/.exec(text);
  if (parts === null) return undefined;
  const [, category = "", nth = "1", kind = "", number] = parts;
  const fault = faultOf(kind, number === undefined ? undefined : Number(number));
  return fault === undefined ? undefined : { category, nth: Number(nth), fault };
}

function faultOf(kind: string, number: number | undefined): NexoFault | undefined {
  switch (kind) {
    case "twice":
    case "other_serial":
    case "not_found":
    case "in_progress":
    case "unknown_word":
    case "power_off":
      return number === undefined ? { kind } : undefined;
    case "cut_request":
    case "cut_answer":
    case "truncate":
    case "flip_bit":
      return number === undefined ? undefined : { kind, atByte: number };
    case "late":
      return number === undefined ? undefined : { kind, delayMs: number };
    case "http_error":
      return number === undefined ? undefined : { kind, status: number };
    case "other_amount":
      return number === undefined ? undefined : { kind, amountMinor: number };
    default:
      return undefined;
  }
}

/** A plan that is used up as messages come: each fault happens once. */
export class FaultPlan {
  readonly #plan: PlannedFault[];
  readonly #counts = new Map<string, number>();

  constructor(plan: readonly PlannedFault[] = []) {
    this.#plan = [...plan];
  }

  /** Adds a fault for the next message of `category`. */
  addNext(category: string, fault: NexoFault): void {
    this.#plan.push({ category, nth: (this.#counts.get(category) ?? 0) + 1, fault });
  }

  /** Counts one message of `category`; what becomes of it. */
  next(category: string): NexoFault | undefined {
    const nth = (this.#counts.get(category) ?? 0) + 1;
    this.#counts.set(category, nth);
    return this.#plan.find((planned) => planned.category === category && planned.nth === nth)?.fault;
  }
}
