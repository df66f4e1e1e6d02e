/**
 * What is wrong with a draft, what overlaps in it, and what it changes: headquarters' words, shown as
 * they came. Nothing is judged here.
 */
import type { RulesChange, RulesCheck, RulesOverlap, RulesProblem } from "../../api-rules.ts";
import { Table } from "../parts/table.tsx";
import { say, sayCode } from "../words/words.ts";

/** Everything that is wrong. */
export function Problems({ problems }: { readonly problems: readonly RulesProblem[] }) {
  return (
    <div class="failed" role="alert" data-id="problems">
      <ul>
        {problems.map(({ code, path, message }) => (
          <li key={code + path}>
            {message}{" "}
            <span class="code">
              {path} {code}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What is wrong with one entry. */
export function ProblemsOf({ check, path }: { readonly check: RulesCheck | null; readonly path: string }) {
  const own = check?.problems.filter((problem) => problem.path.startsWith(path)) ?? [];
  return own.length === 0 ? null : <Problems problems={own} />;
}

/** Promotions that may be in force together. */
export function Overlaps({ overlaps }: { readonly overlaps: readonly RulesOverlap[] }) {
  return (
    <section data-id="overlaps">
      <h2>{say("overlaps")}</h2>
      <p class="sub">{say("overlaps_help")}</p>
      <ul class="plain-list">
        {overlaps.map(({ first, second, outcome }) => (
          <li key={`${first} ${second}`}>
            <strong>{first}</strong> + <strong>{second}</strong>{" "}
            <span class="chip mild">{sayCode("overlap", outcome)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What a draft says otherwise. */
export function RulesChanges({ changes }: { readonly changes: readonly RulesChange[] }) {
  return (
    <Table
      label={say("change")}
      rows={changes}
      keyOf={({ section, id }) => `${section} ${id}`}
      columns={[
        { name: say("said_what"), cell: ({ section }) => sayCode("section", section) },
        { name: say("rule_id"), cell: ({ id }) => id },
        {
          name: say("change"),
          cell: ({ change }) => (
            <span class={`chip ${change === "removed" ? "hard" : change === "added" ? "good" : "mild"}`}>
              {sayCode("change", change)}
            </span>
          ),
        },
      ]}
    />
  );
}
