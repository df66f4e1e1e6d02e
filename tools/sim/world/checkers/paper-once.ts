/**
 * No receipt comes out of a printer twice without a mark: a second piece of paper says COPY. What was
 * cut off in the middle counts as paper too, since a customer may hold it.
 */
import type { Checker } from "../cast.ts";

/** See the header. */
export const paperOnce: Checker = {
  name: "paper_once",
  laws: ["Z5", "I11"],
  shows: ["F14", "F15"],
  promise: "each receipt number comes out at most once unmarked, and only for a closing that is durable",
  watch: (world) => {
    const printed = new Set<string>();
    return {
      printed: (till, { receipt, isCopy, isWhole }) => {
        world.note(
          till.name,
          `paper ${receipt} ${isCopy ? "copy" : "original"} ${isWhole ? "whole" : "torn"}`,
        );
        world.count(isWhole ? "receipt_printed" : "receipt_torn");
        if (receipt === "" || isCopy) return;
        const key = `${till.memory.lossCount}/${receipt}`;
        if (printed.has(key)) world.violate("paper_once", till.name, `receipt ${receipt} came out twice`);
        printed.add(key);
      },
    };
  },
};
