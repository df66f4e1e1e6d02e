/**
 * The ports of the screen's server over an open terminal: its loop, status and PIN gate, its training
 * room, its scan desk. Makes nothing that has to be closed but the training room.
 */
import { PinGate } from "./staff/pin-gate.ts";
import type { PinHasher } from "./staff/pin-gate.ts";
import { ScanDesk } from "./scan/desk.ts";
import { scanRules } from "./scan/rules.ts";
import { statusOf } from "./status.ts";
import type { Terminal, TerminalParts } from "./terminal.ts";
import { Training } from "./training.ts";
import type { CardPort, House, PinPort, ScanPort, TrainingPort } from "./ui/ports.ts";

/** What a screen's server asks of one terminal. */
export interface ScreenPorts extends House {
  readonly pins: PinPort;
  readonly training: TrainingPort;
  readonly scans: ScanPort;
  readonly cards: CardPort;
}

/** The ports of an open terminal. `parts` are those that it was opened with. */
export function screenPorts(parts: TerminalParts, terminal: Terminal, hasher: PinHasher): ScreenPorts {
  const { clock, timers, log } = parts;
  const { loop, catalogue, config } = terminal;
  return {
    loop,
    status: statusOf(terminal),
    pins: new PinGate({ loop, pins: config.pins, hasher, clock, timers, log }),
    training: new Training(parts, terminal),
    scans: new ScanDesk({ rules: scanRules(catalogue, config.currency), catalogue, log }),
    cards: terminal.cards,
  };
}
