/**
 * Where the page is: the path and its filters, as the address has them. Every filter is in the address,
 * so a view can be kept, sent and come back to.
 */
import { signal } from "@preact/signals";

/** Filters by name; an empty one is not in the address. */
export type Filters = Readonly<Record<string, string>>;

/** One place. */
export interface Place {
  readonly path: string;
  readonly filters: Filters;
}

/** Where the page is now. */
export const place = signal<Place>(placeNow());

addEventListener("popstate", () => {
  place.value = placeNow();
});

function placeNow(): Place {
  const filters = Object.fromEntries(new URLSearchParams(location.search));
  return { path: location.pathname, filters };
}

/** The address of a place. */
export function addressOf(path: string, filters: Filters = {}): string {
  const wanted = Object.entries(filters).filter(([, value]) => value !== "");
  const query = new URLSearchParams(wanted).toString();
  return query === "" ? path : `${path}?${query}`;
}

/** Goes to a place; the browser's way back leads here again. */
export function go(address: string): void {
  history.pushState(null, "", address);
  place.value = placeNow();
}

/** The address of this page with these filters changed. */
export function withFilters(changed: Filters): string {
  return addressOf(place.value.path, { ...place.value.filters, ...changed });
}

/** A filter of this page, empty where it is not set. */
export function filter(name: string): string {
  return place.value.filters[name] ?? "";
}

/** Follows a link within the console without leaving the page. */
export function follow(event: MouseEvent): void {
  const { currentTarget } = event;
  if (!(currentTarget instanceof HTMLAnchorElement)) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  go(`${currentTarget.pathname}${currentTarget.search}`);
}
