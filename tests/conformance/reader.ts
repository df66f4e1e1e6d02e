/**
 * What every card reader driver must do (R1 to R4 in drivers/reader/reader.ts), told over a rig: a driver,
 * a peer that plays the device as a plan says, the money that stands at the peer, and time that the test
 * moves.
 */

import { describe, expect, test } from "vitest";
import type {
  Reader,
  ReaderDesk,
  ReaderEnd,
  ReaderPrompt,
  ReaderRequest,
  ReaderResult,
  ReaderSlip,
} from "../../drivers/reader/reader.ts";
import type { ManualTimers } from "../support/manual-timers.ts";

/** What the device does with the next request. */
export type ReaderPlan =
  | "approve"
  | "decline"
  /** Waits for a card for as long as it may. */
  | "hold"
  /** Takes the request and says nothing any more. */
  | "silent"
  /** The line is cut once the request is there, before money moves. */
  | "die_before_result"
  /** The line is cut with the result on it. */
  | "die_after_result"
  /** Approves one unit more than was asked for. */
  | "other_amount";

/** One driver with its device. */
export interface ReaderRig {
  readonly reader: Reader;
  readonly timers: ManualTimers;
  readonly plan: (plan: ReaderPlan) => void;
  /** Money that stands at the device or its host now, minor units. */
  readonly standingMinor: () => number;
  /** Requests for money that the device has heard. */
  readonly requestCount: () => number;
  /** Another device stands in its place from the next connection on. */
  readonly swap: () => void;
  /** Nobody answers at the address from the next connection on. */
  readonly vanish: () => void;
}

/** Makes a rig whose reader is idle. `serial` is what its device calls itself; `planted` a number that its frames carry. */
export interface ReaderRigKind {
  readonly name: string;
  readonly serial: string;
  readonly currency: string;
  readonly planted: string;
  /** How closing ends a wait for a card; "not_sent" where money moves only by a host that was not asked yet. */
  readonly closedWait?: "unknown" | "not_sent";
  make(): ReaderRig;
}

/** A desk that keeps what it is told. */
export interface KeptDesk extends ReaderDesk {
  readonly results: ReaderResult[];
  readonly slips: ReaderSlip[];
  readonly prompts: ReaderPrompt[];
}

/** A desk that says `word` to results, `isKept` to slips. */
export function keptDesk(word: "accept" | "refuse" = "accept", isKept = true): KeptDesk {
  const desk = { results: [] as ReaderResult[], slips: [] as ReaderSlip[], prompts: [] as ReaderPrompt[] };
  return {
    ...desk,
    take: async (result) => {
      desk.results.push(result);
      return await Promise.resolve(word);
    },
    slip: async (slip) => {
      desk.slips.push(slip);
      return await Promise.resolve(isKept);
    },
    show: (prompt) => {
      desk.prompts.push(prompt);
    },
  };
}

/** A payment of 13.40. */
export function payRequest(currency: string, more: Partial<ReaderRequest> = {}): ReaderRequest {
  return { kind: "pay", ref: "t-1", amountMinor: 1_340, currency, watermark: "", original: "", ...more };
}

/** Lets everything that is due without time run. */
export async function settled(rounds = 200): Promise<void> {
  for (let round = 0; round < rounds; round += 1) await Promise.resolve();
}

/** Waits for `promise` in virtual time: from timer to timer, not beyond `untilMs`. */
export async function within<Value>(
  timers: ManualTimers,
  promise: Promise<Value>,
  steps = 400,
): Promise<Value> {
  let value: { readonly it: Value } | undefined;
  void promise.then((it) => {
    value = { it };
  });
  for (let step = 0; step < steps; step += 1) {
    await settled();
    if (value !== undefined) return value.it;
    if (!timers.advanceToNext()) break;
  }
  await settled();
  if (value === undefined) throw new Error("The promise does not resolve in virtual time");
  return value.it;
}

