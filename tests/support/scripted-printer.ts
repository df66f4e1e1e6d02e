/**
 * The far end of a memory pipe that behaves as a printer: answers DLE EOT and GS r from a condition, and
 * dies or falls silent after a given number of bytes. Cuts the stream with the virtual printer's own
 * tokenizer.
 */

import type { MemoryPeer } from "../../drivers/port/memory.ts";
import { GOOD_CONDITION, paperSensorStatus, realtimeStatus } from "../../tools/sim/printer/status.ts";
import type { PrinterCondition } from "../../tools/sim/printer/status.ts";
import { Tokenizer } from "../../tools/sim/printer/tokenizer.ts";
import type { Token } from "../../tools/sim/printer/tokenizer.ts";

/** How the printer behaves; what is left out is a healthy one. */
export interface PrinterScript {
  readonly condition?: PrinterCondition;
  /** The condition once this many bytes have come; the printer then answers no GS r. */
  readonly breaks?: { readonly afterBytes: number; readonly condition: PrinterCondition };
  /** Goes away on the write that reaches so many bytes, and answers nothing of it. */
  readonly diesAfterBytes?: number;
  /** The same, but stays connected and silent. */
  readonly silentAfterBytes?: number;
}

/** What the printer has seen. */
export interface ScriptedPrinter {
  /** Every complete token, in order. */
  readonly tokens: Token[];
  receivedBytes: number;
}

/** Connects the script to the pipe. */
export function scriptedPrinter(peer: MemoryPeer, script: PrinterScript = {}): ScriptedPrinter {
  const tokenizer = new Tokenizer();
  const seen: ScriptedPrinter = { tokens: [], receivedBytes: 0 };
  const reached = (byteCount: number | undefined): boolean =>
    byteCount !== undefined && seen.receivedBytes >= byteCount;
  const answer = (token: Token): void => {
    seen.tokens.push(token);
    if (token.kind !== "command") return;
    const isBroken = reached(script.breaks?.afterBytes);
    const condition = (isBroken ? script.breaks?.condition : script.condition) ?? GOOD_CONDITION;
    const query = token.parameters[0] ?? 0;
    const value =
      token.name === "DLE EOT"
        ? realtimeStatus(condition, query)
        : token.name === "GS r" && !isBroken
          ? paperSensorStatus(condition)
          : undefined;
    if (value !== undefined) peer.send(Uint8Array.of(value));
  };
  peer.onData((bytes) => {
    seen.receivedBytes += bytes.length;
    const tokens = tokenizer.push(bytes);
    if (reached(script.diesAfterBytes)) peer.close();
    else if (!reached(script.silentAfterBytes)) tokens.forEach(answer);
  });
  return seen;
}
