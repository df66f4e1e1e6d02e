/**
 * A simulated nexo terminal: takes one message, answers one message, owns what it remembers. One payment
 * at a time; while it runs, the same connection is open and only an abort or a question comes by another.
 * Commits when it approves: what the acquirer said yes to is in its memory before it answers. What the
 * power interrupted is taken back at the acquirer when it comes again.
 */

import type { Acquirer } from "../acquirer.ts";
import type { Card } from "../cards.ts";
import { lastFourOf } from "../cards.ts";
import { failure, transactionBody, UNKNOWN_WORD } from "./answers.ts";
import type { NexoFault } from "./faults.ts";
import type { Transaction, TransactionEnd, TransactionStore } from "./memory.ts";
import { objectAt, readRequest, stringAt, writeResponse } from "./wire.ts";
import type { JsonObject, SimKey, TillMessage } from "./wire.ts";

/** What the holder of a card does when asked for `amountMinor`. */
export type HolderAct =
  | { readonly kind: "card"; readonly card: Card; readonly entry: "ICC" | "Tapped" }
  | { readonly kind: "walks_away" };

/** The person in front of the terminal; may take their time. */
export type Holder = (amountMinor: number, currency: string) => Promise<HolderAct>;

/** How a terminal is made. */
export interface NexoTerminalConfig {
  readonly poiId: string;
  readonly key: SimKey | null;
  readonly acquirer: Acquirer;
  readonly store: TransactionStore;
  readonly holder: Holder;
  readonly exponentOf: (currency: string) => number;
  /** ISO 8601 in UTC. */
  readonly nowIso: () => string;
}

/** What comes of a message: a text to answer, or "the power is gone". */
export type TerminalAnswer =
  | { readonly kind: "answer"; readonly text: string }
  | { readonly kind: "nothing" }
  | { readonly kind: "power_off" };

/** A terminal with its power on. */
export class NexoTerminal {
  readonly #config: NexoTerminalConfig;
  readonly #transactions = new Map<string, Transaction>();
  #running: { readonly key: string; readonly abort: () => void } | undefined;

  constructor(config: NexoTerminalConfig) {
    this.#config = config;
    for (const known of config.store.load()) this.#transactions.set(keyOf(known), known);
    this.#recover();
  }

