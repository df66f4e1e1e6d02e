/** The invariants L1 to L4 of the loop against a journal whose disk is the test. */
import { expect, test } from "vitest";
import type { Approval, Command } from "../../core/command.ts";
import type { Effect } from "../../core/effect.ts";
import { clerkId, eventId } from "../../core/ids.ts";
import type { EventId } from "../../core/ids.ts";
import { currentOrder, emptyState } from "../../core/state.ts";
import type { Cause } from "../../core/facts.ts";
import type { Event } from "../../core/types.ts";
import { decodeRecord } from "../../protocol/record.ts";
import { Loop } from "../../runtime/loop.ts";
import type { Answer, LoopJournal } from "../../runtime/loop.ts";
import { JournalFault } from "../../runtime/store/fault.ts";
import { CONTEXT, epochAt } from "../support/core-fixtures.ts";
import { settle, tickingClock, TILL } from "../support/fake-world.ts";

const EPOCH = epochAt(1);
const BOSS = clerkId("boss");
const SAM = clerkId("sam");
const STARTED: Event = {
  type: "epoch_started",
  parent: null,
  opening: "new",
  detail: "",
  series: "S1",
  runtimeVersion: "0.1.0",
};

/** A journal whose disk is the test. */
class StubJournal implements LoopJournal {
  state: LoopJournal["state"] = "ok";
  roomState: "ok" | "low" | "full" = "ok";
  readonly records: Uint8Array[] = [];
  kickCount = 0;
  /** What the next reserve or append meets. */
  reserveFault: JournalFault | null = null;
  appendFault: JournalFault | null = null;
  /** The next reserve begins a segment. */
  checkpoint: (() => readonly (readonly Uint8Array[])[]) | null = null;
  readonly #waiting: { readonly resolve: () => void; readonly reject: (fault: JournalFault) => void }[] = [];

  room() {
    return { state: this.roomState };
  }

  reserve(): number {
    if (this.reserveFault !== null) throw this.reserveFault;
    const { checkpoint } = this;
    this.checkpoint = null;
    for (const group of checkpoint?.() ?? []) this.records.push(...group);
    return this.records.length + 1;
  }

  append(records: readonly Uint8Array[]): void {
    if (this.appendFault !== null) throw this.appendFault;
    this.records.push(...records);
  }

  kick(): void {
    this.kickCount += 1;
  }

