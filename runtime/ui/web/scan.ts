/**
 * A scanner that types: its codes are told from a person's keys by their times, kept from whatever has
 * the focus, and sent to the runtime. Works in every room and under every sheet.
 */
import {
  stepWedge,
  WEDGE_CONFIG,
  WEDGE_START,
  wedgeKey,
  wedgeSilence,
} from "../../../drivers/scanner/wedge.ts";
import type { WedgeVerdict } from "../../../drivers/scanner/wedge.ts";
import { scan, tell } from "./actions.ts";
import { said, words } from "./store.ts";

let state = WEDGE_START;
let silenceTimer = 0;

/** Listens to the keyboard from now on. */
export function listenForScans(): void {
  addEventListener("keydown", onKey, { capture: true });
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const step = stepWedge(
    state,
    { key: wedgeKey(event.key, event.code), atMs: event.timeStamp },
    WEDGE_CONFIG,
  );
  state = step.state;
  if (step.verdict.isTaken) {
    event.preventDefault();
    event.stopPropagation();
  }
  obey(step.verdict);
  clearTimeout(silenceTimer);
  silenceTimer = setTimeout(() => {
    const silent = wedgeSilence(state, WEDGE_CONFIG);
    state = silent.state;
    obey(silent.verdict);
  }, WEDGE_CONFIG.pauseMs);
}

function obey(verdict: WedgeVerdict): void {
  if (verdict.kind === "rejected") tell(words.value.refusedTitle, said(verdict.code), verdict.code);
  if (verdict.kind !== "code") return;
  takeBack(verdict.passedCount);
  scan(verdict.text);
}

// The first characters of a scan reached the input that has the focus before it was known as one.
function takeBack(count: number): void {
  const input = document.activeElement;
  if (!(input instanceof HTMLInputElement)) return;
  const end = input.selectionEnd ?? input.value.length;
  input.value = input.value.slice(0, Math.max(0, end - count)) + input.value.slice(end);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}
