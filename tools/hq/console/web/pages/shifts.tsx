/**
 * Shifts: each Z beside what is held of it; a drawer with the figures of the paper. A Z that does not
 * agree is marked, never corrected.
 */
import type { ShiftListRow } from "../../api.ts";
import { useRows } from "../ask.ts";
import { date, money, percent, time, whole } from "../format.ts";
import { Drawer } from "../parts/drawer.tsx";
import { Head } from "../parts/frame.tsx";
import { List, Table } from "../parts/table.tsx";
import { filter, follow, go, withFilters } from "../route.ts";
import { say, sayCode } from "../words/words.ts";

/** See the header. */
export function ShiftsPage() {
  const list = useRows<ShiftListRow>("/api/shifts", {});
  const chosen = list.rows.find(({ id }) => id === filter("shift"));
  return (
    <>
      <Head title={say("shifts")} />
      <List
        label={say("shifts")}
        list={list}
        keyOf={({ id }) => id}
        isChosen={({ id }) => id === filter("shift")}
        empty={say("shifts_empty")}
        columns={[
          {
            name: say("z_number"),
            cell: ({ id, zNumber }) => (
              <a href={withFilters({ shift: id })} onClick={follow} data-id="shift">
                Z {zNumber}
              </a>
            ),
          },
          { name: say("business_date"), cell: ({ businessDate }) => date(businessDate) },
          { name: say("terminal"), cell: ({ terminal }) => terminal },
          { name: say("clerk"), cell: ({ clerk }) => clerk },
          { name: say("net"), isFigure: true, cell: ({ netMinor, currency }) => money(netMinor, currency) },
          {
            name: say("held_net"),
            isFigure: true,
            cell: ({ heldMinor, currency }) => money(heldMinor, currency),
          },
          { name: "", cell: ({ agrees }) => <Agrees agrees={agrees} /> },
          {
            name: say("difference"),
            isFigure: true,
            cell: ({ differenceMinor, currency }) => money(differenceMinor, currency),
          },
          { name: say("reason"), cell: ({ reason }) => reason },
        ]}
      />
      {chosen === undefined ? null : (
        <Drawer
          key={chosen.id}
          title={say("shift_detail", { number: chosen.zNumber, terminal: chosen.terminal })}
          onClose={() => go(withFilters({ shift: "" }))}
        >
          <Zed shift={chosen} />
        </Drawer>
      )}
    </>
  );
}

function Agrees({ agrees }: { readonly agrees: boolean }) {
  return <span class={`chip ${agrees ? "good" : "hard"}`}>{say(agrees ? "agrees" : "does_not_agree")}</span>;
}

function Zed({ shift }: { readonly shift: ShiftListRow }) {
  const { currency } = shift;
  return (
    <>
      <p>
        {date(shift.businessDate)}, {time(shift.openedAtMs)} – {time(shift.atMs)} {shift.clerk}
      </p>
      <p>
        {say("held_net")}: {money(shift.heldMinor, currency)} ({whole(shift.heldCount)}){" "}
        <Agrees agrees={shift.agrees} />
      </p>
      <Table
        label={say("figure")}
        rows={shift.figures}
        keyOf={({ label }) => label}
        columns={[
          { name: say("figure"), cell: ({ label }) => sayCode("figure", label) },
          { name: say("count"), isFigure: true, cell: ({ count }) => (count === null ? "" : whole(count)) },
          {
            name: say("amount"),
            isFigure: true,
            cell: ({ minor }) => (minor === null ? "" : money(minor, currency)),
          },
        ]}
      />
      {shift.taxes.length === 0 ? null : (
        <Table
          label={say("tax")}
          rows={shift.taxes}
          keyOf={({ ratePpm }) => String(ratePpm)}
          columns={[
            { name: say("tax_rate"), cell: ({ ratePpm }) => percent(ratePpm) },
            { name: say("tax_net"), isFigure: true, cell: ({ netMinor }) => money(netMinor, currency) },
            { name: say("tax"), isFigure: true, cell: ({ taxMinor }) => money(taxMinor, currency) },
          ]}
        />
      )}
    </>
  );
}
