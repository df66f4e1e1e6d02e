/**
 * The figures of a shift as blocks: an X while it is open, a Z once it is closed. Everything printed
 * comes from the recorded event, so a Z printed again is the same document, byte for byte.
 *
 * R1 An X says nothing of cash: neither float nor moves nor takings by method, from which anybody
 *    could add up what the drawer should hold. The count at the end is blind.
 */
import { currencyExponent, decimalText, minor, negate } from "../money.ts";
import type { Minor } from "../money.ts";
import { wallText } from "../time.ts";
import type { ShiftClosed, ShiftReport, ShiftReported } from "../shift/events.ts";
import type { Recorded } from "../types.ts";
import type { ReceiptBlock } from "./block.ts";
import type { ReceiptShop } from "./layout.ts";
import { pair, ratePercent, text } from "./parts.ts";
import { REPORT_WORDS } from "./report-words.ts";
import type { ReportWords } from "./report-words.ts";

/** The blocks of an X or a Z. */
export function reportBlocks(
  recorded: Recorded<ShiftReported | ShiftClosed>,
  shop: ReceiptShop,
): readonly ReceiptBlock[] {
  const { event } = recorded;
  const { report } = event;
  const words = REPORT_WORDS[shop.language];
  const exponent = currencyExponent(report.currency);
  const money = (amount: Minor): string => decimalText(amount, exponent);
  const isZ = event.type === "shift_closed";
  return [
    ...(shop.isTraining ? [text(words.training, "center", "double", true)] : []),
    text(shop.name, "center", "double", true),
    text(isZ ? `Z ${event.zNumber}` : "X", "center", "double", true),
    { kind: "rule" },
    pair(words.terminal, recorded.terminal),
    pair(words.drawer, report.drawer),
    pair(words.businessDate, report.businessDate),
    pair(words.openedBy, report.clerk),
    pair(words.opened, wallText(report.openedAt, shop.zoneMinutes)),
    pair(isZ ? words.closed : words.printed, wallText(recorded.at, shop.zoneMinutes)),
    { kind: "rule" },
    ...tradeBlocks(report, words, money),
    { kind: "rule" },
    // R1
    ...(isZ ? [...drawerBlocks(event, words, money), { kind: "rule" } as const] : []),
    pair(words.position, report.frontier.map(({ terminal, seq }) => `${terminal} ${seq}`).join(", ")),
    ...(shop.isTraining ? [text(words.training, "center", "double", true)] : []),
    { kind: "feed", lineCount: 3 },
    { kind: "cut" },
  ];
}

function tradeBlocks(
  report: ShiftReport,
  words: ReportWords,
  money: (amount: Minor) => string,
): readonly ReceiptBlock[] {
  return [
    pair(`${words.sales} ${report.saleCount}`, money(report.salesMinor)),
    pair(`${words.returns} ${report.returnCount}`, money(negate(report.returnsMinor))),
    pair(words.net, money(minor(report.salesMinor - report.returnsMinor)), "normal", true),
    ...report.taxes.map((tax) =>
      pair(
        `${words.tax} ${ratePercent(tax.ratePpm)} %  ${words.taxBase} ${money(tax.netMinor)}`,
        money(tax.taxMinor),
      ),
    ),
    pair(words.voids, String(report.voidCount)),
    pair(words.copies, String(report.copyCount)),
    pair(words.noSales, String(report.noSaleCount)),
  ];
}

function drawerBlocks(
  { report, countedMinor, differenceMinor, reason }: ShiftClosed,
  words: ReportWords,
  money: (amount: Minor) => string,
): readonly ReceiptBlock[] {
  return [
    ...report.methods.map((its) => pair(`${words.methods[its.method]} ${its.count}`, money(its.amountMinor))),
    pair(words.rounding, money(report.roundingMinor)),
    pair(words.float, money(report.floatMinor)),
    pair(words.payIn, money(report.payInMinor)),
    pair(words.payOut, money(negate(report.payOutMinor))),
    pair(words.drop, money(negate(report.dropMinor))),
    pair(words.cashIn, money(report.cashInMinor)),
    pair(words.change, money(negate(report.changeMinor))),
    pair(words.cashRefunds, money(negate(report.cashRefundMinor))),
    pair(words.expected, money(report.expectedMinor), "normal", true),
    pair(words.counted, money(countedMinor), "normal", true),
    pair(words.difference, money(differenceMinor), "double", true),
    ...(reason === "" ? [] : [text(`${words.reason}: ${reason}`, "left")]),
  ];
}
