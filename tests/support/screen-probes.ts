/**
 * What is measured inside the page, as scripts: they run in the browser, whose globals the rest of
 * the project does not have. Each is one expression; what it gives is typed where it is evaluated.
 */

/** One target that a finger can reach now. `left` to `bottom` is its whole box, `seen…` what is not scrolled away. */
export interface Target {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly seenLeft: number;
  readonly seenTop: number;
  readonly seenRight: number;
  readonly seenBottom: number;
  readonly isClipped: boolean;
}

/** Counts every pointerdown in `tapCount`, before anything else hears of it. */
export const COUNT_TAPS = `
  globalThis.tapCount = 0;
  addEventListener("pointerdown", () => (globalThis.tapCount += 1), { capture: true });
`;

/** The taps so far: a number. */
export const TAP_COUNT = "globalThis.tapCount";

/** The targets in reach, of the sheet where one is open: readonly Target[]. */
export const TARGETS = `(() => {
  const root = document.querySelector(".sheet") ?? document;
  return [...root.querySelectorAll("button, input")].flatMap((element) => {
    const box = element.getBoundingClientRect();
    const pane = element.closest(".scroll, .chips, .sheet-body")?.getBoundingClientRect();
    const panel = document.querySelector(".done")?.getBoundingClientRect();
    const isUnder = panel !== undefined && element.closest(".done, .sheet") === null;
    const seen = {
      seenLeft: Math.max(box.left, pane?.left ?? 0),
      seenTop: Math.max(box.top, pane?.top ?? 0),
      seenRight: Math.min(box.right, pane?.right ?? innerWidth),
      seenBottom: Math.min(box.bottom, pane?.bottom ?? innerHeight, isUnder ? panel.top : innerHeight),
    };
    if (seen.seenLeft >= seen.seenRight || seen.seenTop >= seen.seenBottom) return [];
    const hit = document.elementFromPoint(
      (seen.seenLeft + seen.seenRight) / 2,
      (seen.seenTop + seen.seenBottom) / 2,
    );
    if (hit === null || !element.contains(hit)) return [];
    return [{
      id: element.dataset.id ?? element.className,
      width: box.width,
      height: box.height,
      ...seen,
      isClipped: element.scrollWidth > element.clientWidth + 1,
    }];
  });
})()`;

/** Panes that can be scrolled sideways, by class: readonly string[]; the row of categories may be. */
export const SIDEWAYS = `
  [...document.querySelectorAll("body, #app, .screen, .content, .scroll, .sheet, .sheet-body, .bar, .header, .strip-row")]
    .filter((element) => element.scrollWidth > element.clientWidth)
    .map((element) => element.className || element.id)
`;

/** Texts whose contrast to what lies behind them is under 4.5 (WCAG 2.2, 1.4.3): readonly string[]. */
export const WEAK_TEXTS = `(() => {
  const numbers = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = (rgb) => {
    const [r, g, b] = rgb.slice(0, 3).map((channel) => {
      const part = channel / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (from) => {
    for (let element = from; element !== null; element = element.parentElement) {
      const color = numbers(getComputedStyle(element).backgroundColor);
      if ((color[3] ?? 1) === 1) return color;
    }
    return [255, 255, 255];
  };
  const root = document.querySelector(".sheet") ?? document.body;
  return [...root.querySelectorAll("*")].flatMap((element) => {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "");
    if (!hasText || element.closest("[data-shown='false'], .spoken") !== null) return [];
    const text = luminance(numbers(getComputedStyle(element).color));
    const ground = luminance(behind(element));
    const ratio = (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
    return ratio < 4.5 ? [element.className + ": " + element.textContent + " " + ratio.toFixed(2)] : [];
  });
})()`;

/** Texts that reach beyond their button, their place or the screen: readonly string[]. What scrolls is left out. */
export const CUT_OFF = `(() => {
  const root = document.querySelector(".sheet") ?? document.body;
  const slack = 3;
  return [...root.querySelectorAll("*")].flatMap((element) => {
    const texts = [...element.childNodes].filter((node) => node.nodeType === 3 && node.textContent.trim() !== "");
    if (texts.length === 0 || element.closest(".chips, .spoken, .tile, [data-shown='false']") !== null) return [];
    const button = element.closest("button");
    const place = (button ?? document.body).getBoundingClientRect();
    const isShort = getComputedStyle(element).overflow !== "visible" && element.scrollWidth > element.clientWidth;
    return texts.flatMap((node) => {
      const range = document.createRange();
      range.selectNode(node);
      const box = range.getBoundingClientRect();
      const isBeside = box.left < place.left - 1 || box.right > place.right + 1;
      const isOver = button !== null && (box.top < place.top - slack || box.bottom > place.bottom + slack);
      return isBeside || isOver || isShort ? [element.className + ": " + node.textContent] : [];
    });
  });
})()`;

/** Clicks of a target without the finger's pauses, as often as \`count\` says. */
export function clicks(id: string, count: number): string {
  return `for (let count = 0; count < ${count}; count += 1) document.querySelector('[data-id="${id}"]').click()`;
}

/** Closes the socket right after each of the next \`count\` commands left on it: the runtime acts, the answer is lost. */
export function cutAfterCommands(count: number): string {
  return `(() => {
    const { send } = WebSocket.prototype;
    let left = ${count};
    WebSocket.prototype.send = function (data) {
      send.call(this, data);
      if (!data.includes('"command"') || left === 0) return;
      left -= 1;
      this.close();
    };
  })()`;
}
