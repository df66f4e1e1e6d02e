/**
 * The fault model as data: every fault that the product answers for, what it promises then, and what
 * keeps the promise. What shows it is found by the page from the tables of faults, scenarios and laws,
 * and from the tests named here.
 */

/** A row. `tests` name tests beside the world; `waitsFor` is empty where nothing is missing. */
export interface ModelRow {
  readonly id: string;
  readonly fault: string;
  readonly promise: string;
  readonly mechanism: string;
  readonly tests: readonly string[];
  readonly waitsFor: string;
}

function row(
  id: string,
  fault: string,
  promise: string,
  mechanism: string,
  more: { readonly tests?: readonly string[]; readonly waitsFor?: string } = {},
): ModelRow {
  return { id, fault, promise, mechanism, tests: more.tests ?? [], waitsFor: more.waitsFor ?? "" };
}

const ENUMERATION = "`--enumerate`";
const STATES = "`--journal-states`";
const CARDS = "`make enumerate-card`";
const CARD_SALES = "`tests/sim/enumerate-card.test.ts`";

/** F1 to F32. */
export const FAULT_MODEL: readonly ModelRow[] = [
  row(
    "F1",
    "power cut at any write, sync or change of a name",
    "the journal is a prefix of what was written and holds everything answered as paid",
    "one append-only journal is the truth; a commit block is whole or absent",
    { tests: [ENUMERATION, STATES] },
  ),
  row(
    "F2",
    "torn write, reordered sectors",
    "as F1",
    "length, CRC, seq and hash chain; blocks padded to the sector",
    { tests: [STATES] },
  ),
  row(
    "F3",
    "bit rot in old data",
    "found at the start, never truncated in silence; sales go on in a new series; headquarters has what it acknowledged",
    "parents of segments, `syncedTo`, quarantine",
    { tests: ["`tests/runtime/store/inspect.test.ts`"] },
  ),
  row(
    "F4",
    "bit rot in the last record",
    "found by the commit mark; headquarters' position besides",
    "the mark in a second file",
    { tests: ["`tests/runtime/store/inspect.test.ts`"] },
  ),
  row(
    "F5",
    "disk full at any byte",
    "what is open can be finished or is refused; never half a record",
    "a segment is made ahead; new sales are refused while there is none",
  ),
  row(
    "F6",
    "read, write or sync fails",
    "no sync is tried twice; nothing is shown that is not durable",
    "the first failed write or sync ends the journal for this process",
  ),
  row("F7", "the file system turns read-only", "as F6", "as F6"),
  row(
    "F8",
    "journal restored from an older image",
    "not taken for a new terminal; a new receipt series; headquarters keeps both continuations and says so",
    "each start draws an epoch that names its parent",
  ),
  row(
    "F9",
    "clock jumps by years",
    "order, seqs, money and receipt numbers do not depend on the wall clock",
    "Lamport times sort; wall time is for people",
  ),
  row(
    "F10",
    "reader unplugged before, during or after approval",
    "the outcome is known or known to be unknown",
    "intent before the first byte, inquiry",
    { tests: [CARDS, CARD_SALES, "`tests/integration/reader-line.test.ts`"] },
  ),
  row(
    "F11",
    "reader approves and the answer is lost",
    "paid once, recorded once",
    "durable before acknowledged; inquiry at the start",
    { tests: [CARDS, CARD_SALES] },
  ),
  row(
    "F12",
    "reader answers twice, late, or for another amount",
    "extra answers become orphans",
    "reference and amount must match",
    { tests: [CARD_SALES] },
  ),
  row(
    "F13",
    "reader restarts or is another one",
    "nothing is attributed to it",
    "serial number in the intent",
    { tests: [CARDS, CARD_SALES] },
  ),
  row(
    "F14",
    "printer out of paper, cut off in mid-receipt, gone",
    "the sale stands; a receipt never comes out twice unmarked",
    "print jobs are journaled; a job whose end is unknown is marked, never repeated by itself",
    { tests: ["`tests/drivers/printer/session.test.ts`"] },
  ),
  row(
    "F15",
    "printer says yes and printed nothing",
    "a copy on request, marked",
    "copies are counted in the journal",
  ),
  row(
    "F16",
    "scanner sends half a code, noise, or two glued",
    "at most one item, or an error",
    "terminator, gap, check digit",
    { waitsFor: "scanners" },
  ),
  row("F17", "message delivered twice", "one effect", "a held block with an equal hash is skipped"),
  row(
    "F18",
    "messages overtake each other or are missing",
    "folded in order; a gap is asked for",
    "cumulative acks, gap refusals, one hello for a row of them",
  ),
  row(
    "F19",
    "no network for days",
    "the terminal sells; everything arrives once",
    "the journal is the outbox; a window of batches",
  ),
  row(
    "F20",
    "broker loses its session or its queue",
    "nothing is lost",
    "only a signed ack counts; the window is sent again",
  ),
  row(
    "F21",
    "headquarters restored from a backup",
    "what terminals hold is sent again and counted once",
    "hello says what is held; incarnation; resend from there",
  ),
  row("F22", "headquarters acknowledges before it is durable", "caught", "ack follows the commit", {
    tests: ["`tests/sim/world.test.ts`"],
  }),
  row(
    "F23",
    "two terminals edit one table",
    "no line lost or doubled",
    "orders are merged event sets; frontiers",
    { tests: ["`tests/integration/merge.test.ts`"], waitsFor: "peers in the world" },
  ),
  row(
    "F24",
    "both pay the same table in a partition",
    "seen, marked, one proposed for refund",
    "marks of the fold",
    { tests: ["`tests/integration/merge.test.ts`"], waitsFor: "peers in the world" },
  ),
  row(
    "F25",
    "update in mid-service, power cut in an update",
    "never during an open tender; rolled back when it does not start",
    "two slots, pre-flight replay",
    { waitsFor: "updates" },
  ),
  row(
    "F26",
    "killed, out of memory, stalled",
    "as F1; back in seconds",
    "no state in memory only after an answer",
    { tests: ["`tests/integration/`"] },
  ),
  row(
    "F27",
    "key rotated, revoked or expired",
    "batches of the old key stay valid within its seqs; sales go on",
    "key statements with their first seq",
    { waitsFor: "key rotation" },
  ),
  row(
    "F28",
    "message with impossible content",
    "refused with a name, stored where signed, stops nothing behind it",
    "validate before apply; held records",
  ),
  row(
    "F29",
    "old configuration or price list replayed",
    "not applied",
    "rising versions under the signature",
    { waitsFor: "documents from headquarters" },
  ),
  row(
    "F30",
    "page loaded anew, two taps, two tabs",
    "one effect for each intent",
    "(view, n) is journaled with its command",
    { tests: ["`tests/runtime/loop.test.ts`"] },
  ),
  row("F31", "PIN guessed, counter reset by a power cut", "the counter survives", "counted before compared", {
    waitsFor: "PINs",
  }),
  row(
    "F32",
    "files swapped, misdirected write",
    "found",
    "names, numbers and parents in headers; the chain",
    { tests: ["`tests/runtime/store/inspect.test.ts`"] },
  ),
];
