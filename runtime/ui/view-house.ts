/**
 * The panels of stock and of health, as pure functions of the state, the catalogue and the status of
 * the disk, the link and the printer.
 */
import { isSoldOut } from "../../core/order/decide-lines.ts";
import { isLocked } from "../../core/staff/decide.ts";
import type { State } from "../../core/state.ts";
import type { WallMs } from "../../core/time.ts";
import type { Catalogue } from "../catalogue.ts";
import type { HealthPanel, StockPanel } from "./panels.ts";
import { readerDays } from "./view-reader-day.ts";
import { ackedWithin, lightOf } from "./view.ts";
import type { StatusSource } from "./view.ts";

/** What is on sale here, and what runs low as headquarters said last. */
export function stockPanel(state: State, catalogue: Catalogue, source: StatusSource): StockPanel {
  return {
    items: catalogue.items.map((item) => ({
      sku: item.sku,
      nameEn: item.nameEn,
      nameZh: item.nameZh,
      isSoldOut: isSoldOut(state, item),
    })),
    alerts: source.lowItems.map(({ sku, levelMilli, targetMilli }) => ({ sku, levelMilli, targetMilli })),
  };
}

/** What a clerk tells support, and whether this device may be swapped. */
export function healthPanel(
  state: State,
  source: StatusSource,
  printerName: string,
  now: WallMs,
  zoneMinutes: number,
): HealthPanel {
  const ackedSeq = ackedWithin(source);
  const { headSeq, durableSeq, health, oldestUnsentAt } = source;
  const unsentCount = headSeq - ackedSeq;
  return {
    terminal: state.terminal,
    version: source.version,
    unsentCount,
    oldestUnsentSeconds:
      unsentCount === 0 || oldestUnsentAt === null
        ? null
        : Math.max(0, Math.floor((now - oldestUnsentAt) / 1000)),
    ackedSeq,
    headSeq,
    disk: health,
    printerCode: source.printerCode,
    printerName,
    isPaperLow: source.isPaperLow,
    clockFlag: state.clockFlag,
    // What rot took from this disk may be missing at headquarters too.
    isSafeToSwap: lightOf(headSeq, durableSeq, ackedSeq) === "green" && health !== "damaged",
    lockedClerks: [...state.pins.keys()].filter((clerk) => isLocked(state, clerk)),
    readerDays: readerDays(state, durableSeq, zoneMinutes),
  };
}
