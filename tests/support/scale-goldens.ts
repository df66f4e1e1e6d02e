/**
 * A whole conversation of the till with a simulated scale, byte for byte and with its time: the probe,
 * an empty plate, apples, a tare, too much, a lost connection. Each line is a time, a side, bytes.
 */

import { ScaleRig } from "./scale-rig.ts";

/** The text of tests/golden/scale.txt. */
export async function scaleGolden(): Promise<string> {
  const rig = new ScaleRig();
  const lines: string[] = [];
  let toldCount = 0;
  const part = async (title: string, act: () => void, delayMs: number): Promise<void> => {
    lines.push("", `# ${title}`);
    act();
    await rig.pass(delayMs);
    for (const { atMs, by, bytes } of rig.said.slice(toldCount))
      lines.push(`${String(atMs).padStart(5)} ${by.padEnd(5)} ${hexOf(bytes)}`);
    toldCount = rig.said.length;
    lines.push(`      = ${JSON.stringify(rig.answers.at(-1))}`);
  };
  await part("probed, then asked", () => {}, 350);
  await part("apples: motion, then a weight", () => rig.model.put(755), 900);
  await part("the tare", () => rig.scale.order({ kind: "tare_of", tareGrams: 35 }), 500);
  await part("no tare", () => rig.scale.order({ kind: "clear_tare" }), 500);
  await part("too much", () => rig.model.put(16_200), 900);
  await part("lifted", () => rig.model.put(-250), 900);
  await part("zeroed as it is", () => rig.scale.order({ kind: "zero" }), 500);
  await part("switched off", () => rig.model.silence(true), 1500);
  await part(
    "switched on again, empty",
    () => {
      rig.model.silence(false);
      rig.model.put(0);
      rig.model.restart();
    },
    2500,
  );
  rig.scale.close();
  return `${["The till and a scale: milliseconds, side, bytes; = the last answer.", ...lines].join("\n")}\n`;
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
