/** Who may see the screen. */
import { expect, test } from "vitest";

import { ASSET_FILES } from "../../../runtime/ui/assets.ts";
import { Gate } from "../../../runtime/ui/gate.ts";
import type { Asked } from "../../../runtime/ui/gate.ts";
import { table } from "../../support/table.ts";

const PORT = 4711;
let drawn = 0;
const rng = {
  bytes: (count: number): Uint8Array => {
    drawn += 1;
    return new Uint8Array(count).fill(drawn);
  },
};
const assets = new Map(
  ASSET_FILES.map(({ path, contentType }) => [path, { contentType, bytes: new TextEncoder().encode(path) }]),
);
const gate = new Gate(PORT, rng, assets);
const entry = new URL(gate.url);
const entryTarget = entry.pathname + entry.search;

const get = (target: string, headers: Asked["headers"] = {}): Asked => ({
  method: "GET",
  target,
  headers: { host: `127.0.0.1:${PORT}`, ...headers },
});
const cookie = gate.answer(get(entryTarget)).headers["set-cookie"]?.split(";")[0] ?? "";

test("the token is 32 bytes, and it is exchanged for a cookie that is not the token", () => {
  const token = entry.searchParams.get("token") ?? "";
  expect(token).toMatch(/^[0-9a-f]{64}$/);
  const answer = gate.answer(get(entryTarget));
  expect(answer).toMatchObject({ status: 303, headers: { location: "/" }, body: "" });
  expect(answer.headers["set-cookie"]).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
  expect(cookie).not.toContain(token);
});

test("with the cookie each asset is served under the headers of safety", () => {
  for (const { path, contentType } of ASSET_FILES) {
    const answer = gate.answer(get(path, { cookie: `a=b; ${cookie}; c=d` }));
    expect(answer.status).toBe(200);
    expect(answer.headers).toEqual({
      "content-type": contentType,
      "content-security-policy":
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
      "cross-origin-opener-policy": "same-origin",
      "referrer-policy": "no-referrer",
    });
    expect(new TextDecoder().decode(answer.body as Uint8Array)).toBe(path);
  }
});

// COOKIE stands for the right one.
const REQUESTS = table(
  ["method", "target", "host", "origin", "cookie", "site", "status"],
  `
  method | target              | host              | origin                  | cookie     | site        | status
  GET    | /                   | 127.0.0.1:4711    |                         | COOKIE     | none        | 200
  GET    | /                   | localhost:4711    |                         | COOKIE     | none        | 200
  GET    | /                   | 127.0.0.1:4711    |                         | COOKIE     | cross-site  | 200
  GET    | /app.js             | 127.0.0.1:4711    |                         | COOKIE     | same-origin | 200

  GET    | /                   | 127.0.0.1         |                         | COOKIE     | none        | 403
  GET    | /                   | 127.0.0.1:4712    |                         | COOKIE     | none        | 403
  GET    | /                   | evil.example:4711 |                         | COOKIE     | none        | 403
  GET    | /                   | LOCALHOST:4711    |                         | COOKIE     | none        | 403
  GET    | /                   |                   |                         | COOKIE     | none        | 403
  GET    | /                   | 127.0.0.1:4711    |                         |            | none        | 403
  GET    | /                   | 127.0.0.1:4711    |                         | COOKIEx    | none        | 403
  GET    | /                   | 127.0.0.1:4711    |                         | xCOOKIE    | none        | 403
  GET    | /app.js             | 127.0.0.1:4711    |                         |            | none        | 403
  GET    | /app.js             | 127.0.0.1:4711    |                         | COOKIE     | cross-site  | 403
  GET    | /app.js             | 127.0.0.1:4711    |                         | COOKIE     | same-site   | 403
  GET    | /?token=            | 127.0.0.1:4711    |                         | COOKIE     | none        | 404
  GET    | /?token=00          | 127.0.0.1:4711    |                         | COOKIE     | none        | 403
  GET    | /secret             | 127.0.0.1:4711    |                         |            | none        | 403
  GET    | /secret             | 127.0.0.1:4711    |                         | COOKIE     | none        | 404
  GET    | /app.js?x           | 127.0.0.1:4711    |                         | COOKIE     | none        | 404
  GET    | /../config.json     | 127.0.0.1:4711    |                         | COOKIE     | none        | 404
  GET    | /%2e%2e/config.json | 127.0.0.1:4711    |                         | COOKIE     | none        | 404
  GET    | http://evil/app.js  | 127.0.0.1:4711    |                         | COOKIE     | none        | 404
  POST   | /                   | 127.0.0.1:4711    | http://127.0.0.1:4711   | COOKIE     | same-origin | 405
  POST   | /                   | 127.0.0.1:4711    |                         | COOKIE     | same-origin | 403
  POST   | /                   | 127.0.0.1:4711    | http://127.0.0.1:4711   |            | same-origin | 403
  POST   | /                   | 127.0.0.1:4711    | http://evil.example     | COOKIE     | cross-site  | 403
  POST   | /                   | 127.0.0.1:4711    | http://localhost:4711   | COOKIE     | same-site   | 403
  HEAD   | /                   | 127.0.0.1:4711    | https://127.0.0.1:4711  | COOKIE     | none        | 403
  OPTIONS| /                   | 127.0.0.1:4711    | null                    | COOKIE     | cross-site  | 403
  `,
);

