import type { ConversationForMember } from '@sarai/api'
import Merge from 'lucide-react/icons/merge'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useShortcuts } from '../../lib/keyboard.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'

const load = () => import('./merge-dialog.tsx')
const MergeDialog = lazy(async () => ({ default: (await load()).MergeDialog }))

/** Two conversations that are one: by button and by key. */
export function MergeAction({ conversation }: { conversation: ConversationForMember }) {
  const t = useTranslations('chat')
  const [isOpen, setOpen] = useState(false)
  const label = t('merge.action')
  useShortcuts([
    { id: 'chat.merge', keys: 'shift+m', label, group: t('action.group'), run: () => setOpen(true) },
  ])
  return (
    <>
      <Tooltip label={label} keys="shift+m">
        <IconButton
          label={label}
          aria-haspopup="dialog"
          onPointerEnter={() => void load()}
          onClick={() => setOpen(true)}
        >
          <Merge aria-hidden />
        </IconButton>
      </Tooltip>
      {isOpen ? (
        <Suspense>
          <MergeDialog conversation={conversation} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
