/**
 * The wire form of every event: one row for each event version, [type, version, fields...].
 * A row is never changed once a journal was written with it: a new need is a new version with its
 * own row, and the old row decodes for ever. schema.cddl says the same in RFC 8610; a test holds
 * the two together.
 */
import {
  CHECK_TENDERS_COUNT_MAX,
  CLERK_NAME_LENGTH_MAX,
  CLERKS_COUNT_MAX,
  CODE_TEXT_LENGTH_MAX,
  NAME_TEXT_LENGTH_MAX,
  NOTE_TEXT_LENGTH_MAX,
  REASON_TEXT_LENGTH_MAX,
  SKU_TEXT_LENGTH_MAX,
  VIEWS_KEPT_COUNT_MAX,
} from "../core/limits.ts";
import type {
  ClerkGrant,
  Event,
  FrontierEntry,
  Parent,
  ReceiptNumber,
  Right,
  TaxFact,
  TenderFact,
  ViewPosition,
} from "../core/types.ts";
import type { CborValue } from "./cbor-value.ts";
import {
  blob,
  bytes,
  cddlOf,
  choice,
  clerkField,
  epochField,
  group,
  list,
  minorField,
  orNull,
  ppmField,
  quantityField,
  readFields,
  refField,
  terminalField,
  text,
  uint,
  UNREAD,
  writeFields,
} from "./field.ts";
import type { Fields, Origin, Unread } from "./field.ts";
import { CARRIED_RECORDS_COUNT_MAX, RECORD_BYTES_MAX } from "./limits.ts";

/** Type numbers on the wire. Never reused, never reordered. */
export const EVENT_NUMBER = {
  epoch_started: 1,
  checkpoint_opened: 2,
  records_carried: 3,
  clerk_signed_on: 4,
  continuity_lost: 5,
  order_opened: 10,
  line_added: 11,
  units_added: 12,
  units_removed: 13,
  note_set: 14,
  order_voided: 15,
  check_frozen: 20,
  check_thawed: 21,
  tender_captured: 22,
  check_closed: 23,
  receipt_copied: 30,
  print_finished: 31,
} as const satisfies Record<Event["type"], number>;

/** A row: how one version of one event is written and read. */
export interface EventRow {
  readonly type: Event["type"];
  readonly number: number;
  readonly version: number;
  /** The rule's right side in schema.cddl, such as `[21, 1, order: ref, check: ref]`. */
  readonly cddl: string;
  readonly write: (event: Event, origin: Origin) => CborValue;
  /** `values` is the whole event array, type and version included. */
  readonly read: (values: readonly CborValue[], origin: Origin) => Event | Unread;
}

type EventOf<T extends Event["type"]> = Extract<Event, { type: T }>;

function row<T extends Event["type"]>(
  type: T,
  version: number,
  fields: Fields<Omit<EventOf<T>, "type">>,
): EventRow {
  const number = EVENT_NUMBER[type];
  const isOfRow = (event: Event): event is EventOf<T> => event.type === type;
  return {
    type,
    number,
    version,
    cddl: `[${[number, version, ...cddlOf(fields)].join(", ")}]`,
    write: (event, origin) => {
      if (!isOfRow(event)) return null;
      return [number, version, ...writeFields(fields, event, origin)];
    },
    read: (values, origin) => {
      const read = readFields(fields, values, 2, origin);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the row has exactly T's fields beside its type
      return read === UNREAD ? UNREAD : ({ type, ...read } as unknown as EventOf<T>);
    },
  };
}

const label = text(NAME_TEXT_LENGTH_MAX);
const reason = text(REASON_TEXT_LENGTH_MAX);
const detail = text(1000);
const series = text(16);
const hash = bytes(32);
const rights = list(choice<Right>("sell", "open_price", "void", "blind_return", "reprint"), 32);

