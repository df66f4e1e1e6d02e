/**
 * Message sequence ids (TLV 1F73) where the terminal offers them (PA00P016 4): each side numbers what it
 * says, an answer carries the number of what it answers, and the same number again is the same message.
 * Pure. Without an offer everything passes unchanged.
 */

import type { ZvtMessage } from "./apdu.ts";
import { bmpField, bmpTlv } from "./bmp.ts";
import { tlvItem, tlvText } from "./tlv.ts";

/** Where the numbering stands. */
export interface SequenceState {
  readonly isOn: boolean;
  /** Of our next command. */
  readonly nextId: number;
  /** The newest id of the terminal, and what we answered to it. */
  readonly heardId: string;
  readonly answer: ZvtMessage | undefined;
}

/** Before a registration. */
export const SEQUENCE_START: SequenceState = { isOn: false, nextId: 1, heardId: "", answer: undefined };

const ID_MAX = 999_999;
/** What offers and accepts the numbering at registration. */
const OFFER = "000000";

/** The id that a message carries; empty without one. */
export function idOf({ fields }: ZvtMessage): string {
  return tlvText(bmpTlv(fields), "message_id") ?? "";
}

/** Numbers a command of ours. The registration carries the offer by itself. */
export function numberCommand(
  state: SequenceState,
  message: ZvtMessage,
): { readonly state: SequenceState; readonly message: ZvtMessage } {
  if (!state.isOn || message.name === "registration") return { state, message };
  const nextId = state.nextId >= ID_MAX ? 1 : state.nextId + 1;
  return { state: { ...state, nextId }, message: withId(message, String(state.nextId).padStart(6, "0")) };
}

/** Numbers an answer of ours, and keeps it for a repetition. */
export function numberAnswer(
  state: SequenceState,
  message: ZvtMessage,
  to: ZvtMessage,
): { readonly state: SequenceState; readonly message: ZvtMessage } {
  const id = idOf(to);
  if (!state.isOn || id === "") return { state, message };
  const numbered = withId(message, id);
  return { state: id === state.heardId ? { ...state, answer: numbered } : state, message: numbered };
}

/** What became of a message of the terminal. */
export type Heard =
  | { readonly kind: "new"; readonly state: SequenceState }
  /** The same again; what we answered, if we did. */
  | { readonly kind: "repeated"; readonly answer: ZvtMessage | undefined };

/** Takes in a message of the terminal. An answer of the terminal is never a repetition. */
export function hear(state: SequenceState, message: ZvtMessage): Heard {
  const id = idOf(message);
  if (message.name === "done" || message.name === "refused") {
    return { kind: "new", state: id === OFFER ? { ...state, isOn: true } : state };
  }
  if (id === OFFER) return { kind: "new", state: { ...state, isOn: true } };
  if (!state.isOn || id === "") return { kind: "new", state };
  if (id === state.heardId) return { kind: "repeated", answer: state.answer };
  return { kind: "new", state: { ...state, heardId: id, answer: undefined } };
}

function withId(message: ZvtMessage, id: string): ZvtMessage {
  const items = [...bmpTlv(message.fields), tlvItem("message_id", id)];
  const others = message.fields.filter(({ name }) => name !== "tlv");
  return { ...message, fields: [...others, bmpField("tlv", items)] };
}
