/**
 * What a terminal says of itself to whoever watches over it: /health, that its process answers, and
 * /ready, whether it can sell. Numbers and codes only, for no token is asked for: no amount, name or key.
 */
import type { StatusSource } from "./view.ts";

/** What is looked at. */
export type HealthSource = Pick<
  StatusSource,
  "headSeq" | "durableSeq" | "ackedSeq" | "link" | "printerCode" | "health" | "version"
>;

/** An answer's status and its JSON. */
export interface HealthAnswer {
  readonly status: 200 | 503;
  readonly body: string;
}

/** The answer at this path, or null where it is no path of health. */
export function healthAnswer(path: string, source: HealthSource): HealthAnswer | null {
  if (path === "/health") return said(true, { live: true, release: source.version });
  if (path !== "/ready") return null;
  const { headSeq, durableSeq, ackedSeq, link, printerCode, health } = source;
  // Damaged sells on behind what was set aside; headquarters and printer are missed, not needed.
  const isReady = health === "ok" || health === "damaged";
  return said(isReady, {
    ready: isReady,
    release: source.version,
    journal: health,
    headSeq,
    durableSeq,
    ackedSeq,
    unackedCount: Math.max(0, headSeq - ackedSeq),
    link,
    printer: printerCode,
  });
}

function said(isGood: boolean, facts: Readonly<Record<string, unknown>>): HealthAnswer {
  return { status: isGood ? 200 : 503, body: `${JSON.stringify(facts)}\n` };
}
