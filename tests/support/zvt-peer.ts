/**
 * A ZVT terminal of a few lines, for tests of the driver: it answers as it is told to by a plan and keeps
 * count of the money that stands. Not the simulator of tools/sim: that one is behaviour, this one a script.
 */

import type { MemoryPeer } from "../../drivers/port/memory.ts";
import { decodeApdu, encodeApdu, zvtMessage } from "../../drivers/reader/zvt/apdu.ts";
import type { ZvtLead, ZvtMessage } from "../../drivers/reader/zvt/apdu.ts";
import { TOTAL_BRANDS, bmpField, bmpNumber, bmpTlv } from "../../drivers/reader/zvt/bmp.ts";
import type { BmpField } from "../../drivers/reader/zvt/bmp.ts";
import { fromHex } from "../../drivers/reader/zvt/bytes.ts";
import { SerialFrameReader, ZVT_ACK, encodeSerialBlock } from "../../drivers/reader/zvt/frame-serial.ts";
import { TcpFrameReader } from "../../drivers/reader/zvt/frame-tcp.ts";
import { tlvItem, tlvText } from "../../drivers/reader/zvt/tlv.ts";

/** What the terminal does with the next request for money. */
export type ZvtPlan =
  | "approve"
  | "decline"
  /** Waits for a card until it is told to abort. */
  | "hold"
  /** Says nothing any more once the request is there. */
  | "silent"
  /** The line is cut once the request is there. */
  | "die_before_result"
  /** The line is cut with the result on it. */
  | "die_after_result"
  | "other_amount"
  /** 06 1E although its result was acknowledged. */
  | "abort_after_ack"
  /** A wrong PIN, and then a right one. */
  | "wrong_pin"
  /** A wrong PIN, and no other. */
  | "wrong_pin_only"
  /** A second result behind the first, with more in it. */
  | "twice"
  | "unknown_result"
  /** The host's own refusal: 27 says 00, A0 says A1. */
  | "host_result"
  /** Everything that the terminal would print comes first. */
  | "slips"
  /** The request itself is refused. */
  | "refuse"
  /** 06 0F and not a word about a result. */
  | "no_result";

/** A planted card number: it must never come out of the driver. */
export const PLANTED_PAN = "4012888888881881";

interface Booked {
  readonly amountMinor: number;
  readonly receipt: number;
  readonly trace: number;
  readonly originalTrace: number | undefined;
  stands: boolean;
}

const EUR = "0978";

/** One terminal, over any number of connections. */
export class ZvtPeer {
  plan: ZvtPlan = "approve";
  terminal = "52500041";
  /** What a status enquiry says. */
  status = 0;
  /** The registration is answered with 84 9C as long as this lasts. */
  isBusy = false;
  /** Message ids are taken up when they are offered. */
  hasMessageIds = false;
  /** Names and fields of what was heard, answers too. */
  readonly heard: ZvtMessage[] = [];
  readonly booked: Booked[] = [];
  receipt = 41;
  trace = 16;
  readonly #link: "serial" | "tcp";
  #peer: MemoryPeer | undefined;
  #serial = new SerialFrameReader();
  #tcp = new TcpFrameReader();
  #script: readonly (() => void)[] = [];
  #nextId = 0;
  #commandId = "";

  constructor(link: "serial" | "tcp") {
    this.#link = link;
  }

  /** Money of all bookings that stand. */
  get standingMinor(): number {
    return this.booked.filter(({ stands }) => stands).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  }

  /** The commands heard, by name. */
  commands(): readonly string[] {
    return this.heard.filter(({ name }) => name !== "done" && name !== "refused").map(({ name }) => name);
  }

  attach(peer: MemoryPeer): void {
    this.#peer = peer;
    this.#serial = new SerialFrameReader();
    this.#tcp = new TcpFrameReader();
    this.#script = [];
    peer.onData((bytes) => this.#received(bytes));
  }

  cut(): void {
    this.#peer?.close();
    this.#peer = undefined;
  }

  /** Raw bytes to the driver. */
  raw(bytes: Uint8Array): void {
    this.#peer?.send(bytes);
  }

  /** An APDU to the driver, whatever it is. */
  sayBytes(apdu: Uint8Array): void {
    this.raw(this.#link === "tcp" ? apdu : encodeSerialBlock(apdu));
  }

  /** A message to the driver. */
  say(message: ZvtMessage): void {
    const isAnswer = message.name === "done" || message.name === "refused";
    if (!isAnswer && this.#nextId > 0 && message.name !== "print_line") {
      const id = String(this.#nextId).padStart(6, "0");
      this.#nextId += 1;
      this.#say(withId(message, id));
    } else this.#say(message);
  }

  #say(message: ZvtMessage): void {
    this.sayBytes(encodeApdu(message));
  }

  #received(bytes: Uint8Array): void {
    if (this.#link === "tcp") {
      for (const item of this.#tcp.push(bytes)) if (item.kind === "apdu") this.#apdu(item.bytes);
      return;
    }
    for (const item of this.#serial.push(bytes)) {
      if (item.kind !== "apdu") continue;
      this.raw(Uint8Array.of(ZVT_ACK));
      this.#apdu(item.bytes);
    }
  }

  #apdu(bytes: Uint8Array): void {
    const result = decodeApdu(bytes);
    if (!result.ok) return;
    const { message } = result.value;
    this.heard.push(message);
    if (message.name === "done" || message.name === "refused") this.#answered(message);
    else this.#command(message);
  }

  /** The driver's answer lets the script go on. */
  #answered(message: ZvtMessage): void {
    const reason = message.name === "refused" ? message.code & 0xff : 0;
    if (reason === 0x9c) return;
    if (reason !== 0) {
      const last = this.booked.at(-1);
      if (last !== undefined) last.stands = false;
      this.#run([() => this.#abort(reason === 0xcc ? 0xcc : 0x6c)]);
      return;
    }
    this.#next();
  }

