/**
 * L4: a tap is answered within a second of virtual time on a good disk. The terminal's actor holds the
 * watch and reports under this name; here the longest wait is kept for the report.
 */
import type { Checker } from "../cast.ts";

/** See the header. */
export const answersInTime: Checker = {
  name: "answers_in_time",
  laws: ["L4"],
  shows: ["F19"],
  promise: "every tap is answered within a second, whatever the network and headquarters do",
  watch: (world) => ({
    answered: (_till, { waitUs }) => {
      const longestMs = world.counts.get("longest_answer_ms") ?? 0;
      if (waitUs > longestMs * 1000) world.counts.set("longest_answer_ms", Math.ceil(waitUs / 1000));
    },
  }),
};
