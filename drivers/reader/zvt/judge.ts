/**
 * What the end of a ZVT command means in the words of reader.ts. Pure. The one place that says "declined",
 * "captured" or "absent" of a ZVT terminal.
 *
 * J1  Captured: the desk took the result, and the terminal ended the command with 06 0F.
 * J2  Declined: the terminal's own word with a code that is known, and nothing was taken before it.
 * J3  Everything else is unknown.
 */

import type {
  ReaderDeclineCode,
  ReaderEnd,
  ReaderFaultCode,
  ReaderInquiry,
  ReaderInquiryAnswer,
  ReaderResult,
} from "../reader.ts";
import { bmpNumber, bmpTlv } from "./bmp.ts";
import { isNewer, referenceOf, traceOf } from "./reference.ts";
import { declineOf } from "./result-codes.ts";
import type { CommandEnd, Course, SessionConfig } from "./session.ts";
import type { StatusFacts } from "./status.ts";
import { tlvText } from "./tlv.ts";

/** How a request for money ended. */
export function judgeMoney(end: CommandEnd): ReaderEnd {
  switch (end.kind) {
    case "completed":
      return judgeCompleted(end);
    case "aborted":
      return judgeAborted(end);
    case "refused":
      // A no to the second copy is no word on the first.
      return end.isDoubled ? unknown("reader/unknown_result") : declinedBy(end.result, "");
    case "doubt":
      return end.hasLeft ? unknown(end.code) : { kind: "not_sent", code: end.code };
  }
}

/** J1 */
function judgeCompleted(end: CommandEnd & { readonly kind: "completed" }): ReaderEnd {
  const { accepted, facts, isRefused, fields } = end;
  const said = bmpNumber(fields, "result") ?? 0;
  if (isRefused) return unknown("reader/protocol");
  if (accepted === undefined) {
    const result = facts?.result ?? said;
    return result === 0 ? unknown("reader/unknown_result") : declinedBy(result, facts?.text ?? "");
  }
  if (facts?.result !== 0 || said !== 0) return unknown("reader/unknown_result");
  return { kind: "captured", reference: accepted.reference };
}

/** J2. A no after a yes that was answered is a doubt, whatever its code. */
function judgeAborted(end: CommandEnd & { readonly kind: "aborted" }): ReaderEnd {
  const { result, accepted, facts, isRefused, isSlipRefused, fields } = end;
  if (accepted !== undefined) return unknown("reader/unknown_result");
  if (isSlipRefused) return { kind: "declined", code: "reader/printer_not_ready", text: "" };
  if (isRefused) return { kind: "declined", code: "reader/refused_result", text: "" };
  const text = tlvText(bmpTlv(fields), "error_text") ?? facts?.text ?? "";
  const told = declineOf(result);
  const fromFacts = facts?.result === undefined || facts.result === 0 ? undefined : declineOf(facts.result);
  const code = told === undefined || told === "reader/declined" ? (fromFacts ?? told) : told;
  return code === undefined ? unknown("reader/unknown_result") : { kind: "declined", code, text };
}

function declinedBy(result: number, text: string): ReaderEnd {
  const code = declineOf(result);
  return code === undefined ? unknown("reader/unknown_result") : { kind: "declined", code, text };
}

function unknown(code: ReaderFaultCode): ReaderEnd {
  return { kind: "unknown", code };
}

/** Why a command that moves no money failed; undefined when it came to its end. */
export function failureOf(end: CommandEnd): ReaderDeclineCode | ReaderFaultCode | undefined {
  switch (end.kind) {
    case "completed": {
      const result = end.facts?.result ?? bmpNumber(end.fields, "result") ?? 0;
      return result === 0 ? undefined : (declineOf(result) ?? "reader/unknown_result");
    }
    case "aborted":
    case "refused":
      return declineOf(end.result) ?? "reader/unknown_result";
    case "doubt":
      return end.code;
  }
}

/** Nothing to repeat (06 1E 83): a terminal without a single receipt. */
const NOTHING_TO_REPEAT = 0x83;

/**
 * What a repeated receipt (06 20) says of an earlier request. The receipt is the terminal's newest: only
 * what is newer than the watermark can be about the request.
 */
export function judgeRepeated(
  end: CommandEnd,
  { request }: ReaderInquiry,
  result: ReaderResult | undefined,
  serial: string,
): ReaderInquiryAnswer {
  if (end.kind === "doubt") return { kind: "unreachable", code: end.code };
  if (end.kind === "aborted" && end.facts === undefined && end.result === NOTHING_TO_REPEAT) {
    // A terminal that has forgotten what the journal knows may have forgotten more.
    return request.watermark === "" ? { kind: "absent", serial } : { kind: "unanswerable", serial };
  }
  const facts = end.kind === "refused" ? undefined : end.facts;
  if (facts === undefined) return { kind: "unreachable", code: "reader/unknown_result" };
  const isAhead = isNewer(referenceOf(facts), request.watermark);
  if (isAhead === undefined) return { kind: "unanswerable", serial };
  if (!isAhead || facts.result !== 0) {
    return isAhead && facts.result === undefined
      ? { kind: "unanswerable", serial }
      : { kind: "absent", serial };
  }
  if (result === undefined) return { kind: "unanswerable", serial };
  if (isTakenBack(facts, request)) return { kind: "absent", serial };
  const isSame = result.amountMinor === request.amountMinor && result.currency === request.currency;
  return isSame && isAbout(facts, request) ? { kind: "found", result } : { kind: "other", result };
}

/** The newest receipt is of a reversal of something that the journal did not know: that was what we asked for. */
function isTakenBack({ originalTrace }: StatusFacts, request: ReaderInquiry["request"]): boolean {
  if (request.kind === "reverse" || originalTrace === "") return false;
  return isNewer(`:${originalTrace}`, traceOnly(request.watermark)) === true;
}

/** A reversal names what it took back, where the terminal says so; a payment names nothing. */
function isAbout({ originalTrace }: StatusFacts, request: ReaderInquiry["request"]): boolean {
  if (request.kind !== "reverse") return originalTrace === "";
  const original = traceOf(request.original);
  return originalTrace === "" || original === undefined || originalTrace === original;
}

function traceOnly(reference: string): string {
  const trace = traceOf(reference);
  return trace === undefined ? "" : `:${trace}`;
}

/** The money of a repeated receipt; undefined when it does not say how much. */
export function repeatedResult(course: Course, config: SessionConfig): ReaderResult | undefined {
  const { facts } = course;
  if (facts?.amountMinor === undefined) return undefined;
  const { amountMinor, card, authorisation, terminal, currencyDigits } = facts;
  return {
    reference: referenceOf(facts),
    amountMinor,
    currency:
      currencyDigits === ""
        ? config.currency
        : (config.currencyOfDigits.get(currencyDigits) ?? currencyDigits.slice(-3)),
    card,
    authorisation,
    serial: terminal === "" ? config.serial : terminal,
    isOffline: false,
  };
}
