/** How long the tab that chimes keeps the others from it: they hear of the same message within this time. */
const CHIME_HELD_MS = 2_000

export function hasFocus(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus()
}

/** While somebody looks at this tab, all tabs of the workspace can know it. Ends with the signal. */
export function shareAttention(tenantKey: string, signal: AbortSignal): void {
  if (!('locks' in navigator)) return
  let letGo: (() => void) | undefined
  const update = () => {
    if (hasFocus() && !letGo) {
      void navigator.locks.request(attentionOf(tenantKey), { mode: 'shared' }, () => {
        return new Promise<void>((resolve) => (letGo = resolve))
      })
    } else if (!hasFocus()) {
      letGo?.()
      letGo = undefined
    }
  }
  for (const type of ['focus', 'blur']) globalThis.addEventListener(type, update, { signal })
  document.addEventListener('visibilitychange', update, { signal })
  signal.addEventListener('abort', () => letGo?.(), { once: true })
  update()
}

/** Whether somebody looks at any tab of the workspace in this browser. */
export async function isAttended(tenantKey: string): Promise<boolean> {
  if (hasFocus() || !('locks' in navigator)) return hasFocus()
  const { held = [] } = await navigator.locks.query()
  return held.some(({ name }) => name === attentionOf(tenantKey))
}

/** True for one tab of those that ask at about the same time. */
export async function mayChime(tenantKey: string): Promise<boolean> {
  if (!('locks' in navigator)) return true
  return new Promise((resolve) => {
    void navigator.locks.request(`sarai:chime:${tenantKey}`, { ifAvailable: true }, async (lock) => {
      resolve(lock !== null)
      if (lock) await new Promise((release) => setTimeout(release, CHIME_HELD_MS))
    })
  })
}

function attentionOf(tenantKey: string): string {
  return `sarai:attention:${tenantKey}`
}
