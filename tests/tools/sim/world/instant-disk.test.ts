/** A SimFs behind a Disk keeps every promise of the port. */
import { diskConformance } from "../../../conformance/disk.ts";
import { instantDisk } from "../../../../tools/sim/world/instant-disk.ts";
import { SimFs } from "../../../../tools/sim/world/sim-fs.ts";

diskConformance("instant-disk", async () => ({ disk: instantDisk(new SimFs()), dispose: async () => {} }));
