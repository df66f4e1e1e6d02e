/**
 * The page Published: what headquarters said to its terminals, newest first, and which terminal holds
 * how much of it. What a terminal holds is what it said itself since headquarters' start.
 */
import type { Page } from "./api.ts";
import type { HolderRow, HoldersAnswer, SaidRow } from "./api-house.ts";
import type { Authoring } from "../authoring.ts";
import type { Holding } from "../journal/feed.ts";
import { versionAt } from "../journal/said.ts";
import type { ConsoleContext } from "./context.ts";
import { pageOf } from "./page.ts";
import { ConsoleFault } from "./query.ts";
import type { Asked } from "./query.ts";

const PAGE_COUNT = 50;
/** Terminals that are looked at; a shop has a few. */
const TERMINALS_COUNT_MAX = 1000;
/** Every kind of word. */
export const SAID_TYPES = [
  "catalogue_published",
  "pricing_published",
  "price_set",
  "item_availability_set",
  "staff_set",
  "staff_removed",
  "config_set",
] as const;

/** The door to headquarters' own journal. Throws console/no_authoring. */
export function doorOf({ authoring }: Pick<ConsoleContext, "authoring">): Authoring {
  if (authoring === null) throw new ConsoleFault("console/no_authoring", "");
  return authoring;
}

/** One page of what was said, newest first. */
export async function publishedPage(context: ConsoleContext, asked: Asked): Promise<Page<SaidRow>> {
  const [type, after] = [asked("type"), asked("after")];
  if (type !== "" && !SAID_TYPES.some((each) => each === type))
    throw new ConsoleFault("console/query", "type");
  if (!/^\d{0,15}$/.test(after)) throw new ConsoleFault("console/query", "after");
  const said = await doorOf(context).said();
  const { rows: holders } = await holdersPage(context);
  const wanted = said
    .toReversed()
    .filter((each) => (type === "" || each.type === type) && (after === "" || each.seq < Number(after)));
  return pageOf(
    wanted.slice(0, PAGE_COUNT + 1),
    PAGE_COUNT,
    (each) => ({
      seq: each.seq,
      type: each.type,
      atMs: each.atMs,
      version: each.version,
      startsAtMs: each.startsAtMs,
      subjects: each.subjects,
      count: each.count,
      heldCount: holders.filter(({ seq }) => seq !== null && seq >= each.seq).length,
      terminalCount: holders.length,
    }),
    ({ seq }) => String(seq),
  );
}

/** What each known terminal holds. */
export async function holdersPage(context: ConsoleContext): Promise<HoldersAnswer> {
  const door = doorOf(context);
  const [view, said] = [await door.view(), await door.said()];
  const newestSeq = view.position?.seq ?? 0;
  const states = await context.store.console.terminals(context.tenant, "", TERMINALS_COUNT_MAX);
  const holdings = new Map<string, Holding>(context.holdings().map((holding) => [holding.terminal, holding]));
  const names = new Set([...states.map(({ terminal }) => terminal), ...holdings.keys()]);
  const rows = [...names].sort().map((terminal): HolderRow => {
    const held = holdings.get(terminal);
    if (held === undefined)
      return { terminal, seq: null, version: null, isCurrent: false, isFetching: false, atMs: null };
    const { atMs, isFetching } = held;
    const seq = held.position?.seq ?? 0;
    return { terminal, seq, version: versionAt(said, seq), isCurrent: seq >= newestSeq, isFetching, atMs };
  });
  return { newestSeq, newestVersion: view.version, rows };
}
