/** The ZVT driver against a scripted terminal: what it sends, how requests end, how doubts are settled. */

import { describe, expect, test } from "vitest";
import { bmpField, bmpNumber, bmpText, bmpTlv } from "../../../../drivers/reader/zvt/bmp.ts";
import { BUSY_POLLS_COUNT_MAX } from "../../../../drivers/reader/zvt/driver.ts";
import { RECONNECT_DELAYS_MS } from "../../../../drivers/reader/zvt/line.ts";
import { T4_MS } from "../../../../drivers/reader/zvt/session.ts";
import { tlvText } from "../../../../drivers/reader/zvt/tlv.ts";
import { fromHex } from "../../../../drivers/reader/zvt/bytes.ts";
import { zvtMessage } from "../../../../drivers/reader/zvt/apdu.ts";
import type { ReaderEnd } from "../../../../drivers/reader/reader.ts";
import { keptDesk, payRequest, settled, within } from "../../../conformance/reader.ts";
import type { ZvtPlan } from "../../../support/zvt-peer.ts";
import { PLANTED_PAN } from "../../../support/zvt-peer.ts";
import { zvtRig } from "../../../support/zvt-rig.ts";
import type { ZvtRig } from "../../../support/zvt-rig.ts";

const PAY = payRequest("EUR");
const INQUIRY = { request: PAY, serial: "52500041" };

