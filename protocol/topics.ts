/**
 * MQTT topics: a terminal publishes to its own `up` and reads its own `down`, nothing else. QoS 1,
 * clean session, never retained: a broker's state is worth nothing here.
 */
import type { TerminalId } from "../core/ids.ts";
import { isTerminalId } from "../core/ids.ts";
import type { Link } from "./message.ts";

/** To headquarters, or from it. */
export type Direction = "up" | "down";

const TENANT = /^[A-Za-z0-9_-]{1,32}$/;

/** Whether `text` may name a tenant or a store: it becomes part of a topic. */
export function isTenant(text: string): boolean {
  return TENANT.test(text);
}

/** The topic of a link in one direction. */
export function topicOf(link: Link, direction: Direction): string {
  return `t/${link.tenant}/${link.terminal}/${direction}`;
}

/** The link and direction that a topic names, or null when it is none of ours. */
export function parseTopic(topic: string): { readonly link: Link; readonly direction: Direction } | null {
  const [root, tenant, terminal, direction, ...rest] = topic.split("/");
  if (root !== "t" || rest.length > 0 || tenant === undefined || terminal === undefined) return null;
  if (!isTenant(tenant) || !isTerminalId(terminal)) return null;
  if (direction !== "up" && direction !== "down") return null;
  const id: TerminalId = terminal;
  return { link: { tenant, terminal: id }, direction };
}
