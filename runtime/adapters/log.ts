/**
 * What the terminal says for people: one line on stderr with the machine's time, a code and a
 * sentence. Never holds record bytes, keys or what a customer bought.
 */

/** Writes one line. */
export function logLine(code: string, detail: string): void {
  process.stderr.write(`${new Date().toISOString()} ${code}: ${detail}\n`);
}
