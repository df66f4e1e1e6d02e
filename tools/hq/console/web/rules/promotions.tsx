/**
 * Promotions of the draft: a list in words, and a form for one of them, with what headquarters finds
 * wrong with it beside it.
 */
import type { RulesCheck } from "../../api-rules.ts";
import { Drawer } from "../parts/drawer.tsx";
import { Empty } from "../parts/states.tsx";
import { Table } from "../parts/table.tsx";
import { filter, follow, go, withFilters } from "../route.ts";
import { language, say, sayCode } from "../words/words.ts";
import { draft, listIn, objectIn, putEntry, textOf, withField } from "./draft.ts";
import type { Json } from "./draft.ts";
import { ChoiceField, CountField, NamesField, TextField } from "./inputs.tsx";
import { KINDS, RuleFields } from "./promotion-rule.tsx";
import { ProblemsOf } from "./problems.tsx";
import { givesOf, goodsOf, whenOf, whereOf } from "./sentence.ts";
import { SelectionFields, ValidityFields } from "./validity.tsx";

/** See the header. */
export function Promotions({ check }: { readonly check: RulesCheck | null }) {
  const list = listIn(objectIn(draft.value ?? ""), "promotions");
  const open = filter("open");
  const index = open === "" ? -1 : Number(open);
  const chosen = list[index];
  return (
    <>
      <p>
        <button
          type="button"
          data-id="add-promotion"
          onClick={() => {
            putEntry("promotions", list.length, {
              id: freeId(list),
              kind: "line_percent",
              offPpm: 100_000,
            });
            go(withFilters({ open: String(list.length) }));
          }}
        >
          {say("add_promotion")}
        </button>
      </p>
      {list.length === 0 ? (
        <Empty>{say("promotions_empty")}</Empty>
      ) : (
        <PromotionTable list={list} index={index} check={check} />
      )}
      {chosen === undefined ? null : <Promotion key={index} entry={chosen} index={index} check={check} />}
    </>
  );
}

function PromotionTable(props: {
  readonly list: readonly Json[];
  readonly index: number;
  readonly check: RulesCheck | null;
}) {
  const { list, index, check } = props;
  const rows = list.map((entry, place) => ({ entry, place }));
  return (
    <Table
      label={say("rules_promotions")}
      rows={rows}
      keyOf={({ place }) => String(place)}
      isChosen={({ place }) => place === index}
      columns={[
        {
          name: say("rule_id"),
          cell: ({ entry, place }) => (
            <a href={withFilters({ open: String(place) })} onClick={follow} data-id="promotion">
              {textOf(entry, "id")}
            </a>
          ),
        },
        { name: say("name"), cell: ({ entry }) => nameOf(entry) },
        { name: say("kind"), cell: ({ entry }) => sayCode("kind", textOf(entry, "kind")) },
        { name: say("rule_gives"), cell: ({ entry }) => givesOf(entry) },
        { name: say("rule_on"), cell: ({ entry }) => goodsOf(entry) },
        { name: say("rule_when"), cell: ({ entry }) => whenOf(entry) },
        { name: say("rule_where"), cell: ({ entry }) => whereOf(entry) },
        {
          name: "",
          cell: ({ entry, place }) => (
            <Flags id={textOf(entry, "id")} path={`promotions[${place}]`} check={check} />
          ),
        },
      ]}
    />
  );
}

function Flags(props: { readonly id: string; readonly path: string; readonly check: RulesCheck | null }) {
  const { id, path, check } = props;
  const count = check?.problems.filter((problem) => problem.path.startsWith(path)).length ?? 0;
  const meets = check?.overlaps.filter(({ first, second }) => first === id || second === id).length ?? 0;
  return (
    <>
      {count > 0 ? <span class="chip hard">{say("draft_problems", { n: count })}</span> : null}
      {meets > 0 ? <span class="chip mild">{say("draft_overlaps", { n: meets })}</span> : null}
    </>
  );
}

function nameOf(entry: Json): string {
  return textOf(entry, language.value === "zh" ? "nameZh" : "nameEn");
}

function freeId(list: readonly Json[]): string {
  const ids = list.map((entry) => textOf(entry, "id"));
  for (let number = list.length + 1; ; number += 1) if (!ids.includes(`p${number}`)) return `p${number}`;
}

function Promotion(props: {
  readonly entry: Json;
  readonly index: number;
  readonly check: RulesCheck | null;
}) {
  const { entry, index, check } = props;
  const set = (name: string, value: unknown): void =>
    putEntry("promotions", index, withField(entry, name, value));
  const shared = { entry, set };
  return (
    <Drawer title={`${textOf(entry, "id")} ${nameOf(entry)}`} onClose={() => go(withFilters({ open: "" }))}>
      <form class="rule" onSubmit={(event) => event.preventDefault()}>
        <div class="filters">
          <TextField {...shared} name="id" label={say("rule_id")} />
          <TextField {...shared} name="nameEn" label={say("name_en")} />
          <TextField {...shared} name="nameZh" label={say("name_zh")} />
          <ChoiceField
            {...shared}
            name="kind"
            label={say("kind")}
            options={KINDS.map((kind) => [kind, sayCode("kind", kind)] as const)}
            set={(_name, kind) => putEntry("promotions", index, ofKind(entry, String(kind)))}
          />
        </div>
        <div class="filters">
          <RuleFields {...shared} />
        </div>
        <SelectionFields {...shared} />
        <ValidityFields {...shared} />
        <div class="filters">
          <NamesField {...shared} name="couponCodes" label={say("coupon_codes")} />
          <TextField {...shared} name="group" label={say("group")} />
          <CountField {...shared} name="priorityIndex" label={say("priority")} />
        </div>
      </form>
      <p class="sub" data-id="gives">
        {givesOf(entry)}
      </p>
      <ProblemsOf check={check} path={`promotions[${index}]`} />
      <button
        type="button"
        onClick={() => {
          putEntry("promotions", index, null);
          go(withFilters({ open: "" }));
        }}
        data-id="remove"
      >
        {say("remove")}
      </button>
    </Drawer>
  );
}

/** Fields of another kind would be refused: they leave with their kind. */
const OF_KINDS = [
  "offPpm",
  "payPpm",
  "offMinor",
  "per",
  "takeCount",
  "freeCount",
  "priceMinor",
  "parts",
  "barMinor",
  "timesCountMax",
  "steps",
];

function ofKind(entry: Json, kind: string): Json {
  const rest = Object.fromEntries(Object.entries(entry).filter(([name]) => !OF_KINDS.includes(name)));
  return { ...rest, kind };
}
