/**
 * What is shown for a while and goes by itself: the result of a sale, and a word in passing.
 * Owns the timers of both, and no other.
 */
import { batch } from "@preact/signals";

import { DONE_SHOWN_MS } from "../limits.ts";
import { guarded, holdTaps } from "./guard.ts";
import { done, roomWanted, sheet, toast } from "./store.ts";

const TOAST_SHOWN_MS = 2500;

let doneTimer = 0;

/** Shows the result of a sale for a while, over a fresh one. */
export function finish(): void {
  batch(() => {
    roomWanted.value = { room: "sale" };
    sheet.value = null;
    done.value = "shown";
  });
  clearTimeout(doneTimer);
  doneTimer = setTimeout(() => {
    if (done.value !== "shown") return;
    done.value = "hidden";
    // Tiles come up where the panel was: a tap meant for it must not sell one of them.
    holdTaps();
  }, DONE_SHOWN_MS);
}

let toastTimer = 0;

/** Says something in passing. */
export function showToast(text: string): void {
  toast.value = text;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => {
    toast.value = "";
  }, TOAST_SHOWN_MS);
}

/** Shows the last sale's result until it is closed. */
export function pinDone(): void {
  guarded(() => {
    done.value = "pinned";
  });
}

/** Closes the result of a sale. */
export function hideDone(): void {
  guarded(() => {
    done.value = "hidden";
  });
}
