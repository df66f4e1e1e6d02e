/**
 * The parts that rows of the event table are made of: groups of fields with a name in schema.cddl,
 * and closed lists of words. A part never changes once a row that uses it was written.
 */
import {
  CARD_REFERENCE_LENGTH_MAX,
  CARD_WORD_LENGTH_MAX,
  CLERK_NAME_LENGTH_MAX,
  CHECK_FEES_COUNT_MAX,
  CHECK_PROMOTIONS_COUNT_MAX,
  NAME_TEXT_LENGTH_MAX,
  PRICING_ID_LENGTH_MAX,
  PRICING_NAME_LENGTH_MAX,
  READER_BRANDS_COUNT_MAX,
  REASON_TEXT_LENGTH_MAX,
  SKU_TEXT_LENGTH_MAX,
  SLIP_LINE_LENGTH_MAX,
} from "../core/limits.ts";
import type { CatalogueStart, HouseRules, KeptPin, PriceCarried, StaffWord } from "../core/hq/events.ts";
import { minor } from "../core/money.ts";
import type { Minor } from "../core/money.ts";
import type {
  ClerkGrant,
  FrontierEntry,
  Parent,
  PrintMark,
  PrintOutcome,
  ReceiptNumber,
  Right,
  TaxFact,
  TenderFact,
  TenderMethod,
  ViewPosition,
} from "../core/facts.ts";
import type { DenominationCount, MethodTotal, ShiftCarried, ShiftReport } from "../core/shift/events.ts";
import type { ClockCarried, ClockFlag, ItemAvailability, PinCarried } from "../core/staff/events.ts";
import { DAY_CASE_KINDS } from "../core/tender/events.ts";
import type {
  CardResult,
  DayBrand,
  DayCase,
  ReaderCarried,
  ReaderTotal,
  SlipLine,
} from "../core/tender/events.ts";
import type {
  CheckPricing,
  FeeFact,
  LinePricing,
  PromotionFact,
  RulesFact,
} from "../core/price/order/types.ts";
import type { TaxTreatment } from "../core/price/rules/types.ts";
import type { RefundedTender, ReturnedLine, ReturnedMoney, ReturnedUnits } from "../core/types.ts";
import {
  actorField,
  bytes,
  choice,
  clerkField,
  drawerField,
  epochField,
  flagField,
  group,
  list,
  minorField,
  orNull,
  ppmField,
  quantityField,
  refField,
  terminalField,
  text,
  uint,
  UNREAD,
  wallField,
} from "./field.ts";
import type { Field, Fields } from "./field.ts";
import { BLOB_BYTES_MAX } from "./limits.ts";
import { lineFacts } from "./line-facts.ts";

/** A name for people. */
export const label = text(NAME_TEXT_LENGTH_MAX);
/** Why somebody did it. */
export const reason = text(REASON_TEXT_LENGTH_MAX);
/** What recovery found, for people. */
export const detail = text(1000);
/** A receipt series. */
export const series = text(16);
/** SHA-256. */
export const hash = bytes(32);
/** A right; the list only ever grows at its end. */
export const right = choice<Right>(
  "sell",
  "open_price",
  "void",
  "blind_return",
  "reprint",
  "refund",
  "drawer",
  "shift",
  "stock",
  "approve",
  "training",
  "discount",
);
/** Rights as first versions list them: a reader of then knows no others. */
const firstRights: readonly Right[] = ["sell", "open_price", "void", "blind_return", "reprint"];

