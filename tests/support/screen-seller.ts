/**
 * A terminal in memory with Ana signed on, and short ways to sell: for tests of what screens show.
 */
import { expect } from "vitest";

import type { Command } from "../../core/command.ts";
import { clerkId } from "../../core/ids.ts";
import type { Recorded } from "../../core/types.ts";
import { orderView } from "../../runtime/ui/view.ts";
import type { OrderView } from "../../runtime/ui/wire.ts";
import { memoryTerminal, SetClock } from "./screen-terminal.ts";
import type { MemoryOptions, MemoryTerminal } from "./screen-terminal.ts";

/** Noon of 2010-12-01 UTC. */
export const NOON_MS = Date.UTC(2010, 11, 1, 12, 0);

/** See the header. */
export interface Seller extends MemoryTerminal {
  readonly clock: SetClock;
  /** A tap of Ana's that is expected to succeed. */
  readonly tap: (command: Command) => Promise<readonly Recorded[]>;
  /** The order on the screen; throws without one. */
  readonly shown: () => OrderView;
  readonly add: (sku: string, quantityMilli?: number) => Promise<unknown>;
  readonly cash: (handedMinor: number) => Promise<unknown>;
}

/** A terminal at noon, or by `clock`. */
export async function seller(
  clock = new SetClock(NOON_MS),
  options: Omit<MemoryOptions, "clock"> = {},
): Promise<Seller> {
  const terminal = await memoryTerminal({ ...options, clock });
  const { loop, config } = terminal;
  let n = 0;
  const tap = async (command: Command): Promise<readonly Recorded[]> => {
    n += 1;
    const answer = await loop.submit(command, { view: 9, n, clerk: clerkId("ana") });
    expect(answer).toMatchObject({ ok: true });
    return answer.ok ? answer.events : [];
  };
  await tap({ type: "sign_on", clerk: clerkId("ana"), attempt: null });
  const current = (): OrderView | null => orderView(loop.state, config.cashRounding);
  const shown = (): OrderView => {
    const view = current();
    if (view === null) throw new Error("No order is shown");
    return view;
  };
  return {
    ...terminal,
    clock,
    tap,
    shown,
    add: (sku, quantityMilli = 1000) =>
      tap({ type: "add_item", order: current()?.order ?? null, sku, quantityMilli }),
    cash: (handedMinor) => tap({ type: "take_cash", order: shown().order, handedMinor, leftMinor: null }),
  };
}
