/**
 * Which keys of a configuration were never asked for: a watched copy of the parsed file notes every key
 * that its reader reads, so that no second list of keys has to be kept beside the reader.
 * Changes nothing in what it watches, and knows nothing of what the keys mean.
 */

/** A parsed value whose keys are watched. */
export interface WatchedKeys {
  readonly value: unknown;
  /** Keys that nobody asked for, as paths such as "staff[0].nick"; in the order of the file. */
  unread(): readonly string[];
}

const PATH_LENGTH_MAX = 80;

/** Watches what is read of `parsed`, which JSON.parse made. */
export function watchKeys(parsed: unknown): WatchedKeys {
  const asked = new Map<object, Set<string>>();
  return { value: watched(parsed, asked), unread: () => unreadIn(parsed, "", asked) };
}

function watched(value: unknown, asked: Map<object, Set<string>>): unknown {
  if (typeof value !== "object" || value === null) return value;
  const keys = asked.get(value) ?? new Set<string>();
  asked.set(value, keys);
  return new Proxy(value, {
    get: (target, key) => {
      if (typeof key === "string") keys.add(key);
      const its: unknown = Reflect.get(target, key);
      return watched(its, asked);
    },
  });
}

function unreadIn(value: unknown, path: string, asked: ReadonlyMap<object, ReadonlySet<string>>): string[] {
  if (typeof value !== "object" || value === null) return [];
  const keys = asked.get(value);
  // A value that was never looked into was refused, or its key is told already.
  if (keys === undefined) return [];
  return Object.entries(value).flatMap(([key, its]: [string, unknown]) => {
    const at = Array.isArray(value) ? `${path}[${key}]` : `${path}${path === "" ? "" : "."}${nameOf(key)}`;
    if (!keys.has(key)) return Array.isArray(value) ? [] : [at.slice(0, PATH_LENGTH_MAX)];
    return unreadIn(its, at, asked);
  });
}

// A key is somebody's text too: only what can be a key's name is repeated.
function nameOf(key: string): string {
  return /^[A-Za-z_][\w-]{0,31}$/.test(key) ? key : "(a key that is no name)";
}
