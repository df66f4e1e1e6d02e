/**
 * One runtime for one data directory. The lock is a socket in Linux' abstract name space: it is gone
 * with its process, however that ended, so a killed runtime never locks its shop out.
 */
import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { createServer } from "node:net";

/** Held until `release`, or until the process ends. */
export interface DirectoryLock {
  release(): Promise<void>;
}

/** Takes the lock of an existing directory, or null when another process holds it. */
export function lockDirectory(directory: string): Promise<DirectoryLock | null> {
  const name = createHash("sha256").update(realpathSync(directory)).digest("hex").slice(0, 32);
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(null);
      else reject(error);
    });
    server.listen({ path: `\0tillwright-${name}` }, () => {
      server.unref();
      resolve({ release: () => new Promise((done) => server.close(() => done())) });
    });
  });
}
