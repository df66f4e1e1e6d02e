/** docs/READERS.md: how a reader is added, and the table of models made from the registry that the code uses. */

import { ALLOWED_TAGS, SEALED_TAGS, tagName } from "../../drivers/reader/neo2/card.ts";
import { READER_ROWS } from "../../drivers/reader/registry.ts";
import type { ReaderRow } from "../../drivers/reader/registry.ts";

const HEAD = `# Card readers

\`make golden\` writes this page from the code. What a reader is to the runtime stands in
drivers/reader/reader.ts (R1 to R4); what becomes of a payment that was cut, in
[CARD-RECOVERY.md](CARD-RECOVERY.md).

## Models

\`model\` is the word in a configuration. The other columns are what the recovery reads; it knows no
model's name.

`;

const ADD = `
- **inquiry**: \`byRef\` any payment by our reference, \`lastOnly\` the newest one, \`none\` it cannot be asked: a
  cut then leaves the payment to a person.
- **commit**: the payment stands once we acknowledged it (\`onAck\`), or as soon as the reader or its host
  approved (\`onApproval\`).
- **abort**: \`confirmed\` the reader says that it stopped, \`bestEffort\` it may go on.

## Adding a reader

1. A folder below drivers/reader with three parts: the bytes and their meaning (pure, with an allow-list of
   what may be known of a card), the session (\`step(state, event)\` to a state and effects, no clock and no
   port), and the driver, which performs the effects.
2. A row in drivers/reader/registry.ts.
3. Goldens: the protocol's own vectors in the tests of the folder, a kind of \`tools/inspect\` with its file
   in tests/golden/readers, and a call of \`readerConformance\` (tests/conformance/reader.ts).
4. A simulator below tools/sim that shares no code with the driver and keeps its own store; money is the
   acquirer's (tools/sim/reader/acquirer.ts).

Nothing else changes: tenders, screens and recovery read the capabilities.

## ZVT

Serial line or TCP; the terminal has its own host. \`tools/inspect zvt\` shows an APDU or the blocks of a
serial line, \`tools/inspect zvt --back\` makes the bytes from what was shown.

## ID TECH NEO 2

A reader without a host: it reads a card, and an acquirer's gateway (\`CardHost\` in
drivers/reader/neo2/host.ts) is asked whether money moves. Where none is configured every payment is
refused before the reader hears of it, with \`reader/host_unreachable\`; member cards are read all the same.

- No money can move before the host is asked. So a wait for a card that is cut, garbled or silent ends as
  \`not_sent\` and never as a doubt; from the question on only the host's word ends the payment, and the cable
  to the reader does not matter.
- The gateway is asked again about a payment only where it offers that (\`inquire\`): then the reader's
  capability is \`byRef\`. Otherwise it is \`none\`, and a lost answer is a case for a person.
- What the host approved stands. If the till cannot take the result (disk full, another amount), the payment
  is unknown until somebody asks the acquirer; the reader takes nothing back.
- Refunds and reversals are not offered: they need the gateway, not the card.
- The reader must be set up to encrypt both chip and stripe (bits 7 and 6 of the attribution byte). A card
  that came readable is charged by nobody, and the reader is not used again before it was unplugged.
- One command at a time. While it waits for a card only 05-01 is sent, and its reply is awaited.
- Not verified on hardware: the order of the CRC's bytes of 2C commands (a property of each row in
  commands.ts), the forms A1 and C1 of lengths, and the numbers that are marked [known].

Connected over a hidraw node (drivers/port/hidraw.ts), which needs no package, or by the package node-hid
(drivers/port/node-hid.ts), which needs libusb-1.0-0 and says \`port/no_library\` without it. The user that
runs the terminal must be allowed to read and write the node, and the node must keep its name; a rule of
udev does both:

    SUBSYSTEM=="hidraw", ATTRS{idVendor}=="0acd", MODE="0660", GROUP="tillwright", SYMLINK+="card-reader"

In the terminal's configuration:

    "readers": [{ "name": "1", "model": "neo2", "hidraw": "/dev/card-reader", "password": "" }]

To try it without a reader: \`node tools/sim/neo2/main.ts --help\`. \`tools/inspect neo2\` shows reports or
frames, \`tools/inspect neo2 --back\` makes the bytes from what was shown.

## nexo

A terminal of the nexo Retailer protocol as JSON, in the dialect of the Terminal API on the local network:
one HTTPS POST to /nexo a request, answered when the holder is done, two minutes later at most. The
terminal's certificate is pinned by its fingerprint, and not a byte is sent to another one. Messages are
sealed in an envelope under a key that both sides share; with a key plain answers are refused.

- A request has a ServiceID made of the tender's id, so whoever has the journal can ask what became of it:
  processed (with the whole answer repeated), in progress, or not found. "Not found" counts when it was said
  twice, three seconds apart: the request could have been on its way.
- What the terminal approved stands. A result that the till cannot take is unknown until a reversal.
- A reversal is the terminal's acceptance of it; the acquirer carries it out afterwards, and its reports say so.
- What may be read of an answer is a list in drivers/reader/nexo/messages.ts. Whatever is not on it never
  becomes a value: of \`MaskedPan\` four digits are read, card numbers in slips are masked while they are
  bytes, and the bytes are wiped. A second after a payment the memory of the process holds none (a test).
- Not verified on hardware: the order of answers after a power cut of a real terminal, and totals by brand.

In the terminal's configuration; the password is the passphrase of the shared key:

    "readers": [{ "name": "1", "model": "nexo", "password": "...", "https": { "host": "192.0.2.7", "port": 8443,
      "fingerprint256": "...", "poiId": "P400Plus-275039202", "saleId": "till-1",
      "keyIdentifier": "shop", "keyVersion": 1 } }]

To try it without a terminal: \`node tools/sim/reader/nexo/main.ts --help\`; it prints the fingerprint.
\`tools/inspect nexo\` shows messages, \`--passphrase\` opens envelopes.

## End of day

"Close the reader's day" in Health asks the reader for its totals. They are recorded beside what the journal
captured of that device since its last close, by brand, with every difference by its name:

| case                 | means                                                                        |
| -------------------- | ---------------------------------------------------------------------------- |
| \`reader_more\`        | the reader has money that the journal lacks; with its tender where only one fits |
| \`journal_more\`       | the journal has money that the reader lacks; with its tender where only one fits |
| \`count_differs\`      | the sums agree, the number of payments does not                              |
| \`unknown\`            | nobody knows of a tender yet, and whether the totals show it                 |
| \`orphan\`             | the reader moved money that nobody asked for                                 |
| \`judged_charged\`     | a person said that it was charged, and the reader lacks it                   |
| \`judged_not_charged\` | a person said that it was not charged, and the reader has it                 |
| \`offline\`            | taken without the host, and the reader lacks it                              |

The newest close stays in Health until the next one; headquarters lists closes that differ under Card cases.
A payment that was wholly taken back stands in no sum; readers count such a pair as none, one or two.

## What may be known of a card: NEO 2

`;

