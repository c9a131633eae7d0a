import { useSyncExternalStore } from 'react'
import { useTranslations } from 'use-intl'
import { listShortcuts, type Shortcut, subscribeShortcuts } from '../../lib/keyboard.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Kbd } from '../../ui/kbd.tsx'

interface ShortcutListProps {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}

/** Every key that works on the page behind, by group. */
export function ShortcutList(props: ShortcutListProps) {
  const t = useTranslations('common.shortcut')
  const shortcuts = useSyncExternalStore(subscribeShortcuts, listShortcuts)
  const groups = Object.groupBy(
    shortcuts.filter(({ keys }) => keys !== undefined),
    ({ group }) => group,
  )
  return (
    <Dialog {...props} title={t('title')} description={t('text')} size="lg">
      <div className="gap-x-10 sm:columns-2">
        {Object.entries(groups).map(([group, items = []]) => (
          <section key={group} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 text-xs font-medium text-text-muted">{group}</h3>
            <dl>
              {items.map((item) => (
                <ShortcutRow key={item.id} shortcut={item} />
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

function ShortcutRow({ shortcut: { keys = '', label } }: { shortcut: Shortcut }) {
  return (
    <div className="flex min-h-8 items-center justify-between gap-4 border-b border-line py-1 text-sm last:border-0">
      <dt>{label}</dt>
      <dd>
        <Kbd keys={keys} />
        <span className="sr-only">{keys}</span>
      </dd>
    </div>
  )
}
