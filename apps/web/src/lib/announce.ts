let region: HTMLElement | null = null

export function attachLiveRegion(element: HTMLElement | null): void {
  region = element
}

/** Reads a short text out to screen readers, without moving the focus. */
export function announce(text: string): void {
  if (!region) return
  // The same text twice is read twice only if the region has changed.
  region.textContent = region.textContent === text ? `${text}\u00a0` : text
}
