/**
 * The pad on which a PIN is keyed in: dots for its digits, what the last try came to, and the time that
 * is to be waited. Shakes at a wrong PIN; never shows a digit.
 */
import { PIN_DIGITS_COUNT_MIN } from "../../limits.ts";
import { keyPin, nowMs, pinDigits, pinSaid, takePin } from "../pin.ts";
import { isSettled, words } from "../store.ts";
import { Icon } from "./icons.tsx";
import { Keypad, PIN_KEYS } from "./keypad.tsx";

/** "1:05". */
function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** The pad; `onPin` is given the digits once. */
export function PinPad({ onPin }: { readonly onPin: (pin: string) => void }) {
  const t = words.value;
  const { sentence, triesLeft, shakeCount, waitsUntilMs, isLocked } = pinSaid.value;
  const waitSeconds = Math.max(0, Math.ceil((waitsUntilMs - nowMs.value) / 1000));
  const isClosed = isLocked || waitSeconds > 0 || !isSettled.value;
  const count = pinDigits.value.length;
  return (
    <>
      <div class="pin-dots" key={shakeCount} data-wrong={shakeCount > 0} data-id="pin-dots">
        <span class="spoken" aria-live="polite">
          {t.pinDigits(count)}
        </span>
        {Array.from({ length: Math.max(PIN_DIGITS_COUNT_MIN, count) }, (_, index) => (
          <span key={index} class="pin-dot" data-filled={index < count} />
        ))}
      </div>
      <p class="pin-said" role="alert" data-id="pin-said">
        {sentence !== "" && <Icon name="warning" size={18} />}
        <span>
          {waitSeconds > 0 ? t.pinWait(clockText(waitSeconds)) : sentence}
          {triesLeft !== null && waitSeconds === 0 && ` ${t.pinTriesLeft(triesLeft)}`}
        </span>
      </p>
      <Keypad
        keys={PIN_KEYS}
        disabledKeys={(key) => isClosed || (key === "ok" && count < PIN_DIGITS_COUNT_MIN)}
        onKey={(key) => (key === "ok" ? onPin(takePin()) : keyPin(key))}
      />
    </>
  );
}