  #run(script: readonly (() => void)[]): void {
    this.#script = script;
    this.#next();
  }

  #next(): void {
    const [step, ...rest] = this.#script;
    this.#script = rest;
    step?.();
  }

  #command(message: ZvtMessage): void {
    const yes = (...script: readonly (() => void)[]): void => {
      this.#commandId = tlvText(bmpTlv(message.fields), "message_id") ?? "";
      this.say(
        this.#nextId > 0 && this.#commandId !== ""
          ? withId(zvtMessage("done"), this.#commandId)
          : zvtMessage("done"),
      );
      this.#run(script);
    };
    switch (message.name) {
      case "registration":
        if (this.isBusy) this.say(zvtMessage("refused", [], NONE, 0x9c));
        else this.#register(message);
        return;
      case "status_enquiry":
        yes(() =>
          this.say(zvtMessage("completion", [], { kind: "status", status: this.status, version: "1.0" })),
        );
        return;
      case "authorisation":
      case "refund":
      case "pre_authorisation":
      case "book_total":
      case "reversal":
      case "pre_authorisation_reversal":
        this.#money(message, yes);
        return;
      case "repeat_receipt":
        yes(...this.#repeat());
        return;
      case "partial_reversal":
        yes(() => this.say(zvtMessage("abort", [bmpField("receipt", "0039")], result(0xb8))));
        return;
      case "end_of_day":
        yes(...this.#day());
        return;
      case "read_card":
        yes(() =>
          this.say(
            zvtMessage("status_information", [
              bmpField("result", 0),
              bmpField("tlv", [tlvItem("uid", "000000000000081CA72F")]),
            ]),
          ),
        );
        return;
      case "abort_by_register":
        this.say(zvtMessage("done"));
        this.isBusy = false;
        if (this.plan === "hold") this.#run([() => this.#abort(0x6c)]);
        return;
      default:
        yes(() => this.say(zvtMessage("completion")));
    }
  }

  #register(message: ZvtMessage): void {
    const isOffered = tlvText(bmpTlv(message.fields), "message_id") === "000000" && this.hasMessageIds;
    this.#nextId = 0;
    this.say(isOffered ? withId(zvtMessage("done"), "000000") : zvtMessage("done"));
    this.#nextId = isOffered ? 1 : 0;
    this.#run([
      () =>
        this.say(
          zvtMessage("completion", [
            bmpField("kind", 0),
            bmpField("terminal", this.terminal),
            bmpField("currency", EUR),
          ]),
        ),
    ]);
  }

  #money(message: ZvtMessage, yes: (...script: readonly (() => void)[]) => void): void {
    const amountMinor = bmpNumber(message.fields, "amount") ?? 500;
    const originalTrace = message.name === "reversal" ? 16 : undefined;
    const prompt = (): void => this.#prompt(0x0a);
    const approve = (asMinor = amountMinor): (() => void) => {
      return () => {
        this.receipt += 1;
        this.trace += 1;
        this.booked.push({
          amountMinor: asMinor,
          receipt: this.receipt,
          trace: this.trace,
          originalTrace,
          stands: false,
        });
        this.say(this.#result(0));
      };
    };
    const finish = (): void => {
      const last = this.booked.at(-1);
      if (last !== undefined) last.stands = true;
      this.say(zvtMessage("completion"));
    };
    switch (this.plan) {
      case "approve":
        return yes(prompt, approve(), finish);
      case "decline":
        return yes(
          prompt,
          () => this.#declined(5, "Karte abgelehnt"),
          () => this.#abort(5),
        );
      case "hold":
        return yes(prompt);
      case "silent":
        return yes();
      case "die_before_result":
        return yes(() => this.cut());
      case "die_after_result":
        return yes(prompt, () => {
          approve()();
          this.cut();
        });
      case "other_amount":
        return yes(prompt, approve(amountMinor + 1), finish);
      case "abort_after_ack":
        return yes(prompt, approve(), () => this.#abort(0xff));
      case "wrong_pin":
        return yes(
          prompt,
          () => this.#declined(0x37, ""),
          () => this.#prompt(0x15),
          approve(),
          finish,
        );
      case "wrong_pin_only":
        return yes(
          prompt,
          () => this.#declined(0x37, "PIN falsch"),
          () => this.say(zvtMessage("completion")),
        );
      case "twice":
        return yes(prompt, approve(), () => this.say(this.#result(0)), finish);
      case "unknown_result":
        return yes(prompt, () => this.#abort(0x8e));
      case "host_result":
        return yes(
          prompt,
          () => this.say(this.#result(0, [bmpField("host_result", 0xa1)])),
          () => this.#abort(0xa1),
        );
      case "slips":
        return yes(prompt, approve(), ...this.#slips(), finish);
      case "refuse":
        this.say(zvtMessage("refused", [], NONE, 0xf0));
        return;
      case "no_result":
        return yes(prompt, () => this.say(zvtMessage("completion")));
    }
  }

  #slips(): readonly (() => void)[] {
    const block = [
      tlvItem("receipt_kind", 1),
      tlvItem("print_texts", [
        tlvItem("attribute", 0x40),
        tlvItem("text", "H\u00e4ndlerbeleg"),
        tlvItem("text", PLANTED_PAN),
      ]),
    ];
    const line = (attribute: number, text: string): (() => void) => {
      return () => this.say(zvtMessage("print_line", [], { kind: "print_line", attribute, text }));
    };
    return [
      () => this.say(zvtMessage("print_text_block", [bmpField("tlv", block)])),
      line(0x40, "Kundenbeleg"),
      line(0x00, "Danke"),
      line(0x80, ""),
    ];
  }

  #prompt(status: number): void {
    const texts = tlvItem("display_texts", [tlvItem("text", "Bitte"), tlvItem("text", "Karte")]);
    this.say(
      zvtMessage("intermediate_status", [bmpField("tlv", [texts])], {
        kind: "intermediate",
        status,
        minutes: undefined,
      }),
    );
  }

  #declined(code: number, text: string): void {
    this.say(zvtMessage("status_information", [bmpField("result", code), bmpField("additional_text", text)]));
  }

  #abort(code: number): void {
    this.say(zvtMessage("abort", [], result(code)));
  }

  #result(code: number, more: readonly BmpField[] = []): ZvtMessage {
    const last = this.booked.at(-1);
    if (last === undefined) return zvtMessage("status_information", [bmpField("result", code), ...more]);
    return zvtMessage("status_information", [
      bmpField("result", code),
      bmpField("amount", last.amountMinor),
      bmpField("currency", EUR),
      bmpField("trace", String(last.trace).padStart(6, "0")),
      ...(last.originalTrace === undefined
        ? []
        : [bmpField("original_trace", String(last.originalTrace).padStart(6, "0"))]),
      bmpField("terminal", this.terminal),
      bmpField("receipt", String(last.receipt).padStart(4, "0")),
      bmpField("card_number", { raw: fromHex(PLANTED_PAN) }),
      bmpField("track_2", { raw: fromHex(`${PLANTED_PAN}D2512`.padEnd(24, "F")) }),
      bmpField("card_name", "VISA"),
      bmpField("authorisation", "A1B2C3"),
      bmpField("tlv", [tlvItem("technology", 2), tlvItem("verification", 0)]),
      ...more,
    ]);
  }

  #repeat(): readonly (() => void)[] {
    const last = this.booked.findLast(({ stands }) => stands);
    if (last === undefined) return [() => this.#abort(0x83)];
    this.booked.splice(this.booked.indexOf(last), 1);
    this.booked.push(last);
    return [() => this.say(this.#result(0)), () => this.say(zvtMessage("completion"))];
  }

  #day(): readonly (() => void)[] {
    const sums = TOTAL_BRANDS.map((brand) => ({
      brand,
      count: brand === "Visa" ? 2 : 0,
      amountMinor: brand === "Visa" ? 2_680 : 0,
    }));
    const totals = bmpField("totals", { receiptFrom: "0041", receiptTo: "0042", sums });
    return [
      () =>
        this.say(
          zvtMessage("status_information", [bmpField("result", 0), bmpField("amount", 2_680), totals]),
        ),
      () => this.say(zvtMessage("completion")),
    ];
  }
}

const NONE: ZvtLead = { kind: "none" };

function result(code: number): ZvtLead {
  return { kind: "result", result: code, currency: undefined };
}

function withId(message: ZvtMessage, id: string): ZvtMessage {
  const items = [...bmpTlv(message.fields), tlvItem("message_id", id)];
  return {
    ...message,
    fields: [...message.fields.filter(({ name }) => name !== "tlv"), bmpField("tlv", items)],
  };
}
