/**
 * The answer to "what became of it": a TransactionStatusResponse, with the lost answer repeated inside.
 * The repeated answer counts when it is the one that was asked for and nothing else.
 */

import { headerOf } from "./messages.ts";
import { categoryOf } from "./requests.ts";
import type { NexoEnds } from "./requests.ts";
import { at, textAt } from "./scan.ts";
import type { Scanned } from "./scan.ts";
import type { NexoEvent } from "./session.ts";
import { verdictOf } from "./verdict.ts";
import type { VerdictFacts } from "./verdict.ts";

/** What a status answer says of the request with `serviceId`. */
export function statusOf(
  body: Scanned | undefined,
  serviceId: string,
  ends: NexoEnds,
  facts: VerdictFacts,
): NexoEvent {
  const word = textAt(body, "Response", "Result");
  if (word === "Failure") {
    const condition = textAt(body, "Response", "ErrorCondition");
    if (condition === "NotFound") return { kind: "not_found" };
    if (condition === "InProgress") return { kind: "verdict", verdict: { kind: "in_progress" } };
    return { kind: "broken", code: condition === "Busy" ? "reader/busy" : "reader/unknown_result" };
  }
  if (word !== "Success") return { kind: "broken", code: "reader/unknown_result" };
  const category = categoryOf(facts.request);
  const repeated = at(body, "RepeatedMessageResponse");
  const header = headerOf(at(repeated, "MessageHeader"));
  const isIt =
    header !== undefined &&
    header.serviceId === serviceId &&
    header.saleId === ends.saleId &&
    header.poiId === ends.poiId &&
    header.category === category;
  if (!isIt) return { kind: "broken", code: "reader/protocol" };
  const answer = at(repeated, "RepeatedResponseMessageBody", `${category}Response`);
  return { kind: "verdict", verdict: verdictOf(answer, facts) };
}
