/**
 * Health on a port of its own: GET /health and GET /ready, JSON, nothing else. Loopback unless another
 * address is asked for; it needs no token and shows nothing that would need one.
 */
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { HqFault } from "../fault.ts";
import type { Vitals } from "./vitals.ts";

/** Health that listens. */
export interface RunningHealth {
  readonly port: number;
  close(): Promise<void>;
}

const SAFETY_HEADERS = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

/** The two paths as a handler of requests. `facts` are said with /health: the release and the like. */
export function createHealthApp(
  vitals: Pick<Vitals, "ready">,
  facts: Readonly<Record<string, string | number>>,
): Hono {
  const app = new Hono();
  app.get("/health", (c) => c.json({ live: true, ...facts }, 200, SAFETY_HEADERS));
  app.get("/ready", async (c) => {
    const found = await vitals.ready();
    return c.json(found, found.ready ? 200 : 503, SAFETY_HEADERS);
  });
  app.notFound((c) => c.json({ error: { code: "health/not_found" } }, 404, SAFETY_HEADERS));
  app.onError((_error, c) => c.json({ error: { code: "health/bug" } }, 500, SAFETY_HEADERS));
  return app;
}

/** Listens; port 0 takes any free one. Throws hq/port_in_use, hq/listen_failed. */
export function startHealth(
  app: Hono,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<RunningHealth> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port }, (address) => {
      resolve({ port: address.port, close: () => closed(server) });
    });
    server.once("error", (error) => {
      const isTaken = "code" in error && error.code === "EADDRINUSE";
      const about = isTaken ? `--health ${port}` : `${host}:${port}`;
      reject(new HqFault(isTaken ? "hq/port_in_use" : "hq/listen_failed", about, error));
    });
  });
}

function closed(server: ReturnType<typeof serve>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
}
