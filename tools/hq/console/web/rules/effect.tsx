/**
 * What promotions gave in these days, from the facts of what was closed, beside the orders that none of
 * them touched. The days are in the address.
 */
import type { EffectRow, EffectSaid } from "../../api-rules.ts";
import { daysFrom, house, money, percent, whole } from "../format.ts";
import { Entry, Filters } from "../parts/filters.tsx";
import { Empty, Failed } from "../parts/states.tsx";
import { Table } from "../parts/table.tsx";
import { filter } from "../route.ts";
import { say } from "../words/words.ts";
import { useRun } from "./streams.ts";

type Tally = Extract<EffectSaid, { readonly kind: "progress" | "done" }>;

const PPM = 1_000_000;

/** See the header. */
export function Effect() {
  const run = useRun<EffectSaid, Tally | null>("/api/rules-effect", null, () => {
    let tally: Tally | null = null;
    return {
      shown: () => tally,
      take: (said) => {
        if (said.kind !== "failed") tally = said;
      },
    };
  });
  const newest = house.value?.newestDay ?? "";
  const fallback = { from: newest === "" ? "" : daysFrom(newest, -6), to: newest };
  const from = filter("from") === "" ? fallback.from : filter("from");
  const to = filter("to") === "" ? fallback.to : filter("to");
  const start = (): void => run.start({ from, to });
  return (
    <>
      <p class="sub">{say("effect_help")}</p>
      <Filters>
        <Entry name="from" label={say("from")} type="date" fallback={fallback.from} />
        <Entry name="to" label={say("to")} type="date" fallback={fallback.to} />
        <button
          type="button"
          data-id="effect-run"
          disabled={from === "" || to === "" || run.isRunning}
          onClick={start}
        >
          {say("effect_show")}
        </button>
      </Filters>
      {run.failure === null ? null : <Failed failure={run.failure} again={start} />}
      {run.state === null ? null : <Outcome tally={run.state} isRunning={run.isRunning} />}
    </>
  );
}

function Outcome({ tally, isRunning }: { readonly tally: Tally; readonly isRunning: boolean }) {
  const { closingCount, totalCount, effects, plainCount, plainMinor, currency } = tally;
  const shown = (minor: bigint | string): string => money(String(minor), currency);
  const average = (minor: string, count: number): string =>
    count === 0 ? say("none") : shown(BigInt(minor) / BigInt(count));
  return (
    <>
      {isRunning ? (
        <progress aria-label={say("effect_show")} max={Math.max(1, totalCount)} value={closingCount} />
      ) : null}
      <p role="status" data-id={tally.kind === "done" ? "effect-done" : "effect-progress"}>
        {say("effect_of", { done: whole(closingCount), total: whole(totalCount) })}{" "}
        {say("effect_plain", { n: whole(plainCount), average: average(plainMinor, plainCount) })}
      </p>
      {effects.length === 0 ? (
        <Empty>{say("effect_none")}</Empty>
      ) : (
        <Table
          label={say("rules_effect")}
          rows={effects}
          keyOf={({ id }) => id}
          columns={[
            { name: say("rule_id"), cell: ({ id }) => <strong data-id="effect">{id}</strong> },
            { name: say("name"), cell: ({ name }) => name },
            { name: say("orders"), isFigure: true, cell: ({ orderCount }) => whole(orderCount) },
            {
              name: say("effect_share"),
              isFigure: true,
              cell: ({ orderCount }) => percent(Math.round((orderCount / Math.max(1, closingCount)) * PPM)),
            },
            { name: say("effect_given"), isFigure: true, cell: ({ givenMinor }) => shown(givenMinor) },
            { name: say("turnover"), isFigure: true, cell: ({ turnoverMinor }) => shown(turnoverMinor) },
            {
              name: say("average"),
              isFigure: true,
              cell: ({ turnoverMinor, orderCount }: EffectRow) => average(turnoverMinor, orderCount),
            },
          ]}
        />
      )}
    </>
  );
}
