/**
 * `make test SEED=n` repeats a run: every property draws from that seed. Without SEED each run
 * draws its own, and fast-check prints it beside a counterexample.
 */

const seed = process.env["SEED"];
if (seed !== undefined && seed !== "") {
  const fc = await import("fast-check");
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
}
