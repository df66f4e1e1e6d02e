/**
 * The words of a reader's end of day in English. Each case says what happened, what is safe and what to
 * do; whoever reads it may know nothing of readers.
 */

function order(label: string): string {
  return label === "" ? "" : ` (${label})`;
}

/** A part of the words (en.ts). */
export const enDay = {
  readerDayTitle: "Reader's end of day",
  readerDayLast: (closed: string) => `Last end of day: ${closed}`,
  readerDayShow: (count: number) =>
    count === 0 ? "Show it: all agrees" : count === 1 ? "Show its 1 case" : `Show its ${count} cases`,
  readerDayNone: "No end of day yet.",
  readerDayAgrees: "Reader and journal agree.",
  readerDayDiffers: "Reader and journal differ. Sales are safe.",
  readerDayNothing: "No card on either side.",
  dayBrand: "Card",
  dayAtReader: "Reader",
  dayInJournal: "Journal",
  dayOther: "Other",
  dayCase_reader_more: (amount: string, label: string) =>
    `The reader has ${amount} more${order(label)}. The sale is recorded. Ask the acquirer.`,
  dayCase_journal_more: (amount: string, label: string) =>
    `The reader lacks ${amount}${order(label)}. The sale is recorded. Ask the acquirer.`,
  dayCase_count_differs: (_amount: string, label: string) =>
    `The counts differ${order(label)}. No money is missing. Compare the slips.`,
  dayCase_unknown: (amount: string, label: string) =>
    `Result unknown: ${amount}${order(label)}. Do not charge again. Check now, or call a manager.`,
  dayCase_orphan: (amount: string, label: string) =>
    `The reader moved other money: ${amount}${order(label)}. It is in no sale. Give it back.`,
  dayCase_judged_charged: (amount: string, label: string) =>
    `A manager said charged: the reader lacks ${amount}${order(label)}. The sale is recorded. Ask the acquirer.`,
  dayCase_judged_not_charged: (amount: string, label: string) =>
    `A manager said not charged: the reader has ${amount} more${order(label)}. It may be paid twice. Give it back.`,
  dayCase_offline: (amount: string, label: string) =>
    `Taken without the bank: the reader lacks ${amount}${order(label)}. The sale is recorded. Ask the acquirer.`,
  cardPaidNoCash: "It is paid by card. The cash was not taken. Give it back.",
  cardUnknownNoCash: "Result unknown: do not charge again. The cash was not taken. Check the card first.",
  cardEnding: "Ending the card first",
  dayOrder: "Open the order",
  dayIsAtReader: "The reader has it.",
  dayIsNotAtReader: "The reader lacks it.",
};
