/**
 * A shop with a manager: pages over a terminal in memory where some have a PIN and few have every right.
 */
import { clerkId } from "../../core/ids.ts";
import type { ClerkGrant, Right } from "../../core/facts.ts";
import { served } from "./screen-page.ts";
import type { ServedPages } from "./screen-page.ts";
import type { MemoryOptions } from "./screen-terminal.ts";

const ALL: readonly Right[] = [
  "sell",
  "open_price",
  "void",
  "blind_return",
  "reprint",
  "refund",
  "drawer",
  "shift",
  "stock",
  "approve",
  "training",
];
/** Boss may do everything, Ana only sell, 小李 sell and train. Ana has no PIN. */
export const SHOP_STAFF: readonly ClerkGrant[] = [
  { clerk: clerkId("boss"), name: "Boss", rights: ALL },
  { clerk: clerkId("ana"), name: "Ana", rights: ["sell"] },
  { clerk: clerkId("li"), name: "小李", rights: ["sell", "training"] },
];
/** The manager's. */
export const BOSS_PIN = "86420975";
/** 小李's. */
export const LI_PIN = "271828";
const PINS = { boss: BOSS_PIN, li: LI_PIN };

/** Pages of that shop. */
export function shop(options: Omit<MemoryOptions, "clock"> = {}): Promise<ServedPages> {
  return served({ staff: SHOP_STAFF, pins: PINS, ...options });
}
