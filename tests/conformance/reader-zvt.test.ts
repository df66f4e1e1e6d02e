/** The conformance suite of readers over the ZVT driver, on both of its links. */

import { readerConformance } from "./reader.ts";
import { PLANTED_PAN } from "../support/zvt-peer.ts";
import { zvtRig } from "../support/zvt-rig.ts";

for (const link of ["tcp", "serial"] as const) {
  readerConformance({
    name: `zvt over ${link}`,
    serial: "52500041",
    currency: "EUR",
    planted: PLANTED_PAN,
    make: () => {
      const { reader, peer, timers, setThere } = zvtRig(link);
      const asked = ["authorisation", "refund", "reversal"];
      return {
        reader,
        timers,
        plan: (plan) => {
          peer.plan = plan;
        },
        standingMinor: () => peer.standingMinor,
        requestCount: () => peer.commands().filter((name) => asked.includes(name)).length,
        swap: () => {
          peer.terminal = "52509999";
        },
        vanish: () => setThere(false),
      };
    },
  });
}
