/**
 * The terminal's status in the words of its screen: three positions in the journal, and what the
 * link, the printer and the disk are good for. Everything is read when it is asked for.
 */
import type { Terminal } from "./terminal.ts";
import { printerState } from "./ui/view.ts";
import type { StatusSource } from "./ui/view.ts";

/** The status of a terminal as its screen reads it. */
export function statusOf(terminal: Terminal): StatusSource {
  return {
    get headSeq() {
      return terminal.status().headSeq;
    },
    get durableSeq() {
      return terminal.status().durableSeq;
    },
    get ackedSeq() {
      return terminal.status().ackedSeq;
    },
    get link() {
      const { link } = terminal.status();
      return link === "none" ? "none" : link === "sending" ? "up" : "down";
    },
    get printer() {
      return printerState(terminal.status().printer);
    },
    get printerCode() {
      return terminal.status().printer;
    },
    get isPaperLow() {
      return terminal.status().isPaperLow;
    },
    get health() {
      const { health, isDamaged } = terminal.status();
      if (health === "ok") return isDamaged ? "damaged" : "ok";
      return health === "low" ? "full" : health;
    },
    get oldestUnsentAt() {
      return terminal.status().oldestUnsentAt;
    },
    get lowItems() {
      return terminal.status().lowItems;
    },
    version: terminal.status().version,
    onChange: (listener) => terminal.onStatus(listener),
  };
}
