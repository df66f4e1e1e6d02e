/**
 * What the runtime itself reports, with nobody signed on: how print jobs ended, and what is known of
 * the clock. A report that says nothing new is answered with no events.
 */
import type { CommandOf } from "./command.ts";
import { CODE_TEXT_LENGTH_MAX } from "./limits.ts";
import { fits, isWhole } from "./order/decide-lines.ts";
import type { Decided } from "./order/decide-lines.ts";
import { refuse } from "./refusal.ts";
import type { State } from "./state.ts";

/** The clock on the wall is wrong by `byMs`, a magnitude. */
export function decideFlagClock(state: State, { flag, byMs }: CommandOf<"flag_clock">): Decided {
  if (!isWhole(byMs, 0, Number.MAX_SAFE_INTEGER)) return refuse("command/out_of_range", "clock");
  if (state.clockFlag === flag) return { ok: true, events: [] };
  return { ok: true, events: [{ type: "clock_flagged", flag, byMs }] };
}

/** The clock on the wall is believed again. */
export function decideTrustClock(state: State): Decided {
  return { ok: true, events: state.clockFlag === "none" ? [] : [{ type: "clock_trusted" }] };
}

/** A report's print job ended; it ends once. */
export function decideFinishReport(state: State, command: CommandOf<"finish_report">): Decided {
  const { job, outcome, code, mark } = command;
  if (!state.reportJobs.has(job)) return { ok: true, events: [] };
  if (!fits(code, CODE_TEXT_LENGTH_MAX)) return refuse("command/out_of_range", "code");
  return { ok: true, events: [{ type: "report_finished", job, outcome, code, mark }] };
}

/** A receipt's print job ended. A job that is finished already, or that nobody knows, has no second end. */
export function decideFinishPrint(state: State, command: CommandOf<"finish_print">): Decided {
  const order = state.orders.get(command.order)?.order;
  const job = order?.jobs.find((its) => its.id === command.job);
  if (job === undefined || job.outcome !== "pending") return { ok: true, events: [] };
  const { order: orderId, outcome, code, mark } = command;
  if (!fits(code, CODE_TEXT_LENGTH_MAX)) return refuse("command/out_of_range", "code");
  return { ok: true, events: [{ type: "print_finished", order: orderId, job: job.id, outcome, code, mark }] };
}
