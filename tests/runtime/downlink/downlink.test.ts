/** What headquarters says reaches terminals once, in order and whole, whatever the network does. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { HQ_WRITER } from "../../../core/hq/events.ts";
import { clerkId, terminalId } from "../../../core/ids.ts";
import { minor } from "../../../core/money.ts";
import { emptyState } from "../../../core/state.ts";
import { evolveFromJournal } from "../../../runtime/checkpoint.ts";
import { encodeRecord } from "../../../protocol/record.ts";
import { openMessage, sealMessage } from "../../../protocol/message.ts";
import { topicOf } from "../../../protocol/topics.ts";
import { recordsIn } from "../../../runtime/downlink/fold.ts";
import { explainReceipt, findReceipt } from "../../../tools/proof/replay/explain.ts";
import { replayJournal } from "../../../tools/proof/replay/journal.ts";
import { createProjection } from "../../../tools/hq/project.ts";
import { projectAll } from "../../../tools/hq/projector.ts";
import { createMemoryStore } from "../../../tools/hq/store/memory.ts";
import { FakeDisk } from "../../../tools/sim/disk-fake.ts";
import { Dice } from "../../support/dice.ts";
import { catalogueFile, DownlinkWorld, linesOf, must, NOON_MS, quiet } from "../../support/downlink-world.ts";
import type { Seat } from "../../support/downlink-world.ts";
import { keyPair } from "../../support/fake-bus.ts";
import { readJournal } from "../../support/terminal-harness.ts";

const MINUTE_MS = 60_000;

test("a price change at noon while three terminals sell, one offline until 12:30: each line carries the version it was sold under, and the reports agree", async () => {
  const world = new DownlinkWorld();
  const [first, second, third] = [await world.open("t1"), await world.open("t2"), await world.open("t3")];
  const all = [first, second, third];
  const sold: (readonly [string, number, number])[] = [];
  let totalMinor = 0;
  const sellEach = async (): Promise<void> => {
    for (const { till } of all) {
      await till.add("tea");
      const { order } = till;
      const line = order?.lines[0];
      if (order === null || line === undefined) throw new Error("There must be a line");
      totalMinor += order.openTotalMinor;
      await till.must({
        type: "take_cash",
        order: order.id,
        handedMinor: order.openTotalMinor,
        leftMinor: null,
      });
    }
  };
  for (const { till } of all) await till.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  // 11:00: version 1 for everybody, as a catalogue.
  const base = await must(world.authoring.publishCatalogue(catalogueFile(260), null));
  await quiet();
  await sellEach();
  third.cutOff();
  // 11:30: the price for noon is set while the third is away.
  await world.pass(30 * MINUTE_MS);
  const noon = await must(world.authoring.setPrices([{ sku: "tea", unitPriceMinor: 300 }], NOON_MS));
  await quiet();
  await sellEach();
  // 12:00
  await world.pass(30 * MINUTE_MS);
  await sellEach();
  await world.pass(15 * MINUTE_MS);
  await sellEach();
  // 12:30: it is back, and learns of the price.
  await world.pass(15 * MINUTE_MS);
  await third.comeBack();
  await world.pass(0);
  await sellEach();
  await quiet();
  for (const { disk, name } of all)
    sold.push(...linesOf((await readJournal(disk, terminalId(name))).records));
  const online = [
    ["tea", 260, base.version],
    ["tea", 260, base.version],
    ["tea", 300, noon.version],
    ["tea", 300, noon.version],
    ["tea", 300, noon.version],
  ];
  const offline = [...online.slice(0, 2), ...online.slice(0, 2), ["tea", 300, noon.version]];
  expect(sold).toEqual([...online, ...online, ...offline]);
  await projectAll(world.store, "demo", createProjection());
  const figures = await world.store.figures("demo");
  expect(figures.turnovers.map(({ netMinor }) => Number(netMinor))).toEqual([totalMinor]);
  expect(figures.views).toEqual({ matches: 15, differs: 0, pending: 0 });
  expect(totalMinor).toBe(8 * 260 + 7 * 300);
  const { state } = await replayJournal(first.disk);
  const { order, check, closing, versions } = findReceipt(state, `${state.receiptSeries}-5`);
  expect(explainReceipt(order, check, closing, versions)[2]).toBe(
    `    1 x list price 3.00 of headquarters' version ${noon.version}, half up`,
  );
  expect(world.feed.holdings().map(({ position }) => position?.seq)).toEqual([3, 3, 3]);
});

/** Seqs of headquarters' records in the order in which this terminal's journal has them. */
async function seqsAt({ disk, name }: Seat): Promise<readonly number[]> {
  const { records } = await readJournal(disk, terminalId(name));
  return records.flatMap(({ event }) =>
    event.type === "hq_records_taken" ? recordsIn(event).map(({ seq }) => seq) : [],
  );
}

