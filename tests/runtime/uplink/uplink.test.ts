/**
 * What would break if an answer, a cut or a silence came at this one place? Each test plays a schedule
 * against the real uplink; time is moved by hand.
 */
import { expect, test } from "vitest";
import type { Message } from "../../../protocol/message.ts";
import { BATCH_BYTES_MAX, WINDOW_BATCHES_COUNT_MAX } from "../../../protocol/limits.ts";
import { topicOf } from "../../../protocol/topics.ts";
import { zstd } from "../../../runtime/adapters/zstd.ts";
import { BATCH_RECORDS_COUNT_MAX } from "../../../runtime/uplink/uplink.ts";
import { epochAt } from "../../support/core-fixtures.ts";
import { ChainJournal, keyPair } from "../../support/fake-bus.ts";
import { settle } from "../../support/fake-world.ts";
import type { TILL } from "../../support/fake-world.ts";
import { LINK, TERMINAL_KEYS, UplinkWorld, small, large, positionAt } from "../../support/uplink-world.ts";

const DOWN = topicOf(LINK, "down");

test("a journal arrives whole: hello, its batches, acks up to the last durable record", async () => {
  const world = await new UplinkWorld(small()).start();
  world.expectAllThere();
  expect(world.hq.log).toEqual(["hello", "batch 1-6"]);
  expect(world.states).toEqual(["connecting 0", "greeting 0", "sending 0", "sending 6"]);
  expect(world.timers.armedCount).toBe(0);
});

test("what becomes durable later is sent when the journal says so, and nothing before", async () => {
  const world = await new UplinkWorld(small()).start();
  world.journal.add(2);
  world.uplink.poke();
  await settle();
  expect(world.hq.log).toHaveLength(2);
  world.journal.sync();
  world.uplink.poke();
  await settle();
  expect(world.hq.log.slice(2)).toEqual(["batch 7-8"]);
  world.expectAllThere();
});

test("a link with nothing to send stays quiet, also after it came back", async () => {
  const world = await new UplinkWorld(small()).start();
  world.bus.cut("cut");
  await world.advance(1000);
  expect(world.hq.log).toEqual(["hello", "batch 1-6", "hello"]);
  await world.advance(600_000);
  expect(world.hq.log).toHaveLength(3);
  expect(world.timers.armedCount).toBe(0);
});

test("a batch never holds two epochs, nor more records than headquarters reads at once", async () => {
  const journal = new ChainJournal().begin(epochAt(1)).add(5, 200).begin(epochAt(2)).add(1).sync();
  const world = await new UplinkWorld(journal).start();
  world.expectAllThere();
  expect(world.hq.log.slice(1)).toEqual([
    "batch 1-401",
    "batch 402-801",
    "batch 802-1001",
    "batch 1002-1003",
  ]);
  expect(BATCH_RECORDS_COUNT_MAX).toBe(512);
});

test("without acks no more than the window is sent", async () => {
  const world = new UplinkWorld(large());
  world.hq.lostAckCount = 1000;
  await world.start();
  expect(world.hq.batches).toHaveLength(WINDOW_BATCHES_COUNT_MAX);
  expect(world.hq.openCountMax).toBe(WINDOW_BATCHES_COUNT_MAX);
  world.hq.lostAckCount = 0;
  world.hq.ack(positionAt(world.journal, 4));
  await settle();
  world.expectAllThere();
  expect(world.hq.openCountMax).toBe(WINDOW_BATCHES_COUNT_MAX);
});

test("lost acks: the window is sent again after 3 s, then 6, 12, 24, 48 and 60", async () => {
  const world = new UplinkWorld(small());
  world.hq.lostAckCount = 1000;
  world.hq.isDeaf = true;
  await world.start();
  expect(world.hq.hellos).toHaveLength(1);
  for (const [index, delayMs] of [3000, 6000, 12_000, 24_000, 48_000, 60_000, 60_000].entries()) {
    await world.advance(delayMs - 1);
    expect(world.hq.hellos).toHaveLength(index + 1);
    await world.advance(1);
    expect(world.hq.hellos).toHaveLength(index + 2);
  }
  expect(world.logged.filter((code) => code === "link/silent")).toHaveLength(7);
});

test("an ack that was lost costs one hello: what headquarters holds is not sent again", async () => {
  const world = new UplinkWorld(small());
  world.hq.lostAckCount = 1;
  await world.start();
  expect(world.uplink.acked).toBe(null);
  await world.advance(3000);
  expect(world.hq.log).toEqual(["hello", "batch 1-6", "hello"]);
  world.expectAllThere();
  // What moved on ends the doubling.
  world.hq.lostAckCount = 1;
  world.journal.add(1).sync();
  world.uplink.poke();
  await settle();
  await world.advance(2999);
  expect(world.hq.hellos).toHaveLength(2);
  await world.advance(1);
  world.expectAllThere();
});

