/**
 * Planted bugs of the loop, the start and the executors: what is answered when, what a start takes
 * over from the one before, and what is printed.
 */
import type { Mutant } from "../mutant.ts";

const LOOP = "runtime/loop.ts";
const BOOT = "runtime/boot.ts";
const TERMINAL = "runtime/terminal.ts";

/** Bugs in runtime/ outside of the journal and the uplink, and in the printer's session. */
export const RUNTIME_MUTANTS: readonly Mutant[] = [
  {
    name: "answer-before-the-fsync",
    file: LOOP,
    find: "    await journal.commit();\n",
    replace: "    journal.commit().catch(() => {});\n",
    promise: "L2: money is answered when the disk has it.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/runtime/loop.test.ts"],
  },
  {
    name: "effects-before-the-commit",
    file: LOOP,
    find: `      const events = await this.#take(decided.events, cause);
      for (const recorded of events)
        for (const effect of effects(state, recorded)) this.#options.execute(effect);
`,
    replace: `      const taking = this.#take(decided.events, cause);
      const firstSeq = state.seq + 1 - decided.events.length;
      for (const [index, event] of decided.events.entries())
        for (const effect of effects(state, { ...state, seq: firstSeq + index, event }))
          this.#options.execute(effect);
      const events = await taking;
`,
    promise: "L2: nothing is printed and no drawer opens before the disk has what it is for.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/runtime/loop.test.ts"],
  },
  {
    name: "screen-ahead-of-the-disk",
    file: LOOP,
    find: "    return this.#unwrittenMoneyCount === 0;\n",
    replace: "    return this.#unwrittenMoneyCount >= 0;\n",
    promise: "L2: a screen does not show money that is not on disk yet.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/runtime/loop.test.ts"],
  },
  {
    name: "full-disk-answered-as-done",
    file: LOOP,
    find: '      return refuse(fault.code === "journal/full" ? "journal/full" : "journal/failed");\n',
    replace:
      '      return fault.code === "journal/full" ? { ok: true, events: [] } : refuse("journal/failed");\n',
    promise: "What a full disk did not take is refused and not answered as done.",
    isBlind: false,
    courses: ["scenario disk_full_in_mid_sale", "seeds"],
    also: ["tests/runtime/loop.test.ts"],
  },
  {
    name: "failed-disk-answered-as-done",
    file: LOOP,
    find: '      return refuse(fault.code === "journal/full" ? "journal/full" : "journal/failed");\n',
    replace:
      '      return fault.code === "journal/full" ? refuse("journal/full") : { ok: true, events: [] };\n',
    promise: "L4: what could not be made durable is refused and not answered as done.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/runtime/loop.test.ts"],
  },
  {
    name: "parent-not-named",
    file: BOOT,
    find: "    parent: parent === null ? null : { ...parent, epoch: epochId(parent.epoch) },\n",
    replace: "    parent: null,\n",
    promise: "The first record of an epoch names the position that it goes on from.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/runtime/boot.test.ts"],
  },
  {
    name: "epoch-of-eight-bits",
    file: BOOT,
    find: "  const epoch = epochOfBytes(rng.bytes(8));\n",
    replace: "  const epoch = epochOfBytes(new Uint8Array(8).fill(rng.bytes(1)[0] ?? 0));\n",
    promise: "Each start draws an epoch that nobody ever drew: 64 random bits.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/runtime/boot.test.ts"],
  },
  {
    name: "series-kept-after-a-loss",
    file: BOOT,
    find: '  const isContinued = continuity === "kept" && state.receiptSeries !== "";\n',
    replace: '  const isContinued = state.receiptSeries !== "";\n',
    promise: "A terminal that lost records begins a new receipt series, so that no number is given twice.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/runtime/boot.test.ts"],
  },
  {
    name: "pending-job-printed-again",
    file: TERMINAL,
    find: "  await settleJobs(loop);\n",
    replace:
      '  for (const { order } of loop.state.orders.values()) for (const { id } of order.jobs.filter(isPending)) execute({ type: "print_receipt", id: `print:${id}`, job: id, order: order.id, closing: id, copyNumber: 0 });\n',
    promise: "A receipt that was under way when the power went is marked, and not printed again by itself.",
    isBlind: true,
    courses: ["seeds"],
    also: ["tests/runtime/terminal.test.ts"],
  },
  {
    name: "pending-job-left-open",
    file: TERMINAL,
    find: "  await settleJobs(loop);\n",
    replace: "",
    promise: "A receipt that was under way when the power went is marked at the next start.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/runtime/terminal.test.ts"],
  },
  {
    name: "rolled-back-image-not-told",
    file: TERMINAL,
    find: '      loop.record([{ type: "continuity_lost", series, detail }]).catch((cause: unknown) => {\n',
    replace: "      loop.record([]).catch((cause: unknown) => {\n",
    promise: "A disk that is an older image begins a new receipt series as soon as headquarters says so.",
    isBlind: true,
    courses: ["scenario restored_image_while_others_sell", "seeds"],
    also: ["tests/runtime/terminal.test.ts", "tests/runtime/uplink.test.ts"],
  },
  {
    name: "printer-doubt-called-failure",
    file: "drivers/printer/session-step.ts",
    find: '  const isClean = !state.progress.hasLeft && state.kind !== "kicking";\n',
    replace: '  const isClean = state.kind !== "kicking";\n',
    promise: "S1: once bytes of a job have left, its end is unknown and never failed.",
    isBlind: true,
    courses: ["seeds"],
    also: ["tests/drivers/printer/session-step.test.ts"],
  },
  {
    name: "printed-without-the-printers-word",
    file: "drivers/printer/session-step.ts",
    find: "  if (feed.confirmedCount === feed.pieces.length) return printed(state);\n",
    replace: "  if (feed.sentCount === feed.pieces.length) return printed(state);\n",
    promise: "S2: a job is called printed only after the printer answered what stood behind it.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/drivers/printer/session-step.test.ts"],
  },
  {
    name: "sent-again-without-a-mark",
    file: "drivers/printer/plan.ts",
    find: "    pieces: [...again, ...all.slice(doneCount)],\n",
    replace: "    pieces: all.slice(doneCount),\n",
    promise: "L1: what may stand on paper already is sent again only below a mark.",
    isBlind: false,
    courses: ["seeds"],
    also: ["tests/drivers/printer/driver.test.ts", "tests/drivers/printer/session-step.test.ts"],
  },
];
