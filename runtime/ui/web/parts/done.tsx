/**
 * The result of a sale: what to give back, and what became of the receipt. Lies over the lower part
 * of the sale screen and needs no tap.
 */
import type { LastView } from "../../wire.ts";
import { reprint } from "../actions.ts";
import { hideDone } from "../passing.ts";
import { Icon } from "./icons.tsx";
import { last, money, words } from "../store.ts";

/** The panel for the newest sale of this terminal. */
export function DonePanel() {
  const t = words.value;
  const sale = last.value;
  if (sale === null) return null;
  const isPaidOut = sale.totalMinor < 0;
  const hasChange = sale.changeMinor > 0;
  return (
    <section class="done" data-id="done" aria-live="assertive">
      <div class="done-head">
        <span class="done-mark">
          <Icon name="check" size={28} />
        </span>
        <div>
          <p class="done-paid">
            {isPaidOut ? t.paidOut(money(-sale.totalMinor)) : t.paid(money(sale.totalMinor))}
          </p>
          <p class="done-receipt">{sale.receipt}</p>
        </div>
      </div>
      <div class="done-change">
        <span class="done-label">{hasChange ? t.change : t.noChange}</span>
        <span class="big" data-id="change">
          {money(hasChange ? sale.changeMinor : 0)}
        </span>
      </div>
      <p class="done-facts">
        <span>{hasChange ? t.received(money(sale.handedMinor)) : ""}</span>
        <PrintSign sale={sale} />
      </p>
      <div class="done-actions">
        <button type="button" class="button quiet" data-id="done-reprint" onClick={() => reprint(sale.order)}>
          <Icon name="printer" size={20} />
          {t.reprint}
        </button>
        <button type="button" class="button secondary" data-id="next-sale" onClick={hideDone}>
          {t.nextSale}
        </button>
      </div>
    </section>
  );
}

/** What became of the receipt, as icon and word. */
function PrintSign({ sale }: { readonly sale: LastView }) {
  const isTrouble = sale.print === "failed" || sale.print === "unknown";
  return (
    <span class="print" data-print={sale.print} data-warn={isTrouble}>
      <Icon name={isTrouble ? "warning" : "printer"} size={18} />
      {words.value[`print_${sale.print}`]}
    </span>
  );
}
