/**
 * What may be sold: each item with its switch, those that run low on top. A switch holds on this
 * terminal, and goes before what the catalogue says.
 */
import { useSignal } from "@preact/signals";

import { milli, quantityText } from "../../../../core/money.ts";
import { TILES_SHOWN_COUNT_MAX } from "../../limits.ts";
import type { StockRow } from "../../panels.ts";
import { goTo, send } from "../actions.ts";
import { BackHeader, Frame } from "../parts/frame.tsx";
import { Icon } from "../parts/icons.tsx";
import { itemName, nameOf, stockPanel, words } from "../store.ts";

/** The items with their switches. */
export function StockRoom() {
  const t = words.value;
  const query = useSignal("");
  const panel = stockPanel.value;
  const found = (panel?.items ?? []).filter((item) => isFound(item, query.value));
  return (
    <Frame name="stock" header={<BackHeader title={t.stock} onBack={() => goTo({ room: "sale" })} />}>
      <div class="search-line">
        <input
          class="text-entry"
          data-id="stock-query"
          type="search"
          autocomplete="off"
          placeholder={t.stockSearch}
          aria-label={t.stockSearch}
          onInput={(event) => {
            query.value = event.currentTarget.value;
          }}
        />
      </div>
      <div class="scroll">
        {query.value === "" && (panel?.alerts.length ?? 0) > 0 && (
          <section class="card alerts" data-id="alerts">
            <h2>{t.alerts}</h2>
            {panel?.alerts.map(({ sku, levelMilli, targetMilli }) => (
              <p key={sku} class="alert">
                <Icon name="warning" size={18} />
                <span class="alert-name">{itemName(sku, sku)}</span>
                <span>{t.alertLevel(quantityText(milli(levelMilli)), quantityText(milli(targetMilli)))}</span>
              </p>
            ))}
          </section>
        )}
        {panel !== null && found.length === 0 && <p class="hint">{t.searchNothing}</p>}
        <ul class="rows">
          {found.slice(0, TILES_SHOWN_COUNT_MAX).map((item) => (
            <Item key={item.sku} item={item} />
          ))}
        </ul>
        {found.length > TILES_SHOWN_COUNT_MAX && <p class="hint">{t.moreBySearch}</p>}
      </div>
    </Frame>
  );
}

function isFound(item: StockRow, query: string): boolean {
  const wanted = query.normalize("NFKC").toLowerCase().trim();
  const texts = [item.sku, item.nameEn, item.nameZh];
  return wanted === "" || texts.some((text) => text.toLowerCase().includes(wanted));
}

function Item({ item }: { readonly item: StockRow }) {
  const t = words.value;
  const name = nameOf(item);
  const toggle = (): void => send({ type: "set_sold_out", sku: item.sku, isSoldOut: !item.isSoldOut });
  return (
    <li class="row stock-row">
      <span class="row-main">
        <span class="stock-name">{name}</span>
        <span class="row-detail">{item.sku}</span>
      </span>
      <button
        type="button"
        class="switch"
        role="switch"
        aria-checked={!item.isSoldOut}
        data-id={`sold-out-${item.sku}`}
        onClick={toggle}
      >
        <Icon name={item.isSoldOut ? "close" : "check"} size={18} />
        <span>
          <span class="spoken">{name} </span>
          {item.isSoldOut ? t.soldOut : t.onSale}
        </span>
      </button>
    </li>
  );
}
