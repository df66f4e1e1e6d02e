/**
 * Sales in a real journal: the runtime's loop over it, as a terminal binds both, with neither devices
 * nor headquarters nor a screen.
 */
import { currentOrder, emptyState } from "../../../core/state.ts";
import { machineClock } from "../../../runtime/adapters/machine.ts";
import type { Disk } from "../../../runtime/disk.ts";
import { Loop } from "../../../runtime/loop.ts";
import { openJournal } from "../../../runtime/store/journal.ts";
import type { Journal } from "../../../runtime/store/journal.ts";
import { saleCommands } from "./sale.ts";
import { CLERK, CONTEXT, EPOCH, TERMINAL } from "./shop.ts";

/** A loop over a new journal, its clerk signed on. */
export interface JournaledTill {
  readonly loop: Loop;
  readonly journal: Journal;
  /** Sells one sale; a tap waits for its answer alone, money for the disk, as the loop has it. `betweenTaps` paces it. */
  sell(ordinal: number, lineCount: number, betweenTaps?: () => Promise<void>): Promise<void>;
}

/** Begins a journal below `disk`, which has none. */
export async function openTill(disk: Disk): Promise<JournaledTill> {
  const state = emptyState(TERMINAL, EPOCH);
  const { journal } = await openJournal({
    disk,
    terminal: TERMINAL,
    epoch: EPOCH,
    checkpoint: () => loop.checkpoint(),
  });
  const loop: Loop = new Loop({ state, journal, context: CONTEXT, clock: machineClock, execute: () => {} });
  await loop.record([
    {
      type: "epoch_started",
      parent: null,
      opening: "new",
      detail: "",
      series: "S1",
      runtimeVersion: "0.0.0",
    },
  ]);
  let n = 0;
  const submit = async (command: Parameters<Loop["submit"]>[0]): Promise<void> => {
    n += 1;
    const answer = await loop.submit(command, { view: 1, n, clerk: CLERK });
    if (!answer.ok) throw new Error(`bench: ${command.type} is refused with ${answer.refusal.code}`);
  };
  await submit({ type: "sign_on", clerk: CLERK, attempt: null });
  return {
    loop,
    journal,
    sell: async (ordinal, lineCount, betweenTaps) => {
      for (const command of saleCommands(state, ordinal, lineCount)) {
        await submit(command);
        await betweenTaps?.();
      }
      if (currentOrder(state) !== null) throw new Error("bench: the sale is closed");
    },
  };
}
