/**
 * A reader's end of day: its money by brand with the journal's beside it, and each difference in words.
 * Shown after the close and from Health until the next one.
 */
import type { DayCaseView, ReaderDayView } from "../../panels.ts";
import { goTo } from "../actions.ts";
import { Icon } from "../parts/icons.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { healthPanel, money, words } from "../store.ts";

/** The newest day close of the reader of this name. */
export function ReaderDaySheet({ reader }: { readonly reader: string }) {
  const t = words.value;
  const day = healthPanel.value?.readerDays.find((its) => its.reader === reader);
  return (
    <Sheet name="reader-day" title={t.readerDayTitle}>
      {day === undefined ? <p class="day-says">{t.readerDayNone}</p> : <Day day={day} />}
    </Sheet>
  );
}

function Day({ day }: { readonly day: ReaderDayView }) {
  const t = words.value;
  const isFine = day.cases.length === 0;
  return (
    <>
      <p class="day-head">{`${day.reader} · ${day.serial} · ${day.closedText}`}</p>
      <p class="day-says" data-id="day-says" data-count={day.cases.length} role="status">
        <Icon name={isFine ? "shield" : "warning"} size={24} />
        <span>{isFine ? t.readerDayAgrees : t.readerDayDiffers}</span>
      </p>
      {day.rows.length === 0 ? <p class="day-says">{t.readerDayNothing}</p> : <Rows rows={day.rows} />}
      {!isFine && (
        <ul class="day-cases">
          {day.cases.map((its, index) => (
            <Case key={index} its={its} />
          ))}
        </ul>
      )}
    </>
  );
}

function Rows({ rows }: { readonly rows: ReaderDayView["rows"] }) {
  const t = words.value;
  return (
    <table class="day-rows">
      <thead>
        <tr>
          <th scope="col">{t.dayBrand}</th>
          <th scope="col">{t.dayAtReader}</th>
          <th scope="col">{t.dayInJournal}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const isSame = row.readerMinor === row.journalMinor;
          return (
            <tr key={row.brand} data-differs={!isSame}>
              <th scope="row">{row.brand === "" ? t.dayOther : row.brand}</th>
              <td>
                {money(row.readerMinor)} <span class="day-count">× {row.readerCount}</span>
              </td>
              <td>
                {money(row.journalMinor)} <span class="day-count">× {row.journalCount}</span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Case({ its }: { readonly its: DayCaseView }) {
  const t = words.value;
  const { kind, brand, order, isAtReader } = its;
  const sentence = t[`dayCase_${kind}`](money(Math.abs(its.amountMinor)), its.label);
  const isOpen = kind === "unknown" || kind === "orphan";
  return (
    <li class="day-case" data-id={`day-case-${kind}`}>
      {brand !== "" && <p class="day-brand">{brand}</p>}
      <p>
        {sentence}
        {isOpen && ` ${isAtReader ? t.dayIsAtReader : t.dayIsNotAtReader}`}
      </p>
      {order !== null && (
        <button
          type="button"
          class="button quiet"
          onClick={() => goTo({ room: "order", order, from: "orders" })}
        >
          {t.dayOrder}
        </button>
      )}
    </li>
  );
}
