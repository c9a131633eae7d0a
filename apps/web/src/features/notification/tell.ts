import type { NotificationSettings } from '@sarai/api/notification/schema'
import { showToast } from '../../lib/toast.ts'
import { isAttended, mayChime } from './attention.ts'
import { readPermission } from './browser-permission.ts'
import type { Burst } from './burst.ts'
import { playChime } from './chime.ts'
import { isQuiet } from './quiet-hours.ts'

export interface Telling {
  tenantKey: string
  settings: NotificationSettings
  burst: Burst
  title: string
  text: string
  openLabel: string
  open: () => void
}

/** In every way that was chosen for its kind: beside the page to who looks at it, by the browser to who does not. */
export async function tell({ tenantKey, settings, burst, ...words }: Telling): Promise<void> {
  const ways = settings.kinds[burst.latest.kind]
  const { title, text, openLabel, open } = words
  if (ways.page && document.visibilityState === 'visible') {
    showToast({
      id: `notice:${tenantKey}`,
      title,
      description: text,
      action: { label: openLabel, run: open },
    })
  }
  if (isQuiet(settings.quietHours, new Date())) return
  if (ways.browser && readPermission() === 'granted' && !(await isAttended(tenantKey))) {
    showBrowserNotification({ tag: `sarai:${tenantKey}`, title, text, open })
  }
  if (ways.sound && burst.isNew && (await mayChime(tenantKey))) playChime()
}

/** The tag makes one of what several tabs show, and of a burst. */
function showBrowserNotification({
  tag,
  title,
  text,
  open,
}: {
  tag: string
  title: string
  text: string
  open: () => void
}): void {
  try {
    const notification = new Notification(title, {
      tag,
      body: text,
      icon: '/favicon.svg',
      dir: 'auto',
      silent: true,
    })
    notification.addEventListener('click', () => {
      globalThis.focus()
      notification.close()
      open()
    })
  } catch {
    // Some phones have the permission and refuse the constructor; the page and the sound are left.
  }
}
