/** The journal as the uplink reads it: rot is told on the way, other faults are the uplink's alone. */
import { expect, test } from "vitest";
import { JournalFault } from "../../../runtime/store/fault.ts";
import { outgoing } from "../../../runtime/uplink/outgoing.ts";
import { epochAt } from "../../support/core-fixtures.ts";

function failing(code: "journal/rot" | "journal/failed") {
  const told: string[] = [];
  const fail = () => Promise.reject(new JournalFault(code, "journal/seg-1.jnl 4096"));
  const journal = outgoing({ durable: null, read: fail, hashAt: fail }, new Map(), (fault) =>
    told.push(fault.place),
  );
  return { journal, told };
}

test("rot that is read on the way to headquarters is told with its place, and the reader fails", async () => {
  const { journal, told } = failing("journal/rot");
  await expect(journal.read(1, 100)).rejects.toMatchObject({ code: "journal/rot" });
  await expect(journal.hashAt(epochAt(1), 1)).rejects.toMatchObject({ code: "journal/rot" });
  expect(told).toEqual(["journal/seg-1.jnl 4096", "journal/seg-1.jnl 4096"]);
});

test("another fault is not called rot", async () => {
  const { journal, told } = failing("journal/failed");
  await expect(journal.read(1, 100)).rejects.toMatchObject({ code: "journal/failed" });
  expect(told).toEqual([]);
});
