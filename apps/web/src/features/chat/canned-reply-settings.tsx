import type { CannedReply } from '@sarai/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import MessageSquareText from 'lucide-react/icons/message-square-text'
import Pencil from 'lucide-react/icons/pencil'
import Trash2 from 'lucide-react/icons/trash-2'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useChanges } from '../../lib/changes.ts'
import { useCan } from '../../lib/permissions.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { SettingsList } from '../../ui/settings-list.tsx'
import { CannedReplyDialog } from './canned-reply-dialog.tsx'
import { useRemoveCannedReply } from './use-save-canned-reply.ts'

/** Texts that are written often: one's own, and those of the team. */
export function CannedReplySettings() {
  const t = useTranslations('chat.canned')
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const [open, setOpen] = useState<CannedReply | 'new' | null>(null)
  const replies = useQuery(trpc.chat.cannedReply.list.queryOptions())
  useChanges(({ kind }) => {
    if (kind === 'canned-reply.changed')
      void queryClient.invalidateQueries(trpc.chat.cannedReply.pathFilter())
  })
  return (
    <SettingsList
      query={replies}
      text={t('text')}
      addLabel={t('new')}
      onAdd={() => setOpen('new')}
      renderList={(data) => <Lists items={data.items} onEdit={setOpen} />}
    >
      {open === null ? null : (
        <CannedReplyDialog {...(open !== 'new' && { reply: open })} onClose={() => setOpen(null)} />
      )}
    </SettingsList>
  )
}

function Lists({ items, onEdit }: { items: readonly CannedReply[]; onEdit: (reply: CannedReply) => void }) {
  const t = useTranslations('chat.canned')
  const mayChangeTeams = useCan()('chat:configure')
  if (items.length === 0) {
    return <EmptyState icon={<MessageSquareText />} title={t('empty')} text={t('emptyText')} />
  }
  return [true, false].map((isTeams) => {
    const some = items.filter((reply) => reply.isTeams === isTeams)
    if (some.length === 0) return null
    return (
      <section key={String(isTeams)} className="flex flex-col gap-2">
        <h2 className="text-base font-semibold">{t(isTeams ? 'teams' : 'own')}</h2>
        <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
          {some.map((reply) => (
            <Row
              key={reply.id}
              reply={reply}
              {...((mayChangeTeams || !isTeams) && { onEdit: () => onEdit(reply) })}
            />
          ))}
        </ul>
      </section>
    )
  })
}

/** Without `onEdit` it can be read alone. */
function Row({ reply, onEdit }: { reply: CannedReply; onEdit?: () => void }) {
  const t = useTranslations('chat.canned')
  const { remove, isRemoving } = useRemoveCannedReply()
  const { shortcut, body } = reply
  return (
    <li className="flex min-h-11 items-start gap-3 px-3 py-2">
      <bdi className="w-32 shrink-0 truncate text-sm leading-6 font-medium match-parent">/{shortcut}</bdi>
      <p dir="auto" className="reading line-clamp-2 min-w-0 flex-1 text-sm text-text-muted match-parent">
        {body}
      </p>
      {onEdit ? (
        <>
          <IconButton size="sm" label={t('edit', { shortcut })} onClick={onEdit}>
            <Pencil aria-hidden />
          </IconButton>
          <IconButton
            size="sm"
            label={t('remove', { shortcut })}
            disabled={isRemoving}
            onClick={() => remove(reply)}
          >
            <Trash2 aria-hidden />
          </IconButton>
        </>
      ) : null}
    </li>
  )
}