test("an ack that comes twice, or late, moves nothing back", async () => {
  const world = await new UplinkWorld(small()).start();
  world.hq.ack(positionAt(world.journal, 6));
  world.hq.ack(positionAt(world.journal, 3));
  await settle();
  world.expectAllThere();
  expect(world.states.at(-1)).toBe("sending 6");
});

test("an ack with another hash is not ours: ack/not_ours is logged and nothing moves", async () => {
  const world = new UplinkWorld(small());
  world.hq.lostAckCount = 1;
  await world.start();
  world.hq.ack({ ...positionAt(world.journal, 4), hash: new Uint8Array(32) });
  world.hq.ack({ ...positionAt(world.journal, 4), seq: 400 });
  world.hq.ack({ ...positionAt(world.journal, 4), epoch: epochAt(7) });
  await settle();
  expect(world.uplink.acked).toBe(null);
  expect(world.logged.filter((code) => code === "ack/not_ours")).toHaveLength(3);
});

test("an answer of an old session counts for nothing", async () => {
  const world = new UplinkWorld(small());
  world.hq.lostAckCount = 1;
  await world.start();
  const old = world.hq.session;
  world.bus.cut("cut");
  world.hq.isDeaf = true;
  await world.advance(1000);
  expect(world.uplink.state).toBe("greeting");
  world.hq.ack(positionAt(world.journal, 4), old);
  const [fresh] = [world.hq.session];
  world.hq.session = old;
  world.hq.sayHello();
  world.hq.refuse(epochAt(1), 1, "fork");
  world.hq.session = fresh;
  await settle();
  expect(world.uplink.state).toBe("greeting");
  expect(world.uplink.acked).toBe(null);
});

test("an ack whose disk read ends after the connection did counts for nothing", async () => {
  const journal = small();
  const world = new UplinkWorld(journal);
  world.hq.lostAckCount = 1;
  await world.start();
  const opens: (() => void)[] = [];
  const hashAt = journal.hashAt.bind(journal);
  journal.hashAt = async (epoch, seq) => {
    await new Promise<void>((resolve) => opens.push(resolve));
    return hashAt(epoch, seq);
  };
  world.hq.ack(positionAt(journal, 6));
  world.hq.sayHello();
  await settle();
  world.bus.cut("cut");
  opens.forEach((open) => open());
  await settle();
  expect(world.uplink.state).toBe("down");
  expect(world.uplink.acked).toBe(null);
});

test("headquarters further back than the last ack (a restored backup) is sent what it lacks", async () => {
  const world = await new UplinkWorld(small()).start();
  world.hq.restore(world.journal, 2);
  world.bus.cut("restored");
  await world.finish();
  world.expectAllThere();
  expect(world.states).toContain("down 6");
  expect(world.states.at(-1)).toBe("sending 6");
  expect(world.rolledBack).toEqual([]);
});

test("headquarters further on in an epoch of ours: the image is older, said once, and the rest is sent", async () => {
  const journal = new ChainJournal().begin(epochAt(1)).add(9).sync();
  const world = await new UplinkWorld(journal).start();
  world.uplink.stop();
  await settle();
  const { hq } = world;
  const image = journal.restore(6).begin(epochAt(2)).add(3).sync();
  const after = new UplinkWorld(image);
  after.hq.held = hq.held;
  after.hq.records = hq.records.slice(0, 6);
  await after.start();
  expect(after.rolledBack).toEqual([`headquarters went on from record 6 of epoch ${epochAt(1)}`]);
  after.expectAllThere();
  after.bus.cut("cut");
  await after.finish();
  expect(after.rolledBack).toHaveLength(1);
});

test("headquarters with a later epoch that was never here: the image is from before that start", async () => {
  const journal = new ChainJournal().begin(epochAt(1)).add(5).begin(epochAt(2)).add(5).sync();
  const { hq } = await new UplinkWorld(journal).start();
  const image = journal.restore(6).begin(epochAt(3)).add(2).sync();
  const after = new UplinkWorld(image);
  after.hq.held = hq.held;
  after.hq.records = hq.records.slice(0, 6);
  await after.start();
  expect(after.rolledBack).toEqual([`headquarters went on from record 6 of epoch ${epochAt(1)}`]);
  after.expectAllThere();
  // The next start finds its own epoch there as the newest: nothing new is told.
  const next = new UplinkWorld(image.begin(epochAt(4)).sync());
  next.hq.held = hq.held;
  next.hq.records = after.hq.records;
  await next.start();
  expect(next.rolledBack).toEqual([]);
  next.expectAllThere();
});

