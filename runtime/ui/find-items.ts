/**
 * Finding items by what a clerk types: part of a name in either language, or the beginning of a
 * code. Every word has to be found; letter case and width do not matter.
 */
import { TILES_SHOWN_COUNT_MAX } from "./limits.ts";
import type { ItemView } from "./wire.ts";

/** Items that match, in the catalogue's order, at most TILES_SHOWN_COUNT_MAX; none for an empty query. */
export function findItems(items: readonly ItemView[], query: string): readonly ItemView[] {
  const words = folded(query)
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return [];
  const found: ItemView[] = [];
  for (const item of items) {
    const names = folded(`${item.nameEn} ${item.nameZh}`);
    const sku = folded(item.sku);
    if (words.every((word) => names.includes(word) || sku.startsWith(word))) found.push(item);
    if (found.length === TILES_SHOWN_COUNT_MAX) break;
  }
  return found;
}

function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
