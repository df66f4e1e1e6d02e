/**
 * Rules: promotions, price lists and taxes as a draft that nobody sells by, a test cart and a dry run
 * under it, and its way to the terminals. The draft is kept in this browser; what is in force is
 * headquarters' word.
 */
import { useEffect } from "preact/hooks";
import type { RulesAnswer, RulesCheck } from "../../api-rules.ts";
import { useAnswer } from "../ask.ts";
import { time } from "../format.ts";
import { SavedViews } from "../parts/filters.tsx";
import { Head } from "../parts/frame.tsx";
import { Holders } from "../parts/holders.tsx";
import { Empty, Failed, Loading } from "../parts/states.tsx";
import { addressOf, filter, follow } from "../route.ts";
import { Document } from "../rules/document.tsx";
import { discardDraft, draft, openDraft, useCheck } from "../rules/draft.ts";
import { DryRun } from "../rules/dry-run.tsx";
import { Effect } from "../rules/effect.tsx";
import { Import } from "../rules/import.tsx";
import { PriceLists } from "../rules/price-lists.tsx";
import { Overlaps, Problems } from "../rules/problems.tsx";
import { Promotions } from "../rules/promotions.tsx";
import { Publish } from "../rules/publish.tsx";
import { Taxes } from "../rules/taxes.tsx";
import { TestCart } from "../rules/test-cart.tsx";
import { say } from "../words/words.ts";
import type { Word } from "../words/words.ts";

const VIEWS: readonly (readonly [name: string, word: Word])[] = [
  ["", "rules_promotions"],
  ["prices", "rules_prices"],
  ["taxes", "rules_taxes"],
  ["document", "rules_document"],
  ["import", "rules_import"],
  ["test", "rules_test"],
  ["dry-run", "rules_dry"],
  ["publish", "rules_publish"],
  ["effect", "rules_effect"],
];
/** How often it is asked what is in force and who holds it. */
const AGAIN_MS = 10_000;

/** See the header. */
export function RulesPage() {
  const { value, failure, again } = useAnswer<RulesAnswer>("/api/rules", {}, AGAIN_MS);
  useEffect(() => {
    if (value !== null) openDraft(value);
  }, [value]);
  return (
    <>
      <Head title={say("rules")}>
        <SavedViews />
      </Head>
      {failure === null ? null : failure.code === "console/no_authoring" ? (
        <Empty>{say("catalogue_away")}</Empty>
      ) : (
        <Failed failure={failure} again={again} />
      )}
      {value === null || draft.value === null ? (
        failure === null ? (
          <Loading />
        ) : null
      ) : (
        <Rules answer={value} again={again} />
      )}
    </>
  );
}

function Rules({ answer, again }: { readonly answer: RulesAnswer; readonly again: () => void }) {
  const { check, failure } = useCheck();
  const view = filter("view");
  return (
    <>
      <InForce answer={answer} />
      <DraftState answer={answer} check={check} />
      {failure === null ? null : <Failed failure={failure} again={again} />}
      <div class="tabs" role="group" aria-label={say("rules_views")}>
        {VIEWS.map(([name, word]) => (
          <a
            key={name}
            class="button"
            href={addressOf("/rules", { view: name })}
            onClick={follow}
            aria-current={view === name ? "page" : undefined}
            data-id={`view-${name === "" ? "promotions" : name}`}
          >
            {say(word)}
          </a>
        ))}
      </div>
      <View view={view} answer={answer} check={check} again={again} />
    </>
  );
}

function View(props: {
  readonly view: string;
  readonly answer: RulesAnswer;
  readonly check: RulesCheck | null;
  readonly again: () => void;
}) {
  const { view, answer, check, again } = props;
  switch (view) {
    case "prices":
      return <PriceLists check={check} />;
    case "taxes":
      return <Taxes check={check} />;
    case "document":
      return <Document />;
    case "import":
      return <Import />;
    case "test":
      return <TestCart />;
    case "dry-run":
      return <DryRun />;
    case "effect":
      return <Effect />;
    case "publish":
      return (
        <>
          <Publish answer={answer} onDone={again} />
          <h2>{say("holds")}</h2>
          <Holders rows={answer.holders} />
        </>
      );
    default:
      return (
        <>
          <Promotions check={check} />
          {check === null || check.overlaps.length === 0 ? null : <Overlaps overlaps={check.overlaps} />}
        </>
      );
  }
}

function InForce({ answer }: { readonly answer: RulesAnswer }) {
  const { inForce, toCome } = answer;
  return (
    <p class="sub" data-id="rules-in-force">
      {inForce === null
        ? say("rules_none")
        : say("rules_in_force", { n: inForce.version, time: time(inForce.startsAtMs) })}{" "}
      {inForce !== null && inForce.text === null ? say("rules_lost") : ""}
      {toCome.map(({ version, startsAtMs }) => (
        <span key={version} class="chip mild">
          {say("rules_to_come", { n: version, time: time(startsAtMs) })}
        </span>
      ))}
    </p>
  );
}

function DraftState({ answer, check }: { readonly answer: RulesAnswer; readonly check: RulesCheck | null }) {
  if (check === null) return null;
  const { changes, problems, overlaps } = check;
  const count = (change: string): number => changes.filter((each) => each.change === change).length;
  const counts = { added: count("added"), changed: count("changed"), removed: count("removed") };
  return (
    <div class="draft" data-id="draft">
      <p>
        <strong>{say("draft")}</strong>{" "}
        {changes.length === 0 ? say("draft_same") : say("draft_differs", counts)}{" "}
        {problems.length > 0 ? (
          <span class="chip hard">{say("draft_problems", { n: problems.length })}</span>
        ) : (
          <span class="chip good">{say("draft_fine")}</span>
        )}
        {overlaps.length > 0 ? (
          <span class="chip mild">{say("draft_overlaps", { n: overlaps.length })}</span>
        ) : null}
      </p>
      <p class="sub">
        {say("draft_help")}{" "}
        {changes.length === 0 ? null : (
          <button type="button" class="plain" onClick={() => discardDraft(answer)} data-id="discard">
            {say("draft_discard")}
          </button>
        )}
      </p>
      {problems.length > 0 ? <Problems problems={problems} /> : null}
    </div>
  );
}
