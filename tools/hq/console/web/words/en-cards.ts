/**
 * The words of card cases in English. A part of en.ts.
 * Codes of records, states and differences have a key each.
 */

/** The words. */
export const enCards = {
  cards: "Card cases",
  cards_hint:
    "Payments that were not plain. A case is settled at its terminal: by its reader, or by a second person.",
  cards_which: "Which",
  cards_open: "Only open ones",
  cards_now: "Now",
  cards_empty: "No card case. Every card was plain.",
  ex_card_open: "{terminal}: a card payment of {amount} is {state} ({ago})",
  event_reader_day_closed: "Reader's end of day differs",
  type_tender_doubted: "Card result unknown",
  type_tender_reversed: "Card taken back by the reader",
  type_tender_overridden: "Went on without knowing of a card",
  type_tender_judged: "Card decided by a person",
  type_tender_forwarded: "Offline card declined later",
  type_orphan_found: "Reader moved other money",
  type_reader_day_closed: "Reader's end of day differs",
  card_state_requested: "at the reader",
  card_state_approved: "approved, not settled",
  card_state_unknown: "not known",
  card_state_orphaned: "other money moved",
  card_state_captured: "paid",
  card_state_accepted_offline: "waits for the bank",
  card_state_declined: "not paid",
  card_state_declined_later: "declined later",
  card_state_reversed: "taken back",
  card_state_overridden: "not known, went on",
  card_state_differs: "differs",
  difference_reader_more: "Reader has more",
  difference_journal_more: "Journal has more",
  difference_count_differs: "Number of payments differs",
  difference_unknown: "Result unknown",
  difference_orphan: "Reader moved other money",
  difference_judged_charged: "Said to be charged, the reader lacks it",
  difference_judged_not_charged: "Said not to be charged, the reader has it",
  difference_offline: "Taken without the bank, the reader lacks it",
} as const;
