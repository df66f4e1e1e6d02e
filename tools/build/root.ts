/**
 * Where the checkout is. Tools find the project by their own place and never by the current folder.
 */
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout that this file stands in. */
export const PROJECT_ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