/** Registers the suite. */
export function readerConformance(kind: ReaderRigKind): void {
  const request = payRequest(kind.currency);
  const readyRig = async (plan: ReaderPlan): Promise<ReaderRig> => {
    const rig = kind.make();
    expect(await within(rig.timers, rig.reader.ready())).toMatchObject({
      ok: true,
      identity: { serial: kind.serial },
    });
    rig.plan(plan);
    return rig;
  };

  describe(`reader ${kind.name}`, () => {
    test("says which device it is when it is ready", async () => {
      const { reader } = await readyRig("approve");
      expect(reader.state()).toMatchObject({
        link: "ready",
        problem: null,
        identity: { serial: kind.serial },
      });
    });

    test("a payment is taken by the desk before it is captured (R2)", async () => {
      const { reader, timers, ...rig } = await readyRig("approve");
      const desk = keptDesk();
      const end = await within(timers, reader.begin(request, desk));
      expect(desk.results).toMatchObject([
        { amountMinor: 1_340, currency: kind.currency, serial: kind.serial, isOffline: false },
      ]);
      expect(end).toEqual({ kind: "captured", reference: desk.results[0]?.reference });
      expect(rig.standingMinor()).toBe(1_340);
      expect(reader.state().link).toBe("ready");
    });

    test("the result is not acknowledged while the desk has not taken it (R2)", async () => {
      const { reader, timers, standingMinor } = await readyRig("approve");
      if (reader.capabilities.commit === "onApproval") return;
      const gate = Promise.withResolvers<"accept">();
      const desk: ReaderDesk = { ...keptDesk(), take: async () => await gate.promise };
      const ending = reader.begin(request, desk);
      await settled();
      expect(standingMinor()).toBe(0);
      gate.resolve("accept");
      expect(await within(timers, ending)).toMatchObject({ kind: "captured" });
      expect(standingMinor()).toBe(1_340);
    });

    test("a result that the desk refuses, or fails at, is never captured", async () => {
      for (const take of [
        async (): Promise<"refuse"> => await Promise.resolve("refuse"),
        async (): Promise<"refuse"> => await Promise.reject(new Error("no disk")),
      ]) {
        const { reader, timers, standingMinor } = await readyRig("approve");
        const end = await within(timers, reader.begin(request, { ...keptDesk(), take }));
        if (end.kind === "declined") expect(standingMinor()).toBe(0);
        else expect(end.kind).toBe("unknown");
      }
    });

    test("a decline is the reader's word, and no money stands (R1)", async () => {
      const { reader, timers, standingMinor } = await readyRig("decline");
      const desk = keptDesk();
      expect(await within(timers, reader.begin(request, desk))).toMatchObject({ kind: "declined" });
      expect(desk.results).toEqual([]);
      expect(standingMinor()).toBe(0);
    });

    test("another amount is shown to the desk as it came", async () => {
      const { reader, timers } = await readyRig("other_amount");
      const desk = keptDesk("refuse");
      const end = await within(timers, reader.begin(request, desk));
      expect(desk.results).toMatchObject([{ amountMinor: 1_341 }]);
      expect(end.kind).not.toBe("captured");
    });

    test.each(["silent", "die_before_result", "die_after_result"] as const)(
      "%s: the end is unknown, whatever the clock says, and nothing is sent again (R1, R4)",
      async (plan) => {
        const { reader, timers, requestCount } = await readyRig(plan);
        const end = await within(timers, reader.begin(request, keptDesk()));
        expect(["unknown", "captured"]).toContain(end.kind);
        if (plan !== "die_after_result") expect(end.kind).toBe("unknown");
        await within(timers, reader.ready());
        expect(requestCount()).toBe(1);
      },
    );

    test("one thing at a time: a second request is not sent (R4)", async () => {
      const { reader, timers, requestCount } = await readyRig("hold");
      const first = reader.begin(request, keptDesk());
      await settled();
      expect(await reader.begin(request, keptDesk())).toEqual({ kind: "not_sent", code: "reader/busy" });
      expect(await reader.ready()).toMatchObject({ ok: false, code: "reader/busy" });
      expect(await reader.inquire({ request, serial: kind.serial })).toEqual({
        kind: "unreachable",
        code: "reader/busy",
      });
      expect(requestCount()).toBe(1);
      reader.cancel();
      reader.close();
      await within(timers, first);
    });

    test("a request that waits for a card ends when it is cancelled, where the reader can", async () => {
      const { reader, timers, standingMinor } = await readyRig("hold");
      if (reader.capabilities.abort === "none") return;
      const ending = reader.begin(request, keptDesk());
      await settled();
      reader.cancel();
      reader.cancel();
      expect(await within(timers, ending)).toMatchObject({ kind: "declined", code: "reader/cancelled" });
      expect(standingMinor()).toBe(0);
    });

    test("closing ends what runs; afterwards nothing is sent", async () => {
      const { reader, timers, requestCount } = await readyRig("hold");
      const ending = reader.begin(request, keptDesk());
      await settled();
      reader.close();
      reader.close();
      const end: ReaderEnd = await within(timers, ending);
      expect(end.kind).toBe(kind.closedWait ?? "unknown");
      expect(await reader.begin(request, keptDesk())).toEqual({ kind: "not_sent", code: "reader/closed" });
      expect(await reader.ready()).toMatchObject({ ok: false, code: "reader/closed" });
      expect(requestCount()).toBe(1);
    });

    test("a request that the protocol cannot say is not sent", async () => {
      const { reader, timers, requestCount } = await readyRig("approve");
      for (const odd of [
        { currency: "XXX" },
        { amountMinor: 0 },
        { amountMinor: 1.5 },
        { amountMinor: -5 },
      ]) {
        const end = await within(timers, reader.begin({ ...request, ...odd }, keptDesk()));
        expect(end).toEqual({ kind: "not_sent", code: "reader/unsupported_request" });
      }
      expect(requestCount()).toBe(0);
    });

    test("nobody at the address: nothing is sent, and the state says so", async () => {
      const rig = kind.make();
      rig.vanish();
      const end = await within(rig.timers, rig.reader.begin(request, keptDesk()));
      expect(end).toMatchObject({ kind: "not_sent" });
      expect(await within(rig.timers, rig.reader.ready())).toMatchObject({ ok: false });
      expect(rig.reader.state().link).toBe("down");
      rig.reader.close();
    });

    test("an inquiry finds what stands, and nothing where nothing does", async () => {
      const { reader, timers, standingMinor } = await readyRig("approve");
      if (reader.capabilities.inquiry === "none") return;
      const inquiry = { request, serial: kind.serial };
      expect(await within(timers, reader.inquire(inquiry))).toEqual({ kind: "absent", serial: kind.serial });
      const desk = keptDesk();
      await within(timers, reader.begin(request, desk));
      expect(standingMinor()).toBe(1_340);
      const found = await within(timers, reader.inquire(inquiry));
      expect(found).toMatchObject({ kind: "found", result: { amountMinor: 1_340 } });
      expect(found.kind === "found" && found.result.reference).toBe(desk.results[0]?.reference);
    });

    test("after a cut the inquiry says what stands", async () => {
      for (const plan of ["die_before_result", "die_after_result"] as const) {
        const { reader, timers, standingMinor } = await readyRig(plan);
        if (reader.capabilities.inquiry === "none") return;
        await within(timers, reader.begin(request, keptDesk()));
        const said = await within(timers, reader.inquire({ request, serial: kind.serial }));
        expect(said.kind).toBe(standingMinor() === 0 ? "absent" : "found");
      }
    });

    test("what another device says is never about this payment", async () => {
      const { reader, timers, swap } = await readyRig("die_before_result");
      await within(timers, reader.begin(request, keptDesk()));
      swap();
      const said = await within(timers, reader.inquire({ request, serial: kind.serial }));
      if (said.kind === "found" || said.kind === "other") expect(said.result.serial).not.toBe(kind.serial);
      else if (said.kind !== "unreachable") expect(said.serial).not.toBe(kind.serial);
    });

    test("no card number comes out, of no call (R3)", async () => {
      const { reader, timers } = await readyRig("approve");
      const told: unknown[] = [];
      reader.onState((state) => told.push(state));
      const desk = keptDesk();
      told.push(await within(timers, reader.begin(request, desk)), desk.results, desk.slips, desk.prompts);
      told.push(await within(timers, reader.inquire({ request, serial: kind.serial })), reader.state());
      expect(JSON.stringify(told)).not.toContain(kind.planted.slice(0, -4));
      expect(desk.results[0]?.card.lastFour).toBe(kind.planted.slice(-4));
    });
  });
}