test("any schedule of cuts, hangs and lost messages ends with all of it there once, files whole", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const dice = new Dice(seed);
      const world = new DownlinkWorld();
      const seat = await world.open("t1");
      for (let fault = 0; fault < 6; fault += 1) {
        const at = seat.bus.stepCount + 1 + dice.below(60);
        if (dice.chance(50)) seat.bus.cuts.set(at, dice.pick(["before", "behind"]));
        else seat.bus.hangs.add(at);
      }
      let lossCount = dice.below(8);
      world.loses = () => lossCount > 0 && dice.chance(30) && (lossCount -= 1) >= 0;
      let lastTea = 0;
      for (let step = 0; step < 12; step += 1) {
        lastTea = 200 + step;
        if (dice.chance(30)) await must(world.authoring.publishCatalogue(catalogueFile(lastTea), null));
        else await must(world.authoring.setPrices([{ sku: "tea", unitPriceMinor: lastTea }], null));
        await quiet(dice.below(20));
        if (dice.chance(30)) await world.pass(dice.below(5000));
      }
      for (let turn = 0; turn < 12; turn += 1) await world.pass(61_000);
      const count = world.journal.tip?.seq ?? 0;
      expect(await seqsAt(seat)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
      expect(seat.teaMinor).toBe(lastTea);
      const { hq } = seat.till.state;
      expect([hq.position, hq.version, hq.prices]).toEqual([
        world.journal.tip,
        world.journal.view.version,
        world.journal.view.prices,
      ]);
    }),
    { numRuns: 40 },
  );
});

test("a terminal that was away through 50 versions sells from the one it had until the newest has come, over a restart too", async () => {
  const world = new DownlinkWorld();
  const seat = await world.open("t1");
  await must(world.authoring.publishCatalogue(catalogueFile(251), null));
  await world.pass(0);
  expect(seat.teaMinor).toBe(251);
  seat.cutOff();
  for (let version = 0; version < 50; version += 1) {
    await world.pass(1000);
    await must(world.authoring.publishCatalogue(catalogueFile(300 + version), null));
  }
  // The file itself does not come at first.
  world.loses = (bytes) => Buffer.from(bytes).includes("tillwright/blob+cbor");
  await seat.comeBack();
  expect(seat.till.state.hq.position?.seq).toBe(52);
  expect(seat.teaMinor).toBe(251);
  await seat.till.terminal.close();
  seat.bus.onPublish = () => {};
  const again = await world.open("t1", seat.disk);
  expect(again.teaMinor).toBe(251);
  world.loses = () => false;
  await world.pass(61_000);
  expect(again.teaMinor).toBe(349);
  const files = (await seat.disk.list("blobs")).filter((name) => name !== "in-use");
  expect(files).toHaveLength(1);
});

test("headquarters that was restored from an older backup is taken anew, and what it forgot is forgotten", async () => {
  const world = new DownlinkWorld();
  const seat = await world.open("t1");
  await must(world.authoring.setPrices([{ sku: "tea", unitPriceMinor: 260 }], null));
  const old = createMemoryStore(new Uint8Array(8).fill(8));
  const [held] = await world.store.epochs({ tenant: "demo", terminal: HQ_WRITER });
  if (held === undefined) throw new Error("There must be an epoch");
  const writer = { tenant: "demo", terminal: HQ_WRITER, epoch: held.epoch };
  for (const body of await world.store.batchesAfter(writer, 0, 100)) {
    const opened = openMessage(body, writer, keyPair(200).verifier);
    if (!opened.ok || opened.value.kind !== "batch") throw new Error("A batch must be one");
    await old.commit([{ batch: opened.value.batch, body, receivedAtMs: 0 }]);
  }
  await must(world.authoring.setPrices([{ sku: "bun", unitPriceMinor: 999 }], null));
  await quiet();
  expect(seat.till.terminal.catalogue.bySku.get("bun")?.unitPriceMinor).toBe(999);
  await world.moveTo(old);
  seat.cutOff();
  await must(world.authoring.setPrices([{ sku: "sample", unitPriceMinor: 5 }], null));
  await seat.comeBack();
  await world.pass(61_000);
  const { catalogue } = seat.till.terminal;
  expect(["tea", "bun", "sample"].map((sku) => catalogue.bySku.get(sku)?.unitPriceMinor)).toEqual([
    260, 120, 5,
  ]);
  expect(seat.till.state.hq.position).toEqual(world.journal.tip);
  expect(seat.logged).toContain("downlink/taken_anew");
});

