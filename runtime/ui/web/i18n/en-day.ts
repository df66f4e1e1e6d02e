/**
 * The words of a reader's end of day in English. Each case says what happened, what is safe and what to
 * do; whoever reads it may know nothing of readers.
 */

function of(brand: string): string {
  return brand === "" ? "" : `${brand}: `;
}

function order(label: string): string {
  return label === "" ? "" : ` (${label})`;
}

/** A part of the words (en.ts). */
export const enDay = {
  readerDayTitle: "Reader's end of day",
  readerDayLast: (closed: string) => `Last end of day: ${closed}`,
  readerDayShow: (count: number) =>
    count === 0 ? "Show it: all agrees" : count === 1 ? "Show its 1 case" : `Show its ${count} cases`,
  readerDayNone: "There is no end of day of this reader yet.",
  readerDayAgrees: "Reader and journal agree: every card is accounted for.",
  readerDayDiffers: "Reader and journal differ. Sales are safe; each difference has a name below.",
  readerDayNothing: "Neither reader nor journal has any card.",
  dayBrand: "Card",
  dayAtReader: "Reader",
  dayInJournal: "Journal",
  dayOther: "Other",
  dayCase_reader_more: (brand: string, amount: string, label: string) =>
    `${of(brand)}the reader has ${amount} more than the journal${order(label)}. Nothing was lost here. Ask the acquirer which payment it is.`,
  dayCase_journal_more: (brand: string, amount: string, label: string) =>
    `${of(brand)}the journal has ${amount} that the reader lacks${order(label)}. The sale is recorded; its money may be missing. Ask the acquirer.`,
  dayCase_count_differs: (brand: string, _amount: string, label: string) =>
    `${of(brand)}the sums agree, the number of payments does not${order(label)}. No money is missing. Compare the slips.`,
  dayCase_unknown: (brand: string, amount: string, label: string) =>
    `${of(brand)}nobody knows yet whether ${amount} was charged${order(label)}. Do not charge again. Check it, or call a manager.`,
  dayCase_orphan: (brand: string, amount: string, label: string) =>
    `${of(brand)}the reader moved ${amount} that nobody asked for${order(label)}. It is in no sale. Have it given back.`,
  dayCase_judged_charged: (brand: string, amount: string, label: string) =>
    `${of(brand)}a manager said that ${amount} was charged${order(label)}, the reader lacks it. The sale is recorded. Ask the acquirer.`,
  dayCase_judged_not_charged: (brand: string, amount: string, label: string) =>
    `${of(brand)}a manager said that ${amount} was not charged${order(label)}, the reader has it. The guest may have paid twice. Give it back.`,
  dayCase_offline: (brand: string, amount: string, label: string) =>
    `${of(brand)}${amount} was taken without the bank${order(label)}, and the reader lacks it. The sale is recorded. Wait for it, or ask the acquirer.`,
  cardPaidNoCash: "The card was faster: it is paid by card. The cash was not taken. Give it back.",
  cardUnknownNoCash:
    "Nobody knows yet whether the card was charged. The cash was not taken. Check the card before anything else.",
  cardEnding: "Ending the card first",
  dayOrder: "Open the order",
  dayIsAtReader: "The reader's totals have it.",
  dayIsNotAtReader: "The reader's totals do not show it.",
};
