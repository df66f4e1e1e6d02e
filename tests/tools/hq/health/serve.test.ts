/** Health over HTTP: two paths, JSON, nothing else. */
import { expect, test } from "vitest";
import { createHealthApp } from "../../../../tools/hq/health/serve.ts";
import type { Readiness } from "../../../../tools/hq/health/vitals.ts";

const GOOD: Readiness = {
  ready: true,
  store: "ok",
  front: "ok",
  projector: "ok",
  lagCount: 0,
  disk: "ok",
  freeBytes: 1,
};

function app(found: () => Promise<Readiness>) {
  return createHealthApp({ ready: found }, { release: "0.2.0" });
}

test("/health answers while /ready does not", async () => {
  const its = app(() => Promise.resolve({ ...GOOD, ready: false, store: "failed" }));
  const health = await its.request("/health");
  expect([health.status, await health.json()]).toEqual([200, { live: true, release: "0.2.0" }]);
  const ready = await its.request("/ready");
  expect([ready.status, await ready.json()]).toEqual([503, { ...GOOD, ready: false, store: "failed" }]);
  expect(ready.headers.get("cache-control")).toBe("no-store");
});

test("ready is 200", async () => {
  expect((await app(() => Promise.resolve(GOOD)).request("/ready")).status).toBe(200);
});

test("other paths and methods are health/not_found, and our own mistake shows no words", async () => {
  const its = app(() => Promise.reject(new Error("Zoë Quimby")));
  for (const request of [its.request("/"), its.request("/health", { method: "POST" })]) {
    const answer = await request;
    expect([answer.status, await answer.json()]).toEqual([404, { error: { code: "health/not_found" } }]);
  }
  const broken = await its.request("/ready");
  expect([broken.status, await broken.text()]).toEqual([500, '{"error":{"code":"health/bug"}}']);
});
