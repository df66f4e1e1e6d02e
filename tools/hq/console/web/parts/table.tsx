/**
 * Tables that a narrow window scrolls sideways, and lists that grow page by page. Cells are what the
 * page makes of a row; nothing is formatted here.
 */
import type { ComponentChildren } from "preact";
import type { Rows } from "../ask.ts";
import { say } from "../words/words.ts";
import { Empty, Failed, Loading } from "./states.tsx";

/** One column: its head, what stands in it, and whether it holds figures. */
export interface Column<T> {
  readonly name: string;
  readonly cell: (row: T) => ComponentChildren;
  readonly isFigure?: boolean;
}

/** A table of rows; `label` says to those who do not see it what it is. */
export function Table<T>(props: {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  readonly isChosen?: (row: T) => boolean;
}) {
  const { label, columns, rows, keyOf, isChosen } = props;
  return (
    <div class="table" role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map(({ name, isFigure }) => (
              <th key={name} scope="col" class={isFigure === true ? "figure" : ""}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} class={isChosen?.(row) === true ? "chosen" : ""}>
              {columns.map(({ name, cell, isFigure }) => (
                <td key={name} class={isFigure === true ? "figure" : ""}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A list with its states: on its way, refused, empty, and more behind it. */
export function List<T>(props: {
  readonly label: string;
  readonly list: Rows<T>;
  readonly columns: readonly Column<T>[];
  readonly keyOf: (row: T) => string;
  readonly isChosen?: (row: T) => boolean;
  readonly empty: string;
}) {
  const { list, empty, ...table } = props;
  const { rows, failure, isLoading, more, again } = list;
  if (failure !== null && rows.length === 0) return <Failed failure={failure} again={again} />;
  if (rows.length === 0) return isLoading ? <Loading /> : <Empty>{empty}</Empty>;
  return (
    <>
      <Table {...table} rows={rows} />
      {failure === null ? null : <Failed failure={failure} again={again} />}
      {more === null ? null : (
        <button type="button" class="more" disabled={isLoading} onClick={more} data-id="more">
          {isLoading ? say("loading") : say("more")}
        </button>
      )}
    </>
  );
}