test("another hash at a position that is held here is a fork: nothing is sent any more", async () => {
  const world = new UplinkWorld(small());
  world.hq.isDeaf = true;
  await world.start();
  world.hq.sayHello([{ ...positionAt(world.journal, 3), hash: new Uint8Array(32).fill(7) }]);
  await settle();
  expect(world.uplink.state).toBe("fork");
  expect(world.logged).toContain("history/fork");
  world.hq.sayHello([]);
  world.hq.ack(positionAt(world.journal, 6));
  world.uplink.poke();
  await world.advance(600_000);
  expect(world.uplink.state).toBe("fork");
  expect(world.hq.batches).toHaveLength(0);
  expect(world.uplink.acked).toBe(null);
});

test("a batch that is refused as a fork ends the sending", async () => {
  const world = new UplinkWorld(small());
  world.hq.lostAckCount = 1;
  await world.start();
  world.hq.refuse(epochAt(1), 1, "fork");
  await settle();
  expect(world.uplink.state).toBe("fork");
  expect(world.timers.armedCount).toBe(0);
});

test("a gap: headquarters says hello anew and is sent what comes before", async () => {
  const world = await new UplinkWorld(large()).start();
  // Headquarters forgets while the connection stands.
  world.hq.restore(world.journal, 3);
  world.journal.add(3).sync();
  world.uplink.poke();
  await settle();
  world.expectAllThere();
  expect(world.logged).toContain("refusal/gap");
  expect(world.bus.connectCount).toBe(1);
  expect(world.timers.armedCount).toBe(0);
});

test("a gap found while a batch is being read from disk is not skipped by that batch", async () => {
  const journal = large();
  const world = new UplinkWorld(journal);
  const opens: (() => void)[] = [];
  const read = journal.read.bind(journal);
  await world.start();
  journal.add(3).sync();
  journal.read = async (fromSeq, bytesMax) => {
    const blocks = await read(fromSeq, bytesMax);
    await new Promise<void>((resolve) => opens.push(resolve));
    return blocks;
  };
  world.uplink.poke();
  await settle();
  world.hq.restore(journal, 10);
  world.hq.sayHello();
  await settle();
  while (opens.length > 0) {
    opens.splice(0).forEach((open) => open());
    await settle();
  }
  expect(world.logged).not.toContain("refusal/gap");
  world.expectAllThere();
});

test("busy: nothing more is sent until the ack timer greets again", async () => {
  const world = new UplinkWorld(large());
  world.hq.busyCount = 2;
  await world.start();
  expect(world.logged).toContain("refusal/busy");
  // The window was out before the first answer came; nothing follows it.
  const sentCount = world.hq.batches.length;
  expect(sentCount).toBeLessThanOrEqual(WINDOW_BATCHES_COUNT_MAX);
  world.uplink.poke();
  await world.advance(2999);
  expect(world.hq.batches).toHaveLength(sentCount);
  await world.advance(1);
  expect(world.hq.batches.length).toBeGreaterThan(sentCount);
  await world.finish();
  world.expectAllThere();
});

test("a message that is not headquarters' for this terminal is dropped, and its code logged", async () => {
  const world = new UplinkWorld(small());
  world.hq.isDeaf = true;
  await world.start();
  const hello: Message = {
    kind: "hello",
    ...LINK,
    store: "s1",
    session: world.hq.session,
    incarnation: null,
    holds: [],
  };
  const dropped: readonly (readonly [string, () => void])[] = [
    ["cbor/trailing_bytes", () => world.hq.sayBytes(Uint8Array.from([1, 2, 3]))],
    ["cose/", () => world.hq.sayBytes(Uint8Array.from([0x80]))],
    ["cbor/", () => world.hq.sayBytes(new Uint8Array(0))],
    ["message/too_long", () => world.hq.sayBytes(new Uint8Array(BATCH_BYTES_MAX + 1))],
    ["message/signature", () => world.say(hello, keyPair(99).signer)],
    ["message/signature", () => world.say(hello, TERMINAL_KEYS.signer)],
    ["message/signature", () => world.say(hello, world.hq.signer, { ...LINK, tenant: "other" })],
    [
      "message/signature",
      () => world.say(hello, world.hq.signer, { ...LINK, terminal: "till-2" as typeof TILL }),
    ],
  ];
  for (const [code, send] of dropped) {
    const before = world.logged.length;
    send();
    await settle();
    expect(world.logged.slice(before).join()).toMatch(code);
    expect(world.uplink.state).toBe("greeting");
  }
  world.hq.sayHello();
  await settle();
  world.expectAllThere();
});

test("a message on another topic is not looked at", async () => {
  const world = new UplinkWorld(small());
  world.hq.isDeaf = true;
  await world.start();
  world.bus.deliver(DOWN.replace("down", "up"), Uint8Array.from([1]));
  await settle();
  expect(world.logged).toEqual(["link/up"]);
});

