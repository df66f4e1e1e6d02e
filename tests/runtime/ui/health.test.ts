/** What a terminal tells whoever watches over it. */
import { expect, test } from "vitest";
import { healthAnswer } from "../../../runtime/ui/health.ts";
import type { HealthSource } from "../../../runtime/ui/health.ts";

const GOOD: HealthSource = {
  headSeq: 12,
  durableSeq: 12,
  ackedSeq: 9,
  link: "up",
  printerCode: "ok",
  health: "ok",
  version: "0.2.0",
};

test("/health says that the process answers, /ready where the terminal stands", () => {
  expect(healthAnswer("/health", GOOD)).toEqual({ status: 200, body: '{"live":true,"release":"0.2.0"}\n' });
  const ready = healthAnswer("/ready", GOOD);
  expect(ready?.status).toBe(200);
  expect(JSON.parse(ready?.body ?? "")).toEqual({
    ready: true,
    release: "0.2.0",
    journal: "ok",
    headSeq: 12,
    durableSeq: 12,
    ackedSeq: 9,
    unackedCount: 3,
    link: "up",
    printer: "ok",
  });
});

test.each([
  ["ok", "up", 200],
  ["ok", "down", 200],
  ["damaged", "none", 200],
  ["full", "up", 503],
  ["failed", "up", 503],
] as const)("a journal that is %s with a link that is %s answers %i", (health, link, status) => {
  expect(healthAnswer("/ready", { ...GOOD, health, link })?.status).toBe(status);
});

test.each(["/", "/healthz", "/ready/", "/health?x", ""])("%j is no path of health", (path) => {
  expect(healthAnswer(path, GOOD)).toBeNull();
});