test("a batch that headquarters' key did not sign for this terminal changes nothing", async () => {
  const world = new DownlinkWorld();
  const seat = await world.open("t1");
  await must(world.authoring.setPrices([{ sku: "tea", unitPriceMinor: 260 }], null));
  await quiet();
  const before = seat.till.state.hq.position;
  const run = await world.journal.after(null, 50_000);
  if (run === null) throw new Error("There must be a run");
  const batch = { tenant: "demo", store: "hq", terminal: HQ_WRITER, ...run };
  const link = { tenant: "demo", terminal: terminalId("t1") };
  const say = async (
    ...[message, its, keys]: [Parameters<typeof sealMessage>[0], typeof link, number]
  ): Promise<void> => {
    seat.bus.deliver(
      topicOf(link, "down"),
      sealMessage(message, its, keyPair(keys).signer, new Uint8Array(1)),
    );
    await quiet();
  };
  await say({ kind: "batch", batch }, link, 99);
  await say({ kind: "batch", batch }, { ...link, terminal: terminalId("t2") }, 200);
  await say({ kind: "batch", batch: { ...batch, terminal: terminalId("t9") } }, link, 200);
  expect(seat.till.state.hq.position).toBe(before);
  expect(seat.logged.filter((code) => code !== "link/up")).toEqual([
    "message/signature",
    "message/signature",
    "downlink/not_headquarters",
  ]);
});

test("staff, PINs, rules and availability of headquarters stand over the terminal's own, and stay over a start", async () => {
  const world = new DownlinkWorld();
  const disk = new FakeDisk();
  const seat = await world.open("t1", disk);
  const pin = { salt: new Uint8Array(16).fill(1), hash: new Uint8Array(32).fill(2) };
  await seat.till.must({ type: "sign_on", clerk: clerkId("sam"), attempt: null });
  await must(
    world.authoring.setStaff([
      { clerk: "new", name: "New", rights: ["sell", "void"], pin },
      { clerk: "sam", name: "Sam", rights: ["sell", "refund"], pin: null },
      { clerk: "boss", name: "", rights: null, pin: null },
    ]),
  );
  const cashRounding = { incrementMinor: minor(5), tie: "up" } as const;
  await must(world.authoring.setRules({ needsShift: true, cashRounding, dayStartMinutes: 240 }));
  await must(world.authoring.setAvailability([{ sku: "bun", isSoldOut: true }]));
  await quiet();
  expect(seat.till.state.clerks.get(clerkId("sam"))?.rights).toEqual(["sell", "refund"]);
  const refused = await seat.till.tap({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  expect(refused).toMatchObject({ ok: false, refusal: { code: "clerk/unknown" } });
  await seat.till.terminal.close();
  seat.bus.onPublish = () => {};
  const { till } = await world.open("t1", disk);
  const { config } = till.terminal;
  expect(config.staff.map(({ clerk, rights }) => [clerk, rights])).toEqual([
    ["sam", ["sell", "refund"]],
    ["new", ["sell", "void"]],
  ]);
  expect([...config.pins]).toEqual([["new", pin]]);
  expect([config.needsShift, config.cashRounding, config.dayStartMinutes]).toEqual([true, cashRounding, 240]);
  const bun = await till.tap({ type: "add_item", order: null, sku: "bun", quantityMilli: 1000 }, "sam");
  expect(bun).toMatchObject({ ok: false, refusal: { code: "item/sold_out" } });
});

test("the newest word about an item stands, the terminal's or headquarters'", async () => {
  const world = new DownlinkWorld();
  const { till } = await world.open("t1");
  await till.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  await must(world.authoring.setAvailability([{ sku: "bun", isSoldOut: true }]));
  await quiet();
  await till.must({ type: "set_sold_out", sku: "bun", isSoldOut: false });
  expect(till.state.soldOut.get("bun")).toBe(false);
  await must(world.authoring.setAvailability([{ sku: "bun", isSoldOut: true }]));
  await quiet();
  expect(till.state.soldOut.get("bun")).toBe(true);
});

test("what was taken is carried by a checkpoint: a journal that begins with one folds to the same word", async () => {
  const world = new DownlinkWorld();
  const seat = await world.open("t1", new FakeDisk(), { segmentBytes: 64 * 1024 });
  await must(world.authoring.publishCatalogue(catalogueFile(260), null));
  for (let index = 0; index < 120; index += 1)
    await must(world.authoring.setPrices([{ sku: `item-${index}`, unitPriceMinor: index }], NOON_MS));
  await quiet();
  const { till } = seat;
  const before = till.state.hq;
  await till.must({ type: "sign_on", clerk: clerkId("boss"), attempt: null });
  for (let index = 0; index < 60; index += 1) await till.sell("tea");
  const { records } = await readJournal(seat.disk, terminalId("t1"));
  const carried = records.filter(({ event }) => event.type === "hq_carried");
  expect(carried.length).toBeGreaterThan(1);
  for (const recorded of carried) expect(encodeRecord(recorded).length).toBeLessThan(16_384);
  const head = records.findLastIndex(({ event }) => event.type === "checkpoint_opened");
  const state = emptyState(terminalId("t1"), till.state.epoch);
  let isHead = true;
  for (const recorded of records.slice(head)) {
    if (!/^(?:checkpoint_opened|day_carried|hq_carried|records_carried)$/.test(recorded.event.type))
      isHead = false;
    evolveFromJournal(state, recorded, isHead);
  }
  expect(state.hq).toEqual(before);
});
