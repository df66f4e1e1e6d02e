/**
 * A vitest reporter that leaves the counts of a run behind, so that several runs can be summed and a
 * skipped test is seen with its reason. Failures are printed by vitest's own reporter beside it.
 * Owns build/reports/<project>.json; a run that dies before its end leaves none.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Reporter, TestCase, TestModule } from "vitest/node";

import type { RunCounts, SkippedTest } from "./counts.ts";

/** Writes one RunCounts per vitest project into `directory` when the run ends. */
export class CountsReporter implements Reporter {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Called once by vitest; an error outside of all tests counts as a failure of the first project. */
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    mkdirSync(this.#directory, { recursive: true });
    const projects = [...new Set(modules.map((module) => module.project.name))];
    for (const [index, project] of projects.entries()) {
      const counts = countsOf(modules.filter((module) => module.project.name === project));
      const outsideCount = index === 0 ? errors.length : 0;
      const report: RunCounts = { ...counts, failedCount: counts.failedCount + outsideCount };
      writeFileSync(join(this.#directory, `${project}.json`), `${JSON.stringify(report, null, 2)}\n`);
    }
  }
}

function countsOf(modules: readonly TestModule[]): RunCounts {
  let passedCount = 0;
  let failedCount = 0;
  const skipped: SkippedTest[] = [];
  for (const module of modules) {
    // A file that could not be loaded, or a hook that threw, holds failures that no test shows.
    failedCount += module.errors().length;
    for (const test of module.children.allTests()) {
      const state = test.result().state;
      if (state === "passed") passedCount += 1;
      else if (state === "failed") failedCount += 1;
      else skipped.push(skippedTest(module, test));
    }
  }
  return { passedCount, failedCount, skipped };
}

function skippedTest(module: TestModule, test: TestCase): SkippedTest {
  const result = test.result();
  const reason = result.state === "skipped" ? result.note : undefined;
  return {
    title: `${module.relativeModuleId} > ${test.fullName}`,
    reason: reason ?? "no reason given",
  };
}
