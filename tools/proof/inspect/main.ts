/**
 * The command line of `tools/inspect`: reads stdin up to a bound and hands it on. What is said is
 * decided in run.ts.
 */
import { INPUT_BYTES_MAX, runInspect } from "./run.ts";

const EXIT_TOO_LONG = 1;

void main();

async function main(): Promise<void> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const args = process.argv.slice(2);
  const wantsInput = args.length > 0 && !args.includes("--help") && !args.includes("-h");
  if (wantsInput) {
    for await (const chunk of process.stdin) {
      const bytes: Uint8Array = Buffer.from(chunk);
      length += bytes.length;
      if (length > INPUT_BYTES_MAX) {
        process.stdout.write(
          `${JSON.stringify({ error: "input/too_long", offset: INPUT_BYTES_MAX, message: "More input than is ever inspected at once" })}\n`,
        );
        process.exitCode = EXIT_TOO_LONG;
        return;
      }
      chunks.push(bytes);
    }
  }
  const { out, err, exitCode } = runInspect(args, Buffer.concat(chunks));
  process.stderr.write(err);
  process.stdout.write(out);
  process.exitCode = exitCode;
}
