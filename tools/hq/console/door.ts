/**
 * Who may use the console: a browser that was given this start's token. The same rules as the till's
 * screen keeps (runtime/ui/gate.ts), for an address that may be another machine's.
 *
 * D1 Host is an IP address or localhost, so that no other name can be rebound to us.
 * D2 Origin is exactly that host on everything but GET.
 * D3 The token is exchanged for a cookie that scripts cannot read and other sites cannot send; without
 *    the cookie nothing is served, and an answer is never framed, sniffed or kept.
 */
import { randomBytes, timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";

const SECRET_BYTES = 32;
const COOKIE_NAME_BYTES = 4;

/** On every answer. */
export const SAFETY_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
  "cross-origin-opener-policy": "same-origin",
  "referrer-policy": "no-referrer",
};

/** What the door says of a request. */
export type Verdict = "enter" | "origin" | "session" | { readonly location: string; readonly cookie: string };

/** The door of one start. */
export class Door {
  /** Whoever has it may enter, so hand it to the owner only. */
  readonly token = randomBytes(SECRET_BYTES).toString("hex");
  readonly #session = randomBytes(SECRET_BYTES).toString("hex");
  // Cookies do not tell ports apart: two consoles on one machine need two names.
  readonly #cookieName = `tillwright_hq_${randomBytes(COOKIE_NAME_BYTES).toString("hex")}`;

  /** Whether this request may be answered; or where it goes on with its cookie. */
  judge(request: Request): Verdict {
    const host = request.headers.get("host") ?? "";
    if (!isOwnHost(host)) return "origin"; // D1
    const { method, headers } = request;
    if (method !== "GET" && headers.get("origin") !== `http://${host}`) return "origin"; // D2
    const url = new URL(request.url);
    const token = url.searchParams.get("token");
    if (method === "GET" && token !== null && isSame(token, this.token)) {
      url.searchParams.delete("token");
      const cookie = `${this.#cookieName}=${this.#session}; HttpOnly; SameSite=Strict; Path=/`;
      return { location: `${url.pathname}${url.search}`, cookie };
    }
    if (token !== null || !this.#hasCookie(headers.get("cookie") ?? "")) return "session"; // D3
    const site = headers.get("sec-fetch-site");
    const isData = url.pathname.startsWith("/api/");
    return isData && (site === "cross-site" || site === "same-site") ? "origin" : "enter";
  }

  #hasCookie(cookies: string): boolean {
    const prefix = `${this.#cookieName}=`;
    return cookies
      .split("; ")
      .some((cookie) => cookie.startsWith(prefix) && isSame(cookie.slice(prefix.length), this.#session));
  }
}

function isOwnHost(host: string): boolean {
  const name =
    /^\[([0-9a-fA-F:]+)\](?::\d{1,5})?$/.exec(host)?.[1] ?? /^([^:]*)(?::\d{1,5})?$/.exec(host)?.[1];
  return name !== undefined && (name === "localhost" || isIP(name) !== 0);
}

function isSame(text: string, secret: string): boolean {
  const [a, b] = [Buffer.from(text), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
