/** The Bus over MQTT against a real broker in this process: what connects, what is lost, and who hears of it. */
import { createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { Aedes } from "aedes";
import { afterEach, expect, test } from "vitest";
import { createMqttBus } from "../../runtime/adapters/mqtt-bus.ts";
import type { Bus } from "../../runtime/bus.ts";

const TOPIC = "t/demo/T1/down";
const closers: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Broker {
  readonly port: number;
  readonly broker: Aedes;
  readonly sockets: Set<Socket>;
  /** What was published, by topic. */
  readonly published: string[];
  readonly close: () => Promise<void>;
}

async function startBroker(port = 0): Promise<Broker> {
  const broker = await Aedes.createBroker();
  const sockets = new Set<Socket>();
  const published: string[] = [];
  broker.authorizePublish = (_, packet, done) => {
    published.push(`${packet.topic} ${packet.payload.toString()}`);
    done(null);
  };
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    broker.handle(socket);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const close = async (): Promise<void> => {
    sockets.forEach((socket) => socket.destroy());
    await new Promise<void>((resolve) => broker.close(() => resolve()));
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  closers.push(close);
  return { port: (server.address() as AddressInfo).port, broker, sockets, published, close };
}

/** A bus with what its owner heard, and the next thing to wait for. */
class Ear {
  readonly heard: string[] = [];
  readonly bus: Bus;
  #waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  constructor(port: number, clientId = "T1") {
    this.bus = createMqttBus({ host: "127.0.0.1", port, clientId });
    closers.push(() => this.bus.disconnect());
  }

  connect(): void {
    this.bus.connect({
      onUp: () => this.#hear("up"),
      onDown: () => this.#hear("down"),
      onMessage: (topic, bytes) => this.#hear(`${topic} ${Buffer.from(bytes).toString()}`),
    });
  }

  /** Resolves when so many things were heard. */
  heardCount(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ count, resolve });
      this.#wake();
    });
  }

  async up(): Promise<this> {
    this.connect();
    await this.heardCount(this.heard.length + 1);
    expect(this.heard.at(-1)).toBe("up");
    return this;
  }

  #hear(what: string): void {
    this.heard.push(what);
    this.#wake();
  }

  #wake(): void {
    this.#waiting = this.#waiting.filter(({ count, resolve }) => {
      if (this.heard.length < count) return true;
      resolve();
      return false;
    });
  }
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Turns of the event loop in which a second onDown would have come. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

test("what is subscribed arrives, and what is published is at the broker before its promise resolves", async () => {
  const { port, broker, published } = await startBroker();
  const ear = await new Ear(port).up();
  await ear.bus.subscribe(TOPIC);
  // A view into a larger buffer: only its own bytes travel.
  await ear.bus.publish("t/demo/T1/up", bytes("..hello..").subarray(2, 7));
  expect(published).toEqual(["t/demo/T1/up hello"]);
  broker.publish(
    { cmd: "publish", topic: TOPIC, payload: Buffer.from("ack"), qos: 1, retain: false, dup: false },
    () => {},
  );
  await ear.heardCount(2);
  expect(ear.heard).toEqual(["up", `${TOPIC} ack`]);
});

test("a connection that is refused is told once, and may be tried again", async () => {
  const { port, close } = await startBroker();
  await close();
  closers.length = 0;
  const ear = new Ear(port);
  ear.connect();
  await ear.heardCount(1);
  await turns();
  expect(ear.heard).toEqual(["down"]);
  await startBroker(port);
  await ear.up();
  expect(ear.heard).toEqual(["down", "up"]);
});

test("a connection that is cut is told once; what waited for the broker is rejected", async () => {
  const { port, broker, sockets } = await startBroker();
  const ear = await new Ear(port).up();
  // Neither a PUBACK nor a SUBACK comes any more.
  broker.authorizePublish = () => {};
  broker.authorizeSubscribe = () => {};
  const waiting = [ear.bus.publish("t/demo/T1/up", bytes("x")), ear.bus.subscribe(TOPIC)];
  const settled = Promise.allSettled(waiting);
  await turns();
  sockets.forEach((socket) => socket.destroy());
  expect((await settled).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await ear.heardCount(2);
  await turns();
  expect(ear.heard).toEqual(["up", "down"]);
  await expect(ear.bus.publish("t/demo/T1/up", bytes("x"))).rejects.toThrow("The connection is down");
  await expect(ear.bus.subscribe(TOPIC)).rejects.toThrow("The connection is down");
});

test("nothing of an old connection is sent on the next one", async () => {
  const { port, broker, sockets, published } = await startBroker();
  const ear = await new Ear(port).up();
  const authorize = broker.authorizePublish;
  broker.authorizePublish = () => {};
  const lost = ear.bus.publish("t/demo/T1/up", bytes("lost"));
  await turns();
  sockets.forEach((socket) => socket.destroy());
  await expect(lost).rejects.toThrow();
  await ear.heardCount(2);
  broker.authorizePublish = authorize;
  await ear.up();
  await ear.bus.publish("t/demo/T1/up", bytes("fresh"));
  await turns();
  expect(published).toEqual(["t/demo/T1/up fresh"]);
});

test("a second client of the same name takes the connection over, and the first one hears of it once", async () => {
  const { port } = await startBroker();
  const first = await new Ear(port).up();
  const second = await new Ear(port).up();
  await first.heardCount(2);
  await turns();
  expect(first.heard).toEqual(["up", "down"]);
  expect(second.heard).toEqual(["up"]);
  await second.bus.publish("t/demo/T1/up", bytes("mine"));
});

test("a connection that is dropped by its owner is down once, also while it was being made", async () => {
  const { port, sockets } = await startBroker();
  const ear = await new Ear(port).up();
  ear.bus.disconnect();
  await ear.heardCount(2);
  ear.bus.disconnect();
  await turns();
  expect(ear.heard).toEqual(["up", "down"]);
  ear.connect();
  ear.bus.disconnect();
  await ear.heardCount(3);
  await turns();
  expect(ear.heard).toEqual(["up", "down", "down"]);
  await turns();
  expect(sockets.size).toBe(0);
});

test("a peer that is no broker is a connection that could not be made, and is let go", async () => {
  let gone: () => void = () => {};
  const closed = new Promise<void>((resolve) => {
    gone = resolve;
  });
  const server = createServer((socket) => {
    socket.on("close", gone).resume();
    socket.write("HTTP/1.1 400 Bad Request\r\n\r\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const ear = new Ear((server.address() as AddressInfo).port);
  ear.connect();
  await ear.heardCount(1);
  await closed;
  await turns();
  expect(ear.heard).toEqual(["down"]);
});

test("a broker that refuses this client is told once", async () => {
  const { port, broker } = await startBroker();
  broker.authenticate = (_client, _name, _password, done) => done(null, false);
  const ear = new Ear(port);
  ear.connect();
  await ear.heardCount(1);
  await turns();
  expect(ear.heard).toEqual(["down"]);
});
