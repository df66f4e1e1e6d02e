/**
 * A real terminal process, a real mosquitto and headquarters behind it. The broker is killed, it
 * overflows, it swallows what is too large, it hands out old and poisoned messages: each time
 * everything arrives once, and nothing of it stops a sale. One line of figures each.
 * The runs wait most of their time, so they run side by side, each with a world of its own.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectAsync } from "mqtt";
import type { MqttClient } from "mqtt";
import { beforeEach, expect, test } from "vitest";
import type { TestContext } from "vitest";
import { topicOf } from "../../../protocol/topics.ts";
import { packagedPrograms } from "../../../tools/hq/postgres/binaries.ts";
import { clientOptions } from "../../support/hq-terminal.ts";
import { MemoryHq, ProcessHq } from "../../support/real-hq.ts";
import type { RealHq } from "../../support/real-hq.ts";
import { findMosquitto, Mosquitto, NO_MOSQUITTO } from "../../support/real-mosquitto.ts";
import { compare } from "../../support/real-records.ts";
import { RealTill } from "../../support/real-till.ts";

const NO_POSTGRES = "the embedded PostgreSQL is not installed for this machine";

beforeEach(({ skip }) => {
  if (findMosquitto() === null) skip(NO_MOSQUITTO);
});

interface World<H extends RealHq> {
  readonly broker: Mosquitto;
  readonly hq: H;
  readonly till: RealTill;
}

/** Where what a test started is ended: at its own end, not at that of the one beside it. */
type Ending = Pick<TestContext, "onTestFinished">;

/** A broker, a headquarters and a terminal that know each other; nothing runs yet. Ended whatever happens. */
async function worldOf<H extends RealHq>(context: Ending, name: string, hq: H): Promise<World<H>> {
  const directory = mkdtempSync(join(tmpdir(), "tillwright-mosquitto-"));
  const broker = await Mosquitto.prepare(directory);
  const till = await RealTill.prepare(name, hq, broker.port);
  context.onTestFinished(async () => {
    await till.remove();
    await hq.remove();
    await broker.end("SIGKILL");
    rmSync(directory, { recursive: true, force: true });
  });
  return { broker, hq, till };
}

/** Another client of the broker, ended with the test. */
async function guest(context: Ending, broker: Mosquitto, name: string): Promise<MqttClient> {
  const client = await connectAsync(`mqtt://127.0.0.1:${broker.port}`, clientOptions(name));
  client.on("error", () => {});
  context.onTestFinished(() => client.endAsync(true));
  return client;
}

/** Everything arrived once: the records byte by byte, and the turnover that is folded from them. */
async function expectOnce<H extends RealHq>({ hq, till }: World<H>): Promise<string> {
  const { saleCount, soldMinor } = till;
  const found = compare(await till.close(), await hq.held(till.terminal));
  expect(found).toMatchObject({ missingCount: 0, doubledCount: 0, strangeCount: 0 });
  expect(await hq.turnover()).toMatchObject({
    net: (soldMinor / 100).toFixed(2),
    saleCount,
    orderCount: saleCount,
    quarantineCount: 0,
  });
  const { recordCount, missingCount, doubledCount } = found;
  return `${saleCount} sales, ${recordCount} records, ${missingCount} missing, ${doubledCount} doubled`;
}

/** Lines of the broker's log that match. */
function logged(broker: Mosquitto, pattern: RegExp): number {
  return broker
    .log()
    .split("\n")
    .filter((line) => pattern.test(line)).length;
}

test.concurrent("a broker that is killed in the middle of sales costs nothing", async (context) => {
  if (packagedPrograms() === null) context.skip(NO_POSTGRES);
  const world = await worldOf(context, "killed", new ProcessHq());
  const { broker, hq, till } = world;
  await broker.start();
  await hq.start(broker.port);
  await till.start();
  const killCount = 3;
  for (let kill = 1; kill <= killCount; kill += 1) {
    // A kill while the link is down already would be none.
    await till.untilLogged("link/up", kill);
    till.sell(60);
    await till.untilPaid(till.saleCount - 30);
    await broker.end("SIGKILL");
    till.sell(30);
    await till.untilPaid();
    await broker.start();
  }
  till.sell(30);
  await till.untilPaid();
  await till.untilSent();
  expect(till.loggedCount("link/down")).toBeGreaterThanOrEqual(killCount);
  const figures = await expectOnce(world);
  console.log(`mosquitto killed ${killCount} times: ${figures}`);
});

