/**
 * Alarms: what a person at headquarters must look at. A fact is raised once for its subject however
 * often it is seen; a count adds up. Codes are a closed list; an alarm never stops anything.
 */

export type AlarmCode =
  /** A connection named a terminal without a registered key. */
  | "link/unknown_terminal"
  /** A registered key file is no key. */
  | "link/key_unreadable"
  /** Bytes that are not MQTT 3.1.1, or a packet over its bound. */
  | "link/malformed"
  /** A session that wants to be remembered, or one with a last will. */
  | "link/session_kind"
  /** A topic that is not the terminal's own, a retained message, or another QoS than 1. */
  | "link/not_allowed"
  /** A message whose signature or envelope is wrong: dropped, never stored. */
  | "link/signature"
  /** A well-signed message that could not be read, or that this build does not know: dropped. */
  | "link/unreadable"
  /** A batch on a connection that has not said hello. */
  | "link/no_hello"
  /** More messages at once than any window allows. */
  | "link/flood"
  /** The store did not take a message; its terminal keeps it and sends it again. */
  | "store/failed"
  /** Another hash is held at a position of this batch: kept in quarantine, not acknowledged. */
  | "history/fork"
  /** An epoch whose first record contradicts its own place in the chain: as a fork. */
  | "history/parent_mismatch"
  /** One position has two continuations, both held: a restored image, a clone, or rot. */
  | "history/second_child"
  /** A terminal found damaged segments and set them aside: what it had not sent is only in its quarantine. */
  | "history/rot"
  /** A journal of training was sent: it is no trade, and its terminal is set up wrongly. */
  | "history/training"
  /** A record that this build cannot read: held, and folded once a build can. */
  | "event/undecodable"
  /** An order whose events could not be folded; they are held. */
  | "order/unfoldable"
  /** More units of a receipt came back than it sold: terminals that did not see each other each took some back. */
  | "order/returned_twice"
  /** A closing whose business view is not the one headquarters folds from the same events. */
  | "order/view_hash_mismatch";

export interface Alarm {
  readonly code: AlarmCode;
  readonly tenant: string;
  /** Empty where no registered terminal is meant. */
  readonly terminal: string;
  /** What it is about within the terminal: an epoch, a position, an order; may be empty. */
  readonly subject: string;
  /** For people. */
  readonly detail: string;
  /** A fact is raised once per (code, terminal, subject); a count adds `count` each time. */
  readonly kind: "fact" | "count";
  readonly count: number;
}

/** A fact for `subject`. */
export function fact(
  code: AlarmCode,
  place: Pick<Alarm, "tenant" | "terminal" | "subject" | "detail">,
): Alarm {
  return { code, ...place, kind: "fact", count: 1 };
}

/** The name under which an alarm is raised once or counted. */
export function alarmKey(alarm: Alarm): string {
  return JSON.stringify([alarm.tenant, alarm.code, alarm.terminal, alarm.subject]);
}

/** An alarm as the store keeps it. */
export interface StoredAlarm {
  readonly code: string;
  readonly terminal: string;
  readonly subject: string;
  readonly detail: string;
  readonly count: number;
}
