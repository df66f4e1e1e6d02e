/**
 * A simulated nexo terminal behind HTTPS on loopback: POST /nexo. Owns the sockets and the faults of the
 * way; what is said is terminal.ts. Switched off, it refuses connections, and its memory stays.
 */

import { createServer } from "node:https";
import type { Server } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { makeCertificate } from "./certificate.ts";
import type { MadeCertificate } from "./certificate.ts";
import { FaultPlan } from "./faults.ts";
import type { NexoFault } from "./faults.ts";
import { NexoTerminal } from "./terminal.ts";
import type { NexoTerminalConfig } from "./terminal.ts";

/** A running terminal. */
export interface VirtualNexoTerminal {
  readonly port: number;
  readonly fingerprint256: string;
  readonly faults: FaultPlan;
  /** The terminal as it is switched on now. */
  terminal(): NexoTerminal;
  /** Power off: connections die, new ones are refused. */
  switchOff(): Promise<void>;
  /** Power on, on the same port, with what it remembers. */
  switchOn(): Promise<void>;
  close(): Promise<void>;
}

const REQUEST_BYTES_MAX = 64 * 1024;
const HTTP_OK = 200;

/** Starts it on `port`, 0 for any free one. Rejects with the system's error. */
export async function startNexoTerminal(
  config: NexoTerminalConfig,
  port = 0,
  faults = new FaultPlan(),
  certificate: MadeCertificate = makeCertificate(`${config.poiId}.test.terminal`),
): Promise<VirtualNexoTerminal> {
  let terminal = new NexoTerminal(config);
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let boundPort = port;
  const switchOff = async (): Promise<void> => {
    const stopping = server;
    server = undefined;
    for (const socket of sockets) socket.destroy();
    if (stopping !== undefined) await new Promise<void>((resolve) => stopping.close(() => resolve()));
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const outcome = await serve(request, response, terminal, faults);
    if (outcome === "power_off") await switchOff();
  };
  const switchOn = async (): Promise<void> => {
    if (server !== undefined) return;
    terminal = new NexoTerminal(config);
    const starting = createServer(
      { key: certificate.keyPem, cert: certificate.certPem },
      (request, response) => {
        // A connection that dies under an answer is the fault that was asked for.
        answer(request, response).catch(() => response.destroy());
      },
    );
    starting.on("connection", (socket: Socket) => {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => sockets.delete(socket));
    });
    starting.on("tlsClientError", (_error, socket) => socket.destroy());
    await new Promise<void>((resolve, reject) => {
      starting.once("error", reject);
      starting.listen(boundPort, "127.0.0.1", resolve);
    });
    const address = starting.address();
    if (typeof address === "object" && address !== null) boundPort = address.port;
    server = starting;
  };
  await switchOn();
  return {
    get port() {
      return boundPort;
    },
    fingerprint256: certificate.fingerprint256,
    faults,
    terminal: () => terminal,
    switchOff,
    switchOn,
    close: switchOff,
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  terminal: NexoTerminal,
  faults: FaultPlan,
): Promise<"power_off" | "done"> {
  const text = await bodyOf(request);
  if (request.method !== "POST" || request.url !== "/nexo") {
    response.writeHead(404).end();
    return "done";
  }
  const fault = faults.next(terminal.categoryOf(text));
  if (fault?.kind === "cut_request" && fault.atByte <= Buffer.byteLength(text)) {
    request.socket.destroy();
    return "done";
  }
  if (fault?.kind === "http_error") {
    response.writeHead(fault.status).end("no");
    return "done";
  }
  const answered = await terminal.take(text, fault);
  if (answered.kind === "power_off") {
    request.socket.destroy();
    return "power_off";
  }
  if (fault?.kind === "late") await pause(fault.delayMs);
  send(response, answered.kind === "answer" ? answered.text : "", fault);
  return "done";
}

/** Sends an answer whole, twice, bent or in part. */
function send(response: ServerResponse, text: string, fault: NexoFault | undefined): void {
  const whole = Buffer.from(text);
  const once = fault?.kind === "truncate" ? whole.subarray(0, fault.atByte) : whole;
  const bytes = fault?.kind === "twice" ? Buffer.concat([once, once]) : once;
  if (fault?.kind === "flip_bit") {
    const at = fault.atByte % Math.max(1, bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
  }
  const head = { "content-type": "application/json", "content-length": bytes.length, connection: "close" };
  if (fault?.kind !== "cut_answer") {
    response.writeHead(HTTP_OK, head).end(bytes);
    return;
  }
  response.writeHead(HTTP_OK, head);
  response.write(bytes.subarray(0, fault.atByte), () => response.socket?.destroy());
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let lengthBytes = 0;
  for await (const piece of request) {
    const bytes = Buffer.from(piece);
    lengthBytes += bytes.length;
    if (lengthBytes > REQUEST_BYTES_MAX) break;
    pieces.push(bytes);
  }
  return Buffer.concat(pieces).toString("utf8");
}
