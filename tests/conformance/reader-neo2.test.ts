/**
 * The conformance suite of readers over the NEO 2 driver. Its money is at the host behind it: what a plan
 * does to a result happens on the way to the host and back.
 */

import { numberOf, SIM_CARDS } from "../../tools/sim/neo2/cards.ts";
import { Neo2Device } from "../../tools/sim/neo2/device.ts";
import { memoryNeo2Store } from "../../tools/sim/neo2/memory.ts";
import type { HostFault } from "../../tools/sim/neo2/host.ts";
import { readerConformance } from "./reader.ts";
import type { ReaderPlan } from "./reader.ts";
import { neo2Rig } from "../support/neo2-rig.ts";

const HOST_FAULTS: Readonly<Record<ReaderPlan, HostFault>> = {
  approve: "none",
  decline: "none",
  hold: "none",
  silent: "silent",
  die_before_result: "question_lost",
  die_after_result: "answer_lost",
  other_amount: "other_amount",
};
const visa = SIM_CARDS.get("visa");

readerConformance({
  name: "neo2",
  serial: "630Z000001",
  currency: "EUR",
  planted: visa === undefined ? "" : numberOf(visa),
  closedWait: "not_sent",
  make: () => {
    const hostFaults: HostFault[] = [];
    const { reader, timers, device, socket, acquirer } = neo2Rig({ hostFaults });
    return {
      reader,
      timers,
      plan: (plan) => {
        hostFaults.push(HOST_FAULTS[plan]);
        const card = plan === "decline" ? "poor" : "visa";
        if (plan !== "hold") device.script({ kind: "present", card, entry: "tap" });
      },
      standingMinor: () => acquirer.netMinor("EUR"),
      requestCount: () => device.counters().waitCount,
      swap: () => socket.swap(new Neo2Device(memoryNeo2Store("630Z000002"), timers)),
      vanish: () => socket.setAbsent(true),
    };
  },
});
