/**
 * The PIN of one person: to sign on, or to begin and leave training. A second person's PIN has its own
 * sheet (approval.tsx).
 */
import type { PinAsk, StaffView } from "../../wire.ts";
import { enterPin } from "../actions.ts";
import { PinPad } from "../parts/pin-pad.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { words } from "../store.ts";

/** The pad for `who`. */
export function PinSheet(props: { readonly who: StaffView; readonly ask: Exclude<PinAsk, "approve"> }) {
  const { who, ask } = props;
  return (
    <Sheet name="pin" title={words.value.pinFor(who.name)}>
      <PinPad onPin={(pin) => enterPin(who.clerk, pin, ask, null)} />
    </Sheet>
  );
}
