/** The MQTT front with real clients over the store in memory (M1 to M4 of front.ts). */
import { connect as connectTcp } from "node:net";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectAsync } from "mqtt";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHq } from "../../../tools/hq/hq.ts";
import type { Hq } from "../../../tools/hq/hq.ts";
import { keyName, registerTerminal, terminalKeyPath } from "../../../tools/hq/keys.ts";
import { LINK_PENDING_COUNT_MAX } from "../../../tools/hq/limits.ts";
import { createMemoryStore } from "../../../tools/hq/store/memory.ts";
import type { Arrival, Store } from "../../../tools/hq/store/store.ts";
import { reportOf } from "../../../tools/hq/report-of.ts";
import { PACKET_BYTES_MAX } from "../../../protocol/limits.ts";
import { topicOf } from "../../../protocol/topics.ts";
import { epochOf, linkOf, signerOf, TENANT, TestHistory } from "../../support/hq-history.ts";
import { clientOptions, TestTerminal } from "../../support/hq-terminal.ts";

const keysDir = mkdtempSync(join(tmpdir(), "hq-front-"));
const memory = createMemoryStore(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
/** The store as headquarters sees it: a test may put something between. */
const between: { commit: Store["commit"] } = { commit: (arrivals) => memory.commit(arrivals) };
const store: Store = new Proxy(memory, {
  get: (its, name) => {
    if (name === "commit") return (arrivals: readonly Arrival[]) => between.commit(arrivals);
    const value: unknown = Reflect.get(its, name, its);
    return typeof value === "function" ? value.bind(its) : value;
  },
});

let hq: Hq;
const signer = signerOf("headquarters");
const options = {
  tenant: TENANT,
  store,
  keysDir,
  signer,
  kid: keyName(signer.publicKey),
  port: 0,
  log: () => {},
};

beforeAll(async () => {
  hq = await startHq(options);
  for (let index = 1; index <= 20; index += 1) {
    registerTerminal(keysDir, linkOf(`t${index}`), signerOf(`t${index}`).publicKey);
  }
});

afterAll(async () => {
  await hq.stop();
  rmSync(keysDir, { recursive: true });
});

function connect(name: string): Promise<TestTerminal> {
  return TestTerminal.connect(hq.port, name, signer.publicKey);
}

/** Counts of the alarms by "code terminal". */
async function alarmCounts(): Promise<Readonly<Record<string, number>>> {
  await hq.flushAlarms();
  const alarms = await memory.alarms(TENANT);
  return Object.fromEntries(alarms.map(({ code, terminal, count }) => [`${code} ${terminal}`, count]));
}

async function untilProjected(): Promise<void> {
  while ((await memory.lagCount(TENANT)) > 0) await new Promise((resolve) => setImmediate(resolve));
}

test("a sale goes from a terminal into the report; the projector needs no call", async () => {
  const terminal = await connect("t1");
  expect(await terminal.hello()).toMatchObject({ holds: [], incarnation: memory.incarnation });
  const a = new TestHistory("t1", epochOf("a"));
  a.sale();
  expect(await terminal.send(a.arrival().body)).toMatchObject({ kind: "ack", position: a.tip });
  await untilProjected();
  expect(await reportOf(memory, TENANT)).toMatchObject({ net: "5.00", saleCount: 1 });
  await terminal.close();
});

test("the PUBACK follows the commit", async () => {
  const terminal = await connect("t2");
  await terminal.hello();
  const order: string[] = [];
  let release = (): void => {};
  between.commit = async (arrivals) => {
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    order.push("commit");
    return memory.commit(arrivals);
  };
  const published = terminal.publish(new TestHistory("t2", epochOf("a")).arrival().body).then(() => {
    order.push("puback");
  });
  // A second exchange on another connection shows that the broker had every chance to answer.
  const other = await connect("t3");
  await other.hello();
  expect(order).toEqual([]);
  release();
  await published;
  expect(order).toEqual(["commit", "puback"]);
  between.commit = (arrivals) => memory.commit(arrivals);
  await Promise.all([terminal.close(), other.close()]);
});

test("a window of batches sent at once is stored in order and acknowledged one by one", async () => {
  const terminal = await connect("t4");
  await terminal.hello();
  const a = new TestHistory("t4", epochOf("a"));
  for (let seq = 2; seq <= 16; seq += 1) a.filler();
  const bodies = Array.from({ length: 8 }, (_, index) => a.arrival(2 * index + 1, 2 * index + 2).body);
  await Promise.all(bodies.map((body) => terminal.publish(body)));
  const acks = [];
  for (let count = 0; count < 8; count += 1) acks.push(await terminal.next());
  expect(acks).toMatchObject([2, 4, 6, 8, 10, 12, 14, 16].map((seq) => ({ kind: "ack", position: { seq } })));
  await terminal.close();
});

test("a wrong signature closes that connection, is counted and not stored; others go on", async () => {
  const [bad, good] = [await connect("t5"), await connect("t6")];
  await Promise.all([bad.hello(), good.hello()]);
  const forged = new TestHistory("t6", epochOf("a")).arrival().body;
  await expect(bad.publish(forged)).rejects.toThrow("The connection was closed");
  expect(await good.send(forged)).toMatchObject({ kind: "ack" });
  expect(await memory.holds(linkOf("t5"), 64)).toEqual([]);
  expect(await alarmCounts()).toMatchObject({ "link/signature t5": 1 });
  await good.close();
});

test("another terminal's topic closes the connection, and its down cannot be subscribed", async () => {
  const terminal = await connect("t7");
  const granted = await terminal.client.subscribeAsync(topicOf(linkOf("t6"), "down"), { qos: 1 }).then(
    () => "granted",
    () => "refused",
  );
  expect(granted).toBe("refused");
  const body = new TestHistory("t7", epochOf("a")).arrival().body;
  await expect(terminal.publish(body, topicOf(linkOf("t6"), "up"))).rejects.toThrow(
    "The connection was closed",
  );
  expect(await alarmCounts()).toMatchObject({ "link/not_allowed t7": 2 });
});

test.each([
  ["retained", { qos: 1, retain: true }],
  ["of QoS 0", { qos: 0 }],
  ["of QoS 2", { qos: 2 }],
] as const)("a publish that is %s closes the connection", async (_what, publishOptions) => {
  const terminal = await connect("t8");
  terminal.client.publish(topicOf(linkOf("t8"), "up"), "x", publishOptions);
  await terminal.closed;
  expect(await alarmCounts()).toHaveProperty(["link/not_allowed t8"]);
});

test.each([
  ["an unknown terminal", clientOptions("nobody-knows-me"), "link/unknown_terminal "],
  ["a name that is none", clientOptions("a/b"), "link/unknown_terminal "],
  ["a session to be remembered", { ...clientOptions("t9"), clean: false }, "link/session_kind "],
  [
    "a last will",
    { ...clientOptions("t9"), will: { topic: topicOf(linkOf("t9"), "up"), payload: Buffer.from("x") } },
    "link/session_kind ",
  ],
])("%s cannot connect and is counted", async (_what, client, alarm) => {
  await expect(connectAsync(`mqtt://127.0.0.1:${hq.port}`, client)).rejects.toThrow();
  expect(await alarmCounts()).toHaveProperty([alarm]);
});

test("a damaged key file keeps its terminal out with link/key_unreadable, until it is repaired", async () => {
  writeFileSync(terminalKeyPath(keysDir, linkOf("t10")), "half");
  await expect(connect("t10")).rejects.toThrow();
  expect(await alarmCounts()).toMatchObject({ "link/key_unreadable t10": 1 });
  registerTerminal(keysDir, linkOf("t10"), signerOf("t10").publicKey);
  const terminal = await connect("t10");
  await terminal.hello();
  await terminal.close();
});

test("a packet over the bound closes that connection before it is collected; others go on", async () => {
  const [bad, good] = [await connect("t11"), await connect("t12")];
  await expect(bad.publish(new Uint8Array(PACKET_BYTES_MAX + 1))).rejects.toThrow(
    "The connection was closed",
  );
  await good.hello();
  expect(await alarmCounts()).toMatchObject({ "link/malformed t11": 1 });
  await good.close();
});

test.each([
  ["random bytes", Buffer.from("GET / HTTP/1.1\r\n\r\n")],
  ["a length without end", Buffer.from([0x10, 0xff, 0xff, 0xff, 0xff, 0x01])],
  ["a packet before CONNECT", Buffer.from([0xc0, 0x00])],
])("%s close the connection and are counted", async (_what, bytes) => {
  const before = (await alarmCounts())["link/malformed "] ?? 0;
  const socket = connectTcp(hq.port, "127.0.0.1");
  socket.on("error", () => {});
  socket.write(bytes);
  await once(socket.resume(), "close");
  expect((await alarmCounts())["link/malformed "]).toBe(before + 1);
});

test("a store that fails closes the connection without PUBACK, and the resend is stored", async () => {
  const a = new TestHistory("t13", epochOf("a"));
  const terminal = await connect("t13");
  await terminal.hello();
  between.commit = () => Promise.reject(new Error("down"));
  await expect(terminal.publish(a.arrival().body)).rejects.toThrow("The connection was closed");
  between.commit = (arrivals) => memory.commit(arrivals);
  expect(await alarmCounts()).toMatchObject({ "store/failed t13": 1 });
  const again = await connect("t13");
  expect(await again.hello()).toMatchObject({ holds: [] });
  expect(await again.send(a.arrival().body)).toMatchObject({ kind: "ack", position: a.tip });
  await again.close();
});

test("more messages at once than any window closes the connection; what was under way is kept", async () => {
  const a = new TestHistory("t16", epochOf("a"));
  const terminal = await connect("t16");
  await terminal.hello();
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  between.commit = async (arrivals) => {
    await released;
    return memory.commit(arrivals);
  };
  const { body } = a.arrival();
  const sends = Array.from({ length: LINK_PENDING_COUNT_MAX + 1 }, () => terminal.publish(body));
  await Promise.allSettled(sends);
  release();
  between.commit = (arrivals) => memory.commit(arrivals);
  expect(await alarmCounts()).toMatchObject({ "link/flood t16": 1 });
  const again = await connect("t16");
  await again.hello();
  expect(await again.send(body)).toMatchObject({ kind: "ack", position: a.tip });
  await again.close();
});

test("a second connection of one terminal takes the first one's place", async () => {
  const first = await connect("t14");
  const second = await connect("t14");
  await first.closed;
  await second.hello();
  await second.close();
});

test("a port that is taken is hq/port_in_use", async () => {
  await expect(startHq({ ...options, port: hq.port })).rejects.toMatchObject({
    code: "hq/port_in_use",
    about: `127.0.0.1:${hq.port}`,
  });
  await expect(startHq({ ...options, host: "192.0.2.1" })).rejects.toMatchObject({
    code: "hq/listen_failed",
  });
});

test("stopping waits for the commit that is under way and then closes every connection", async () => {
  const own = await startHq({ ...options, port: 0 });
  const terminal = await TestTerminal.connect(own.port, "t15", signer.publicKey);
  await terminal.hello();
  const a = new TestHistory("t15", epochOf("a"));
  let begun = (): void => {};
  const commitBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  let release = (): void => {};
  between.commit = async (arrivals) => {
    begun();
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    return memory.commit(arrivals);
  };
  const published = terminal.publish(a.arrival().body);
  published.catch(() => {});
  await commitBegun;
  const stopped = own.stop();
  await terminal.closed;
  release();
  await stopped;
  between.commit = (arrivals) => memory.commit(arrivals);
  expect(await memory.holds(linkOf("t15"), 64)).toEqual([a.tip]);
});