test.concurrent("what a full queue drops and what is sent to nobody arrives when headquarters is back", async (context) => {
  if (packagedPrograms() === null) context.skip(NO_POSTGRES);
  const world = await worldOf(context, "overflow", new ProcessHq());
  const { broker, hq, till } = world;
  await broker.start("max_inflight_messages 1", "max_queued_messages 2");
  await hq.start(broker.port);
  await till.start();
  till.sell(20);
  await till.untilPaid();
  await till.untilSent();
  // Connected and silent: the broker takes and confirms what it then has no room for.
  hq.signal("SIGSTOP");
  for (let burst = 0; burst < 10; burst += 1) {
    till.sell(8);
    await till.untilPaid();
  }
  await till.untilLogged("link/silent", 1);
  hq.signal("SIGCONT");
  await till.untilSent();
  // Gone: its session was clean, so what is confirmed now goes to nobody.
  await hq.end("SIGKILL");
  till.sell(80);
  await till.untilPaid();
  expect((await till.show()).unsent).toBeGreaterThan(0);
  await hq.start(broker.port);
  await till.untilSent();
  const confirmedCount = logged(broker, /Sending PUBACK to overflow /);
  const deliveredCount = logged(broker, /Received PUBACK from hq-/);
  // Without loss there would be nothing to show.
  expect(logged(broker, /Outgoing messages are being dropped for client hq-/)).toBeGreaterThan(0);
  expect(deliveredCount).toBeLessThan(confirmedCount);
  const figures = await expectOnce(world);
  console.log(
    `mosquitto overflowed (${confirmedCount} messages confirmed, ${deliveredCount} delivered), ` +
      `headquarters killed once: ${figures}`,
  );
});

test.concurrent("batches that the broker swallows for their size leave the link trying and the till selling", async (context) => {
  const world = await worldOf(context, "swallowed", new MemoryHq());
  const { broker, hq, till } = world;
  const limitBytes = 8192;
  await till.start();
  // Sold without a broker: what waits makes batches far above the limit.
  till.sell(150);
  await till.untilPaid();
  await broker.start(`message_size_limit ${limitBytes}`);
  await hq.start(broker.port);
  const swallowed = /Dropped too large PUBLISH from swallowed/;
  await expect.poll(() => logged(broker, swallowed), { timeout: 20_000 }).toBeGreaterThan(0);
  const firstCount = logged(broker, swallowed);
  const silentCount = till.loggedCount("link/silent");
  await till.untilLogged("link/silent", silentCount + 2);
  expect(logged(broker, swallowed)).toBeGreaterThan(firstCount);
  const { unsent, link } = await till.show();
  // The link is not down: only what was not acknowledged, and the log, tell.
  expect(["greeting", "sending"]).toContain(link);
  expect(unsent).toBeGreaterThan(till.saleCount);
  expect(await hq.held(till.terminal)).toEqual([]);
  till.sell(10);
  await till.untilPaid();
  expect(logged(broker, /Sending PUBACK to swallowed /)).toBeGreaterThanOrEqual(logged(broker, swallowed));
  const swallowedCount = logged(broker, swallowed);
  await broker.end("SIGTERM");
  await broker.start();
  await till.untilSent();
  const figures = await expectOnce(world);
  console.log(
    `mosquitto with message_size_limit ${limitBytes} (${swallowedCount} batches confirmed and swallowed, ` +
      `${till.loggedCount("link/silent")} times silent), then without: ${figures}`,
  );
});

test.concurrent("old, repeated and poisoned messages and a second client of its name do not stop a terminal", async (context) => {
  const world = await worldOf(context, "poisoned", new MemoryHq());
  const { broker, hq, till } = world;
  const [up, down] = (["up", "down"] as const).map((way) =>
    topicOf({ tenant: "demo", terminal: till.terminal }, way),
  );
  if (up === undefined || down === undefined) return expect.fail("Two topics");
  await broker.start();
  await hq.start(broker.port);
  const spy = await guest(context, broker, "spy");
  const heard: { readonly topic: string; readonly payload: Buffer }[] = [];
  spy.on("message", (topic, payload, { retain }) => {
    if (!retain) heard.push({ topic, payload });
  });
  await spy.subscribeAsync([up, down], { qos: 1 });
  await till.start();
  till.sell(30);
  await till.untilPaid();
  await till.untilSent();
  await spy.unsubscribeAsync([up, down]);
  const poison = [
    ...heard,
    ...[up, down].flatMap((topic) => [
      { topic, payload: Buffer.from("not a message") },
      { topic, payload: Buffer.alloc(200_000, 0xd2) },
      { topic, payload: Buffer.alloc(400_000, 0xff) },
    ]),
  ];
  const takeoverCount = 4;
  for (let takeover = 1; takeover <= takeoverCount; takeover += 1) {
    await till.untilLogged("link/up", takeover);
    till.sell(40);
    await till.untilPaid(till.saleCount - 20);
    // Retained, so that each new subscription begins with one of them; the last one stays.
    for (const { topic, payload } of poison) await spy.publishAsync(topic, payload, { qos: 1, retain: true });
    await (await guest(context, broker, till.terminal)).subscribeAsync(down, { qos: 1 });
    await till.untilPaid();
    await till.untilLogged("link/down", takeover);
  }
  await till.untilSent();
  expect(logged(broker, /Client poisoned already connected, closing old connection/)).toBeGreaterThanOrEqual(
    takeoverCount,
  );
  expect(till.loggedCount("message/envelope") + till.loggedCount("message/too_long")).toBeGreaterThan(0);
  const alarms = await hq.alarmCodes();
  expect(alarms.join()).toContain("link/signature");
  const figures = await expectOnce(world);
  console.log(
    `mosquitto with ${poison.length * takeoverCount} poisoned or repeated messages and ${takeoverCount} takeovers ` +
      `(alarms: ${alarms.join(", ")}): ${figures}`,
  );
});
