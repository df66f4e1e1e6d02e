/**
 * How this screen is held and how bright it is: of this device alone, and of no account. The one thing
 * that the page keeps by itself; without it the screen is as it came.
 */
import { effect, signal } from "@preact/signals";

/** The hand that taps: what is tapped most lies on its side. */
export type Hand = "right" | "left";

/** The steps of brightness, darkest first, in per cent. */
export const BRIGHTNESS_STEPS_PERCENT = [55, 70, 85, 100] as const;

const HAND_KEY = "hand";
const BRIGHTNESS_KEY = "brightness";

function kept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    // A browser that keeps nothing shows the screen as it came.
    return null;
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // As above: it holds until the next load.
  }
}

/** The chosen hand. */
export const hand = signal<Hand>(kept(HAND_KEY) === "left" ? "left" : "right");
/** The chosen brightness; one of the steps. */
export const brightnessPercent = signal<number>(
  BRIGHTNESS_STEPS_PERCENT.find((step) => String(step) === kept(BRIGHTNESS_KEY)) ?? 100,
);

/** Applies both to the page, now and whenever they change. */
export function applyPreferences(): void {
  effect(() => {
    document.documentElement.dataset["hand"] = hand.value;
    keep(HAND_KEY, hand.value);
  });
  effect(() => {
    document.documentElement.style.setProperty("--shade", String(1 - brightnessPercent.value / 100));
    keep(BRIGHTNESS_KEY, String(brightnessPercent.value));
  });
}
