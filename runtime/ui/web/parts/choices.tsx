/**
 * One of a few, as chips: reasons, filters, people, languages. Owns no choice: it says which chip was
 * tapped, and is told which is chosen.
 */

/** One chip; `id` is what is chosen, `label` what is read. */
export interface Choice<T extends string> {
  readonly id: T;
  readonly label: string;
}

/** The chips. They wrap; with `isRow` they scroll sideways in one row. */
export function Choices<T extends string>(props: {
  readonly name: string;
  readonly label: string;
  readonly choices: readonly Choice<T>[];
  readonly chosen: T | "";
  readonly isRow?: boolean;
  readonly onChoose: (id: T) => void;
}) {
  return (
    <div class={props.isRow === true ? "chips" : "choices"} role="radiogroup" aria-label={props.label}>
      {props.choices.map(({ id, label }) => (
        <button
          key={id}
          type="button"
          class="chip"
          role="radio"
          aria-checked={props.chosen === id}
          data-id={`${props.name}-${id}`}
          onClick={() => props.onChoose(id)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
