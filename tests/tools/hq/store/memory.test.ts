/** The store in memory keeps the contract of every store. */
import { testStore } from "../../../conformance/hq-store.ts";
import { createMemoryStore } from "../../../../tools/hq/store/memory.ts";

const store = createMemoryStore(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));

testStore("memory", () => store);
