/**
 * The MQTT front: an embedded broker (aedes, MQTT 3.1.1) that terminals connect to. It hands a
 * publish to the terminal's link inside authorizePublish, so that a PUBACK follows the commit.
 *
 * M1 The client id is the terminal's name, and a registered key belongs to it.
 * M2 A connection publishes to its own `up` (QoS 1, not retained) and subscribes to its own `down`.
 * M3 Nothing is kept for who is away: clean sessions, no wills, no retained messages.
 * M4 Whatever one connection does wrong ends that connection and touches no other.
 */
import { createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { Aedes } from "aedes";
import type { AuthenticateError, Client, PublishPacket, Subscription } from "aedes";
import { isTerminalId } from "../../core/ids.ts";
import type { Verifier } from "../../protocol/ed25519.ts";
import { PACKET_BYTES_MAX } from "../../protocol/limits.ts";
import type { Link } from "../../protocol/message.ts";
import { topicOf } from "../../protocol/topics.ts";
import { faultLine, HqFault } from "./fault.ts";
import { readTerminalKey } from "./keys.ts";
import {
  CONNECT_WAIT_MS_MAX,
  CONNECTIONS_COUNT_MAX,
  DRAIN_WAIT_MS_MAX,
  KEEPALIVE_S_MAX,
  LINK_PENDING_COUNT_MAX,
} from "./limits.ts";
import { TerminalLink } from "./link.ts";
import type { LinkContext } from "./link.ts";
import { PacketGuard } from "./packet-guard.ts";

export interface FrontOptions {
  readonly tenant: string;
  /** Loopback unless another address is asked for. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly keysDir: string;
}

export interface Front {
  readonly port: number;
  /** Whether terminals can reach it: it listens, or its broker is there. */
  isUp(): boolean;
  /** Closes the port and every connection; resolves when no message is being handled any more. */
  close(): Promise<void>;
}

/** Listens. Throws hq/port_in_use, hq/listen_failed. */
export async function openFront(options: FrontOptions, context: LinkContext): Promise<Front> {
  const broker = new BrokerFront(options, context);
  return broker.open();
}

/** What is known of a connected terminal. */
interface Session {
  readonly link: Link;
  readonly terminal: TerminalLink;
  pendingCount: number;
}

/** Ends a connection; the alarm was counted where it was thrown. */
class LinkClosed extends Error {
  override readonly name = "LinkClosed";
}

const NOT_AUTHORIZED = 5;
const QUIET_MESSAGES: ReadonlySet<string> = new Set([
  "keep alive timeout",
  "connection closed",
  "drain timeout",
]);

class BrokerFront {
  readonly #options: FrontOptions;
  readonly #context: LinkContext;
  readonly #sessions = new WeakMap<Client, Session>();
  /** M3: asked for a session with a memory or a will. */
  readonly #unfit = new WeakSet<Client>();
  /** Closed by the guard, whose alarm was counted. */
  readonly #guarded = new WeakSet<Client>();
  readonly #sockets = new Set<Socket>();
  readonly #handling = new Set<Promise<void>>();

  constructor(options: FrontOptions, context: LinkContext) {
    this.#options = options;
    this.#context = context;
  }

  async open(): Promise<Front> {
    const broker = await Aedes.createBroker({
      connectTimeout: CONNECT_WAIT_MS_MAX,
      keepaliveLimit: KEEPALIVE_S_MAX,
      drainTimeout: DRAIN_WAIT_MS_MAX,
      preConnect: (client, packet, done) => {
        // Judged in authenticate, where there is an answer to give.
        if (packet.will !== undefined || packet.clean !== true) this.#unfit.add(client);
        done(null, true);
      },
      authenticate: (client, _user, _password, done) => void this.#authenticate(client, done),
      authorizePublish: (client, packet, done) => void this.#authorizePublish(client, packet, done),
      authorizeSubscribe: (client, subscription, done) => done(null, this.#subscribe(client, subscription)),
    });
    const onError = (client: Client, error: Error): void => this.#onClientError(client, error);
    broker.on("clientError", onError);
    broker.on("connectionError", onError);
    const server = createServer({ noDelay: true }, (socket) => this.#onSocket(broker, socket));
    server.maxConnections = CONNECTIONS_COUNT_MAX;
    try {
      await listen(server, this.#options);
    } catch (error) {
      broker.close();
      throw error;
    }
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    return { port, isUp: () => server.listening, close: () => this.#close(server, broker) };
  }

  #onSocket(broker: Aedes, socket: Socket): void {
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
    const client = broker.handle(socket);
    const guard = new PacketGuard(PACKET_BYTES_MAX);
    // The broker pulls from the socket; "data" is told of each chunk before the broker reads it.
    socket.on("data", (bytes: Uint8Array) => {
      const verdict = guard.feed(bytes);
      if (verdict === "ok" || socket.destroyed) return;
      this.#guarded.add(client);
      this.#context.alarm("link/malformed", this.#nameOf(client), verdict);
      socket.destroy(new LinkClosed(verdict));
    });
  }

  #nameOf(client: Client): string {
    return this.#sessions.get(client)?.link.terminal ?? "";
  }

  // M1, M3
  async #authenticate(
    client: Client,
    done: (error: AuthenticateError | null, success: boolean | null) => void,
  ): Promise<void> {
    const refusal = Object.assign(new LinkClosed("not authorized"), { returnCode: NOT_AUTHORIZED });
    const { tenant, keysDir } = this.#options;
    if (this.#unfit.has(client)) {
      this.#context.alarm("link/session_kind", "", "a session that is not clean, or a last will");
      return done(refusal, null);
    }
    if (!isTerminalId(client.id)) {
      this.#context.alarm("link/unknown_terminal", "", "a client id that is no terminal's name");
      return done(refusal, null);
    }
    const link: Link = { tenant, terminal: client.id };
    const key = await readTerminalKey(keysDir, link);
    if (key.kind === "known") {
      this.#sessions.set(client, this.#sessionOf(client, link, key.verifier));
      return done(null, true);
    }
    if (key.kind === "unknown") this.#context.alarm("link/unknown_terminal", "", client.id);
    else this.#context.alarm("link/key_unreadable", client.id, key.code);
    done(refusal, null);
  }

  #sessionOf(client: Client, link: Link, verifier: Verifier): Session {
    const topic = topicOf(link, "down");
    const send = (bytes: Uint8Array): Promise<void> => deliver(client, topic, bytes);
    return { link, terminal: new TerminalLink(this.#context, link, verifier, send), pendingCount: 0 };
  }

  // M2
  #subscribe(client: Client, subscription: Subscription): Subscription | null {
    const session = this.#sessions.get(client);
    if (session !== undefined && subscription.topic === topicOf(session.link, "down")) return subscription;
    this.#context.alarm("link/not_allowed", this.#nameOf(client), "subscribe");
    return null;
  }

  // M4: an error ends the connection without a PUBACK.
  async #authorizePublish(
    client: Client | null,
    packet: PublishPacket,
    done: (error?: Error | null) => void,
  ): Promise<void> {
    const handled = this.#publish(client, packet);
    this.#handling.add(handled);
    let failure: LinkClosed | null = null;
    try {
      await handled;
    } catch (error) {
      failure = error instanceof LinkClosed ? error : new LinkClosed("store", { cause: error });
      if (failure !== error) this.#context.alarm("store/failed", client?.id ?? "", faultLine(error));
    }
    this.#handling.delete(handled);
    done(failure);
  }

  // M2
  async #publish(client: Client | null, packet: PublishPacket): Promise<void> {
    const session = client === null ? undefined : this.#sessions.get(client);
    if (session === undefined) throw new LinkClosed("no session");
    const { terminal } = session.link;
    if (packet.topic !== topicOf(session.link, "up") || packet.qos !== 1 || packet.retain) {
      this.#context.alarm("link/not_allowed", terminal, "publish");
      throw new LinkClosed("not allowed");
    }
    if (session.pendingCount >= LINK_PENDING_COUNT_MAX) {
      this.#context.alarm("link/flood", terminal, "");
      throw new LinkClosed("flood");
    }
    session.pendingCount += 1;
    try {
      const verdict = await session.terminal.take(bytesOf(packet.payload));
      if (verdict === "close") throw new LinkClosed("refused");
    } finally {
      session.pendingCount -= 1;
    }
  }

  #onClientError(client: Client, error: Error): void {
    if (error instanceof LinkClosed || this.#guarded.has(client)) return;
    if (QUIET_MESSAGES.has(error.message)) return;
    // A system's code is a broken line, which is nobody's fault.
    if ("code" in error) return;
    this.#context.alarm("link/malformed", this.#nameOf(client), error.message);
  }

  async #close(server: Server, broker: Aedes): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve));
    await new Promise<void>((resolve) => broker.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
    await Promise.allSettled(this.#handling);
  }
}

function bytesOf(payload: string | Buffer): Uint8Array {
  const buffer = typeof payload === "string" ? Buffer.from(payload) : payload;
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

/** Sends to this connection alone; resolves also when it is gone, for the terminal asks again. */
function deliver(client: Client, topic: string, bytes: Uint8Array): Promise<void> {
  if (client.closed) return Promise.resolve();
  const payload = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return new Promise((resolve) => {
    client.publish({ cmd: "publish", topic, payload, qos: 1, dup: false, retain: false }, () => resolve());
  });
}

function listen(server: Server, options: FrontOptions): Promise<void> {
  const { host, port } = options;
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      const isTaken = "code" in error && error.code === "EADDRINUSE";
      reject(new HqFault(isTaken ? "hq/port_in_use" : "hq/listen_failed", `${host}:${port}`, error));
    });
    server.listen({ host, port }, resolve);
  });
}
