/**
 * Orders: newest first, by filters of the address; a drawer with the history of one. The open drawer
 * is in the address too, so an order can be sent as a link.
 */
import type { OrderDetail, OrderLine, OrderListRow, TimelineEvent } from "../../api.ts";
import { useAnswer, useRows } from "../ask.ts";
import { money, quantity, time } from "../format.ts";
import { Drawer } from "../parts/drawer.tsx";
import { Choice, Entry, Filters, SavedViews } from "../parts/filters.tsx";
import { Head } from "../parts/frame.tsx";
import { Failed, Loading } from "../parts/states.tsx";
import { List, Table } from "../parts/table.tsx";
import { filter, follow, go, place, withFilters } from "../route.ts";
import { say, sayCode } from "../words/words.ts";

const LIST_FILTERS = ["q", "from", "to", "phase", "kind", "terminal", "clerk", "marked"];

/** See the header. */
export function OrdersPage() {
  const filters = Object.fromEntries(LIST_FILTERS.map((name) => [name, filter(name)]));
  const list = useRows<OrderListRow>("/api/orders", filters);
  const chosen = filter("order");
  const isFiltered = Object.values(filters).some((value) => value !== "");
  return (
    <>
      <Head title={say("orders")}>
        <SavedViews />
      </Head>
      <OrderFilters isFiltered={isFiltered} />
      <List
        label={say("orders")}
        list={list}
        keyOf={({ order }) => order}
        isChosen={({ order }) => order === chosen}
        empty={say("orders_empty")}
        columns={[
          {
            name: say("opened"),
            cell: ({ order, openedAtMs }) => (
              <a href={withFilters({ order })} onClick={follow} data-id="order">
                {time(openedAtMs)}
              </a>
            ),
          },
          { name: say("receipt"), cell: ({ receipts }) => receipts.join(" ") },
          { name: say("terminal"), cell: ({ terminal }) => terminal },
          { name: say("clerk"), cell: ({ clerk }) => clerk },
          { name: say("kind"), cell: ({ kind }) => sayCode("kind", kind) },
          {
            name: say("phase"),
            cell: (row) => (
              <>
                <span class={`chip ${row.phase}`}>{sayCode("phase", row.phase)}</span>
                {row.marks.length > 0 ? <span class="chip hard">{row.marks.join(" ")}</span> : null}
                {row.differs ? <span class="chip hard">{say("differs")}</span> : null}
              </>
            ),
          },
          {
            name: say("amount"),
            isFigure: true,
            cell: ({ phase, openMinor, closedMinor, currency }) =>
              money(
                phase === "closed" ? closedMinor : String(BigInt(closedMinor) + BigInt(openMinor)),
                currency,
              ),
          },
        ]}
      />
      {chosen === "" ? null : <OrderDrawer key={chosen} order={chosen} />}
    </>
  );
}

function OrderFilters({ isFiltered }: { readonly isFiltered: boolean }) {
  return (
    <Filters>
      <Entry name="q" label={say("search")} placeholder={say("search_orders")} />
      <Entry name="from" label={say("from")} type="date" />
      <Entry name="to" label={say("to")} type="date" />
      <Choice
        name="phase"
        label={say("phase")}
        options={[
          ["", say("all")],
          ["open", say("phase_open")],
          ["frozen", say("phase_frozen")],
          ["closed", say("phase_closed")],
          ["voided", say("phase_voided")],
        ]}
      />
      <Choice
        name="kind"
        label={say("kind")}
        options={[
          ["", say("all")],
          ["sale", say("kind_sale")],
          ["return", say("kind_return")],
        ]}
      />
      <Entry name="terminal" label={say("terminal")} />
      <Entry name="clerk" label={say("clerk")} />
      <Choice
        name="marked"
        label={say("marked")}
        options={[
          ["", say("no")],
          ["1", say("yes")],
        ]}
      />
      {isFiltered ? (
        <a class="button" href={place.value.path} onClick={follow}>
          {say("clear")}
        </a>
      ) : null}
    </Filters>
  );
}

function OrderDrawer({ order }: { readonly order: string }) {
  const { value, failure, again } = useAnswer<OrderDetail>("/api/order", { id: order });
  return (
    <Drawer title={say("order")} onClose={() => go(withFilters({ order: "" }))}>
      <p class="code">{order}</p>
      {failure === null ? null : <Failed failure={failure} again={again} />}
      {value === null ? failure === null ? <Loading /> : null : <Detail detail={value} />}
    </Drawer>
  );
}

function Detail({ detail }: { readonly detail: OrderDetail }) {
  const { currency } = detail;
  return (
    <>
      <p>
        <span class="chip">{sayCode("kind", detail.kind)}</span>{" "}
        <span class={`chip ${detail.phase}`}>{sayCode("phase", detail.phase)}</span>{" "}
        {detail.marks.map((mark) => (
          <span key={mark} class="chip hard">
            {mark}
          </span>
        ))}{" "}
        {detail.label}
      </p>
      {detail.checks.map((check, index) => (
        <section key={index}>
          <h3>
            {check.receipts.length === 0 ? say("lines") : check.receipts.join(" ")}{" "}
            {money(check.dueMinor, currency)}
          </h3>
          <Lines lines={check.lines} currency={currency} />
        </section>
      ))}
      {detail.openLines.length === 0 ? null : (
        <section>
          <h3>{say("open_lines")}</h3>
          <Lines lines={detail.openLines} currency={currency} />
        </section>
      )}
      <h3>{say("timeline")}</h3>
      {detail.unreadableCount === 0 ? null : <p>{say("unreadable", { n: detail.unreadableCount })}</p>}
      <ol class="timeline">
        {detail.events.map((event) => (
          <Step key={event.id} event={event} currency={currency} />
        ))}
      </ol>
    </>
  );
}

function Lines({ lines, currency }: { readonly lines: readonly OrderLine[]; readonly currency: string }) {
  return (
    <Table
      label={say("lines")}
      rows={lines.map((line, index) => ({ ...line, index }))}
      keyOf={({ index }) => String(index)}
      columns={[
        {
          name: say("name"),
          cell: ({ name, sku, note }) => `${name} (${sku})${note === "" ? "" : ` ${note}`}`,
        },
        { name: say("quantity"), isFigure: true, cell: ({ quantityMilli }) => quantity(quantityMilli) },
        { name: say("price"), isFigure: true, cell: ({ unitMinor }) => money(unitMinor, currency) },
        { name: say("amount"), isFigure: true, cell: ({ amountMinor }) => money(amountMinor, currency) },
      ]}
    />
  );
}

function Step({ event, currency }: { readonly event: TimelineEvent; readonly currency: string }) {
  return (
    <li data-type={event.type}>
      <p class="step">
        <strong>{sayCode("event", event.type)}</strong> {event.clerk}
        <span class="code">
          {event.terminal} {event.seq}
        </span>
      </p>
      {event.facts.length === 0 ? null : (
        <p class="facts">
          {event.facts.map((fact) => (
            <span key={fact.label}>
              {sayCode("fact", fact.label)}{" "}
              <b>
                {fact.kind === "money"
                  ? money(fact.minor, currency)
                  : fact.kind === "quantity"
                    ? quantity(fact.milli)
                    : fact.kind === "word"
                      ? sayCode("word", fact.word)
                      : fact.text}
              </b>
            </span>
          ))}
        </p>
      )}
      <p class="instants">
        {say("at_terminal")} <b>{time(event.atMs, true)}</b>, {say("at_hq")}{" "}
        <b>{event.receivedAtMs === null ? say("unknown") : time(event.receivedAtMs, true)}</b>
      </p>
    </li>
  );
}
