/**
 * Who may see the screen: only a browser on this machine that was given this start's token. Pure
 * but for the two secrets that it draws once.
 *
 * G1 Host is exactly 127.0.0.1:port or localhost:port, so that no other name can be rebound to us.
 * G2 Origin is exactly that host on every upgrade and on everything but GET.
 * G3 The token is exchanged for a cookie that scripts cannot read and other sites cannot send;
 *    without the cookie nothing is served.
 * G4 Only the paths of the assets exist.
 * G5 /health and /ready (health.ts) are answered to anybody on this machine who names it rightly.
 */
import type { Rng } from "../clock.ts";
import type { Assets } from "./assets.ts";
import { healthAnswer } from "./health.ts";
import type { HealthSource } from "./health.ts";

/** What is looked at of a request; header names in lower case. */
export interface Asked {
  readonly method: string;
  /** Path and query as they came. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** An answer without its date and length. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

const SECRET_BYTES = 32;

const SAFETY_HEADERS = {
  "content-security-policy":
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
  "cross-origin-opener-policy": "same-origin",
  "referrer-policy": "no-referrer",
};

/** The path of the WebSocket. */
export const SOCKET_PATH = "/screen";

/** The door of one screen server on one port. */
export class Gate {
  /** Where a browser begins: holds the token, so hand it to the terminal's own screen only. */
  readonly url: string;
  readonly #token: string;
  readonly #session: string;
  readonly #cookieName: string;
  readonly #hosts: readonly string[];
  readonly #assets: Assets;
  readonly #health: HealthSource | null;

  /** `health`: null where there is nobody who watches. */
  constructor(port: number, rng: Rng, assets: Assets, health: HealthSource | null = null) {
    this.#health = health;
    this.#token = hex(rng.bytes(SECRET_BYTES));
    this.#session = hex(rng.bytes(SECRET_BYTES));
    // Cookies do not tell ports apart: two terminals on one machine need two names.
    this.#cookieName = `tillwright_${port}`;
    this.#hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
    this.#assets = assets;
    this.url = `http://127.0.0.1:${port}/?token=${this.#token}`;
  }

  /** The answer to a request that asks for no upgrade. */
  answer(asked: Asked): Answered {
    const host = this.#host(asked);
    if (host === null) return refused(); // G1
    if (asked.method !== "GET") {
      if (header(asked, "origin") !== `http://${host}` || !this.#hasCookie(asked)) return refused(); // G2
      return plain(405, "Only GET is answered here.");
    }
    const health = this.#health === null ? null : healthAnswer(asked.target, this.#health);
    if (health !== null)
      return { ...health, headers: { ...SAFETY_HEADERS, "content-type": "application/json" } }; // G5
    const token = /^\/\?token=([0-9a-f]{1,128})$/.exec(asked.target)?.[1];
    if (token !== undefined && isSame(token, this.#token)) return this.#exchange();
    if (token !== undefined || !this.#hasCookie(asked) || isForeign(asked)) return refused(); // G3
    const asset = this.#assets.get(asked.target); // G4
    if (asset === undefined) return plain(404, "There is no such page.");
    const headers = { ...SAFETY_HEADERS, "content-type": asset.contentType };
    return { status: 200, headers, body: asset.bytes };
  }

  /** Null when a WebSocket may be opened, or the answer that refuses it. */
  refusesUpgrade(asked: Asked): Answered | null {
    const host = this.#host(asked);
    if (host === null || header(asked, "origin") !== `http://${host}`) return refused();
    if (!this.#hasCookie(asked)) return refused();
    return asked.target === SOCKET_PATH ? null : plain(404, "There is no such page.");
  }

  #host(asked: Asked): string | null {
    return this.#hosts.find((host) => host === header(asked, "host")) ?? null;
  }

  #hasCookie(asked: Asked): boolean {
    const cookies = header(asked, "cookie").split("; ");
    const prefix = `${this.#cookieName}=`;
    return cookies.some(
      (cookie) => cookie.startsWith(prefix) && isSame(cookie.slice(prefix.length), this.#session),
    );
  }

  #exchange(): Answered {
    const cookie = `${this.#cookieName}=${this.#session}; HttpOnly; SameSite=Strict; Path=/`;
    return {
      status: 303,
      headers: { ...SAFETY_HEADERS, "set-cookie": cookie, location: "/", "content-type": "text/plain" },
      body: "",
    };
  }
}

function header(asked: Asked, name: string): string {
  const value = asked.headers[name];
  return typeof value === "string" ? value : "";
}

// Browsers say where a request comes from; opening the page itself may come from anywhere, as the
// cookie then stays at home by itself.
function isForeign(asked: Asked): boolean {
  const site = header(asked, "sec-fetch-site");
  return asked.target !== "/" && (site === "cross-site" || site === "same-site");
}

function refused(): Answered {
  return plain(
    403,
    "Only this terminal's own screen may open this page: use the address printed at its start.",
  );
}

function plain(status: number, sentence: string): Answered {
  return {
    status,
    headers: { ...SAFETY_HEADERS, "content-type": "text/plain; charset=utf-8" },
    body: `${sentence}\n`,
  };
}

// Takes the same time wherever the first difference is.
function isSame(text: string, secret: string): boolean {
  let difference = text.length ^ secret.length;
  for (let index = 0; index < secret.length; index += 1) {
    difference |= text.charCodeAt(index) ^ secret.charCodeAt(index);
  }
  return difference === 0;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
