/**
 * The scale above the items: what lies on it now, or why it says no weight, and its keys. Nothing
 * where the terminal has none.
 */
import { decimalText, minor } from "../../../../core/money.ts";
import { pressScale } from "../scale.ts";
import { scale, words } from "../store.ts";

const KILOGRAM_DECIMALS_COUNT = 3;

/** One line of the sale screen. */
export function ScaleStrip() {
  const face = scale.value;
  if (face === null) return null;
  const t = words.value;
  const isWeight = face.state === "stable" || face.state === "empty";
  const text = isWeight
    ? t.kilograms(decimalText(minor(face.weightGrams), KILOGRAM_DECIMALS_COUNT))
    : t[`scale_${face.state}`];
  return (
    <div class="scale" data-id="scale" data-state={face.state}>
      <span class="scale-weight" role="status">
        {text}
        {face.isNet && <span class="scale-net">{t.scaleNet}</span>}
      </span>
      <button type="button" class="scale-key" data-id="scale-zero" onClick={() => pressScale("zero")}>
        {t.scaleZero}
      </button>
      <button
        type="button"
        class="scale-key"
        data-id="scale-tare"
        onClick={() => pressScale(face.isNet ? "clear_tare" : "tare")}
      >
        {face.isNet ? t.scaleClearTare : t.scaleTare}
      </button>
    </div>
  );
}
