/**
 * Runs the benches and prints one line of JSON for each. A figure that is not reached is no failure:
 * nothing here judges.
 */
import { benchWorld } from "./world.ts";

const BENCHES = [benchWorld];

for (const bench of BENCHES) console.log(JSON.stringify(await bench()));