const COLUMNS: readonly (readonly [title: string, of: (row: ReaderRow) => string])[] = [
  ["model", ({ model }) => `\`${model}\``],
  ["what it is", ({ title }) => title],
  ["by", ({ links }) => links.join(", ")],
  ["inquiry", ({ capabilities }) => capabilities.inquiry],
  ["commit", ({ capabilities }) => capabilities.commit],
  ["takes back by itself", ({ capabilities }) => yes(capabilities.autoReversal)],
  ["abort", ({ capabilities }) => capabilities.abort],
  ["approves offline", ({ capabilities }) => yes(capabilities.storeAndForward)],
  ["prints", ({ capabilities }) => yes(capabilities.printsItself)],
  ["refund", ({ capabilities }) => yes(capabilities.refund)],
  ["reversal", ({ capabilities }) => yes(capabilities.reversal)],
  ["member cards", ({ capabilities }) => yes(capabilities.readsMemberCards)],
];

/** The page's text. */
export function readersPage(): string {
  const cells = [
    COLUMNS.map(([title]) => title),
    ...READER_ROWS.map((row) => COLUMNS.map(([, of]) => of(row))),
  ];
  const widths = COLUMNS.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const [head, ...rows] = cells.map((row) =>
    line(row.map((cell, column) => cell.padEnd(widths[column] ?? 0))),
  );
  const table = [head, line(widths.map((width) => "-".repeat(width))), ...rows].join("\n");
  return `${HEAD}${table}\n${ADD}${tags("Kept", ALLOWED_TAGS)}\n${tags("Only as ciphertext, for the host", SEALED_TAGS)}\n\nEverything else is dropped and counted.\n`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function tags(title: string, names: ReadonlyMap<number, string>): string {
  const list = [...names].map(([tag, name]) => `\`${tagName(tag)}\` ${name}`);
  return `- ${title}: ${list.join(", ")}.`;
}

function yes(flag: boolean): string {
  return flag ? "yes" : "no";
}
