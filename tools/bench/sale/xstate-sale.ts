/**
 * The same sale as an XState actor: guards for what may be done, assigns for what it means, actions
 * for the effects. Immutable as XState's own examples are.
 */
import { loadPeer } from "../peers.ts";
import { FIRST_TENDER_MINOR } from "./sale.ts";
import type { SaleResult } from "./sale.ts";
import { itemAt } from "./shop.ts";

/** What happens to a sale. */
export type SaleEvent =
  | {
      readonly type: "ADD";
      readonly sku: string;
      readonly name: string;
      readonly unitPriceMinor: number;
      readonly taxPpm: number;
    }
  | { readonly type: "OPEN" | "FREEZE" | "CLOSE" | "PRINTED" }
  | { readonly type: "UNITS"; readonly lineIndex: number }
  | { readonly type: "TENDER"; readonly amountMinor: number };

interface SaleLine {
  readonly sku: string;
  readonly name: string;
  readonly unitPriceMinor: number;
  readonly taxPpm: number;
  readonly count: number;
}

interface SaleContext {
  readonly lines: readonly SaleLine[];
  readonly totalMinor: number;
  readonly tenders: readonly number[];
  readonly isPrinted: boolean;
}

interface Snapshot {
  readonly value: unknown;
  readonly context: SaleContext;
}

interface Actor {
  start(): Actor;
  send(event: SaleEvent): void;
  getSnapshot(): Snapshot;
}

interface XState {
  createMachine(config: unknown): unknown;
  createActor(machine: unknown): Actor;
  readonly assign: (
    change: (its: { readonly context: SaleContext; readonly event: SaleEvent }) => unknown,
  ) => unknown;
  initialTransition(machine: unknown): readonly [Snapshot, unknown];
  transition(machine: unknown, snapshot: Snapshot, event: SaleEvent): readonly [Snapshot, unknown];
}

function isXState(value: unknown): value is XState {
  const names = ["createMachine", "createActor", "assign", "initialTransition", "transition"];
  return typeof value === "object" && value !== null && names.every((name) => name in value);
}

/** XState's side: sales by an actor, or by its pure transition. */
export interface XStateSales {
  /** Sells, and answers what came of it. */
  actor(events: readonly SaleEvent[]): SaleResult;
  transition(events: readonly SaleEvent[]): SaleResult;
  /** Effects so far. */
  readonly effectCount: number;
}

/** The events of one sale: the facts of ours. */
export function saleEvents(ordinal: number, lineCount: number): readonly SaleEvent[] {
  const items = Array.from({ length: lineCount }, (_, line) => itemAt(ordinal + line));
  const [first] = items;
  const dueMinor = items.reduce((sum, item) => sum + item.unitPriceMinor, first?.unitPriceMinor ?? 0);
  return [
    { type: "OPEN" },
    ...items.map(({ sku, name, unitPriceMinor, taxPpm }) => ({
      type: "ADD" as const,
      sku,
      name,
      unitPriceMinor,
      taxPpm,
    })),
    { type: "UNITS", lineIndex: 0 },
    { type: "FREEZE" },
    { type: "TENDER", amountMinor: FIRST_TENDER_MINOR },
    { type: "TENDER", amountMinor: dueMinor - FIRST_TENDER_MINOR },
    { type: "CLOSE" },
    { type: "PRINTED" },
  ];
}

const EMPTY: SaleContext = { lines: [], totalMinor: 0, tenders: [], isPrinted: false };

/** Loads the peer and makes its machine. Throws when it is not what it was. */
export function xstateSales(): XStateSales {
  const xstate = loadPeer("xstate");
  if (!isXState(xstate)) throw new Error("bench: xstate exports something else");
  let effectCount = 0;
  const effect = (): void => {
    effectCount += 1;
  };
  const machine = xstate.createMachine(machineOf(xstate, effect));
  return {
    actor: (events) => {
      const actor = xstate.createActor(machine).start();
      for (const event of events) actor.send(event);
      return resultOf(actor.getSnapshot());
    },
    transition: (events) => {
      let [snapshot] = xstate.initialTransition(machine);
      for (const event of events) [snapshot] = xstate.transition(machine, snapshot, event);
      return resultOf(snapshot);
    },
    get effectCount() {
      return effectCount;
    },
  };
}

function resultOf({ context }: Snapshot): SaleResult {
  const { totalMinor, tenders, lines, isPrinted } = context;
  return { totalMinor, tenders, lineCount: lines.length, isPrinted };
}

function machineOf({ assign }: XState, effect: () => void): unknown {
  const add = assign(({ context, event }) =>
    event.type === "ADD"
      ? {
          lines: [
            ...context.lines,
            {
              sku: event.sku,
              name: event.name,
              unitPriceMinor: event.unitPriceMinor,
              taxPpm: event.taxPpm,
              count: 1,
            },
          ],
          totalMinor: context.totalMinor + event.unitPriceMinor,
        }
      : {},
  );
  const units = assign(({ context, event }) => {
    const line = event.type === "UNITS" ? context.lines[event.lineIndex] : undefined;
    if (event.type !== "UNITS" || line === undefined) return {};
    return {
      lines: context.lines.with(event.lineIndex, { ...line, count: line.count + 1 }),
      totalMinor: context.totalMinor + line.unitPriceMinor,
    };
  });
  const tender = assign(({ context, event }) =>
    event.type === "TENDER" ? { tenders: [...context.tenders, event.amountMinor] } : {},
  );
  const paid = ({ context }: { readonly context: SaleContext }): boolean =>
    context.tenders.reduce((sum, amountMinor) => sum + amountMinor, 0) === context.totalMinor;
  const hasLine = ({ context, event }: { readonly context: SaleContext; readonly event: SaleEvent }) =>
    event.type === "UNITS" && event.lineIndex < context.lines.length;
  return {
    id: "sale",
    initial: "new",
    context: EMPTY,
    states: {
      new: { on: { OPEN: { target: "open" } } },
      open: {
        on: {
          ADD: { actions: add },
          UNITS: { guard: hasLine, actions: units },
          FREEZE: {
            guard: ({ context }: { readonly context: SaleContext }) => context.lines.length > 0,
            target: "frozen",
          },
        },
      },
      frozen: {
        on: {
          TENDER: { actions: tender },
          CLOSE: { guard: paid, target: "closed", actions: [effect, effect] },
        },
      },
      closed: { on: { PRINTED: { target: "printed", actions: assign(() => ({ isPrinted: true })) } } },
      printed: {},
    },
  };
}
