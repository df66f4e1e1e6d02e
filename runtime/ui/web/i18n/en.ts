/**
 * The words of the screen in English: the list of keys that every other language completes.
 * Messages say what happened, what is safe and what to do.
 */

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Every word of the screen by its key. */
export const en = {
  languageName: "English",
  back: "Back",
  close: "Close",
  understood: "OK",
  more: "More",
  search: "Search",
  orders: "Orders",

  whoSells: "Who is selling?",
  whoSellsHint: "Tap your name to begin.",
  switchClerk: "Switch clerk",
  otherLanguage: "中文",

  allItems: "All",
  soldOut: "Sold out",
  searchPlaceholder: "Name or code",
  searchNothing: "Nothing found. Check the spelling, or look in the categories.",
  searchBegin: "Type part of a name, in English or Chinese, or a code.",
  moreBySearch: "There are more items here. Use search to find them.",

  cartEmpty: "Tap an item to begin",
  cart: "Order",
  openCart: "Show the whole order",
  undoLast: "Take one off",
  total: "Total",
  items: (count: number) => counted(count, "item", "items"),
  onePlus: (name: string) => `One more ${name}`,
  oneMinus: (name: string) => `One ${name} less`,
  remove: "Remove",
  removeLine: (name: string) => `Remove ${name}`,
  note: "Note",
  noteFor: (name: string) => `Note for ${name}`,
  notePlaceholder: "For example: no sugar",
  saveNote: "Save the note",
  each: (price: string) => `${price} each`,

  pay: "Pay",
  payAmount: (amount: string, count: number) => `Pay ${amount}, ${counted(count, "item", "items")}`,
  cashExact: "Cash exact",
  cashExactAmount: (amount: string) => `Cash exact ${amount}`,
  payOut: "Pay out",
  closeFree: "Close, nothing to pay",

  cashTender: "Cash",
  due: "To pay",
  leftToPay: "Left to pay",
  takenSoFar: (amount: string) => `${amount} of it taken`,
  handed: "Handed over",
  exact: "Exact",
  keyAmount: "Tap a note or key in the amount",
  takeWithChange: (amount: string, change: string) => `Take ${amount} · change ${change}`,
  takePart: (amount: string, left: string) => `Take ${amount} · ${left} left`,
  takeExact: (amount: string) => `Take ${amount}`,
  deleteDigit: "Delete the last digit",

  paid: (amount: string) => `Paid ${amount}`,
  paidOut: (amount: string) => `Paid out ${amount}`,
  change: "Change",
  noChange: "No change",
  received: (amount: string) => `Received ${amount}`,
  lastSale: (amount: string) => `Last sale ${amount}`,
  changeWas: (amount: string) => `change ${amount}`,
  nextSale: "Next sale",
  reprint: "Reprint",
  reprintLast: "Reprint last receipt",
  reprintOf: (receipt: string) => `Reprint ${receipt}`,
  copyAsked: "The copy is on its way to the printer.",

  print_none: "No receipt",
  print_pending: "Printing…",
  print_printed: "Receipt printed",
  print_failed: "Receipt not printed",
  print_unknown: "Receipt not confirmed",

  todaysOrders: "Today's orders",
  noOrders: "No orders today yet.",
  phase_open: "Open",
  phase_frozen: "Being paid",
  phase_closed: "Paid",
  phase_refunded: "Paid out",
  phase_voided: "Void",
  notStored: "Not stored",
  notSent: "Not sent",

  light_red: "Saving",
  light_amber: "Saved here",
  light_green: "At HQ",
  disk_full: "Storage full",
  disk_failed: "Storage failed",
  disk_damaged: "Storage damaged",
  link_up: "Online",
  link_down: "Offline",
  link_none: "No HQ",
  printer_none: "None",
  printer_ready: "Ready",
  printer_unreachable: "Off",
  printer_paper_out: "Paper",
  printer_cover_open: "Cover",
  printer_fault: "Fault",
  unsent: (count: number) => `${counted(count, "record", "records")} not sent`,
  openHealth: "Is everything safe?",

  health: "Is everything safe?",
  healthRecords: "Records",
  healthLink: "Headquarters",
  healthPrinter: "Printer",
  healthDisk: "Storage",
  healthLight_red:
    "The newest change is being written to disk. Money is only shown as paid once it is there.",
  healthLight_amber:
    "Everything is stored on this terminal. Headquarters does not have all of it yet; it is sent by itself.",
  healthLight_green: "Everything is stored on this terminal and at headquarters.",
  healthUnsent: (records: number, sales: number) =>
    records === 0
      ? "Nothing is waiting to be sent."
      : `${counted(records, "record", "records")} waiting to be sent, ${counted(sales, "sale", "sales")} among them.`,
  healthLink_up: "Connected to headquarters.",
  healthLink_down: "No link to headquarters. You can keep selling for cash; all is kept here and sent later.",
  healthLink_none: "This terminal works without headquarters. All is kept here.",
  healthPrinter_none: "No printer is set up. Sales are stored as always.",
  healthPrinter_ready: "The printer is ready.",
  healthPrinter_unreachable: "The printer does not answer. Sales are stored. Check its power and cable.",
  healthPrinter_paper_out: "The printer is out of paper. Sales are stored. Load paper, then reprint.",
  healthPrinter_cover_open: "The printer's cover is open. Sales are stored. Close it, then reprint.",
  healthPrinter_fault: "The printer reports a fault. Sales are stored. Switch it off and on, then reprint.",
  healthDisk_ok: "The storage works.",
  healthDisk_full: "The storage is full. All sales are stored. Finish the open order, then call support.",
  healthDisk_failed:
    "The storage failed. What is shown as paid is stored. Stop selling here and call support.",
  healthDisk_damaged:
    "A part of the storage was damaged and set aside. What headquarters had is safe; older sales may be missing on this terminal. Selling goes on. Call support today.",

  notPrintedTitle: "Receipt not printed",
  notPrinted_unreachable:
    "The printer does not answer. The sale is saved. Check power and cable, then reprint.",
  notPrinted_paper_out: "The paper is out. The sale is saved. Load paper, then reprint.",
  notPrinted_cover_open: "The printer's cover is open. The sale is saved. Close it, then reprint.",
  notPrinted_fault: "The printer reports a fault. The sale is saved. Switch it off and on, then reprint.",
  maybePrinted:
    "The printer did not confirm the receipt. The sale is saved. Look at the paper; reprint if it is missing.",

  refusedTitle: "That did not go through",
  tooManyTaps: "Many taps are waiting for an answer. They are kept. Wait a moment, then go on.",
  reconnecting: "Reconnecting… orders are safe",
  connecting: "Starting the screen…",
  notOursTitle: "The screen and the runtime differ",
  notOurs: "The runtime said something that this screen does not know. Orders are safe. Reload the screen.",
  reload: "Reload",
};

/** What a language has to say: every key of English, as the same kind of text. */
export type Words = typeof en;