  commit(): Promise<void> {
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  get waitingCount(): number {
    return this.#waiting.length;
  }

  /** The disk has everything. */
  async sync(): Promise<void> {
    for (const commit of this.#waiting.splice(0)) commit.resolve();
    await settle();
  }

  /** The disk failed for good. */
  async fail(): Promise<void> {
    this.state = "failed";
    for (const commit of this.#waiting.splice(0)) commit.reject(new JournalFault("journal/failed", "here"));
    await settle();
  }

  types(): readonly string[] {
    return this.records.map((bytes) => {
      const record = decodeRecord(bytes, { terminal: TILL, epoch: EPOCH });
      return record.ok ? record.value.event.type : record.code;
    });
  }
}

class World {
  readonly journal = new StubJournal();
  readonly executed: Effect[] = [];
  readonly recorded: number[] = [];
  beforeCommand: () => void = () => {};
  changeCount = 0;
  n = 0;
  readonly loop = new Loop({
    state: emptyState(TILL, EPOCH),
    journal: this.journal,
    context: CONTEXT,
    clock: tickingClock(),
    execute: (effect) => this.executed.push(effect),
    onRecorded: ({ seq }) => this.recorded.push(seq),
    beforeCommand: () => this.beforeCommand(),
  });

  cause(): Cause {
    this.n += 1;
    return { view: 5, n: this.n, clerk: clerkId("boss") };
  }

  /** Submits and remembers the answer when it comes. */
  tap(command: Command, cause = this.cause()): { answer: Answer | null } {
    const held: { answer: Answer | null } = { answer: null };
    void this.loop.submit(command, cause).then((answer) => {
      held.answer = answer;
    });
    return held;
  }

  get order() {
    return currentOrder(this.loop.state) ?? expect.fail("There is no order");
  }

  cash(): Command {
    return { type: "take_cash", order: this.order.id, handedMinor: 10_000, leftMinor: null };
  }
}

function idOf(seq: number): EventId {
  return eventId({ terminal: TILL, epoch: EPOCH, seq });
}

const TEA: Command = { type: "add_item", order: null, sku: "tea", quantityMilli: 1000 };

/** A loop after its start, with one tea on an open order. */
async function opened(): Promise<World> {
  const world = new World();
  void world.loop.record([STARTED]);
  await world.journal.sync();
  world.tap({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  world.tap(TEA);
  await settle();
  world.loop.onChange(() => (world.changeCount += 1));
  return world;
}

test("line edits are answered and shown at once, and the disk is told to begin", async () => {
  const world = await opened();
  const kicks = world.journal.kickCount;
  const tapped = world.tap({ ...TEA, order: world.order.id });
  await settle();
  expect(tapped.answer).toMatchObject({ ok: true, events: [{ event: { type: "line_added" }, seq: 5 }] });
  expect(world.journal.waitingCount).toBe(0);
  expect(world.journal.kickCount).toBe(kicks + 1);
  expect(world.changeCount).toBe(1);
  expect(world.loop.isShowable).toBe(true);
});

test("money is not answered, shown or acted on before the disk has it", async () => {
  const world = await opened();
  const tapped = world.tap(world.cash());
  await settle();
  expect(tapped.answer).toBe(null);
  expect(world.loop.isShowable).toBe(false);
  expect(world.changeCount).toBe(0);
  expect(world.executed).toEqual([]);
  await world.journal.sync();
  expect(tapped.answer).toMatchObject({ ok: true });
  expect(world.loop.isShowable).toBe(true);
  expect(world.changeCount).toBe(1);
  expect(world.executed.map((effect) => effect.type)).toEqual(["open_drawer", "print_receipt"]);
});

test("while money waits, line edits are answered but nothing is shown", async () => {
  const world = await opened();
  const paid = world.tap(world.cash());
  const edited = world.tap(TEA);
  await settle();
  expect(edited.answer).toMatchObject({ ok: true });
  expect(paid.answer).toBe(null);
  expect(world.changeCount).toBe(0);
  await world.journal.sync();
  expect(world.changeCount).toBe(1);
  expect(world.loop.isShowable).toBe(true);
});

test("two payments that wait are shown when both are on disk", async () => {
  const world = await opened();
  world.tap(world.cash());
  world.tap(TEA);
  world.tap(world.cash());
  await settle();
  expect(world.journal.waitingCount).toBe(2);
  await world.journal.sync();
  expect(world.loop.isShowable).toBe(true);
  expect(world.executed).toHaveLength(4);
});

test("a tap that is sent again has one effect, and its answer waits for the disk as the first one does", async () => {
  const world = await opened();
  const cause = world.cause();
  const cash = world.cash();
  const first = world.tap(cash, cause);
  const again = world.tap(cash, cause);
  await settle();
  expect([first.answer, again.answer]).toEqual([null, null]);
  await world.journal.sync();
  expect(first.answer).toMatchObject({ ok: true, events: { length: 3 } });
  expect(again.answer).toEqual({ ok: true, events: [] });
  expect(world.executed).toHaveLength(2);
  expect(world.journal.types().filter((type) => type === "check_closed")).toHaveLength(1);
  expect(world.loop.isShowable).toBe(true);
});

test("a refusal leaves no trace in the journal", async () => {
  const world = await opened();
  const before = world.journal.records.length;
  const tapped = world.tap({ ...TEA, sku: "unicorn" });
  await settle();
  expect(tapped.answer).toEqual({ ok: false, refusal: { code: "item/unknown", about: "unicorn" } });
  expect(world.journal.records).toHaveLength(before);
  expect(world.journal.waitingCount).toBe(0);
  expect(world.loop.state.seq).toBe(before);
  expect(world.changeCount).toBe(0);
});

test("events are appended before they are folded: a journal that takes nothing leaves the state as it was", async () => {
  const world = await opened();
  world.journal.appendFault = new JournalFault("journal/full", "here");
  const edited = world.tap({ ...TEA, order: world.order.id });
  const paid = world.tap(world.cash());
  await settle();
  expect(edited.answer).toMatchObject({ refusal: { code: "journal/full" } });
  expect(paid.answer).toMatchObject({ refusal: { code: "journal/full" } });
  expect(world.order.lines).toHaveLength(1);
  expect(world.loop.state.seq).toBe(world.journal.records.length);
  // Nothing waits for a disk that was told nothing: the screen goes on.
  expect(world.loop.isShowable).toBe(true);
  world.journal.appendFault = null;
  const again = world.tap(world.cash());
  await world.journal.sync();
  expect(again.answer).toMatchObject({ ok: true });
});

test("a disk that fails in a commit: journal/failed, no effect, nothing shown, and everything refused afterwards", async () => {
  const world = await opened();
  const paid = world.tap(world.cash());
  await settle();
  await world.journal.fail();
  expect(paid.answer).toMatchObject({ ok: false, refusal: { code: "journal/failed" } });
  expect(world.executed).toEqual([]);
  expect(world.loop.isShowable).toBe(false);
  expect(world.changeCount).toBe(0);
  expect(world.loop.health).toBe("failed");
  const before = world.journal.records.length;
  for (const command of [TEA, { type: "sign_on", clerk: clerkId("sam"), attempt: null } as const]) {
    const tapped = world.tap(command);
    await settle();
    expect(tapped.answer).toMatchObject({ refusal: { code: "journal/failed" } });
  }
  expect(world.journal.records).toHaveLength(before);
});

test("a disk that failed between two taps refuses the next one in words", async () => {
  const world = await opened();
  world.journal.reserveFault = new JournalFault("journal/failed", "here");
  const tapped = world.tap(TEA);
  await settle();
  expect(tapped.answer).toMatchObject({ refusal: { code: "journal/failed" } });
});

test("a full disk refuses new sales with journal/full and lets the open one be finished", async () => {
  const world = await opened();
  for (const room of ["low", "full"] as const) {
    world.journal.roomState = room;
    expect(world.loop.health).toBe(room);
    for (const command of [
      TEA,
      {
        type: "add_open_item",
        order: null,
        sku: "x",
        name: "",
        quantityMilli: 1,
        unitPriceMinor: 1,
        reason: "x",
      },
      { type: "open_order", kind: "sale", label: "", reason: "" },
      { type: "sign_on", clerk: clerkId("sam"), attempt: null },
    ] as const) {
      const tapped = world.tap(command);
      await settle();
      expect(tapped.answer, command.type).toMatchObject({ refusal: { code: "journal/full" } });
    }
  }
  const edited = world.tap({ ...TEA, order: world.order.id });
  const paid = world.tap(world.cash());
  await world.journal.sync();
  expect(edited.answer).toMatchObject({ ok: true });
  expect(paid.answer).toMatchObject({ ok: true });
  world.journal.roomState = "ok";
  const next = world.tap(TEA);
  await settle();
  expect(next.answer).toMatchObject({ ok: true });
});

test("a checkpoint that comes between takes seqs, and the ids of what is decided name the seqs they get", async () => {
  const world = await opened();
  world.journal.checkpoint = () => world.loop.checkpoint();
  const seqBefore = world.loop.state.seq;
  const tapped = world.tap(world.cash());
  await world.journal.sync();
  expect(world.journal.types().slice(seqBefore)).toEqual([
    "checkpoint_opened",
    "day_carried",
    "records_carried",
    "check_frozen",
    "tender_captured",
    "check_closed",
  ]);
  expect(tapped.answer).toMatchObject({
    events: [{ seq: seqBefore + 4 }, { event: { check: `${TILL}/${EPOCH}/${seqBefore + 4}` } }, {}],
  });
  expect(world.loop.state.seq).toBe(world.journal.records.length);
});

test("a checkpoint before a command that is refused leaves state and journal at one seq", async () => {
  const world = await opened();
  world.journal.checkpoint = () => world.loop.checkpoint();
  const refused = world.tap({ ...TEA, sku: "unicorn" });
  const next = world.tap(TEA);
  await settle();
  expect(refused.answer).toMatchObject({ refusal: { code: "item/unknown" } });
  expect(next.answer).toMatchObject({ ok: true });
  expect(world.loop.state.seq).toBe(world.journal.records.length);
});

test("the cause stands on the first event of a command and not on the others", async () => {
  const world = await opened();
  const cause = world.cause();
  const paid = world.tap(world.cash(), cause);
  await world.journal.sync();
  expect(paid.answer).toMatchObject({ events: [{ cause }, { cause: null }, { cause: null }] });
});

test("a listener that was taken off hears nothing more", async () => {
  const world = await opened();
  let heardCount = 0;
  const off = world.loop.onChange(() => (heardCount += 1));
  world.tap(TEA);
  off();
  world.tap({ ...TEA, order: world.order.id });
  await settle();
  expect(heardCount).toBe(1);
});

test("a mistake of ours is not taken for a fault of the disk", async () => {
  const world = await opened();
  world.journal.append = () => {
    throw new TypeError("ours");
  };
  await expect(world.loop.submit(TEA, world.cause())).rejects.toThrow("ours");
});

/** A loop at which Sam, who may only sell, is signed on, and the boss's PIN was right. */
async function approvable(): Promise<{ world: World; approval: Approval }> {
  const world = await opened();
  world.tap({ type: "sign_on", clerk: SAM, attempt: null });
  world.tap({ type: "try_pin", clerk: BOSS, purpose: "approve" });
  await world.journal.sync();
  const attempt = idOf(world.loop.state.seq);
  world.tap({ type: "pass_pin", clerk: BOSS, attempt });
  await world.journal.sync();
  return { world, approval: { approver: BOSS, attempt } };
}

const OPEN_DRAWER: Command = { type: "open_drawer", reason: "change" };

test("an approval lends a right to one command and is recorded with it; the next command asks again", async () => {
  const { world, approval } = await approvable();
  const held: (Answer | null)[] = [null, null, null];
  const drawer = async (index: number, lent: Approval | null): Promise<void> => {
    const cause = { ...world.cause(), clerk: SAM };
    void world.loop.submit(OPEN_DRAWER, cause, lent).then((answer) => (held[index] = answer));
    await settle();
    await world.journal.sync();
  };
  await drawer(0, null);
  expect(held[0]).toMatchObject({ refusal: { code: "clerk/right_missing", about: "drawer" } });
  expect(world.executed).toEqual([]);
  await drawer(1, approval);
  expect(held[1]).toMatchObject({
    ok: true,
    events: [
      { event: { type: "drawer_opened" } },
      { event: { type: "override_granted", approver: BOSS, requester: SAM, right: "drawer" } },
    ],
  });
  await drawer(2, approval);
  expect(held[2]).toMatchObject({ refusal: { code: "clerk/pin_needed" } });
  expect(world.executed.map((effect) => effect.type)).toEqual(["open_drawer"]);
});

test("a drawer without a sale opens after its record is durable, and in training never", async () => {
  for (const isTraining of [false, true]) {
    const world = await opened();
    if (isTraining) void world.loop.record([{ type: "training_started" }]);
    await world.journal.sync();
    world.tap(OPEN_DRAWER);
    await settle();
    expect(world.executed).toEqual([]);
    await world.journal.sync();
    expect(world.executed.map((effect) => effect.type)).toEqual(isTraining ? [] : ["open_drawer"]);
    expect(world.journal.types()).toContain("drawer_opened");
  }
});

test("each record is told once, in order, whoever asked for it, and a checkpoint's too", async () => {
  const world = await opened();
  const before = world.loop.state.seq;
  world.recorded.length = 0;
  world.journal.checkpoint = () => world.loop.checkpoint();
  world.tap(world.cash());
  await world.journal.sync();
  void world.loop.record([STARTED]);
  await world.journal.sync();
  const seqs = world.journal.records.slice(before).map((_, index) => before + 1 + index);
  expect(world.recorded).toEqual(seqs);
});

test("the clock is looked at before each command, but not before what that look says", async () => {
  const world = await opened();
  const types: string[] = [];
  world.beforeCommand = () => {
    types.push("look");
    void world.loop.submit({ type: "flag_clock", flag: "jumped", byMs: 1000 });
  };
  const seq = world.loop.state.seq;
  world.tap(TEA);
  world.tap(TEA);
  await world.journal.sync();
  expect(types).toEqual(["look", "look"]);
  // What the look found stands before what was decided, and is not said twice.
  expect(world.journal.types().slice(seq)).toEqual([
    "clock_flagged",
    "order_opened",
    "line_added",
    "order_opened",
    "line_added",
  ]);
});
