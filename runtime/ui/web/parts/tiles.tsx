/**
 * The grid of items and the row of categories above it.
 * A tile stays where it is while an order grows: a second tap hits the same item.
 */
import { TILES_SHOWN_COUNT_MAX } from "../../limits.ts";
import type { ItemView } from "../../wire.ts";
import { tapItem } from "../scale.ts";
import { category, countBySku, isSoldOut, money, nameOf, welcome, words } from "../store.ts";

/** The chips of the categories; the first shows everything. */
export function Categories() {
  const all = { id: "", nameEn: words.value.allItems, nameZh: words.value.allItems };
  return (
    <nav class="chips">
      {[all, ...(welcome.value?.categories ?? [])].map((each) => (
        <button
          key={each.id}
          type="button"
          class="chip"
          data-id={`category-${each.id}`}
          aria-pressed={category.value === each.id}
          onClick={() => {
            category.value = each.id;
          }}
        >
          {nameOf(each)}
        </button>
      ))}
    </nav>
  );
}

/** The tiles of the chosen category. */
export function CategoryTiles() {
  const wanted = category.value;
  const all = welcome.value?.items ?? [];
  return <Tiles items={wanted === "" ? all : all.filter((item) => item.category === wanted)} />;
}

/** These items as tiles; cut at TILES_SHOWN_COUNT_MAX, and says so. */
export function Tiles({ items }: { readonly items: readonly ItemView[] }) {
  return (
    <>
      <div class="tiles">
        {items.slice(0, TILES_SHOWN_COUNT_MAX).map((item) => (
          <Tile key={item.sku} item={item} count={countBySku.value.get(item.sku) ?? 0} />
        ))}
      </div>
      {items.length > TILES_SHOWN_COUNT_MAX && <p class="hint">{words.value.moreBySearch}</p>}
    </>
  );
}

function priceOfTile({ priceMinor, isByWeight }: ItemView): string {
  return isByWeight ? words.value.perKilogram(money(priceMinor)) : money(priceMinor);
}

function Tile({ item, count }: { readonly item: ItemView; readonly count: number }) {
  return (
    <button
      type="button"
      class="tile"
      data-id={`item-${item.sku}`}
      data-sold-out={isSoldOut(item)}
      data-chosen={count > 0}
      onClick={() => tapItem(item)}
    >
      <span class="tile-name">{nameOf(item)}</span>
      <span class="tile-foot">
        <span class="tile-price">{isSoldOut(item) ? words.value.soldOut : priceOfTile(item)}</span>
        {count > 0 && <span class="tile-count">{count}</span>}
      </span>
    </button>
  );
}
