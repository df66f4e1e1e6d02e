/**
 * Audit: alarms, wrong PINs, and what was done that a person has to judge. Nothing can be changed or
 * put aside here.
 */
import type { AuditHead, AuditRow } from "../../api.ts";
import { useAnswer, useRows } from "../ask.ts";
import { money, time, whole } from "../format.ts";
import { Choice, Filters } from "../parts/filters.tsx";
import { Head } from "../parts/frame.tsx";
import { Failed, Loading } from "../parts/states.tsx";
import { List, Table } from "../parts/table.tsx";
import { addressOf, filter, follow } from "../route.ts";
import { say, sayCode } from "../words/words.ts";

const TYPES = [
  "override_granted",
  "drawer_opened",
  "cash_moved",
  "order_voided",
  "pin_tried",
  "clerk_unlocked",
  "item_availability_set",
  "shift_opened",
  "epoch_started",
  "clock_flagged",
  "continuity_lost",
];

/** See the header. */
export function AuditPage() {
  const head = useAnswer<AuditHead>("/api/audit-head", {});
  const list = useRows<AuditRow>("/api/audit", { types: filter("types") });
  return (
    <>
      <Head title={say("audit")} />
      {head.failure === null ? null : <Failed failure={head.failure} again={head.again} />}
      {head.value === null ? head.failure === null ? <Loading /> : null : <Heads head={head.value} />}
      <h2>{say("journal")}</h2>
      <Filters>
        <Choice
          name="types"
          label={say("audit_type")}
          options={[["", say("all")], ...TYPES.map((type) => [type, sayCode("type", type)] as const)]}
        />
      </Filters>
      <List
        label={say("journal")}
        list={list}
        keyOf={({ id }) => id}
        empty={say("audit_empty")}
        columns={[
          { name: say("time"), cell: ({ atMs }) => time(atMs, true) },
          { name: say("terminal"), cell: ({ terminal }) => terminal },
          { name: say("audit_type"), cell: ({ type }) => sayCode("type", type) },
          { name: say("clerk"), cell: ({ clerk }) => clerk },
          { name: say("subject"), cell: ({ subject }) => (subject.includes("/") ? "" : subject) },
          {
            name: say("detail"),
            cell: ({ detail, order }) => (
              <>
                {detail}{" "}
                {order === "" ? null : (
                  <a href={addressOf("/orders", { order })} onClick={follow}>
                    {say("order")}
                  </a>
                )}
              </>
            ),
          },
          {
            name: say("amount"),
            isFigure: true,
            cell: ({ amountMinor }) => (amountMinor === "0" ? "" : money(amountMinor, "")),
          },
        ]}
      />
    </>
  );
}

function Heads({ head }: { readonly head: AuditHead }) {
  return (
    <>
      <section>
        <h2>{say("alarms")}</h2>
        {head.alarms.length === 0 ? (
          <p class="sub">{say("alarms_none")}</p>
        ) : (
          <Table
            label={say("alarms")}
            rows={head.alarms}
            keyOf={({ code, terminal, subject }) => `${code} ${terminal} ${subject}`}
            columns={[
              {
                name: say("what_happened"),
                cell: ({ code }) => (
                  <>
                    {sayCode("alarm", code.replace("/", "_"))} <span class="code">{code}</span>
                  </>
                ),
              },
              { name: say("terminal"), cell: ({ terminal }) => terminal },
              {
                name: say("subject"),
                cell: ({ subject, detail }) => (
                  <span class="code">{[subject, detail].filter((text) => text !== "").join(": ")}</span>
                ),
              },
              { name: say("first_time"), cell: ({ firstAtMs }) => time(firstAtMs) },
              { name: say("last_time"), cell: ({ lastAtMs }) => time(lastAtMs) },
              { name: say("count"), isFigure: true, cell: ({ count }) => whole(count) },
            ]}
          />
        )}
      </section>
      <section>
        <h2>{say("wrong_pins")}</h2>
        {head.pins.length === 0 ? (
          <p class="sub">{say("wrong_pins_none")}</p>
        ) : (
          <Table
            label={say("wrong_pins")}
            rows={head.pins}
            keyOf={({ terminal, clerk }) => `${terminal} ${clerk}`}
            columns={[
              { name: say("clerk"), cell: ({ clerk }) => clerk },
              { name: say("terminal"), cell: ({ terminal }) => terminal },
              { name: say("last_try"), cell: ({ lastAtMs }) => time(lastAtMs) },
              {
                name: say("count"),
                isFigure: true,
                cell: ({ count, isLocked }) => (
                  <>
                    {whole(count)} {isLocked ? <span class="chip hard">{say("locked")}</span> : null}
                  </>
                ),
              },
            ]}
          />
        )}
      </section>
    </>
  );
}
