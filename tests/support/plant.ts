/**
 * Loaded before a process's own modules (`node --import`): changes the text of modules as they are loaded, so
 * that a test can show what happens without a guard. PLANTS is JSON: [{"file": end of the path, "from": text,
 * "to": text}]. A text that is not there any more ends the process.
 */

import { registerHooks } from "node:module";

/** One change. */
export interface Plant {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const plants: readonly Plant[] = JSON.parse(process.env["PLANTS"] ?? "[]");

registerHooks({
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context);
    const wanted = plants.filter(({ file }) => url.endsWith(`/${file}`));
    const { source } = loaded;
    if (wanted.length === 0 || source === undefined || source === null) return loaded;
    let text = typeof source === "string" ? source : new TextDecoder().decode(source);
    for (const { file, from, to } of wanted) {
      if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
      text = text.replaceAll(from, to);
    }
    return { ...loaded, source: text };
  },
});
