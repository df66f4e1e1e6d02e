/**
 * What the page does when nobody touches it, and when it is touched while the runtime is gone: it locks
 * itself with the order kept, and it says that nothing answers.
 */
import { IDLE_LOCK_MS } from "../limits.ts";
import { signOff } from "./actions.ts";
import { showToast } from "./passing.ts";
import { clerk, isConnected, said, welcome } from "./store.ts";

let lockTimer = 0;

/** Watches touches and keys from now on. */
export function watchTouches(): void {
  const touched = (): void => {
    clearTimeout(lockTimer);
    lockTimer = setTimeout(lock, IDLE_LOCK_MS);
  };
  addEventListener("keydown", touched, { capture: true });
  addEventListener(
    "pointerdown",
    () => {
      touched();
      if (!isConnected.value && welcome.value !== null) showToast(said("screen/runtime_gone"));
    },
    { capture: true },
  );
  touched();
}

function lock(): void {
  if (clerk.value === "") return;
  signOff();
  showToast(said("screen/locked"));
}