test.each(REQUESTS)("$title", (row) => {
  const headers = {
    host: row.host,
    origin: row.origin,
    cookie: row.cookie.replace("COOKIE", cookie),
    "sec-fetch-site": row.site,
  };
  const answer = gate.answer({ method: row.method, target: row.target, headers });
  expect(answer.status).toBe(Number(row.status));
  if (answer.status === 200) return;
  expect(String(answer.body)).toMatch(/^[A-Z][^.]+\.\n$/);
  expect(answer.headers["set-cookie"]).toBeUndefined();
});

test("the token opens nothing under another host", () => {
  const answer = gate.answer({ method: "GET", target: entryTarget, headers: { host: "evil.example" } });
  expect(answer.status).toBe(403);
});

const UPGRADES = table(
  ["target", "host", "origin", "cookie", "status"],
  `
  target     | host            | origin                 | cookie | status
  /screen    | 127.0.0.1:4711  | http://127.0.0.1:4711  | COOKIE | let in
  /screen    | localhost:4711  | http://localhost:4711  | COOKIE | let in
  /screen    | 127.0.0.1:4711  | http://localhost:4711  | COOKIE | 403
  /screen    | 127.0.0.1:4711  |                        | COOKIE | 403
  /screen    | 127.0.0.1:4711  | null                   | COOKIE | 403
  /screen    | 127.0.0.1:4711  | https://127.0.0.1:4711 | COOKIE | 403
  /screen    | 127.0.0.1:4711  | http://127.0.0.1:4711  |        | 403
  /screen    | evil:4711       | http://evil:4711       | COOKIE | 403
  /          | 127.0.0.1:4711  | http://127.0.0.1:4711  | COOKIE | 404
  /screen?x  | 127.0.0.1:4711  | http://127.0.0.1:4711  | COOKIE | 404
  `,
);

test.each(UPGRADES)("an upgrade of $title", (row) => {
  const headers = { host: row.host, origin: row.origin, cookie: row.cookie.replace("COOKIE", cookie) };
  const refusal = gate.refusesUpgrade({ method: "GET", target: row.target, headers });
  expect(refusal === null ? "let in" : String(refusal.status)).toBe(row.status);
});

test("two terminals on one machine do not share a cookie, nor do two starts", () => {
  const other = new Gate(PORT + 1, rng, assets);
  const again = new Gate(PORT, rng, assets);
  const asked = (port: number): Asked => ({
    method: "GET",
    target: "/",
    headers: { host: `127.0.0.1:${port}`, cookie },
  });
  expect(other.answer(asked(PORT + 1)).status).toBe(403);
  expect(again.answer(asked(PORT)).status).toBe(403);
});

test("health is answered without a cookie to whoever names the host rightly, and to nobody else", () => {
  const source = {
    headSeq: 1,
    durableSeq: 1,
    ackedSeq: 1,
    link: "up",
    printerCode: "ok",
    health: "ok",
    version: "0.2.0",
  } as const;
  const watched = new Gate(PORT, rng, assets, source);
  for (const path of ["/health", "/ready"]) {
    const answer = watched.answer(get(path));
    expect(answer).toMatchObject({ status: 200, headers: { "content-type": "application/json" } });
    expect(answer.headers).toMatchObject({
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    expect(watched.answer(get(path, { host: "evil.example" })).status).toBe(403);
    expect(watched.answer({ ...get(path), method: "POST" }).status).toBe(403);
    expect(gate.answer(get(path)).status).toBe(403);
  }
});