/** The last record before an epoch. */
export const parent = group<Parent>("parent", { epoch: epochField, seq: uint(1), hash });
/** Fields of a clerk with rights of the first version. */
export const firstGrantFields: Fields<ClerkGrant> = {
  clerk: clerkField,
  name: text(CLERK_NAME_LENGTH_MAX),
  rights: list(choice(...firstRights), 32),
};
/** A clerk with rights of the first version. */
export const firstGrant = group<ClerkGrant>("grant", firstGrantFields);
/** Fields of a clerk with rights. */
export const grantFields: Fields<ClerkGrant> = { ...firstGrantFields, rights: list(right, 32) };
/** A clerk with rights. */
export const grant = group<ClerkGrant>("grant-2", grantFields);
/** Whether the first version has words for these rights. */
export function isFirstGrant({ rights }: ClerkGrant): boolean {
  return rights.every((its) => firstRights.includes(its));
}
/** The newest tap of a view. */
export const viewPosition = group<ViewPosition>("view-position", { view: uint(), n: uint() });
/** The newest event of each writer. */
export const frontier = list(
  group<FrontierEntry>("frontier-entry", { terminal: terminalField, epoch: epochField, seq: uint(1) }),
  256,
);
/** Tax of one rate. */
export const tax = group<TaxFact>("tax", { ratePpm: ppmField, netMinor: minorField, taxMinor: minorField });
/** How money changed hands; the list only ever grows at its end. */
export const method = choice<TenderMethod>("cash", "card");
/** A tender of a closing. */
export const tender = group<TenderFact>("tender", { tender: refField, method, amountMinor: minorField });
/** How a print job ended. */
export const outcome = choice<PrintOutcome>("printed", "failed", "unknown");
/** How paper says that a job came out in parts. */
export const mark = choice<PrintMark>("none", "resumed", "reprinted");
/** Sold units that a line brings back. */
export const returnedUnits = group<ReturnedUnits>("returned-units", {
  line: refField,
  soldMilli: quantityField,
  soldMinor: minorField,
  fromMilli: uint(),
});
/** Under which pricing rules a line was entered. */
export const linePricing = group<LinePricing>("line-pricing", {
  rulesVersion: uint(),
  at: wallField,
  category: text(PRICING_ID_LENGTH_MAX),
  listPriceMinor: orNull(minorField),
  priceList: text(PRICING_ID_LENGTH_MAX),
});
/** How an order is taxed. */
export const taxTreatment = choice<TaxTreatment>("standard", "tax_free", "reverse_charge");
/** A check's prices. */
export const checkPricing = group<CheckPricing>("check-pricing", {
  rules: orNull(group<RulesFact>("rules-fact", { version: uint(), sha256: hash })),
  isTaxInclusive: flagField,
  treatment: taxTreatment,
  promotions: list(
    group<PromotionFact>("promotion-fact", {
      id: text(PRICING_ID_LENGTH_MAX),
      name: text(PRICING_NAME_LENGTH_MAX),
      stageNumber: uint(),
      forfeitedMinor: minorField,
    }),
    CHECK_PROMOTIONS_COUNT_MAX,
  ),
  fees: list(
    group<FeeFact>("fee-fact", {
      id: text(PRICING_ID_LENGTH_MAX),
      name: text(PRICING_NAME_LENGTH_MAX),
      taxPpm: orNull(ppmField),
    }),
    CHECK_FEES_COUNT_MAX,
  ),
  lines: lineFacts,
  tipMinor: minorField,
  roundingMinor: minorField,
  totalMinor: minorField,
});
/** What a return paid back of a priced closing. */
export const returnedMoney = group<ReturnedMoney>("returned-money", {
  linesMinor: minorField,
  taxMinor: minorField,
  tipMinor: minorField,
  roundingMinor: minorField,
});
/** What went back to one tender of a sale. */
export const refundedTender = group<RefundedTender>("refunded-tender", {
  tender: refField,
  amountMinor: minorField,
});
/** Units of one line that came back. */
export const returnedLine = group<ReturnedLine>("returned-line", {
  line: refField,
  quantityMilli: quantityField,
});
/** Money of one method in a shift. */
export const methodTotal = group<MethodTotal>("method-total", {
  method,
  count: uint(),
  amountMinor: minorField,
});
/** The figures of a shift. */
export const report = group<ShiftReport>("shift-report", {
  drawer: drawerField,
  businessDate: text(10),
  currency: text(3),
  clerk: actorField,
  openedAt: wallField,
  frontier,
  floatMinor: minorField,
  saleCount: uint(),
  salesMinor: minorField,
  returnCount: uint(),
  returnsMinor: minorField,
  taxes: list(tax, 64),
  methods: list(methodTotal, 64),
  cashInMinor: minorField,
  changeMinor: minorField,
  cashRefundMinor: minorField,
  roundingMinor: minorField,
  payInMinor: minorField,
  payOutMinor: minorField,
  dropMinor: minorField,
  noSaleCount: uint(),
  voidCount: uint(),
  copyCount: uint(),
  expectedMinor: minorField,
});
/** An open shift in a checkpoint. */
export const shiftCarried = group<ShiftCarried>("shift-carried", {
  shift: refField,
  report,
  isJoined: flagField,
  countedMinor: orNull(minorField),
});
/** PIN tries in a checkpoint. */
export const pinCarried = group<PinCarried>("pin-carried", { clerk: clerkField, failureCount: uint() });
/** Fields of whether an item is off sale. */
export const availabilityFields: Fields<ItemAvailability> = {
  sku: text(SKU_TEXT_LENGTH_MAX),
  isSoldOut: flagField,
};
/** Whether an item is off sale. */
export const availability = group<ItemAvailability>("item-availability", availabilityFields);
/** Why the clock is not believed; "none" when it is. */
export const clockFlag = choice<ClockFlag | "none">("none", "behind", "before_release", "jumped");
/** What is known of the clock. */
export const clock = group<ClockCarried>("clock-carried", { highWaterMs: wallField, flag: clockFlag });
/** What a reader said of money that it moved. */
export const cardResult = group<CardResult>("card-result", {
  reference: text(CARD_REFERENCE_LENGTH_MAX),
  authorisation: text(CARD_WORD_LENGTH_MAX),
  serial: text(CARD_WORD_LENGTH_MAX),
  brand: text(CARD_WORD_LENGTH_MAX),
  lastFour: text(4),
  entry: choice("stripe", "chip", "contactless", "manual", "unknown"),
  verification: choice("none", "signature", "pin", "device", "unknown"),
});
/** A line of a slip. */
export const slipLine = group<SlipLine>("slip-line", {
  text: text(SLIP_LINE_LENGTH_MAX),
  isBold: flagField,
  isCentred: flagField,
});
/** Money of one brand at a reader. */
export const readerTotal = group<ReaderTotal>("reader-total", {
  brand: text(CARD_WORD_LENGTH_MAX),
  count: uint(),
  amountMinor: minorField,
});
/** Money of one brand by the journal. */
export const dayBrand = group<DayBrand>("day-brand", {
  brand: text(CARD_WORD_LENGTH_MAX),
  count: uint(),
  amountMinor: minorField,
  backCount: uint(),
});
/** A difference with its name. */
export const dayCase = group<DayCase>("day-case", {
  kind: choice(...DAY_CASE_KINDS),
  brand: text(CARD_WORD_LENGTH_MAX),
  readerCount: uint(),
  journalCount: uint(),
  amountMinor: minorField,
  isAtReader: flagField,
  order: orNull(refField),
  tender: orNull(refField),
});
/** The newest word of one device in a checkpoint. */
export const readerCarried = group<ReaderCarried>("reader-carried", {
  serial: text(CARD_WORD_LENGTH_MAX),
  reference: text(CARD_REFERENCE_LENGTH_MAX),
  count: uint(),
  amountMinor: minorField,
  brands: list(dayBrand, READER_BRANDS_COUNT_MAX),
});
/** Notes or coins of one value. */
export const denomination = group<DenominationCount>("denomination", {
  valueMinor: minorField,
  count: uint(),
});
/** A receipt number. */
export const receipt = group<ReceiptNumber>("receipt", { series, number: uint(1) });
/** Parts of an increment that cash is rounded to. */
const increment: Field<Minor> = {
  cddl: uint(1).cddl,
  write: (value) => value,
  read: (value) => (typeof value === "number" && value >= 1 ? minor(value) : UNREAD),
};
/** Fields of a catalogue file that begins. */
export const catalogueStartFields: Fields<CatalogueStart> = {
  version: uint(1),
  sha256: hash,
  byteCount: uint(1, BLOB_BYTES_MAX),
  startsAt: wallField,
};
/** A catalogue file that begins. */
export const catalogueStart = group<CatalogueStart>("catalogue-start", catalogueStartFields);
/** Fields of a price that begins. */
export const priceFields: Fields<PriceCarried> = {
  sku: text(SKU_TEXT_LENGTH_MAX),
  unitPriceMinor: minorField,
  startsAt: wallField,
  version: uint(1),
};
/** A price that begins. */
export const priceCarried = group<PriceCarried>("price-start", priceFields);
/** A PIN as it is kept. */
export const keptPin = group<KeptPin>("kept-pin", { salt: bytes(16), hash });
/** What headquarters says of a clerk. */
export const staffWord = group<StaffWord>("staff-word", {
  clerk: clerkField,
  grant: orNull(grant),
  pin: orNull(keptPin),
});
/** Fields of the rules of the house. */
export const houseRulesFields: Fields<HouseRules> = {
  needsShift: orNull(flagField),
  cashRounding: orNull(
    group<NonNullable<HouseRules["cashRounding"]>>("cash-rounding", {
      incrementMinor: increment,
      tie: choice("up", "down"),
    }),
  ),
  dayStartMinutes: orNull(uint(0, 1439)),
};
/** The rules of the house. */
export const houseRules = group<HouseRules>("house-rules", houseRulesFields);
