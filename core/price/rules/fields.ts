/**
 * Reads the fields of a JSON object, and remembers what is wrong with its path: of carts that a tool
 * reads, and of pricing rules. A wrong field reads as its lowest value, so that reading never stops half
 * way; nothing is priced then.
 */

/** Codes begin with what is read: "cart/missing", "rules/missing". */
export type Area = "cart" | "rules";

/** What is wrong, and where: "lines[0].taxPpm". */
export interface Problem {
  readonly code: string;
  readonly path: string;
  readonly message: string;
}

/** A whole number of whatever the field counts. */
type Whole = number;

/** The bounds of a number; without a fallback the field must be there. */
export interface Range {
  readonly min: Whole;
  readonly max: Whole;
  readonly fallback?: Whole;
}

const TEXT_LENGTH_MAX = 200;

/** One object under reading. Fields that nobody asked for are a problem, at `done`. */
export class Fields {
  readonly #values: ReadonlyMap<string, unknown>;
  readonly #path: string;
  readonly #problems: Problem[];
  readonly #area: Area;
  readonly #asked = new Set<string>();

  constructor(value: unknown, path: string, problems: Problem[], area: Area) {
    this.#path = path;
    this.#problems = problems;
    this.#area = area;
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    if (!isObject) this.#complain("not_an_object", "", "An object belongs here");
    this.#values = new Map(isObject ? Object.entries(value) : []);
  }

  /** Whether the field is there, and not null. */
  has(name: string): boolean {
    return this.#get(name) !== undefined;
  }

  integer(name: string, { min, max, fallback }: Range): number {
    const value = this.#get(name);
    if (value === undefined) {
      if (fallback === undefined) this.#complain("missing", name, "This field must be there");
      return fallback ?? min;
    }
    if (typeof value !== "number" || !Number.isInteger(value)) {
      this.#complain("not_an_integer", name, "A whole number belongs here");
      return min;
    }
    if (value >= min && value <= max) return value;
    this.#complain("out_of_range", name, `From ${min} to ${max}`);
    return min;
  }

  text(name: string, fallback?: string): string {
    const value = this.#get(name);
    if (value === undefined) {
      if (fallback === undefined) this.#complain("missing", name, "This field must be there");
      return fallback ?? "";
    }
    return this.#textOf(value, name);
  }

  flag(name: string): boolean {
    const value = this.#get(name);
    if (value !== undefined && typeof value !== "boolean")
      this.#complain("not_a_flag", name, "true or false belongs here");
    return value === true;
  }

  oneOf<T extends string>(name: string, options: readonly [T, ...T[]], isNeeded = false): T {
    const [first] = options;
    const value = this.#get(name);
    if (value === undefined && !isNeeded) return first;
    const found = options.find((option) => option === value);
    if (found === undefined) this.#complain("unknown_value", name, `One of ${options.join(", ")}`);
    return found ?? first;
  }

  /** An array of objects; none when the field is not there. */
  list<T>(name: string, countMax: number, read: (fields: Fields) => T): readonly T[] {
    return this.#items(name, countMax).map((item, index) => {
      const fields = new Fields(item, this.#pathOf(`${name}[${index}]`), this.#problems, this.#area);
      const value = read(fields);
      fields.done();
      return value;
    });
  }

  texts(name: string, countMax: number): readonly string[] {
    return this.#items(name, countMax).map((item, index) => this.#textOf(item, `${name}[${index}]`));
  }

  integers(name: string, countMax: number, range: Range): readonly number[] {
    return this.#items(name, countMax).map((item, index) =>
      new Fields({ [`${name}[${index}]`]: item }, this.#path, this.#problems, this.#area).integer(
        `${name}[${index}]`,
        range,
      ),
    );
  }

  /** What stands in an object, or null when the field is not there. */
  object<T>(name: string, read: (fields: Fields) => T): T | null {
    const value = this.#get(name);
    if (value === undefined) return null;
    const fields = new Fields(value, this.#pathOf(name), this.#problems, this.#area);
    const its = read(fields);
    fields.done();
    return its;
  }

  /** Says which fields are unknown. */
  done(): void {
    for (const name of this.#values.keys())
      if (!this.#asked.has(name)) this.#complain("unknown_field", name, "There is no such field");
  }

  #get(name: string): unknown {
    this.#asked.add(name);
    return this.#values.get(name) ?? undefined;
  }

  #items(name: string, countMax: number): readonly unknown[] {
    const value = this.#get(name);
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.#complain("not_a_list", name, "A list belongs here");
      return [];
    }
    const items: readonly unknown[] = value;
    if (items.length <= countMax) return items;
    this.#complain("too_many", name, `At most ${countMax}`);
    return [];
  }

  #textOf(value: unknown, name: string): string {
    if (typeof value === "string" && value.length > 0 && value.length <= TEXT_LENGTH_MAX) return value;
    this.#complain("not_a_text", name, `A text of 1 to ${TEXT_LENGTH_MAX} characters belongs here`);
    return "";
  }

  #pathOf(name: string): string {
    if (name === "") return this.#path;
    return this.#path === "" ? name : `${this.#path}.${name}`;
  }

  /** Says that something is wrong with a field; for what its reader knows and this class does not. */
  complain(code: string, name: string, message: string): void {
    this.#complain(code, name, message);
  }

  #complain(code: string, name: string, message: string): void {
    this.#problems.push({ code: `${this.#area}/${code}`, path: this.#pathOf(name), message });
  }
}
