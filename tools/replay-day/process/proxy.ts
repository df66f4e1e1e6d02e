/**
 * The network between a terminal and headquarters: a TCP proxy on loopback that can be cut. While it
 * is cut, or while headquarters is away, every connection is reset, new ones at once. It never holds
 * bytes back and never changes one.
 */
import { createServer, connect } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";

/** Pairs of connections at one moment; one terminal has one. */
const CONNECTIONS_COUNT_MAX = 64;

export class Proxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #targetPort: number | null = null;
  #isCut = false;

  private constructor(server: Server) {
    this.#server = server;
    server.maxConnections = CONNECTIONS_COUNT_MAX;
    server.on("connection", (socket) => this.#join(socket));
  }

  /** A proxy on a free port of loopback, without a target. */
  static async open(): Promise<Proxy> {
    const proxy = new Proxy(createServer());
    await new Promise<void>((resolve, reject) => {
      proxy.#server.once("error", reject);
      proxy.#server.listen(0, "127.0.0.1", resolve);
    });
    return proxy;
  }

  /** Where terminals connect to. */
  get port(): number {
    const address = this.#server.address();
    return isAddress(address) ? address.port : 0;
  }

  /** Connections from now on go to this port of loopback; null while nobody listens there. */
  set targetPort(port: number | null) {
    this.#targetPort = port;
  }

  /** Drops every connection and resets new ones until `heal`. */
  cut(): void {
    this.#isCut = true;
    this.#dropAll();
  }

  heal(): void {
    this.#isCut = false;
  }

  /** Drops every connection and closes the port. May be called twice. */
  async close(): Promise<void> {
    this.#dropAll();
    if (!this.#server.listening) return;
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #dropAll(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  #join(source: Socket): void {
    if (this.#isCut || this.#targetPort === null) {
      source.on("error", ignore);
      source.resetAndDestroy();
      return;
    }
    const target = connect(this.#targetPort, "127.0.0.1");
    for (const [socket, other] of [
      [source, target],
      [target, source],
    ] as const) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", ignore);
      socket.on("close", () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  }
}

function isAddress(address: string | AddressInfo | null): address is AddressInfo {
  return typeof address === "object" && address !== null;
}

/** A reset connection is what this file is for; "close" follows each error. */
function ignore(): void {}
