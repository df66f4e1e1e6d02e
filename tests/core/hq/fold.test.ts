/** What headquarters has said, folded from its records: the newest stands, bounds hold, nothing throws. */
import { expect, test } from "vitest";
import { HQ_WRITER } from "../../../core/hq/events.ts";
import type { HqRecordsTaken } from "../../../core/hq/events.ts";
import { evolveTaken, hqCarried, restoreHq } from "../../../core/hq/fold.ts";
import { clerkId, epochId, terminalId } from "../../../core/ids.ts";
import { HQ_ITEM_PRICES_COUNT_MAX, HQ_PRICES_COUNT_MAX, HQ_STAFF_COUNT_MAX } from "../../../core/limits.ts";
import { minor } from "../../../core/money.ts";
import { emptyState } from "../../../core/state.ts";
import type { State } from "../../../core/state.ts";
import { wallMs } from "../../../core/time.ts";
import type { Event, Recorded } from "../../../core/types.ts";

const epoch = epochId("00000000000000aa");
const hash = new Uint8Array(32);

/** A state that took these events as one block from `fromSeq` on, at this time. */
function taken(state: State, fromSeq: number, at: number, ...events: readonly Event[]): State {
  const records = events.map((event, index): Recorded => {
    const seq = fromSeq + index;
    return { terminal: HQ_WRITER, epoch, seq, lamport: seq, at: wallMs(at), cause: null, event };
  });
  const block: HqRecordsTaken = {
    type: "hq_records_taken",
    epoch,
    fromSeq,
    hash,
    records: events.map(() => hash),
  };
  return evolveTaken(state, block, records);
}

function fresh(): State {
  return emptyState(terminalId("t1"), epochId("00000000000000bb"));
}

function priceSet(sku: string, version: number, startsAt = 0, unitPriceMinor = version): Event {
  return {
    type: "price_set",
    sku,
    unitPriceMinor: minor(unitPriceMinor),
    startsAt: wallMs(startsAt),
    version,
  };
}

function published(version: number, startsAt: number): Event {
  const facts = { sha256: hash, byteCount: 1, startsAt: wallMs(startsAt) };
  return { type: "catalogue_published", version, ...facts };
}

test("the position is that of the last record, and Lamport time rises over what was seen", () => {
  const state = taken(fresh(), 5, 0, priceSet("tea", 1), priceSet("bun", 1));
  expect([state.hq.position, state.lamport]).toEqual([{ epoch, seq: 6, hash }, 6]);
});

test("of catalogues the newest begun, the one before it and those to come are kept", () => {
  const state = taken(fresh(), 2, 100, ...[10, 20, 30, 200].map((at, index) => published(index + 1, at)));
  expect(state.hq.catalogues.map(({ version }) => version)).toEqual([2, 3, 4]);
  taken(state, 6, 100, published(5, 150), published(6, 160), published(7, 170));
  expect(state.hq.catalogues.map(({ version }) => version)).toEqual([5, 6, 7, 4]);
});

test("a price out of its range is no price", () => {
  const state = taken(fresh(), 2, 0, priceSet("tea", 1, 0, -1), priceSet("bun", 1, 0, 1e12));
  expect([state.hq.prices.size, state.hq.position?.seq]).toEqual([0, 3]);
});

test("prices of one item and of all items have their bounds, the longest untouched leave first", () => {
  const state = fresh();
  for (let index = 1; index <= 20; index += 1)
    taken(state, index + 1, 0, priceSet("tea", index, 100 + index));
  expect(state.hq.prices.get("tea")).toHaveLength(HQ_ITEM_PRICES_COUNT_MAX);
  for (let index = 0; index < HQ_PRICES_COUNT_MAX; index += 1)
    taken(state, 30 + index, 0, priceSet(`sku-${index}`, 21));
  expect(state.hq.priceCount).toBe(HQ_PRICES_COUNT_MAX);
  expect([...state.hq.prices.values()].flat()).toHaveLength(HQ_PRICES_COUNT_MAX);
  expect(state.hq.prices.has("tea")).toBe(false);
});

test("staff have their bound, and rights change for who is at work", () => {
  const state = fresh();
  const ann = clerkId("ann");
  state.clerks.set(ann, { clerk: ann, name: "Ann", rights: ["sell"] });
  taken(state, 2, 0, { type: "staff_set", clerk: ann, name: "Ann", rights: ["sell", "void"], pin: null });
  expect(state.clerks.get(ann)?.rights).toEqual(["sell", "void"]);
  taken(state, 3, 0, { type: "staff_removed", clerk: ann });
  expect([state.clerks.size, state.hq.staff.get(ann)?.grant]).toEqual([0, null]);
  for (let index = 0; index < HQ_STAFF_COUNT_MAX; index += 1)
    taken(state, 4 + index, 0, { type: "staff_removed", clerk: clerkId(`c${index}`) });
  expect([state.hq.staff.size, state.hq.staff.has(ann)]).toEqual([HQ_STAFF_COUNT_MAX, false]);
});

test("a history that begins anew forgets what the other one said", () => {
  const state = taken(fresh(), 2, 0, priceSet("tea", 4), published(5, 0));
  taken(state, 1, 0, priceSet("bun", 1));
  expect([[...state.hq.prices.keys()], state.hq.catalogues, state.hq.version]).toEqual([["bun"], [], 1]);
  expect(state.hq.priceCount).toBe(1);
});

test("what a checkpoint carries restores all of it", () => {
  expect(hqCarried(fresh())).toBeNull();
  const rules = { needsShift: true, cashRounding: null, dayStartMinutes: 60 };
  const state = taken(fresh(), 2, 50, priceSet("tea", 1), priceSet("tea", 2, 90), published(3, 10));
  taken(state, 5, 50, { type: "config_set", ...rules }, { type: "staff_removed", clerk: clerkId("ann") });
  const carried = hqCarried(state);
  if (carried === null) throw new Error("Something must be carried");
  const restored = fresh();
  restoreHq(restored, carried);
  expect(restored.hq).toEqual(state.hq);
});
