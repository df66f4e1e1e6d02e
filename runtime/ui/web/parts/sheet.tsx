/**
 * A sheet from the bottom: over everything, closed by its button, by the space above it or by
 * Escape. The focus goes into it and back to where it was.
 */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { openSheet } from "../actions.ts";
import { Icon } from "./icons.tsx";
import { words } from "../store.ts";

/** A dialog; `foot` stays in reach at the bottom. */
export function Sheet(props: {
  readonly name: string;
  readonly title: string;
  readonly children: ComponentChildren;
  readonly foot?: ComponentChildren;
  readonly isUrgent?: boolean;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    box.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const close = (): void => openSheet(null);
  return (
    <div class="sheet-space">
      <div class="sheet-shade" onClick={close} />
      <div
        class={`sheet sheet-${props.name}`}
        data-id={`sheet-${props.name}`}
        role={props.isUrgent === true ? "alertdialog" : "dialog"}
        aria-modal="true"
        aria-label={props.title}
        tabIndex={-1}
        ref={box}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key === "Escape") close();
        }}
      >
        <div class="sheet-head">
          <h2>{props.title}</h2>
          <button
            type="button"
            class="header-button"
            data-id="sheet-close"
            aria-label={words.value.close}
            onClick={close}
          >
            <Icon name="close" />
          </button>
        </div>
        <div class="sheet-body" tabIndex={0}>
          {props.children}
        </div>
        {props.foot !== undefined && <div class="sheet-foot">{props.foot}</div>}
      </div>
    </div>
  );
}
