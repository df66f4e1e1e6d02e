/**
 * The wire form of every event: one row for each event version, [type, version, fields...].
 * A row is never changed once a journal was written with it: a new need is a new version with its
 * own row, and the old row decodes for ever. schema.cddl says the same in RFC 8610; a test holds
 * the two together.
 */
import {
  CARD_REFERENCE_LENGTH_MAX,
  CARD_TEXT_LENGTH_MAX,
  CARD_WORD_LENGTH_MAX,
  CHECK_TENDERS_COUNT_MAX,
  CLERKS_COUNT_MAX,
  CODE_TEXT_LENGTH_MAX,
  COUPON_CODE_LENGTH_MAX,
  DAY_CASES_COUNT_MAX,
  DENOMINATIONS_COUNT_MAX,
  HQ_CATALOGUES_COUNT_MAX,
  HQ_PRICES_COUNT_MAX,
  HQ_STAFF_COUNT_MAX,
  NOTE_TEXT_LENGTH_MAX,
  ORDER_LINES_COUNT_MAX,
  READER_BRANDS_COUNT_MAX,
  READER_NAME_LENGTH_MAX,
  READERS_KEPT_COUNT_MAX,
  SHIFTS_OPEN_COUNT_MAX,
  SKU_TEXT_LENGTH_MAX,
  SLIP_LINES_COUNT_MAX,
  SOLD_OUT_COUNT_MAX,
  TIER_TEXT_LENGTH_MAX,
  VIEWS_KEPT_COUNT_MAX,
} from "../core/limits.ts";
import { ZERO } from "../core/money.ts";
import type { PriceSource } from "../core/facts.ts";
import type { Event } from "../core/types.ts";
import type { CborValue } from "./cbor-value.ts";
import { EVENT_NUMBER } from "./event-number.ts";
import {
  availability,
  availabilityFields,
  cardResult,
  catalogueStart,
  catalogueStartFields,
  checkPricing,
  clock,
  dayBrand,
  dayCase,
  denomination,
  detail,
  firstGrant,
  firstGrantFields,
  frontier,
  grant,
  grantFields,
  hash,
  houseRules,
  houseRulesFields,
  isFirstGrant,
  keptPin,
  label,
  linePricing,
  mark,
  method,
  outcome,
  parent,
  pinCarried,
  priceCarried,
  priceFields,
  reason,
  readerCarried,
  readerTotal,
  receipt,
  report,
  returnedLine,
  refundedTender,
  returnedMoney,
  returnedUnits,
  right,
  series,
  shiftCarried,
  slipLine,
  staffWord,
  tax,
  taxTreatment,
  tender,
  viewPosition,
} from "./event-parts.ts";
import {
  blob,
  cddlOf,
  choice,
  clerkField,
  drawerField,
  epochField,
  flagField,
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
import {
  CARRIED_RECORDS_COUNT_MAX,
  HQ_BLOCK_BYTES_MAX,
  HQ_BLOCK_RECORDS_COUNT_MAX,
  RECORD_BYTES_MAX,
} from "./limits.ts";

/** A row: how one version of one event is written and read. */
export interface EventRow {
  readonly type: Event["type"];
  readonly number: number;
  readonly version: number;
  /** The rule's right side in schema.cddl, such as `[21, 1, order: ref, check: ref]`. */
  readonly cddl: string;
  /** Whether this version can say all of an event of its type. */
  readonly holds: (event: Event) => boolean;
  readonly write: (event: Event, origin: Origin) => CborValue;
  /** `values` is the whole event array, type and version included. */
  readonly read: (values: readonly CborValue[], origin: Origin) => Event | Unread;
}

type EventOf<T extends Event["type"]> = Extract<Event, { type: T }>;

type FactsOf<T extends Event["type"]> = Omit<EventOf<T>, "type">;

function row<T extends Event["type"]>(type: T, version: number, fields: Fields<FactsOf<T>>): EventRow {
  return rowOf(type, version, fields, {});
}

/**
 * A version that a later one adds fields to: it is written where these have the values `then`, which it
 * does not say. `knows` is false for words that lists of its time did not have.
 */
function olderRow<T extends Event["type"], K extends keyof FactsOf<T>>(
  type: T,
  version: number,
  fields: Fields<Omit<FactsOf<T>, K>>,
  then: Pick<FactsOf<T>, K>,
  knows: (event: EventOf<T>) => boolean = () => true,
): EventRow {
  return rowOf(type, version, fields, then, knows);
}

function rowOf<T extends Event["type"], F extends object>(
  type: T,
  version: number,
  fields: Fields<F>,
  then: object,
  knows: (event: EventOf<T>) => boolean = () => true,
): EventRow {
  const number = EVENT_NUMBER[type];
  const unsaid = Object.entries(then);
  const isOfRow = (event: Event): event is EventOf<T> => event.type === type;
  return {
    type,
    number,
    version,
    cddl: `[${[number, version, ...cddlOf(fields)].join(", ")}]`,
    holds: (event) => {
      if (!isOfRow(event) || !knows(event)) return false;
      return unsaid.every(([key, value]) => isSame(Reflect.get(event, key), value));
    },
    write: (event, origin) => {
      if (!isOfRow(event)) return null;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an event of T has all fields of every version of T
      return [number, version, ...writeFields(fields, event as unknown as F, origin)];
    },
    read: (values, origin) => {
      const facts = readFields(fields, values, 2, origin);
      if (facts === UNREAD) return UNREAD;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fields and what is added to them are exactly T's beside its type
      const event = { type, ...then, ...facts } as unknown as EventOf<T>;
      // One event has one encoding: a version that an older one could have stood for is not read.
      return rowToWrite(event)?.version === version ? event : UNREAD;
    },
  };
}

// Of lists only empty ones are left unsaid.
function isSame(value: unknown, unsaid: unknown): boolean {
  return value === unsaid || (isEmptyList(value) && isEmptyList(unsaid));
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

// Fields of first versions; later ones add to them.
const checkpointOpenedFields = {
  series,
  nextReceiptNumber: uint(1),
  lamport: uint(),
  clerks: list(firstGrant, CLERKS_COUNT_MAX),
  views: list(viewPosition, VIEWS_KEPT_COUNT_MAX),
  carriedCount: uint(),
};
const lineAddedFields = {
  order: refField,
  sku: text(SKU_TEXT_LENGTH_MAX),
  name: label,
  quantityMilli: quantityField,
  unitPriceMinor: minorField,
  taxPpm: ppmField,
  priceSource: choice<PriceSource>("list", "open"),
  reason,
  checksSeenCount: uint(),
};
const lineAddedAgainFields = {
  ...lineAddedFields,
  priceSource: choice<PriceSource>("list", "open", "label"),
  returnOf: orNull(returnedUnits),
};
const tenderCapturedFields = {
  order: refField,
  check: refField,
  method,
  amountMinor: minorField,
  handedMinor: minorField,
  changeMinor: minorField,
};
const checkFrozenFields = { order: refField, frontier, dueMinor: minorField };
const unitsReturnedFields = {
  order: refField,
  closing: refField,
  by: refField,
  lines: list(returnedLine, ORDER_LINES_COUNT_MAX),
};
const tenderFields = { order: refField, tender: refField };
const checkClosedFields = {
  order: refField,
  check: refField,
  clerk: clerkField,
  totalMinor: minorField,
  taxes: list(tax, 64),
  tenders: list(tender, CHECK_TENDERS_COUNT_MAX),
  receipt,
  viewHash: hash,
};
const hqCarriedFields = {
  position: parent,
  version: uint(),
  catalogues: list(catalogueStart, HQ_CATALOGUES_COUNT_MAX),
  prices: list(priceCarried, HQ_PRICES_COUNT_MAX),
  staff: list(staffWord, HQ_STAFF_COUNT_MAX),
  rules: houseRules,
};
const printFinishedFields = {
  order: refField,
  job: refField,
  outcome,
  code: text(CODE_TEXT_LENGTH_MAX),
};

/** All rows, by type number and version. */
export const EVENT_ROWS: readonly EventRow[] = [
  row("epoch_started", 1, {
    parent: orNull(parent),
    opening: choice("new", "clean", "torn", "rot"),
    detail,
    series,
    runtimeVersion: text(32),
  }),
  olderRow("checkpoint_opened", 1, checkpointOpenedFields, {}, ({ clerks }) => clerks.every(isFirstGrant)),
  row("checkpoint_opened", 2, { ...checkpointOpenedFields, clerks: list(grant, CLERKS_COUNT_MAX) }),
  row("records_carried", 1, {
    terminal: terminalField,
    epoch: epochField,
    records: list(blob(RECORD_BYTES_MAX), CARRIED_RECORDS_COUNT_MAX),
  }),
  olderRow("clerk_signed_on", 1, firstGrantFields, {}, isFirstGrant),
  row("clerk_signed_on", 2, grantFields),
  row("continuity_lost", 1, { series, detail }),
  row("day_carried", 1, {
    businessDate: text(10),
    nextZNumber: uint(1),
    shifts: list(shiftCarried, SHIFTS_OPEN_COUNT_MAX),
    pins: list(pinCarried, 256),
    soldOut: list(availability, SOLD_OUT_COUNT_MAX),
    isTraining: flagField,
    clock,
  }),
  row("clerk_signed_off", 1, { clerk: clerkField }),
  row("pin_tried", 1, { clerk: clerkField, purpose: choice("sign_on", "approve", "training") }),
  row("pin_passed", 1, { clerk: clerkField, attempt: refField }),
  row("order_opened", 1, { kind: choice("sale", "return"), currency: text(3), label, reason }),
  olderRow(
    "line_added",
    1,
    lineAddedFields,
    { returnOf: null, priceVersion: 0, pricing: null },
    ({ priceSource }) => priceSource !== "label",
  ),
  olderRow("line_added", 2, lineAddedAgainFields, { priceVersion: 0, pricing: null }),
  olderRow("line_added", 3, { ...lineAddedAgainFields, priceVersion: uint(1) }, { pricing: null }),
  row("line_added", 4, { ...lineAddedAgainFields, priceVersion: uint(), pricing: orNull(linePricing) }),
  row("units_added", 1, {
    order: refField,
    line: refField,
    quantityMilli: quantityField,
    checksSeenCount: uint(),
  }),
  row("units_removed", 1, { order: refField, line: refField, quantityMilli: quantityField, reason }),
  row("note_set", 1, { order: refField, line: orNull(refField), text: text(NOTE_TEXT_LENGTH_MAX) }),
  row("order_voided", 1, { order: refField, frontier, reason }),
  row("order_parked", 1, { order: refField, label }),
  row("order_recalled", 1, { order: refField }),
  row("edit_undone", 1, { order: refField, undone: refField }),
  olderRow("check_frozen", 1, checkFrozenFields, { pricing: null }),
  row("check_frozen", 2, { ...checkFrozenFields, pricing: orNull(checkPricing) }),
  row("check_thawed", 1, { order: refField, check: refField }),
  olderRow("tender_captured", 1, tenderCapturedFields, { shift: null, request: null }),
  olderRow("tender_captured", 2, { ...tenderCapturedFields, shift: orNull(refField) }, { request: null }),
  row("tender_captured", 3, { ...tenderCapturedFields, shift: orNull(refField), request: orNull(refField) }),
  row("tender_requested", 1, {
    order: refField,
    check: refField,
    kind: choice("pay", "refund", "reverse"),
    reader: text(READER_NAME_LENGTH_MAX),
    serial: text(CARD_WORD_LENGTH_MAX),
    amountMinor: minorField,
    watermark: text(CARD_REFERENCE_LENGTH_MAX),
    original: orNull(refField),
    originalReference: text(CARD_REFERENCE_LENGTH_MAX),
    clerk: clerkField,
    shift: orNull(refField),
  }),
  row("tender_approved", 1, {
    ...tenderFields,
    result: cardResult,
    isOffline: flagField,
    isRecovered: flagField,
  }),
  row("tender_declined", 1, {
    ...tenderFields,
    code: text(CODE_TEXT_LENGTH_MAX),
    text: text(CARD_TEXT_LENGTH_MAX),
  }),
  row("tender_doubted", 1, { ...tenderFields, code: text(CODE_TEXT_LENGTH_MAX), isManual: flagField }),
  row("tender_reversed", 1, { ...tenderFields, code: text(CODE_TEXT_LENGTH_MAX) }),
  row("tender_overridden", 1, { ...tenderFields, reason }),
  row("tender_judged", 1, { ...tenderFields, as: choice("captured", "failed"), reason }),
  row("orphan_found", 1, {
    ...tenderFields,
    amountMinor: minorField,
    currency: text(3),
    result: cardResult,
  }),
  row("orphan_settled", 1, {
    ...tenderFields,
    orphan: refField,
    how: choice("taken_back", "case_opened"),
    reason,
  }),
  row("slip_received", 1, {
    ...tenderFields,
    copy: choice("merchant", "customer", "admin"),
    lines: list(slipLine, SLIP_LINES_COUNT_MAX),
  }),
  row("tender_forwarded", 1, {
    ...tenderFields,
    as: choice("captured", "declined"),
    code: text(CODE_TEXT_LENGTH_MAX),
  }),
  row("reader_day_closed", 1, {
    reader: text(READER_NAME_LENGTH_MAX),
    serial: text(CARD_WORD_LENGTH_MAX),
    totals: list(readerTotal, READER_BRANDS_COUNT_MAX),
    journal: list(dayBrand, READER_BRANDS_COUNT_MAX),
    cases: list(dayCase, DAY_CASES_COUNT_MAX),
    journalCount: uint(),
    journalMinor: minorField,
  }),
  row("readers_carried", 1, { readers: list(readerCarried, READERS_KEPT_COUNT_MAX) }),
  olderRow("check_closed", 1, checkClosedFields, { roundingMinor: ZERO, shift: null }),
  row("check_closed", 2, { ...checkClosedFields, roundingMinor: minorField, shift: orNull(refField) }),
  row("cash_rounded", 1, { order: refField, check: refField, adjustmentMinor: minorField }),
  row("return_linked", 1, { order: refField, original: refField, closing: refField }),
  olderRow("units_returned", 1, unitsReturnedFields, { money: null, tenders: null }),
  row("units_returned", 2, {
    ...unitsReturnedFields,
    money: orNull(returnedMoney),
    tenders: orNull(list(refundedTender, CHECK_TENDERS_COUNT_MAX)),
  }),
  row("discount_given", 1, {
    order: refField,
    line: orNull(refField),
    ratePpm: orNull(ppmField),
    amountMinor: minorField,
    reason,
  }),
  row("coupon_entered", 1, { order: refField, code: text(COUPON_CODE_LENGTH_MAX) }),
  row("adjustment_withdrawn", 1, { order: refField, adjustment: refField }),
  row("tip_set", 1, {
    order: refField,
    ratePpm: orNull(ppmField),
    amountMinor: minorField,
    basis: choice("before_tax", "after_tax"),
  }),
  row("guests_set", 1, { order: refField, guestCount: uint() }),
  row("tier_set", 1, { order: refField, tier: text(TIER_TEXT_LENGTH_MAX) }),
  row("tax_treatment_set", 1, { order: refField, treatment: taxTreatment, reason }),
  row("order_rounding_set", 1, { order: refField, isGiven: flagField }),
  row("receipt_copied", 1, { order: refField, closing: refField, copyNumber: uint(1) }),
  olderRow("print_finished", 1, printFinishedFields, { mark: "none" }),
  row("print_finished", 2, { ...printFinishedFields, mark }),
  row("shift_opened", 1, {
    drawer: drawerField,
    businessDate: text(10),
    currency: text(3),
    floatMinor: minorField,
  }),
  row("shift_joined", 1, { shift: refField }),
  row("cash_moved", 1, {
    shift: refField,
    kind: choice("pay_in", "pay_out", "drop"),
    amountMinor: minorField,
    reason,
  }),
  row("drawer_opened", 1, { shift: orNull(refField), reason }),
  row("drawer_counted", 1, {
    shift: refField,
    denominations: list(denomination, DENOMINATIONS_COUNT_MAX),
    countedMinor: minorField,
  }),
  row("shift_reported", 1, { shift: refField, report }),
  row("shift_closed", 1, {
    shift: refField,
    zNumber: uint(1),
    report,
    countedMinor: minorField,
    differenceMinor: minorField,
    reason,
  }),
  row("report_copied", 1, { closing: refField }),
  row("report_finished", 1, { job: refField, outcome, code: text(CODE_TEXT_LENGTH_MAX), mark }),
  row("clerk_unlocked", 1, { clerk: clerkField }),
  row("override_granted", 1, {
    approver: clerkField,
    requester: clerkField,
    action: text(CODE_TEXT_LENGTH_MAX),
    right,
    order: orNull(refField),
    amountMinor: minorField,
  }),
  row("item_availability_set", 1, availabilityFields),
  row("training_started", 1, {}),
  row("clock_flagged", 1, { flag: choice("behind", "before_release", "jumped"), byMs: uint() }),
  row("clock_trusted", 1, {}),
  row("hq_records_taken", 1, {
    epoch: epochField,
    fromSeq: uint(1),
    hash,
    records: list(blob(HQ_BLOCK_BYTES_MAX), HQ_BLOCK_RECORDS_COUNT_MAX),
  }),
  olderRow("hq_carried", 1, hqCarriedFields, { pricings: [] }),
  row("hq_carried", 2, { ...hqCarriedFields, pricings: list(catalogueStart, HQ_CATALOGUES_COUNT_MAX) }),
  row("catalogue_published", 1, catalogueStartFields),
  row("price_set", 1, priceFields),
  row("staff_set", 1, { ...grantFields, pin: orNull(keptPin) }),
  row("staff_removed", 1, { clerk: clerkField }),
  row("config_set", 1, houseRulesFields),
  row("pricing_published", 1, catalogueStartFields),
];

const ROWS_BY_TYPE: ReadonlyMap<Event["type"], readonly EventRow[]> = Map.groupBy(
  EVENT_ROWS,
  ({ type }) => type,
);
/** A place in it may be claimed by other numbers from the wire: who looks there compares. */
const ROW_BY_PLACE: ReadonlyMap<number, EventRow> = new Map(
  EVENT_ROWS.map((each) => [placeOf(each.number, each.version), each]),
);

function placeOf(number: number, version: number): number {
  return number * 64 + version;
}

/** The row that writes this event: the oldest version that can say all of it, so that what was written once is written alike. */
export function rowToWrite(event: Event): EventRow | undefined {
  return ROWS_BY_TYPE.get(event.type)?.find((row) => row.holds(event));
}

/** The row of a type number and version as they stand on the wire. */
export function rowToRead(number: number, version: number): EventRow | undefined {
  const row = ROW_BY_PLACE.get(placeOf(number, version));
  return row?.number === number && row.version === version ? row : undefined;
}
