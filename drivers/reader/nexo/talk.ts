/**
 * One question to a terminal and its answer, checked: the right device, the right message, the answer to
 * this very question. Counts what goes wrong by name. Decides nothing about money.
 */

import { decodeMessage } from "./messages.ts";
import type { NexoMessage } from "./messages.ts";
import { encodeRequest } from "./requests.ts";
import type { NexoEnds, NexoRequest } from "./requests.ts";
import type { NexoCrypto, NexoKey } from "./envelope.ts";
import type { NexoExchange, NexoPosted } from "./exchange.ts";
import type { ReaderFaultCode } from "../reader.ts";

/** How a question ended. "not_sent" and "broken" as in exchange.ts. */
export type Told =
  | { readonly kind: "told"; readonly message: NexoMessage }
  | { readonly kind: "not_sent"; readonly code: ReaderFaultCode }
  | { readonly kind: "broken"; readonly code: ReaderFaultCode };

/** Both ends and what lies between them. */
export interface NexoLine {
  readonly exchange: NexoExchange;
  readonly crypto: NexoCrypto;
  readonly ends: NexoEnds;
  /** Undefined when both sides talk in the clear, for tests and installations. */
  readonly key: NexoKey | undefined;
  readonly count: (name: string) => void;
}

const HTTP_OK = 200;

/** Asks; never rejects. */
export async function ask(line: NexoLine, request: NexoRequest, timeoutMs: number): Promise<Told> {
  const body = encodeRequest(request, line.ends, line.key, line.crypto);
  line.count("posts");
  const posted = await line.exchange.post(body, timeoutMs);
  const told = read(line, request, posted);
  if (told.kind !== "told") line.count(told.kind);
  return told;
}

/** Says something that is answered by nothing that could be read: an abort. Never rejects. */
export async function tell(line: NexoLine, request: NexoRequest, timeoutMs: number): Promise<void> {
  const body = encodeRequest(request, line.ends, line.key, line.crypto);
  line.count("posts");
  const posted = await line.exchange.post(body, timeoutMs);
  if (posted.kind === "answered") posted.body.fill(0);
  else line.count(posted.kind);
}

function read(line: NexoLine, request: NexoRequest, posted: NexoPosted): Told {
  if (posted.kind !== "answered") return posted;
  const broken = (name: string, code: ReaderFaultCode = "reader/protocol"): Told => {
    line.count(name);
    return { kind: "broken", code };
  };
  if (posted.status !== HTTP_OK) {
    posted.body.fill(0);
    return broken("http_status");
  }
  const decoded = decodeMessage(posted.body, line.key, line.crypto);
  if (!decoded.ok) return broken(decoded.code);
  const { header, direction, name } = decoded.message;
  if (header.poiId !== line.ends.poiId) return broken("other_terminal", "reader/swapped");
  const isOurs =
    direction === "response" &&
    header.type === "Response" &&
    header.category === request.category &&
    header.serviceId === request.serviceId &&
    header.saleId === line.ends.saleId &&
    name === `${request.category}Response`;
  return isOurs ? { kind: "told", message: decoded.message } : broken("other_answer");
}
