/** Where to send from, as a table of what headquarters holds and what is here. */
import { expect, test } from "vitest";
import type { Epoch } from "../../../core/ids.ts";
import { aimAt } from "../../../runtime/uplink/aim.ts";
import type { Compared } from "../../../runtime/uplink/aim.ts";
import { epochAt } from "../../support/core-fixtures.ts";
import { table } from "../../support/table.ts";

// Headquarters' holds, newest arrival first, as epoch@seq=hash; what is here of that epoch: its end,
// and the hash at the held seq ("." for none). "?" stands for an epoch that was never here. The series
// in use began in that epoch; "-" where that is an epoch that headquarters does not name.
const ROWS = table(
  ["holds", "here", "series", "aim"],
  `
  holds                 | here              | series | aim
                        |                   | -      | send 1 -
  1@10=a                | 1@10=a            | -      | send 11 1@10
  1@10=a                | 1@30=a            | -      | send 11 1@10
  1@30=a                | 1@10=.            | -      | rolled_back 11 1@10
  1@10=b                | 1@10=a            | -      | fork 1@10
  1@10=b                | 1@30=.            | -      | fork 1@10
  2@20=a 1@10=a         | 2@25=a 1@10=a     | -      | send 21 2@20
  1@10=a 2@20=a         | 1@10=a 2@25=a     | -      | send 21 2@20
  2@20=a 1@10=b         | 2@25=a 1@10=a     | -      | fork 1@10

  // Ahead in an epoch that a later one of ours followed: told of when the series began behind it.
  2@40=a 1@30=a         | 2@40=a 1@20=.     | -      | send 41 2@40
  1@30=a 2@40=a         | 1@20=. 2@40=a     | -      | send 41 2@40

  // An epoch that never was here and came there last: the image is older than it.
  3@90=a 1@10=a         | ? 1@10=a          | -      | rolled_back 11 1@10
  3@90=a 1@10=a         | ? 1@40=a          | -      | rolled_back 11 1@10
  2@20=a 3@90=a 1@10=a  | 2@20=a ? 1@10=a   | -      | send 21 2@20
  3@90=a 1@10=b         | ? 1@10=a          | -      | fork 1@10

  // What was under way when the image came back arrived behind our newer epoch: nobody was told.
  2@40=a 1@30=a         | 2@40=a 1@20=.     | 1      | rolled_back 41 2@40
  2@40=a 1@30=a         | 2@40=a 1@20=.     | 2      | send 41 2@40
  3@50=a 2@40=a 1@30=a  | 3@50=a 2@40=a 1@20=. | 2   | send 51 3@50
  3@50=a 2@40=a 1@30=a  | 3@50=a 2@40=a 1@20=. | 1   | rolled_back 51 3@50
  2@20=a 3@90=a 1@10=a  | 2@20=a ? 1@10=a   | 1      | rolled_back 21 2@20
  2@20=a 1@10=a 3@90=a  | 2@20=a 1@10=a ?   | 1      | send 21 2@20

  // Nothing in common: a new journal under an old name.
  3@90=a 2@50=b         | ? ?               | -      | send 1 -
  `,
);

const HASHES = { a: new Uint8Array(32).fill(1), b: new Uint8Array(32).fill(2) };

function positionOf(text: string) {
  const [, epoch = "", seq = "", hash = "."] = /^(\d+)@(\d+)=(.)$/.exec(text) ?? [];
  return {
    epoch: epochAt(Number(epoch)),
    seq: Number(seq),
    hash: hash === "a" ? HASHES.a : hash === "b" ? HASHES.b : null,
  };
}

function comparedOf(holds: string, here: string): readonly Compared[] {
  const ours = here.split(" ");
  return holds.split(" ").flatMap((text, index): readonly Compared[] => {
    if (text === "") return [];
    const { hash, ...hold } = positionOf(text);
    if (hash === null) throw new Error(`A hold has a hash: ${text}`);
    const mine = ours[index] ?? "?";
    if (mine === "?") return [{ hold: { ...hold, hash }, last: null, hash: null }];
    const last = positionOf(mine);
    return [{ hold: { ...hold, hash }, last: { ...last, hash: HASHES.a }, hash: last.hash }];
  });
}

test.each(ROWS)("what headquarters holds says where to send from: $title", (row) => {
  const isSeriesOf = (epoch: Epoch): boolean => row.series !== "-" && epoch === epochAt(Number(row.series));
  const aim = aimAt(comparedOf(row.holds, row.here), isSeriesOf);
  const place = (position: { epoch: string; seq: number } | null): string =>
    position === null ? "-" : `${Number.parseInt(position.epoch, 16)}@${position.seq}`;
  expect(
    aim.kind === "fork" ? `fork ${place(aim.at)}` : `${aim.kind} ${aim.fromSeq} ${place(aim.common)}`,
  ).toBe(row.aim);
});
