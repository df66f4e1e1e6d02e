/**
 * What stands between the lines of an order and its total, and why a line costs what it costs. Everything
 * is the runtime's own words and amounts; a discount or a coupon is taken back by its own button.
 */
import type { OrderView } from "../../wire.ts";
import type { LinePriceView, PriceRow, PriceStep } from "../../wire-pricing.ts";
import { sendOnce } from "../actions.ts";
import { isSettled, money, words } from "../store.ts";
import { Icon } from "./icons.tsx";

/** The rows above the total, and the total. */
export function PriceRows({ current }: { readonly current: OrderView }) {
  const t = words.value;
  const rows = current.pricing?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <ul class="price-rows" data-id="price-rows">
      {rows.map((row) => (
        <Row key={`${row.kind} ${row.name} ${row.adjustment ?? ""}`} current={current} row={row} />
      ))}
      <li class="price-row price-total">
        <span class="price-name">{t.total}</span>
        <span class="line-amount">{money(current.totalMinor)}</span>
      </li>
    </ul>
  );
}

function Row({ current, row }: { readonly current: OrderView; readonly row: PriceRow }) {
  const t = words.value;
  const { adjustment } = row;
  const name = row.name === "" || row.name === "rounding" ? t[`price_${row.kind}`] : row.name;
  return (
    <li class="price-row" data-id={`price-${row.kind}`}>
      <span class="price-name">{name}</span>
      {row.kind !== "coupon" && <span>{money(row.amountMinor)}</span>}
      {adjustment !== null && (
        <button
          type="button"
          class="square quiet danger"
          data-id="withdraw"
          aria-label={t.takeBack(name)}
          disabled={!isSettled.value}
          onClick={() => sendOnce({ type: "withdraw_adjustment", order: current.order, adjustment })}
        >
          <Icon name="close" size={18} />
        </button>
      )}
    </li>
  );
}

/** Each rule that touched a line, in the order in which they did, and by which rules. */
export function PriceSteps(props: {
  readonly price: LinePriceView | undefined;
  readonly version: number | null;
}) {
  const t = words.value;
  const { price, version } = props;
  // A line that costs its list price needs no explanation.
  if (price === undefined || price.steps.length < 2) return null;
  return (
    <ul class="price-rows" data-id="price-steps" aria-label={t.whyThisPrice}>
      {price.steps.map((step, index) => (
        <li key={`${index} ${step.name}`} class="price-row">
          <span class="price-stage">{step.stageNumber ?? ""}</span>
          <span class="price-name">{stepName(step)}</span>
          <span>{money(step.amountMinor)}</span>
        </li>
      ))}
      <li class="price-row price-total">
        <span class="price-name">{version === null ? t.total : t.byRules(version)}</span>
        <span class="line-amount">{money(price.paidMinor)}</span>
      </li>
    </ul>
  );
}

function stepName({ kind, name }: PriceStep): string {
  const t = words.value;
  const word = kind === "promotion" ? t.price_discount : t[`price_${kind}`];
  return name === "" || name === "rounding" ? word : name;
}
