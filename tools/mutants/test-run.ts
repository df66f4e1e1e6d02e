/**
 * Test files over one copy of the tree: which test, if any, fails. Starts vitest as anybody
 * would and reads its report; knows nothing of bugs.
 */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { MutantsFault } from "./fault.ts";
import { CHECK_MS_MAX } from "./limits.ts";
import { runNode } from "./process.ts";

/** The first failing test of a file; null when all pass. */
export interface FailedTest {
  readonly file: string;
  readonly title: string;
}

const VITEST = "node_modules/vitest/vitest.mjs";
/** Where vitest writes, below the tree's root. */
const REPORT = "mutants-report.json";

/** Runs one test file. Throws mutants/process when that says nothing that can be read. */
export async function runTests(folder: string, file: string): Promise<FailedTest | null> {
  const report = join(folder, REPORT);
  rmSync(report, { force: true });
  const ending = await runNode({
    folder,
    args: [VITEST, "run", "--reporter=json", `--outputFile=${REPORT}`, file],
    env: { SEED: "" },
    msMax: CHECK_MS_MAX,
    isEnough: () => false,
  });
  if (ending.kind === "too_long") return { file, title: "has no end" };
  const title = existsSync(report) ? failedTitle(readFileSync(report, "utf8")) : undefined;
  if (title === undefined)
    throw new MutantsFault("mutants/process", `${file}: ${ending.errors.slice(-2000)}`);
  return title === null ? null : { file, title };
}

/** The title of the first failed test in vitest's report; null when none failed, undefined when it is not that. */
export function failedTitle(report: string): string | null | undefined {
  const parsed = jsonIn(report);
  const files = listIn(parsed, "testResults");
  if (files === null || files.length === 0) return undefined;
  for (const file of files) {
    for (const test of listIn(file, "assertionResults") ?? []) {
      if (textIn(test, "status") === "failed") return textIn(test, "title") ?? "";
    }
    if (textIn(file, "status") === "failed") return textIn(file, "message") ?? "cannot be run";
  }
  return null;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function fieldIn(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function listIn(value: unknown, name: string): readonly unknown[] | null {
  const list: unknown = fieldIn(value, name);
  return Array.isArray(list) ? list : null;
}

function textIn(value: unknown, name: string): string | null {
  const text = fieldIn(value, name);
  return typeof text === "string" ? text : null;
}
