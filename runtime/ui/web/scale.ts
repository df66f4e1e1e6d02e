/**
 * What a page says to the scale: an item by weight, and its keys. The weight itself never comes from the
 * page; the runtime asks the scale.
 */
import { batch } from "@preact/signals";
import type { ScaleMessage } from "../wire.ts";
import { addItem, ask } from "./actions.ts";
import { isGuarded } from "./guard.ts";
import * as store from "./store.ts";

/** A tap on an item: one piece more, or a line of what lies on the scale. */
export function tapItem({ sku, isByWeight }: { readonly sku: string; readonly isByWeight: boolean }): void {
  if (!isByWeight) {
    addItem(sku);
    return;
  }
  if (store.done.value === "hidden" && isGuarded()) return;
  batch(() => {
    store.done.value = "hidden";
    store.sheet.value = null;
  });
  tell("weigh", sku);
}

/** A key of the scale. */
export function pressScale(action: Exclude<ScaleMessage["action"], "weigh">): void {
  tell(action, "");
}

function tell(action: ScaleMessage["action"], sku: string): void {
  const clerk = store.clerk.value;
  ask((n) => ({ kind: "scale", n, clerk, action, sku }));
}