test("a refused connection is tried again after waits that grow, with jitter, for ever", async () => {
  const world = new UplinkWorld(small());
  world.bus.isRefusing = true;
  await world.start();
  const waits: number[] = [];
  let nowMs = 0;
  while (waits.length < 12) {
    const before = world.bus.connectCount;
    const startMs = nowMs;
    while (world.bus.connectCount === before) {
      await world.advance(50);
      nowMs += 50;
    }
    waits.push(nowMs - startMs);
  }
  waits.forEach((waitMs, index) => {
    expect(waitMs).toBeLessThanOrEqual(Math.min(60_000, 1000 * 2 ** index) + 50);
    expect(waitMs).toBeGreaterThanOrEqual(Math.min(60_000, 1000 * 2 ** index) / 10);
  });
  expect(new Set(waits.slice(-5)).size).toBeGreaterThan(1);
  world.bus.isRefusing = false;
  await world.finish();
  world.expectAllThere();
});

test("a journal that cannot be read ends in waits that grow, not in a storm of hellos", async () => {
  const world = await new UplinkWorld(small()).start();
  world.journal.add(1).sync();
  world.journal.fault = new Error("journal/rot");
  world.uplink.poke();
  await settle();
  for (let tryCount = 0; tryCount < 10; tryCount += 1) {
    world.timers.advanceToNext();
    await settle();
  }
  const before = world.bus.connectCount;
  await world.advance(6000);
  expect(world.bus.connectCount).toBeLessThanOrEqual(before + 1);
  expect(world.logged).toContain("link/fault");
  world.journal.fault = null;
  await world.finish();
  world.expectAllThere();
});

test("a publish whose PUBACK never comes does not hold the journal back", async () => {
  const world = new UplinkWorld(large());
  // The first batch arrives and is acknowledged, and only its PUBACK stays out; a later one is lost.
  world.bus.mutes.add(5);
  world.bus.hangs.add(14);
  await world.start();
  expect(world.hq.batches.length).toBeGreaterThan(1);
  expect(world.uplink.acked).not.toBe(null);
  await world.finish();
  world.expectAllThere();
  expect(world.bus.connectCount).toBe(1);
});

test("a subscription that is never granted is asked for again", async () => {
  const world = new UplinkWorld(small());
  world.bus.hangs.add(2);
  await world.start();
  expect(world.hq.hellos).toHaveLength(0);
  await world.advance(3000);
  world.expectAllThere();
});

test("stop drops the link and stays down; start goes on from there", async () => {
  const world = await new UplinkWorld(small()).start();
  world.uplink.stop();
  await settle();
  expect(world.uplink.state).toBe("down");
  world.journal.add(1).sync();
  world.uplink.poke();
  await world.advance(600_000);
  expect(world.bus.connectCount).toBe(1);
  await world.start();
  world.expectAllThere();
  // A start while the old connection is still going down waits for its end.
  world.uplink.stop();
  world.uplink.start();
  world.uplink.start();
  await world.finish();
  world.expectAllThere();
  expect(world.bus.connectCount).toBe(3);
});

test("what runs low is handed on as headquarters said it last, and not from an old session", async () => {
  const world = await new UplinkWorld(small()).start();
  const low = [{ sku: "bun", levelMilli: 2000, targetMilli: 9000 }];
  world.hq.say({ kind: "notice", session: world.hq.session, low });
  world.hq.say({ kind: "notice", session: new Uint8Array(8), low: [] });
  await settle();
  expect(world.notices).toEqual([low]);
});

test.each([
  { offers: null, squeezer: zstd, isShorter: false },
  { offers: [], squeezer: zstd, isShorter: false },
  { offers: [22, 23], squeezer: zstd, isShorter: false },
  { offers: [1], squeezer: undefined, isShorter: false },
  { offers: [1, 23], squeezer: zstd, isShorter: true },
])("headquarters that offers $offers is sent wrapped batches: $isShorter", async (row) => {
  const plain = await new UplinkWorld(large()).start();
  await plain.finish();
  const world = new UplinkWorld(large(), 1, row.squeezer);
  world.hq.offers = row.offers;
  await world.start();
  await world.finish();
  world.expectAllThere();
  const sizes = world.hq.batchBytes.map((bytes, index) => bytes < (plain.hq.batchBytes[index] ?? 0));
  expect(sizes).toEqual(plain.hq.batchBytes.map(() => row.isShorter));
});

test("an offer is of its session: headquarters that no longer offers is sent batches as they are signed", async () => {
  const world = new UplinkWorld(small(), 1, zstd);
  world.hq.offers = [1];
  await world.start();
  world.hq.offers = null;
  world.uplink.stop();
  world.journal.add(2).sync();
  world.uplink.start();
  await world.finish();
  world.expectAllThere();
});