  /** All requests it took, oldest first. */
  transactions(): readonly Transaction[] {
    return [...this.#transactions.values()];
  }

  /** The category of a message, "" when it is none. */
  categoryOf(text: string): string {
    return this.#read(text)?.category ?? "";
  }

  /** Takes one message. */
  async take(text: string, fault?: NexoFault): Promise<TerminalAnswer> {
    const message = this.#read(text);
    if (message === undefined) return { kind: "nothing" };
    const name = `${message.category}Response`;
    const answer = (body: JsonObject): TerminalAnswer => {
      const poiId = fault?.kind === "other_serial" ? `${this.#config.poiId}9` : this.#config.poiId;
      return { kind: "answer", text: writeResponse(message, name, body, this.#config.key, poiId) };
    };
    if (fault?.kind === "unknown_word") return answer({ Response: { Result: UNKNOWN_WORD } });
    switch (message.category) {
      case "Login":
        return answer({
          Response: { Result: "Success" },
          POISystemData: { POIStatus: { GlobalStatus: "OK" } },
        });
      case "Diagnosis":
        return answer({ Response: { Result: "Success" }, POIStatus: { GlobalStatus: this.#globalStatus() } });
      case "Payment":
      case "Reversal":
        return this.#transact(message, fault, answer);
      case "TransactionStatus":
        return answer(this.#status(message, fault));
      case "GetTotals":
        return answer(this.#totals());
      case "Abort":
        this.#abort(message);
        return { kind: "nothing" };
      default:
        return answer({ Response: failure("MessageFormat", "message is not known") });
    }
  }

  #read(text: string): TillMessage | undefined {
    try {
      return readRequest(text, this.#config.key);
    } catch {
      // An envelope that does not open.
      return undefined;
    }
  }

  #globalStatus(): string {
    return this.#running === undefined ? "OK" : "Busy";
  }

  async #transact(
    message: TillMessage,
    fault: NexoFault | undefined,
    answer: (body: JsonObject) => TerminalAnswer,
  ): Promise<TerminalAnswer> {
    const key = `${message.saleId} ${message.serviceId}`;
    if (this.#running !== undefined) return answer({ Response: failure("Busy", "in progress") });
    if (this.#transactions.has(key))
      return answer({ Response: failure("MessageFormat", "ServiceID was used before") });
    const started = this.#started(message);
    this.#keep(started);
    const end = started.category === "Payment" ? await this.#pay(started, fault) : this.#takeBack(started);
    this.#running = undefined;
    if (end === "power_off") return { kind: "power_off" };
    const ended: Transaction = { ...started, end };
    this.#keep(ended);
    return answer(transactionBody(ended, this.#config));
  }

  #started(message: TillMessage): Transaction {
    const { body, category } = message;
    const amounts = objectAt(body, "PaymentTransaction", "AmountsReq");
    const original = objectAt(body, "OriginalPOITransaction", "POITransactionID");
    const originalId = stringAt(original, "TransactionID");
    const known = this.transactions().find((its) => its.transactionId === originalId);
    const currency = stringAt(amounts, "Currency") || (known?.currency ?? "EUR");
    const major = category === "Payment" ? amounts?.["RequestedAmount"] : body["ReversedAmount"];
    const number = String(this.#transactions.size + 1).padStart(4, "0");
    return {
      saleId: message.saleId,
      serviceId: message.serviceId,
      category: category === "Payment" ? "Payment" : "Reversal",
      transactionId: `S${number}.${this.#config.poiId.slice(-4)}X${number}`,
      timeStamp: this.#config.nowIso(),
      currency,
      amountMinor: Math.round(Number(major) * 10 ** this.#config.exponentOf(currency)),
      isRefund: stringAt(objectAt(body, "PaymentData"), "PaymentType") === "Refund",
      original: originalId,
      end: null,
    };
  }

  async #pay(its: Transaction, fault: NexoFault | undefined): Promise<TransactionEnd | "power_off"> {
    const aborted = new Promise<"aborted">((resolve) => {
      this.#running = { key: keyOf(its), abort: () => resolve("aborted") };
    });
    const act = await Promise.race([this.#config.holder(its.amountMinor, its.currency), aborted]);
    if (act === "aborted") return failed("Aborted", "Cancelled by the till");
    if (act.kind === "walks_away") return failed("Cancel", "Shopper cancelled");
    if (!act.card.isReadable) return failed("InvalidCard", "Card cannot be read");
    const amountMinor = fault?.kind === "other_amount" ? fault.amountMinor : its.amountMinor;
    const answer = this.#config.acquirer.ask(this.#config.poiId, {
      kind: its.isRefund ? "refund" : "authorise",
      ref: hostRef(its),
      amountMinor,
      currency: its.currency,
      card: { brand: act.card.brand, lastFour: lastFourOf(act.card) },
      issuerCode: act.card.issuerCode,
    });
    if (fault?.kind === "power_off") return "power_off";
    if (answer.kind === "declined") return failed("Refusal", `${answer.code} ${answer.text}`);
    return approved(act.card.key, act.entry, amountMinor, answer.id);
  }

  #takeBack(its: Transaction): TransactionEnd {
    const paid = this.transactions().find((other) => other.transactionId === its.original);
    if (paid?.end?.kind !== "approved") return failed("NotFound", "Original transaction not found");
    const { cardKey, entry, amountMinor } = paid.end;
    const given = this.transactions().filter(
      (other) => other.original === its.original && other.end?.kind === "approved",
    );
    const left = amountMinor - given.reduce((sum, other) => sum + other.amountMinor, 0);
    if (its.amountMinor > left) return failed("NotAllowed", "More than is left of the original");
    const isWhole = its.amountMinor === amountMinor;
    const answer = this.#config.acquirer.ask(
      this.#config.poiId,
      isWhole
        ? { kind: "reverse", ref: hostRef(its), of: hostRef(paid), reason: "asked by the till" }
        : {
            kind: "refund",
            ref: hostRef(its),
            amountMinor: its.amountMinor,
            currency: its.currency,
            card: { brand: cardKey, lastFour: "" },
            issuerCode: 0,
          },
    );
    if (answer.kind === "declined") return failed("Refusal", answer.text);
    return approved(cardKey, entry, its.amountMinor, answer.id);
  }

  #status(message: TillMessage, fault: NexoFault | undefined): JsonObject {
    const MessageReference = objectAt(message.body, "MessageReference") ?? {};
    const saleId = stringAt(MessageReference, "SaleID") || message.saleId;
    const known = this.#transactions.get(`${saleId} ${stringAt(MessageReference, "ServiceID")}`);
    const isOther = known?.category !== stringAt(MessageReference, "MessageCategory");
    if (fault?.kind === "in_progress") return { MessageReference, Response: failure("InProgress") };
    if (known === undefined || isOther || fault?.kind === "not_found")
      return { MessageReference, Response: failure("NotFound") };
    if (known.end === null) return { MessageReference, Response: failure("InProgress") };
    const MessageHeader = {
      ...message.header,
      MessageCategory: known.category,
      MessageType: "Response",
      SaleID: known.saleId,
      ServiceID: known.serviceId,
    };
    const RepeatedResponseMessageBody = {
      [`${known.category}Response`]: transactionBody(known, this.#config),
    };
    return {
      MessageReference,
      RepeatedMessageResponse: { MessageHeader, RepeatedResponseMessageBody },
      Response: { Result: "Success" },
    };
  }

  #abort(message: TillMessage): void {
    const reference = objectAt(message.body, "MessageReference");
    const key = `${stringAt(reference, "SaleID") || message.saleId} ${stringAt(reference, "ServiceID")}`;
    if (this.#running?.key === key) this.#running.abort();
  }

  #totals(): JsonObject {
    const rows = new Map<string, { count: number; minor: number; currency: string }>();
    for (const { end, currency, category, isRefund } of this.#transactions.values()) {
      if (end?.kind !== "approved") continue;
      const type = category === "Reversal" || isRefund ? "Credit" : "Debit";
      const row = rows.get(`${end.cardKey} ${type}`) ?? { count: 0, minor: 0, currency };
      rows.set(`${end.cardKey} ${type}`, {
        ...row,
        count: row.count + 1,
        minor: row.minor + end.amountMinor,
      });
    }
    const TransactionTotals = [...rows].map(([key, { count, minor, currency }]) => ({
      PaymentInstrumentType: "Card",
      CardBrand: key.split(" ")[0],
      PaymentCurrency: currency,
      PaymentTotals: [
        {
          TransactionType: key.split(" ")[1],
          TransactionCount: count,
          TransactionAmount: minor / 10 ** this.#config.exponentOf(currency),
        },
      ],
    }));
    return { POIReconciliationID: "1000", Response: { Result: "Success" }, TransactionTotals };
  }

  /** What was under way when the power went is taken back, and said to have failed. */
  #recover(): void {
    for (const its of this.transactions()) {
      if (its.end !== null) continue;
      this.#config.acquirer.ask(this.#config.poiId, {
        kind: "reverse",
        ref: `${hostRef(its)}-undo`,
        of: hostRef(its),
        reason: "power cut",
      });
      this.#keep({ ...its, end: { kind: "failed", condition: "Aborted", reason: "Power was interrupted" } });
    }
  }

  #keep(its: Transaction): void {
    this.#config.store.save(its);
    this.#transactions.set(keyOf(its), its);
  }
}

function keyOf(its: Transaction): string {
  return `${its.saleId} ${its.serviceId}`;
}

function hostRef(its: Transaction): string {
  return its.transactionId;
}

function failed(condition: string, reason: string): TransactionEnd {
  return { kind: "failed", condition, reason };
}

function approved(cardKey: string, entry: "ICC" | "Tapped", amountMinor: number, id: number): TransactionEnd {
  return { kind: "approved", cardKey, entry, amountMinor, approvalCode: String(id).padStart(6, "0") };
}