describe.each(["tcp", "serial"] as const)("over %s", (link) => {
  const readyRig = async (plan: ZvtPlan = "approve"): Promise<ZvtRig> => {
    const rig = zvtRig(link);
    await within(rig.timers, rig.reader.ready());
    rig.peer.plan = plan;
    return rig;
  };

  test("a payment registers, asks how the terminal is, and pays", async () => {
    const { reader, peer, timers } = await readyRig();
    const desk = keptDesk();
    const end = await within(timers, reader.begin({ ...PAY, watermark: "0040:000015" }, desk));
    expect(end).toEqual({ kind: "captured", reference: "0042:000017" });
    expect(peer.commands()).toEqual(["registration", "status_enquiry", "authorisation"]);
    const sent = peer.heard.find(({ name }) => name === "authorisation");
    expect(bmpNumber(sent?.fields ?? [], "amount")).toBe(1_340);
    expect(bmpText(sent?.fields ?? [], "currency")).toBe("0978");
    expect(tlvText(bmpTlv(sent?.fields ?? []), "sync_id")).toBe("0040");
    expect(desk.results).toEqual([
      {
        reference: "0042:000017",
        amountMinor: 1_340,
        currency: "EUR",
        card: { brand: "VISA", lastFour: "1881", entry: "contactless", verification: "none" },
        authorisation: "A1B2C3",
        serial: "52500041",
        isOffline: false,
      },
    ]);
    expect(desk.prompts).toContainEqual({ step: "present_card", text: "Bitte Karte", canCancel: true });
    expect(desk.prompts.at(-1)).toMatchObject({ step: "processing", canCancel: false });
  });

  test.each<[ZvtPlan, ReaderEnd, number]>([
    ["decline", { kind: "declined", code: "reader/declined", text: "Karte abgelehnt" }, 0],
    ["refuse", { kind: "declined", code: "reader/day_not_closed", text: "" }, 0],
    ["wrong_pin", { kind: "captured", reference: "0042:000017" }, 1_340],
    ["wrong_pin_only", { kind: "declined", code: "reader/wrong_pin", text: "PIN falsch" }, 0],
    ["twice", { kind: "captured", reference: "0042:000017" }, 1_340],
    ["abort_after_ack", { kind: "unknown", code: "reader/unknown_result" }, 0],
    ["unknown_result", { kind: "unknown", code: "reader/unknown_result" }, 0],
    ["host_result", { kind: "declined", code: "reader/host_unreachable", text: "" }, 0],
    ["no_result", { kind: "unknown", code: "reader/unknown_result" }, 0],
    ["silent", { kind: "unknown", code: "reader/no_answer" }, 0],
    ["die_before_result", { kind: "unknown", code: "reader/link_lost" }, 0],
    ["slips", { kind: "captured", reference: "0042:000017" }, 1_340],
  ])("%s ends as %o", async (plan, wanted, standingMinor) => {
    const { reader, peer, timers } = await readyRig(plan);
    expect(await within(timers, reader.begin(PAY, keptDesk()))).toEqual(wanted);
    expect(peer.standingMinor).toBe(standingMinor);
  });

  test("a result that comes twice is taken once", async () => {
    const { reader, timers } = await readyRig("twice");
    const desk = keptDesk();
    await within(timers, reader.begin(PAY, desk));
    expect(desk.results).toHaveLength(1);
  });

  test("a refused result is taken back by the terminal", async () => {
    const { reader, peer, timers } = await readyRig();
    const end = await within(timers, reader.begin(PAY, keptDesk("refuse")));
    expect(end).toEqual({ kind: "declined", code: "reader/refused_result", text: "" });
    expect(peer.heard.some(({ name, code }) => name === "refused" && code === 0x84ff)).toBe(true);
    expect(peer.standingMinor).toBe(0);
  });

  test("slips reach the desk before they are answered, blocks and single lines", async () => {
    const { reader, timers } = await readyRig("slips");
    const desk = keptDesk();
    await within(timers, reader.begin(PAY, desk));
    const line = { isBold: false, isCentred: false };
    expect(desk.slips).toEqual([
      {
        copy: "merchant",
        lines: [
          { text: "H\u00e4ndlerbeleg", isBold: false, isCentred: true },
          { ...line, text: "************1881" },
        ],
      },
      {
        copy: "customer",
        lines: [
          { text: "Kundenbeleg", isBold: false, isCentred: true },
          { ...line, text: "Danke" },
        ],
      },
    ]);
  });

  test("a slip that cannot be kept is refused, and what was accepted before it is in doubt", async () => {
    const { reader, peer, timers } = await readyRig("slips");
    const end = await within(timers, reader.begin(PAY, keptDesk("accept", false)));
    expect(end).toEqual({ kind: "unknown", code: "reader/unknown_result" });
    expect(peer.heard.some(({ code }) => code === 0x84cc)).toBe(true);
    expect(peer.standingMinor).toBe(0);
    expect(await within(timers, reader.inquire(INQUIRY))).toEqual({ kind: "absent", serial: "52500041" });
  });

  test("a desk that is slow makes the terminal ask again, and nothing is lost", async () => {
    const { reader, peer, timers } = await readyRig();
    const gate = Promise.withResolvers<"accept">();
    const ending = reader.begin(PAY, { ...keptDesk(), take: async () => await gate.promise });
    await settled();
    timers.advance(3_000);
    await settled();
    expect(peer.heard.at(-1)).toMatchObject({ name: "refused", code: 0x849c });
    gate.resolve("accept");
    await settled();
    expect(peer.standingMinor).toBe(0);
    peer.say(resultMessage(1_340));
    expect(await within(timers, ending)).toEqual({ kind: "captured", reference: "0042:000017" });
    expect(peer.standingMinor).toBe(1_340);
  });

  test("a line that is cut while the desk writes leaves a doubt that waits for the desk", async () => {
    const { reader, peer, timers } = await readyRig();
    const gate = Promise.withResolvers<"accept">();
    let end: ReaderEnd | undefined;
    void reader.begin(PAY, { ...keptDesk(), take: async () => await gate.promise }).then((it) => {
      end = it;
    });
    await settled();
    peer.cut();
    await settled();
    expect(end).toBeUndefined();
    gate.resolve("accept");
    await settled();
    expect(end).toEqual({ kind: "unknown", code: "reader/link_lost" });
    reader.close();
    expect(timers.advanceToNext()).toBe(false);
  });

  test("04 FF starts the long wait anew, and may make it longer", async () => {
    const { reader, peer, timers } = await readyRig("hold");
    let isOver = false;
    void reader.begin(PAY, keptDesk()).then(() => {
      isOver = true;
    });
    await settled();
    timers.advance(T4_MS - 1);
    peer.say(zvtMessage("intermediate_status", [], { kind: "intermediate", status: 0x0a, minutes: 5 }));
    await settled();
    timers.advance(5 * 60_000 - 1);
    await settled();
    expect(isOver).toBe(false);
    timers.advance(1);
    await settled();
    expect(isOver).toBe(true);
  });

  test("a cancel is asked for once and is no end by itself", async () => {
    const { reader, peer, timers } = await readyRig("hold");
    const ending = reader.begin(PAY, keptDesk());
    await settled();
    reader.cancel();
    reader.cancel();
    expect(await within(timers, ending)).toEqual({ kind: "declined", code: "reader/cancelled", text: "" });
    expect(peer.commands().filter((name) => name === "abort_by_register")).toHaveLength(1);
  });

  test("a request that is cancelled before anything left is not sent", async () => {
    const { reader, peer, timers } = zvtRig(link);
    const ending = reader.begin(PAY, keptDesk());
    reader.cancel();
    expect(await within(timers, ending)).toEqual({ kind: "declined", code: "reader/cancelled", text: "" });
    expect(peer.commands()).not.toContain("authorisation");
  });

  test("refund and reversal go out with the password, and a reversal names its receipt", async () => {
    const { reader, peer, timers } = await readyRig();
    const refund = await within(timers, reader.begin({ ...PAY, kind: "refund" }, keptDesk()));
    expect(refund).toEqual({ kind: "captured", reference: "0042:000017" });
    const reverse = { ...PAY, kind: "reverse", original: "0041:000016" } as const;
    expect(await within(timers, reader.begin(reverse, keptDesk()))).toEqual({
      kind: "captured",
      reference: "0043:000018",
    });
    const sent = peer.heard.find(({ name }) => name === "reversal");
    expect(sent?.lead.kind).toBe("password");
    expect(bmpText(sent?.fields ?? [], "receipt")).toBe("0041");
    const odd = await within(timers, reader.begin({ ...reverse, original: "what?" }, keptDesk()));
    expect(odd).toEqual({ kind: "not_sent", code: "reader/unsupported_request" });
  });

  test("the pre-authorisation family ends like a payment", async () => {
    const { reader, peer, timers } = await readyRig();
    const reserve = { ...PAY, kind: "reserve" } as const;
    expect((await within(timers, reader.beginPreAuthorisation(reserve, keptDesk()))).kind).toBe("captured");
    const more = { ...PAY, original: "0042:000017" };
    for (const kind of ["book", "release"] as const) {
      expect((await within(timers, reader.beginPreAuthorisation({ ...more, kind }, keptDesk()))).kind).toBe(
        "captured",
      );
    }
    expect(peer.commands().slice(-3)).toEqual([
      "pre_authorisation",
      "book_total",
      "pre_authorisation_reversal",
    ]);
    expect(await within(timers, reader.openPreAuthorisations())).toEqual(["0039"]);
  });

  test("an end of day tells its totals by brand, and names what is still reserved", async () => {
    const { reader, timers } = await readyRig();
    const desk = keptDesk();
    expect(await within(timers, reader.endOfDay(desk))).toEqual({
      kind: "closed",
      totals: [{ brand: "Visa", count: 2, amountMinor: 2_680 }],
      serial: "52500041",
    });
    expect(desk.slips.at(-1)?.lines.map(({ text }) => text)).toEqual(["Open pre-authorisations:", "0039"]);
  });

  test("a member card gives its number without padding", async () => {
    const { reader, timers } = await readyRig();
    const desk = keptDesk();
    expect(await within(timers, reader.readMemberCard(desk))).toEqual({ kind: "uid", uid: "081CA72F" });
    expect(desk.prompts[0]).toMatchObject({ step: "present_card", canCancel: true });
  });

  test("text for the display is taken", async () => {
    const { reader, peer, timers } = await readyRig();
    expect(await within(timers, reader.displayText(["Willkommen", "13,40"], 5))).toBe(true);
    expect(bmpText(peer.heard.at(-2)?.fields ?? [], "display_line_2")).toBe("13,40");
  });

  test.each<[number, string]>([
    [0x9c, "reader/not_ready"],
    [0xf0, "reader/day_not_closed"],
    [0xcc, "reader/printer_not_ready"],
    [0xe0, "reader/maintenance"],
    [0xdc, "reader/not_ready"],
    [0x51, "reader/not_ready"],
  ])("a terminal in status %i is not ready: %s", async (status, code) => {
    const { reader, peer, timers } = zvtRig(link);
    peer.status = status;
    expect(await within(timers, reader.ready())).toEqual({ ok: false, code });
    expect(reader.state()).toMatchObject({ link: "needs_attention", problem: code });
    peer.status = 0;
    expect(await within(timers, reader.ready())).toMatchObject({ ok: true });
    expect(reader.state()).toMatchObject({ link: "ready", problem: null });
  });

  test("a request goes to the device that was found ready, or it is not sent", async () => {
    const { reader, peer, timers } = await readyRig();
    peer.terminal = "52509999";
    peer.cut();
    await settled();
    const end = await within(timers, reader.begin(PAY, keptDesk()));
    expect(end).toEqual({ kind: "not_sent", code: "reader/swapped" });
    expect(peer.commands()).not.toContain("authorisation");
  });

  test("an inquiry waits while the terminal is at work, asks it once to let go, and gives up for now", async () => {
    const { reader, peer, timers } = await readyRig();
    peer.status = 0x9c;
    expect(await within(timers, reader.inquire(INQUIRY))).toEqual({
      kind: "in_progress",
      serial: "52500041",
    });
    const asked = peer.commands().slice(2);
    expect(asked.filter((name) => name === "status_enquiry")).toHaveLength(BUSY_POLLS_COUNT_MAX);
    expect(asked.filter((name) => name === "abort_by_register")).toHaveLength(1);
    expect(asked).not.toContain("repeat_receipt");
  });

  test("an inquiry at a terminal that does not let us register is in progress", async () => {
    const { reader, peer, timers } = await readyRig("die_before_result");
    await within(timers, reader.begin(PAY, keptDesk()));
    peer.isBusy = true;
    expect(await within(timers, reader.inquire(INQUIRY))).toEqual({
      kind: "in_progress",
      serial: "52500041",
    });
    expect(peer.commands().at(-1)).toBe("abort_by_register");
    expect(await within(timers, reader.inquire(INQUIRY))).toEqual({ kind: "absent", serial: "52500041" });
  });

  test("money that nobody asked for is told as such", async () => {
    const { reader, timers } = await readyRig("approve");
    await within(timers, reader.begin({ ...PAY, amountMinor: 999 }, keptDesk()));
    expect(await within(timers, reader.inquire(INQUIRY))).toMatchObject({
      kind: "other",
      result: { amountMinor: 999 },
    });
    const known = { ...INQUIRY, request: { ...PAY, watermark: "0042:000017" } };
    expect(await within(timers, reader.inquire(known))).toEqual({ kind: "absent", serial: "52500041" });
  });

  test("a terminal that has forgotten what the journal knows cannot answer", async () => {
    const { reader, timers } = await readyRig();
    const known = { ...INQUIRY, request: { ...PAY, watermark: "0042:000017" } };
    expect(await within(timers, reader.inquire(known))).toEqual({ kind: "unanswerable", serial: "52500041" });
  });

  test("a result that comes while nothing runs is refused, and so is paper; the rest is answered", async () => {
    const { reader, peer, timers } = await readyRig();
    peer.plan = "decline";
    await within(timers, reader.begin(PAY, keptDesk()));
    peer.heard.splice(0);
    peer.say(resultMessage(500));
    await settled();
    peer.say(zvtMessage("print_line", [], { kind: "print_line", attribute: 0, text: "x" }));
    await settled();
    peer.say(zvtMessage("set_time_terminal"));
    await settled();
    peer.say(zvtMessage("abort", [], { kind: "result", result: 0x6c, currency: undefined }));
    await settled();
    expect(peer.heard.map(({ code }) => code)).toEqual([
      // What was refused, the terminal takes back and says so.
      ...[0x84ff, 0x8000],
      ...[0x84cc, 0x8000],
      ...[0x8000, 0x8000],
    ]);
    expect(reader.state().counters["late"]).toBe(6);
    expect(reader.state().link).toBe("ready");
  });

  test("a late result is left without an answer while the journal may hold a request in doubt", async () => {
    const { reader, peer, timers } = await readyRig();
    peer.heard.splice(0);
    peer.say(resultMessage(500));
    await settled();
    expect(peer.heard).toEqual([]);
    expect(await within(timers, reader.inquire(INQUIRY))).toEqual({ kind: "absent", serial: "52500041" });
    peer.heard.splice(0);
    peer.say(resultMessage(500));
    await settled();
    expect(peer.heard[0]).toMatchObject({ name: "refused", code: 0x84ff });
  });

  test("a late copy of a result that was taken is answered with yes", async () => {
    const { peer, reader, timers } = await readyRig();
    await within(timers, reader.begin(PAY, keptDesk()));
    peer.heard.splice(0);
    peer.say(resultMessage(1_340));
    await settled();
    expect(peer.heard.map(({ code }) => code)).toEqual([0x8000]);
  });

  test("after a doubt the connection is made anew, and begins with a registration", async () => {
    const { reader, peer, timers, connectCount } = await readyRig("silent");
    expect((await within(timers, reader.begin(PAY, keptDesk()))).kind).toBe("unknown");
    expect(await within(timers, reader.inquire(INQUIRY))).toEqual({ kind: "absent", serial: "52500041" });
    expect(connectCount()).toBe(2);
    expect(peer.commands()).toEqual([
      ...["registration", "status_enquiry", "authorisation"],
      ...["registration", "status_enquiry", "repeat_receipt"],
    ]);
  });

  test("a lost line is connected again by itself, each time a little later, until it is closed", async () => {
    const { reader, peer, timers, connectCount, setThere } = zvtRig(link);
    await within(timers, reader.ready());
    setThere(false);
    peer.cut();
    await settled();
    expect(reader.state()).toMatchObject({ link: "down", problem: "reader/link_lost" });
    for (const delayMs of [...RECONNECT_DELAYS_MS, ...RECONNECT_DELAYS_MS.slice(-1)]) {
      const before = connectCount();
      timers.advance(delayMs - 1);
      await settled();
      expect(connectCount()).toBe(before);
      timers.advance(1);
      await settled();
      expect(connectCount()).toBe(before + 1);
    }
    setThere(true);
    timers.advance(RECONNECT_DELAYS_MS.at(-1) ?? 0);
    await settled();
    expect(reader.state()).toMatchObject({ link: "ready", problem: null });
    reader.close();
    expect(timers.armedCount).toBe(0);
  });

  test("an unknown field behind the amount does not lose the result, and is counted", async () => {
    const { reader, peer, timers } = await readyRig("hold");
    const ending = reader.begin(PAY, keptDesk("refuse"));
    await settled();
    const apdu = fromHex("04 0F 10 27 00 04 00 00 00 00 13 40 29 52 50 00 41 FF 01");
    peer.sayBytes(apdu);
    peer.plan = "approve";
    await within(timers, ending);
    expect(reader.state().counters["unknownField"]).toBe(1);
  });

  test("a command that means nothing is answered, and counted", async () => {
    const { reader, peer } = await readyRig();
    peer.heard.splice(0);
    peer.sayBytes(fromHex("09 09 00"));
    await settled();
    expect(peer.heard.map(({ code }) => code)).toEqual([0x8483, 0x8000]);
    expect(reader.state().counters["malformed"]).toBe(1);
  });

  test("message ids are used where they are offered: each side's own, answers with the other's", async () => {
    const { reader, peer, timers } = zvtRig(link);
    peer.hasMessageIds = true;
    await within(timers, reader.ready());
    expect((await within(timers, reader.begin(PAY, keptDesk()))).kind).toBe("captured");
    const ids = peer.heard.map(({ name, fields }) => [name, tlvText(bmpTlv(fields), "message_id")]);
    expect(ids).toEqual([
      ["registration", "000000"],
      ["done", "000001"],
      ["status_enquiry", "000001"],
      ["done", "000002"],
      ["authorisation", "000002"],
      ["done", "000003"],
      ["done", "000004"],
      ["done", "000005"],
    ]);
  });

  test("the listener hears each change of the state once", async () => {
    const { reader, timers } = zvtRig(link);
    const links: string[] = [];
    const stop = reader.onState(({ link: now }) => links.push(now));
    await within(timers, reader.ready());
    await within(timers, reader.begin(PAY, keptDesk()));
    stop();
    reader.close();
    expect(links).toEqual(
      ["connecting", "needs_attention", "ready", "busy", "ready"].filter(
        (word) => word !== "needs_attention",
      ),
    );
  });
});

test("nothing that comes out of the driver holds the planted number, whatever the plan", async () => {
  for (const plan of [
    "approve",
    "decline",
    "slips",
    "twice",
    "abort_after_ack",
    "die_after_result",
  ] as const) {
    for (const link of ["tcp", "serial"] as const) {
      const { reader, peer, timers } = zvtRig(link);
      const told: unknown[] = [];
      reader.onState((state) => told.push(state));
      await within(timers, reader.ready());
      peer.plan = plan;
      const desk = keptDesk();
      told.push(await within(timers, reader.begin(PAY, desk)), desk.results, desk.slips, desk.prompts);
      told.push(await within(timers, reader.inquire(INQUIRY)), await within(timers, reader.endOfDay(desk)));
      expect(JSON.stringify(told)).not.toContain(PLANTED_PAN.slice(0, 12));
    }
  }
});

function resultMessage(amountMinor: number): ReturnType<typeof zvtMessage> {
  return zvtMessage("status_information", [
    bmpField("result", 0),
    bmpField("amount", amountMinor),
    bmpField("currency", "0978"),
    bmpField("trace", "000017"),
    bmpField("terminal", "52500041"),
    bmpField("receipt", "0042"),
  ]);
}
