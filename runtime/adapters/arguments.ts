/**
 * The firmware's command line: which words there are, and what they are taken for. What is wrong with
 * them is told by the help and not here.
 */
import { parseArgs } from "node:util";
import type { LogFormat } from "../log.ts";

/** The command line as it was understood. */
export type Arguments =
  | { readonly kind: "help" }
  | { readonly kind: "wrong" }
  | {
      readonly kind: "start";
      readonly config: string;
      readonly data: string;
      /** Null for the folder beside the program. */
      readonly screen: string | null;
      readonly logFormat: LogFormat;
    };

/** Reads the words behind the program's name. */
export function readArguments(words: readonly string[]): Arguments {
  const text = { type: "string" } as const;
  const options = { config: text, data: text, screen: text, "log-format": text } as const;
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { ...options, help: { type: "boolean", short: "h" } },
    });
    const { config = "", data = "", screen = null, "log-format": logFormat = "text" } = values;
    if (values.help === true) return { kind: "help" };
    if (config === "" || data === "" || (logFormat !== "text" && logFormat !== "json"))
      return { kind: "wrong" };
    return { kind: "start", config, data, screen, logFormat };
  } catch {
    // A word that there is not.
    return { kind: "wrong" };
  }
}
