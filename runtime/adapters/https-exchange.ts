/**
 * POSTs to one terminal over TLS. The terminal's certificate is its own, so it is pinned by its SHA-256
 * fingerprint, and not a byte of a request is written before the certificate was seen to be that one:
 * what fails until then is "not sent", what fails later is "broken".
 */
import { request as httpRequest } from "node:http";
import type { ClientRequest, IncomingMessage } from "node:http";
import { connect } from "node:tls";
import type { TLSSocket } from "node:tls";
import type { NexoExchange, NexoPosted } from "../../drivers/reader/nexo/exchange.ts";
import { MESSAGE_BYTES_MAX } from "../../drivers/reader/nexo/scan.ts";
import type { ReaderFaultCode } from "../../drivers/reader/reader.ts";

/** Where the terminal is, and which one it is. */
export interface HttpsAddress {
  readonly host: string;
  /** 8443 on terminals of this dialect. */
  readonly port: number;
  /** "/nexo". */
  readonly path: string;
  /** SHA-256 of the certificate in hex, colons and case do not matter. */
  readonly fingerprint256: string;
}

/** Connecting and the handshake; the request's own limit begins behind it. */
const CONNECT_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 10_000;

/** An exchange with the terminal at `address`. */
export function createHttpsExchange(address: HttpsAddress): NexoExchange {
  const open = new Set<() => void>();
  let isClosed = false;
  return {
    post: async (body, timeoutMs) => {
      if (isClosed) return { kind: "not_sent", code: "reader/closed" };
      const connected = await connectPinned(address, open);
      if (!("socket" in connected)) return isClosed ? { ...connected, code: "reader/closed" } : connected;
      const posted = await postOver(connected.socket, address, body, timeoutMs, open);
      return posted.kind === "broken" && isClosed ? { ...posted, code: "reader/closed" } : posted;
    },
    close: () => {
      isClosed = true;
      for (const stop of open) stop();
    },
  };
}

type NotSent = { readonly kind: "not_sent"; readonly code: ReaderFaultCode };

function connectPinned(
  { host, port, fingerprint256 }: HttpsAddress,
  open: Set<() => void>,
): Promise<{ readonly socket: TLSSocket } | NotSent> {
  return new Promise((resolve) => {
    // The chain proves nothing here: the terminal signed its certificate itself. The pin below does.
    const socket = connect({ host, port, rejectUnauthorized: false, minVersion: "TLSv1.2" });
    const stop = (): void => void socket.destroy();
    const fail = (code: ReaderFaultCode): void => {
      open.delete(stop);
      clearTimeout(timer);
      socket.destroy();
      resolve({ kind: "not_sent", code });
    };
    const timer = setTimeout(() => fail("reader/unreachable"), CONNECT_TIMEOUT_MS);
    open.add(stop);
    socket.on("error", () => fail("reader/unreachable"));
    socket.once("close", () => fail("reader/unreachable"));
    socket.once("secureConnect", () => {
      const found = socket.getPeerX509Certificate()?.fingerprint256 ?? "";
      if (bare(found) !== bare(fingerprint256)) return fail("reader/swapped");
      open.delete(stop);
      clearTimeout(timer);
      // An answer may take two minutes: a link that died meanwhile is noticed before that.
      socket.setKeepAlive(true, KEEP_ALIVE_MS);
      resolve({ socket });
    });
  });
}

function bare(fingerprint: string): string {
  return fingerprint.replaceAll(":", "").toLowerCase();
}

function postOver(
  socket: TLSSocket,
  { host, path }: HttpsAddress,
  body: Uint8Array,
  timeoutMs: number,
  open: Set<() => void>,
): Promise<NexoPosted> {
  return new Promise((resolve) => {
    const request: ClientRequest = httpRequest({
      createConnection: () => socket,
      host,
      path,
      method: "POST",
      headers: { "content-type": "application/json", "content-length": body.length, connection: "close" },
    });
    const stop = (): void => void request.destroy();
    const end = (posted: NexoPosted): void => {
      open.delete(stop);
      clearTimeout(timer);
      request.destroy();
      resolve(posted);
    };
    const timer = setTimeout(() => end({ kind: "broken", code: "reader/no_answer" }), timeoutMs);
    open.add(stop);
    request.on("error", () => end({ kind: "broken", code: "reader/link_lost" }));
    request.once("close", () => end({ kind: "broken", code: "reader/link_lost" }));
    request.once("response", (response) => {
      // From here on a connection that breaks off is the response's to say.
      request.removeAllListeners("close");
      collect(response).then(
        (bytes) => end({ kind: "answered", status: response.statusCode ?? 0, body: bytes }),
        () => end({ kind: "broken", code: "reader/link_lost" }),
      );
    });
    request.end(body);
  });
}

/** The whole body, in one buffer of its own; the pieces it came in are wiped. Rejects when it breaks off. */
async function collect(response: IncomingMessage): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let lengthBytes = 0;
  for await (const piece of response) {
    const bytes: Buffer = Buffer.isBuffer(piece) ? piece : Buffer.from(piece);
    pieces.push(bytes);
    lengthBytes += bytes.length;
    // One byte too many is enough for the reader of the message to refuse it.
    if (lengthBytes > MESSAGE_BYTES_MAX) break;
  }
  const whole = new Uint8Array(lengthBytes);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
    piece.fill(0);
  }
  return whole;
}
