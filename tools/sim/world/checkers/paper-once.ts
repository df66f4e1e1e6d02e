/**
 * No receipt comes out of a printer twice without a mark: a second piece of paper says COPY or REPRINT. What was
 * cut off in the middle counts as paper too, since a customer may hold it. And what the journal says of
 * a job is true of the paper: a job that failed left none, one that was printed came out to its cut.
 */
import type { EventId } from "../../../../core/ids.ts";
import type { PrintFinished } from "../../../../core/types.ts";
import type { Checker, Till } from "../cast.ts";
import { recordsOf } from "../records.ts";

/** See the header. */
export const paperOnce: Checker = {
  name: "paper_once",
  laws: ["Z5", "I11"],
  shows: ["F14", "F15"],
  promise:
    "each receipt number comes out at most once unmarked; a failed job left no paper, and a printed one came out whole",
  watch: (world) => {
    const printed = new Set<string>();
    return {
      printed: (till, { receipt, isCopy, isMarked, isWhole }) => {
        world.note(
          till.name,
          `paper ${receipt} ${isCopy ? "copy" : "original"}${isMarked ? " marked" : ""} ${isWhole ? "whole" : "torn"}`,
        );
        world.count(isWhole ? "receipt_printed" : "receipt_torn");
        if (isMarked) world.count("receipt_marked");
        if (receipt === "" || isCopy || isMarked) return;
        const key = `${till.memory.lossCount}/${receipt}`;
        if (printed.has(key)) world.violate("paper_once", till.name, `receipt ${receipt} came out twice`);
        printed.add(key);
      },
      inTheEnd: () => {
        const mayLie = world.options.rates.printer_lies !== undefined;
        for (const till of world.tills) {
          // Where a disk was robbed, papers may be there whose jobs are not.
          const wrong = till.memory.lossCount > 0 ? null : wrongIn(till, mayLie);
          if (wrong !== null) world.violate("paper_once", till.name, wrong);
        }
      },
    };
  },
};

/** Jobs of one receipt by how they ended, originals and copies apart. */
interface Jobs {
  failedCount: number;
  printedCount: number;
  otherCount: number;
}

function wrongIn(till: Till, mayLie: boolean): string | null {
  for (const [name, { failedCount, printedCount, otherCount }] of jobsOf(till)) {
    // Below a mark there is no end to what one job may leave.
    const papers = till.printer.papers.filter(
      (paper) => !paper.isMarked && nameOf(paper.receipt, paper.isCopy) === name,
    );
    if (papers.length > printedCount + otherCount && failedCount > 0)
      return `${name} is called failed and left paper`;
    const wholeCount = papers.filter((paper) => paper.isWhole).length;
    if (wholeCount < printedCount && !mayLie)
      return `${name} is called printed ${printedCount} times and came out whole ${wholeCount} times`;
  }
  return null;
}

function jobsOf(till: Till): ReadonlyMap<string, Jobs> {
  const names = new Map<EventId, string>();
  const numbers = new Map<EventId, string>();
  const jobs = new Map<string, Jobs>();
  for (const { id, event } of recordsOf(till)) {
    if (event.type === "check_closed") {
      const number = `${till.name}-${event.receipt.series}-${event.receipt.number}`;
      numbers.set(id, number);
      names.set(id, nameOf(number, false));
    } else if (event.type === "receipt_copied") {
      names.set(id, nameOf(numbers.get(event.closing) ?? "", true));
    } else if (event.type === "print_finished") {
      const name = names.get(event.job);
      if (name !== undefined) jobs.set(name, counted(jobs.get(name), event));
    }
  }
  return jobs;
}

function counted(
  jobs: Jobs = { failedCount: 0, printedCount: 0, otherCount: 0 },
  event: PrintFinished,
): Jobs {
  // What was continued below a mark is on two pieces of paper, and one of them has no number.
  const isMarked = event.mark === "resumed" || event.mark === "reprinted";
  if (event.outcome === "failed") jobs.failedCount += 1;
  else if (event.outcome === "printed" && !isMarked) jobs.printedCount += 1;
  else jobs.otherCount += 1;
  return jobs;
}

function nameOf(receipt: string, isCopy: boolean): string {
  return `receipt ${receipt}${isCopy ? " (copy)" : ""}`;
}
