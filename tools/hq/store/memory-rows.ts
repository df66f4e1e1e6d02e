/**
 * The tables of the store in memory, by the names that rows are found under.
 * A tenant's tables are apart from every other's, as the keys of the database have it.
 */
import type { OrderId } from "../../../core/ids.ts";
import type { HeldTerminal } from "../held.ts";
import type { ListedAlarm } from "./console.ts";
import type { BatchRow, QuarantineRow } from "./plan.ts";
import type {
  ClosingLineRow,
  ClosingRow,
  HeldRow,
  HouseRow,
  OrderRow,
  ShiftRow,
  StockMoveRow,
} from "./rows.ts";
import type { CountedStock } from "./stock.ts";
import type { OrderEventRow } from "./store.ts";

/** All rows of one tenant. */
export interface TenantRows {
  readonly terminals: Map<string, HeldTerminal>;
  /** By writer, in order. */
  readonly batches: Map<string, BatchRow[]>;
  readonly quarantined: Map<string, QuarantineRow>;
  /** The projector's position by writer. */
  readonly positions: Map<string, number>;
  readonly orderEvents: Map<OrderId, Map<string, OrderEventRow>>;
  readonly orders: Map<OrderId, OrderRow>;
  readonly closings: Map<string, ClosingRow>;
  readonly shifts: Map<string, ShiftRow>;
  /** By closing and item. */
  readonly moves: Map<string, StockMoveRow>;
  /** By closing. */
  readonly lines: Map<string, readonly ClosingLineRow[]>;
  readonly house: Map<string, HouseRow>;
  readonly counts: Map<string, CountedStock>;
  readonly held: Map<string, HeldRow>;
  readonly alarms: Map<string, ListedAlarm>;
  /** Files by the SHA-256 of their bytes. */
  readonly blobs: Map<string, Uint8Array>;
}
