/**
 * The console on a port: Hono over node:http, loopback unless another address is asked for. Owns the
 * socket and nothing behind it: the store outlives it.
 */
import { serve } from "@hono/node-server";
import { HqFault } from "../fault.ts";
import { createApp } from "./app.ts";
import { buildConsole } from "./build.ts";
import type { ConsoleContext } from "./context.ts";
import { Door } from "./door.ts";

/** A console that listens. */
export interface RunningConsole {
  readonly port: number;
  /** Where a browser begins; holds the token. */
  readonly url: string;
  close(): Promise<void>;
}

/** Builds the pages and listens; port 0 takes any free one. Throws hq/port_in_use, hq/listen_failed. */
export async function startConsole(
  context: ConsoleContext,
  address: { readonly host: string; readonly port: number },
): Promise<RunningConsole> {
  const door = new Door();
  const app = createApp(context, door, await buildConsole());
  const { host } = address;
  return await new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port: address.port }, ({ port }) => {
      const name = host.includes(":") ? `[${host}]` : host;
      resolve({
        port,
        url: `http://${name}:${port}/?token=${door.token}`,
        close: () => closed(server),
      });
    });
    server.once("error", (error) => {
      const isTaken = "code" in error && error.code === "EADDRINUSE";
      const about = isTaken ? `--console ${address.port}` : `${host}:${address.port}`;
      reject(new HqFault(isTaken ? "hq/port_in_use" : "hq/listen_failed", about, error));
    });
  });
}

function closed(server: ReturnType<typeof serve>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // Browsers keep their connections open.
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
}
