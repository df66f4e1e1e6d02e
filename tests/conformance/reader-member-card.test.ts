/**
 * Member cards through every reader that can read them: a number in hex as a name, no money, and the
 * reader is as it was afterwards.
 */

import { describe, expect, test } from "vitest";
import type { Reader } from "../../drivers/reader/reader.ts";
import type { ManualTimers } from "../support/manual-timers.ts";
import { neo2Rig } from "../support/neo2-rig.ts";
import { zvtRig } from "../support/zvt-rig.ts";
import { keptDesk, payRequest, settled, within } from "./reader.ts";

interface Rig {
  readonly reader: Reader;
  readonly timers: ManualTimers;
  readonly standingMinor: () => number;
}

const UID = "04A1B2C3D4E5F6";

const RIGS: readonly (readonly [name: string, uid: string, make: () => Rig])[] = [
  [
    "neo2",
    UID,
    () => {
      const { reader, timers, device, acquirer } = neo2Rig();
      device.script({ kind: "member", member: { kind: 0x04, uid: UID } });
      device.script({ kind: "present", card: "visa", entry: "tap" });
      return { reader, timers, standingMinor: () => acquirer.netMinor("EUR") };
    },
  ],
  ...(["tcp", "serial"] as const).map((link): readonly [string, string, () => Rig] => [
    `zvt over ${link}`,
    "081CA72F",
    () => {
      const { reader, timers, peer } = zvtRig(link);
      return { reader, timers, standingMinor: () => peer.standingMinor };
    },
  ]),
];

describe.each(RIGS)("member cards at %s", (_, uid, make) => {
  test("the number is read as hex in upper case, after the holder was asked for the card", async () => {
    const { reader, timers, standingMinor } = make();
    const desk = keptDesk();
    expect(reader.capabilities.readsMemberCards).toBe(true);
    expect(await within(timers, reader.readMemberCard(desk))).toEqual({ kind: "uid", uid });
    expect(uid).toMatch(/^([0-9A-F]{2}){4,10}$/);
    expect(desk.prompts.map(({ step }) => step)).toContain("present_card");
    expect([standingMinor(), desk.results, desk.slips]).toEqual([0, [], []]);
  });

  test("a payment follows at once", async () => {
    const { reader, timers, standingMinor } = make();
    await within(timers, reader.readMemberCard(keptDesk()));
    expect(await within(timers, reader.ready())).toMatchObject({ ok: true });
    expect(await within(timers, reader.begin(payRequest("EUR"), keptDesk()))).toMatchObject({
      kind: "captured",
    });
    expect(standingMinor()).toBe(1_340);
  });

  test("while it reads, nothing else is begun, and closing ends it without a number", async () => {
    const { reader, timers, standingMinor } = make();
    const reading = reader.readMemberCard(keptDesk());
    expect(await reader.begin(payRequest("EUR"), keptDesk())).toEqual({
      kind: "not_sent",
      code: "reader/busy",
    });
    await settled(3);
    reader.close();
    expect(await within(timers, reading)).toMatchObject({ kind: "none" });
    expect(await reader.readMemberCard(keptDesk())).toEqual({ kind: "none", code: "reader/closed" });
    expect(standingMinor()).toBe(0);
  });
});
