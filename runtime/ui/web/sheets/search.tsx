/**
 * Finding an item by its name in either language, or by its code. What is found is sold as from the
 * tiles.
 */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { findItems } from "../../find-items.ts";
import { Sheet } from "../parts/sheet.tsx";
import { Tiles } from "../parts/tiles.tsx";
import { welcome, words } from "../store.ts";

/** What was typed, and the tiles that match. */
export function SearchSheet() {
  const t = words.value;
  const query = useSignal("");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const found = findItems(welcome.value?.items ?? [], query.value);
  return (
    <Sheet name="search" title={t.search}>
      <input
        ref={input}
        class="text-entry"
        data-id="query"
        type="search"
        autocomplete="off"
        placeholder={t.searchPlaceholder}
        aria-label={t.search}
        onInput={(event) => {
          query.value = event.currentTarget.value;
        }}
      />
      <div class="scroll found">
        {found.length > 0 ? (
          <Tiles items={found} />
        ) : (
          <p class="hint">{query.value.trim() === "" ? t.searchBegin : t.searchNothing}</p>
        )}
      </div>
    </Sheet>
  );
}
