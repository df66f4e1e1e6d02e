/** Headquarters as the client of a broker that a test plays (G1 to G4 of bridge.ts). */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openMessage, sealMessage } from "../../../protocol/message.ts";
import type { Message } from "../../../protocol/message.ts";
import { parseTopic, topicOf } from "../../../protocol/topics.ts";
import { createVerifier } from "../../../protocol/sign.ts";
import type { Bus, BusHandlers } from "../../../runtime/bus.ts";
import { openBridge } from "../../../tools/hq/bridge.ts";
import type { Bridge } from "../../../tools/hq/bridge.ts";
import { Committer } from "../../../tools/hq/committer.ts";
import { keyName, registerTerminal, terminalKeyPath } from "../../../tools/hq/keys.ts";
import { BROKER_RETRY_MS, LINK_PENDING_COUNT_MAX } from "../../../tools/hq/limits.ts";
import { createMemoryStore } from "../../../tools/hq/store/memory.ts";
import { epochOf, linkOf, signerOf, STORE, TENANT, TestHistory } from "../../support/hq-history.ts";
import { ManualTimers } from "../../support/manual-timers.ts";

const SESSION = Uint8Array.of(8, 7, 6, 5, 4, 3, 2, 1);
const signer = signerOf("headquarters");
const kid = keyName(signer.publicKey);

/** A broker that a test plays: it grants, refuses or is away. */
class PlayedBroker implements Bus {
  handlers: BusHandlers | null = null;
  connectCount = 0;
  isAway = false;
  isRefusing = false;
  readonly subscribed: string[] = [];
  readonly published: { readonly topic: string; readonly bytes: Uint8Array }[] = [];

  connect(handlers: BusHandlers): void {
    expect(this.handlers).toBeNull();
    this.handlers = handlers;
    this.connectCount += 1;
    if (this.isAway) queueMicrotask(() => this.cut("refused"));
    else queueMicrotask(() => handlers.onUp());
  }

  subscribe(topic: string): Promise<void> {
    if (this.isRefusing) return Promise.reject(new Error("Unspecified error"));
    this.subscribed.push(topic);
    return Promise.resolve();
  }

  publish(topic: string, bytes: Uint8Array): Promise<void> {
    if (this.handlers === null) return Promise.reject(new Error("bus: The connection is down"));
    this.published.push({ topic, bytes });
    return Promise.resolve();
  }

  disconnect(): void {
    queueMicrotask(() => this.cut("disconnected"));
  }

  cut(reason: string): void {
    const { handlers } = this;
    this.handlers = null;
    handlers?.onDown(reason);
  }
}

let keysDir = "";
let bridge: Bridge | null = null;

beforeEach(() => {
  keysDir = mkdtempSync(join(tmpdir(), "hq-bridge-"));
  for (const name of ["t1", "t2"]) registerTerminal(keysDir, linkOf(name), signerOf(name).publicKey);
});

afterEach(async () => {
  await bridge?.close();
  bridge = null;
  rmSync(keysDir, { recursive: true, force: true });
});

const NOTHING_LOW: readonly never[] = [];