const parent = group<Parent>("parent", { epoch: epochField, seq: uint(1), hash });
const grantFields: Fields<ClerkGrant> = { clerk: clerkField, name: text(CLERK_NAME_LENGTH_MAX), rights };
const grant = group<ClerkGrant>("grant", grantFields);
const viewPosition = group<ViewPosition>("view-position", { view: uint(), n: uint() });
const frontier = list(
  group<FrontierEntry>("frontier-entry", { terminal: terminalField, epoch: epochField, seq: uint(1) }),
  256,
);
const tax = group<TaxFact>("tax", { ratePpm: ppmField, netMinor: minorField, taxMinor: minorField });
const method = choice("cash");
const tender = group<TenderFact>("tender", { tender: refField, method, amountMinor: minorField });
const receipt = group<ReceiptNumber>("receipt", { series, number: uint(1) });

/** All rows, by type number and version. */
export const EVENT_ROWS: readonly EventRow[] = [
  row("epoch_started", 1, {
    parent: orNull(parent),
    opening: choice("new", "clean", "torn", "rot"),
    detail,
    series,
    runtimeVersion: text(32),
  }),
  row("checkpoint_opened", 1, {
    series,
    nextReceiptNumber: uint(1),
    lamport: uint(),
    clerks: list(grant, CLERKS_COUNT_MAX),
    views: list(viewPosition, VIEWS_KEPT_COUNT_MAX),
    carriedCount: uint(),
  }),
  row("records_carried", 1, {
    terminal: terminalField,
    epoch: epochField,
    records: list(blob(RECORD_BYTES_MAX), CARRIED_RECORDS_COUNT_MAX),
  }),
  row("clerk_signed_on", 1, grantFields),
  row("continuity_lost", 1, { series, detail }),
  row("order_opened", 1, { kind: choice("sale", "return"), currency: text(3), label, reason }),
  row("line_added", 1, {
    order: refField,
    sku: text(SKU_TEXT_LENGTH_MAX),
    name: label,
    quantityMilli: quantityField,
    unitPriceMinor: minorField,
    taxPpm: ppmField,
    priceSource: choice("list", "open"),
    reason,
    checksSeenCount: uint(),
  }),
  row("units_added", 1, {
    order: refField,
    line: refField,
    quantityMilli: quantityField,
    checksSeenCount: uint(),
  }),
  row("units_removed", 1, { order: refField, line: refField, quantityMilli: quantityField, reason }),
  row("note_set", 1, { order: refField, line: orNull(refField), text: text(NOTE_TEXT_LENGTH_MAX) }),
  row("order_voided", 1, { order: refField, frontier, reason }),
  row("check_frozen", 1, { order: refField, frontier, dueMinor: minorField }),
  row("check_thawed", 1, { order: refField, check: refField }),
  row("tender_captured", 1, {
    order: refField,
    check: refField,
    method,
    amountMinor: minorField,
    handedMinor: minorField,
    changeMinor: minorField,
  }),
  row("check_closed", 1, {
    order: refField,
    check: refField,
    clerk: clerkField,
    totalMinor: minorField,
    taxes: list(tax, 64),
    tenders: list(tender, CHECK_TENDERS_COUNT_MAX),
    receipt,
    viewHash: hash,
  }),
  row("receipt_copied", 1, { order: refField, closing: refField, copyNumber: uint(1) }),
  row("print_finished", 1, {
    order: refField,
    job: refField,
    outcome: choice("printed", "failed", "unknown"),
    code: text(CODE_TEXT_LENGTH_MAX),
  }),
];

const ROW_BY_TYPE: ReadonlyMap<Event["type"], EventRow> = new Map(
  EVENT_ROWS.map((each) => [each.type, each]),
);
const ROW_BY_NUMBER: ReadonlyMap<string, EventRow> = new Map(
  EVENT_ROWS.map((each) => [`${each.number}.${each.version}`, each]),
);

/** The row that writes events of this type: the newest version. */
export function rowToWrite(type: Event["type"]): EventRow | undefined {
  return ROW_BY_TYPE.get(type);
}

/** The row of a type number and version as they stand on the wire. */
export function rowToRead(number: number, version: number): EventRow | undefined {
  return ROW_BY_NUMBER.get(`${number}.${version}`);
}
