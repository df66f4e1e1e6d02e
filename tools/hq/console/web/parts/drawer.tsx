/**
 * A sheet at the side of a list: what is known of one row. The address names the row, so it can be
 * sent. One is open at a time.
 */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { say } from "../words/words.ts";

/** See the header. Escape and the button close it, and the focus goes back to where it was. */
export function Drawer(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) {
  const { title, onClose, children } = props;
  const sheet = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { activeElement } = document;
    sheet.current?.focus();
    return () => {
      if (activeElement instanceof HTMLElement) activeElement.focus();
    };
  }, []);
  return (
    <div
      class="drawer"
      role="dialog"
      aria-label={title}
      tabIndex={-1}
      ref={sheet}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <div class="head">
        <h2>{title}</h2>
        <button type="button" class="plain" onClick={onClose} data-id="close">
          {say("close")}
        </button>
      </div>
      {children}
    </div>
  );
}