async function bridged(broker = new PlayedBroker()) {
  const store = createMemoryStore(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
  const timers = new ManualTimers();
  const alarms: string[] = [];
  const lines: string[] = [];
  bridge = await openBridge(
    {
      tenant: TENANT,
      keysDir,
      bus: broker,
      timers,
      log: (code, facts = {}) => lines.push([code, facts["detail"] ?? facts["cause"]].join(" ").trim()),
    },
    {
      store,
      committer: new Committer(store),
      signer,
      kid,
      nowMs: () => 0,
      alarm: (code, terminal) => alarms.push(`${code} ${terminal}`),
      low: () => NOTHING_LOW,
      onStored: () => {},
      feed: null,
    },
  );
  const say = (name: string, bytes: Uint8Array): void =>
    broker.handlers?.onMessage(topicOf(linkOf(name), "up"), bytes);
  return { broker, store, timers, alarms, lines, say };
}

function hello(name: string, session = SESSION): Uint8Array {
  const { terminal } = linkOf(name);
  const message = { kind: "hello", tenant: TENANT, store: STORE, terminal, session } as const;
  return sealMessage({ ...message, incarnation: null, holds: [] }, linkOf(name), signerOf(name), kid);
}

/** Resolves once so many messages were published; answers them as the terminals read them. */
async function heard(broker: PlayedBroker, count: number): Promise<readonly Message[]> {
  await expect.poll(() => broker.published.length).toBe(count);
  const key = createVerifier(signer.publicKey);
  if (!key.ok) throw new Error(key.code);
  return broker.published.map(({ topic, bytes }) => {
    const parsed = parseTopic(topic);
    expect(parsed?.direction).toBe("down");
    const opened = openMessage(bytes, parsed?.link ?? linkOf("t1"), key.value);
    return opened.ok ? opened.value : expect.fail(opened.code);
  });
}

test("a hello and the batches behind it are answered on the terminal's own down, in order", async () => {
  const { broker, store, say } = await bridged();
  expect(broker.subscribed).toEqual([`t/${TENANT}/+/up`]);
  const a = new TestHistory("t1", epochOf("a"));
  a.sale();
  const b = new TestHistory("t2", epochOf("b"));
  say("t1", hello("t1"));
  say("t1", a.arrival(1, 1).body);
  say("t1", a.arrival(2).body);
  say("t2", hello("t2"));
  say("t2", b.arrival().body);
  const messages = await heard(broker, 5);
  expect(messages.map(({ kind }) => kind).toSorted()).toEqual(["ack", "ack", "ack", "hello", "hello"]);
  expect(await store.holds(linkOf("t1"), 64)).toEqual([a.tip]);
  expect(await store.holds(linkOf("t2"), 64)).toEqual([b.tip]);
  expect(broker.published.filter(({ topic }) => topic === topicOf(linkOf("t1"), "down"))).toHaveLength(3);
});

test("forged, unreadable and strangers' messages are counted and answered by nothing; the terminal's own go on", async () => {
  const { broker, alarms, say } = await bridged();
  say("t1", hello("t1"));
  say("t1", hello("t2"));
  say("t1", Uint8Array.of(0xff));
  say("nobody", hello("nobody"));
  broker.handlers?.onMessage("t/other/t1/up", hello("t1"));
  broker.handlers?.onMessage(topicOf(linkOf("t1"), "down"), hello("t1"));
  say("t1", new TestHistory("t1", epochOf("a")).arrival().body);
  await heard(broker, 2);
  await expect.poll(() => alarms.length).toBe(5);
  expect(alarms.toSorted()).toEqual([
    "link/signature t1",
    "link/signature t1",
    "link/unknown_terminal ",
    "link/unknown_terminal ",
    "link/unknown_terminal ",
  ]);
});

test("a batch before any hello is dropped with an alarm, and stored behind one", async () => {
  const { broker, alarms, store, say } = await bridged();
  const a = new TestHistory("t1", epochOf("a"));
  say("t1", a.arrival().body);
  await expect.poll(() => alarms).toEqual(["link/no_hello t1"]);
  say("t1", hello("t1"));
  say("t1", a.arrival().body);
  expect(await heard(broker, 2)).toMatchObject([{ kind: "hello", holds: [] }, { kind: "ack" }]);
  expect(await store.holds(linkOf("t1"), 64)).toEqual([a.tip]);
});

test("a key that is registered or taken away counts from the next message on", async () => {
  const { broker, alarms, say } = await bridged();
  say("t1", hello("t1"));
  await heard(broker, 1);
  rmSync(terminalKeyPath(keysDir, linkOf("t1")));
  say("t1", hello("t1"));
  await expect.poll(() => alarms).toEqual(["link/unknown_terminal "]);
  registerTerminal(keysDir, linkOf("t1"), signerOf("t2").publicKey);
  say("t1", hello("t1"));
  await expect.poll(() => alarms).toEqual(["link/unknown_terminal ", "link/signature t1"]);
  registerTerminal(keysDir, linkOf("t1"), signerOf("t1").publicKey);
  say("t1", hello("t1"));
  expect(await heard(broker, 2)).toHaveLength(2);
});

test("more messages at once than any window allows are dropped with an alarm", async () => {
  const { broker, alarms, say } = await bridged();
  for (let count = 0; count < LINK_PENDING_COUNT_MAX + 3; count += 1) say("t1", hello("t1"));
  await heard(broker, LINK_PENDING_COUNT_MAX);
  expect(alarms).toEqual(["link/flood t1", "link/flood t1", "link/flood t1"]);
  say("t1", hello("t1"));
  await heard(broker, LINK_PENDING_COUNT_MAX + 1);
});

test("a broker that is away, goes, or may not be read is tried again for ever, and said once", async () => {
  const broker = new PlayedBroker();
  broker.isAway = true;
  const { timers, lines, say } = await bridged(broker);
  const down = "broker/down refused";
  expect(lines).toEqual([down]);
  for (let count = 2; count <= 4; count += 1) {
    timers.advance(BROKER_RETRY_MS);
    await expect.poll(() => timers.armedCount).toBe(1);
    expect(broker.connectCount).toBe(count);
  }
  expect(lines).toEqual([down]);
  broker.isAway = false;
  timers.advance(BROKER_RETRY_MS);
  await expect.poll(() => lines).toEqual([down, "broker/up"]);
  broker.isRefusing = true;
  broker.cut("gone");
  timers.advance(BROKER_RETRY_MS);
  await expect.poll(() => lines.at(-1)).toBe("broker/not_readable Error");
  await expect.poll(() => timers.armedCount).toBe(1);
  broker.isRefusing = false;
  timers.advance(BROKER_RETRY_MS);
  await expect.poll(() => lines.at(-1)).toBe("broker/up");
  say("t1", hello("t1"));
  await heard(broker, 1);
});

test("what was begun before the connection went is stored, and its answer is lost with it", async () => {
  const { broker, store, alarms, say } = await bridged();
  const a = new TestHistory("t1", epochOf("a"));
  say("t1", hello("t1"));
  await heard(broker, 1);
  say("t1", a.arrival().body);
  broker.cut("gone");
  await expect.poll(() => store.holds(linkOf("t1"), 64)).toEqual([a.tip]);
  expect(broker.published).toHaveLength(1);
  expect(alarms).toEqual([]);
});

test("after close nothing is tried again", async () => {
  const { broker, timers } = await bridged();
  await bridge?.close();
  await Promise.resolve();
  expect([timers.armedCount, broker.handlers, broker.connectCount]).toEqual([0, null, 1]);
});
