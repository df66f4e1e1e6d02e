/**
 * A terminal's end of the link for tests of headquarters: the real messages over the real MQTT
 * client. It keeps no journal and resends nothing by itself: each test says what is sent when.
 */
import { connectAsync } from "mqtt";
import type { IClientOptions, MqttClient } from "mqtt";
import { assert } from "../../core/bug.ts";
import { openMessage, sealMessage } from "../../protocol/message.ts";
import type { Ack, BatchRefusal, Hello, Link, Message } from "../../protocol/message.ts";
import { createVerifier } from "../../protocol/sign.ts";
import { topicOf } from "../../protocol/topics.ts";
import { keyName } from "../../tools/hq/keys.ts";
import { linkOf, signerOf, STORE } from "./hq-history.ts";

const SESSION = Uint8Array.of(9, 8, 7, 6, 5, 4, 3, 2);

/** The client's options as a terminal uses them. */
export function clientOptions(name: string): IClientOptions {
  return {
    clientId: name,
    protocolVersion: 4,
    clean: true,
    reconnectPeriod: 0,
    keepalive: 60,
    queueQoSZero: false,
  };
}

export class TestTerminal {
  readonly client: MqttClient;
  readonly link: Link;
  readonly #arrived: Message[] = [];
  readonly #waiting: ((message: Message | Error) => void)[] = [];
  readonly closed: Promise<void>;

  private constructor(client: MqttClient, link: Link, hqPublicKey: Uint8Array) {
    this.client = client;
    this.link = link;
    const verifier = createVerifier(hqPublicKey);
    assert(verifier.ok, "terminal: Headquarters' key must be one");
    client.on("message", (_topic, payload) => {
      const opened = openMessage(payload, link, verifier.value);
      if (opened.ok) this.#deliver(opened.value);
      else this.#deliver(new Error(opened.code));
    });
    this.closed = new Promise((resolve) => {
      client.once("close", () => {
        this.#deliver(new Error("The connection was closed"));
        resolve();
      });
    });
    // A reset connection is part of what is tested.
    client.on("error", () => {});
  }

  /** Connects and subscribes to the terminal's own `down`. */
  static async connect(port: number, name: string, hqPublicKey: Uint8Array): Promise<TestTerminal> {
    const client = await connectAsync(`mqtt://127.0.0.1:${port}`, clientOptions(name));
    const terminal = new TestTerminal(client, linkOf(name), hqPublicKey);
    await client.subscribeAsync(topicOf(terminal.link, "down"), { qos: 1 });
    return terminal;
  }

  #deliver(message: Message | Error): void {
    // This terminal is an older one: it sends batches as they are signed, and drops what it does not know.
    if (!(message instanceof Error) && message.kind === "offer") return;
    const waiting = this.#waiting.shift();
    if (waiting !== undefined) waiting(message);
    else if (!(message instanceof Error)) this.#arrived.push(message);
  }

  /** The next message from headquarters; rejects when the connection closes first. */
  next(): Promise<Message> {
    const arrived = this.#arrived.shift();
    if (arrived !== undefined) return Promise.resolve(arrived);
    return new Promise((resolve, reject) => {
      this.#waiting.push((message) => (message instanceof Error ? reject(message) : resolve(message)));
    });
  }

  /** How many messages came that nobody took. */
  get arrivedCount(): number {
    return this.#arrived.length;
  }

  /** Says hello and answers headquarters' hello. */
  async hello(): Promise<Hello> {
    const { tenant, terminal } = this.link;
    const hello: Hello = {
      kind: "hello",
      tenant,
      store: STORE,
      terminal,
      session: SESSION,
      incarnation: null,
      holds: [],
    };
    const signer = signerOf(terminal);
    await this.publish(sealMessage(hello, this.link, signer, keyName(signer.publicKey)));
    const answer = await this.next();
    assert(answer.kind === "hello", `terminal: A hello must be answered by one, not by ${answer.kind}`);
    return answer;
  }

  /** Publishes bytes on its own `up`; resolves with the PUBACK, rejects when the connection closes first. */
  async publish(bytes: Uint8Array, topic = topicOf(this.link, "up")): Promise<void> {
    await Promise.race([
      this.client.publishAsync(topic, Buffer.from(bytes), { qos: 1 }),
      this.closed.then(() => Promise.reject(new Error("The connection was closed"))),
    ]);
  }

  /** Sends a batch's bytes and answers what headquarters says to it. */
  async send(body: Uint8Array): Promise<Ack | BatchRefusal> {
    const [, answer] = await Promise.all([this.publish(body), this.next()]);
    assert(answer.kind === "ack" || answer.kind === "refusal", `terminal: Not an answer: ${answer.kind}`);
    return answer;
  }

  /** Leaves without a word when the connection is still there. */
  async close(): Promise<void> {
    await this.client.endAsync(true);
  }
}
