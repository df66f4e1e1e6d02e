/**
 * The slips of a simulated ZVT terminal, and the form in which the till wants them: lines, blocks, or
 * not at all. Card numbers are masked but for their last four digits.
 */

import { cardOf, lastFourOf } from "../cards.ts";
import { CONFIG } from "./behaviour.ts";
import type { Behaviour } from "./behaviour.ts";
import type { TerminalMemory, Turnover } from "./memory.ts";
import type { DayTotals, SlipLine, TerminalBody } from "./messages.ts";

const TITLES: Readonly<Record<Turnover["kind"], string>> = {
  charge: "Kartenzahlung",
  refund: "Gutschrift",
  reserve: "Reservierung",
  reversal: "Storno",
  booking: "Buchung Reservierung",
};

/** Both copies of a business, as what is to be told to the till. */
export function businessSlips(
  turnover: Turnover,
  behaviour: Behaviour,
  memory: TerminalMemory,
): readonly TerminalBody[] {
  if (!isTold(behaviour, memory, CONFIG.TILL_PRINTS)) return [];
  const lines = linesOf(turnover, behaviour);
  const takesBlocks = memory.registration?.takesBlocks === true;
  return [
    ...inForm([centred("* * Haendlerbeleg * *"), ...lines], 1, takesBlocks),
    ...inForm([centred("* * Kundenbeleg * *"), ...lines], 2, takesBlocks),
  ];
}

/** The slip of an end of day. */
export function daySlips(
  totals: DayTotals,
  behaviour: Behaviour,
  memory: TerminalMemory,
): readonly TerminalBody[] {
  if (!isTold(behaviour, memory, CONFIG.ADMIN_PRINTS)) return [];
  const lines = Object.entries(totals.brands)
    .filter(([, { count }]) => count > 0)
    .map(([brand, { count, amountMinor }]) => plain(`${brand}: ${count} x, ${amountOf(amountMinor)}`));
  const takesBlocks = memory.registration?.takesBlocks === true;
  return inForm([centred("Kassenschnitt"), ...lines], 3, takesBlocks);
}

function isTold(behaviour: Behaviour, { registration }: TerminalMemory, bit: number): boolean {
  const wanted = bit | CONFIG.AS_COMMANDS;
  return !behaviour.printsItself && ((registration?.configBits ?? 0) & wanted) === wanted;
}

function linesOf(turnover: Turnover, { terminalId }: Behaviour): readonly SlipLine[] {
  const card = cardOf(turnover.cardKey);
  return [
    { text: TITLES[turnover.kind], isCentred: true, isDouble: true },
    plain(`Terminal-ID ${terminalId}`),
    plain(`TA-Nr ${pad(turnover.trace, 6)}  BNr ${pad(turnover.receipt, 4)}`),
    ...(card === undefined ? [] : [plain(card.brand), plain(`Nr ############${lastFourOf(card)}`)]),
    plain(
      `Datum ${turnover.date.slice(2)}.${turnover.date.slice(0, 2)}. ${turnover.time.slice(0, 2)}:${turnover.time.slice(2, 4)}`,
    ),
    { text: `Betrag ${amountOf(turnover.amountMinor)}`, isCentred: false, isDouble: false },
    centred("Zahlung erfolgt"),
  ];
}

function inForm(
  lines: readonly SlipLine[],
  receiptKind: 1 | 2 | 3,
  takesBlocks: boolean,
): readonly TerminalBody[] {
  if (takesBlocks) return [{ kind: "print_block", receiptKind, lines }];
  return lines.map((line, index) => ({ kind: "print_line", line, isLast: index === lines.length - 1 }));
}

function plain(text: string): SlipLine {
  return { text, isCentred: false, isDouble: false };
}
function centred(text: string): SlipLine {
  return { text, isCentred: true, isDouble: false };
}
function amountOf(amountMinor: number): string {
  return `${Math.floor(amountMinor / 100)},${pad(amountMinor % 100, 2)}`;
}
function pad(value: number, length: number): string {
  return String(value).padStart(length, "0");
}
