/**
 * The gateway behind a simulated NEO 2: opens what the reader encrypted, asks the acquirer, whose ledger is
 * the truth about money. Fails as gateways do, by a plan.
 */

import type { CardHost, HostAnswer, HostQuestion } from "../../../drivers/reader/neo2/host.ts";
import type { Acquirer } from "../reader/acquirer.ts";
import { openSealed } from "./cards.ts";

/** What goes wrong with one question. */
export type HostFault =
  | "none"
  /** Asked, and the answer is lost. */
  | "answer_lost"
  /** The question never reaches the acquirer. */
  | "question_lost"
  /** Never answers. */
  | "silent"
  | "other_amount"
  | "other_currency";

/** How the gateway behaves. */
export interface SimHostOptions {
  /** Of the first question, the second and so on; may still grow. */
  readonly faults: readonly HostFault[];
  /** Can be asked again what became of a payment. */
  readonly canInquire: boolean;
}

/** Makes one for the terminal that the acquirer knows by this name. */
export function simHost(acquirer: Acquirer, terminal: string, options: SimHostOptions): CardHost {
  let askedCount = 0;
  const authorise = (question: HostQuestion): Promise<HostAnswer> => {
    const fault = options.faults[askedCount] ?? "none";
    askedCount += 1;
    if (fault === "question_lost") return Promise.reject(new Error("no way to the gateway"));
    const answer = ask(acquirer, terminal, question);
    if (fault === "answer_lost") return Promise.reject(new Error("the gateway's answer was lost"));
    if (fault === "silent") return new Promise(() => {});
    if (answer.kind !== "approved") return Promise.resolve(answer);
    if (fault === "other_amount") return Promise.resolve({ ...answer, amountMinor: answer.amountMinor + 1 });
    return Promise.resolve(fault === "other_currency" ? { ...answer, currency: "XXX" } : answer);
  };
  if (!options.canInquire) return { authorise };
  return {
    authorise,
    inquire: (ref) => {
      const found = acquirer.list().find((its) => its.terminal === terminal && its.ref === ref);
      if (found?.state !== "stands") return Promise.resolve({ kind: "absent" });
      const { amountMinor, currency, card } = found;
      const reference = referenceOf(found.id);
      return Promise.resolve({
        kind: "approved",
        reference,
        amountMinor,
        currency,
        authorisation: "",
        ...card,
      });
    },
  };
}

function ask(acquirer: Acquirer, terminal: string, question: HostQuestion): HostAnswer {
  const { ref, amountMinor, currency } = question;
  const card = cardOf(question.cryptogram.bytes);
  if (card === undefined) return { kind: "declined", text: "The card could not be decrypted" };
  const { brand, lastFour, issuerCode } = card;
  const request = {
    kind: "authorise",
    ref,
    amountMinor,
    currency,
    card: { brand, lastFour },
    issuerCode,
  } as const;
  const answer = acquirer.ask(terminal, request);
  if (answer.kind === "declined") return { kind: "declined", text: answer.text };
  const reference = referenceOf(answer.id);
  return {
    kind: "approved",
    reference,
    amountMinor,
    currency,
    authorisation: String(answer.id).padStart(6, "0"),
  };
}

function referenceOf(id: number): string {
  return `gw-${id}`;
}

const BLOCK_BYTES = 16;
const KEY_NUMBER_BYTES = 10;

/** Looks for a key number and a ciphertext that it opens, as a decryption service does. */
function cardOf(bytes: Uint8Array): ReturnType<typeof openSealed> {
  const text = Buffer.from(bytes).toString("hex").toUpperCase();
  const keyNumber = /62994900AB0008[0-9A-F]{6}/.exec(text)?.[0];
  if (keyNumber?.length !== KEY_NUMBER_BYTES * 2) return undefined;
  for (let start = 0; start + 2 * BLOCK_BYTES <= bytes.length; start += 1) {
    const card = openSealed(bytes.slice(start, start + 2 * BLOCK_BYTES), keyNumber);
    if (card !== undefined) return card;
  }
  return undefined;
}
