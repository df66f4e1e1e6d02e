/**
 * A list that may have hundreds of rows, all equally high: only those near the view are in the page, in
 * a list that is as high as if all were.
 */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import { rowsInView } from "../rows-in-view.ts";

/** Where a row stands, for whoever does not see the list. */
export interface RowPlace {
  readonly "aria-posinset": number;
  readonly "aria-setsize": number;
}

/** The scrolled list; `draw` makes the `li` of a row, `rowPx` high, with its key and its place. */
export function LongList<Row>(props: {
  readonly rows: readonly Row[];
  readonly rowPx: number;
  readonly hint: string;
  readonly draw: (row: Row, place: RowPlace) => ComponentChildren;
}) {
  const { rows, rowPx, draw } = props;
  const box = useRef<HTMLDivElement>(null);
  const topPx = useSignal(0);
  const heightPx = useSignal(innerHeight);
  useLayoutEffect(() => {
    const measure = (): void => {
      heightPx.value = box.current?.clientHeight ?? innerHeight;
    };
    measure();
    addEventListener("resize", measure);
    return () => removeEventListener("resize", measure);
  }, []);
  const { first, end } = rowsInView(rows.length, rowPx, topPx.value, heightPx.value);
  const before = first * rowPx;
  const after = (rows.length - end) * rowPx;
  return (
    <div
      class="scroll"
      ref={box}
      onScroll={(event) => {
        topPx.value = event.currentTarget.scrollTop;
      }}
    >
      {rows.length === 0 && <p class="hint">{props.hint}</p>}
      <ul class="rows" style={{ paddingTop: `${before}px`, paddingBottom: `${after}px` }}>
        {rows
          .slice(first, end)
          .map((row, index) =>
            draw(row, { "aria-posinset": first + index + 1, "aria-setsize": rows.length }),
          )}
      </ul>
    </div>
  );
}
