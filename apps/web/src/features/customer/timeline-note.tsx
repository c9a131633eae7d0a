import type { TimelineItem } from '@sarai/api'
import { CUSTOMER_NOTE_LENGTH_MAX } from '@sarai/api/customer/schema'
import { useMutation, useQuery } from '@tanstack/react-query'
import Pencil from 'lucide-react/icons/pencil'
import Trash2 from 'lucide-react/icons/trash-2'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { sessionQuery } from '../../lib/session.ts'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { useCustomerCache } from './use-customer-cache.ts'

type NoteItem = Extract<TimelineItem, { type: 'note' }>

/** What a colleague wrote. One's own may be changed, and deleted with a way back. */
export function TimelineNote({ item }: { item: NoteItem }) {
  const t = useTranslations('customer.timeline')
  const [isEditing, setEditing] = useState(false)
  const { edit, remove } = useNoteWrites()
  const { data: session } = useQuery(sessionQuery)
  const isOwn = session?.user.id === item.actor?.id
  const { note } = item
  if (isEditing) {
    return (
      <NoteEditor
        initial={note.body}
        onCancel={() => setEditing(false)}
        onSave={(body) => {
          edit({ id: note.id, body })
          setEditing(false)
        }}
      />
    )
  }
  return (
    <div className="group/note flex items-start gap-1 rounded-md bg-sunken px-2.5 py-1.5">
      <p dir="auto" className="min-w-0 flex-1 text-start break-words whitespace-pre-wrap">
        {note.body}
      </p>
      {isOwn ? (
        <span className="flex shrink-0 opacity-0 group-focus-within/note:opacity-100 group-hover/note:opacity-100 pointer-coarse:opacity-100">
          <IconButton size="sm" label={t('editNote')} onClick={() => setEditing(true)}>
            <Pencil aria-hidden />
          </IconButton>
          <IconButton size="sm" label={t('deleteNote')} onClick={() => remove(note.id)}>
            <Trash2 aria-hidden />
          </IconButton>
        </span>
      ) : null}
    </div>
  )
}

interface NoteEditorProps {
  initial: string
  onSave: (body: string) => void
  onCancel: () => void
}

function NoteEditor({ initial, onSave, onCancel }: NoteEditorProps) {
  const t = useTranslations('customer.timeline')
  const tc = useTranslations('common.action')
  const [body, setBody] = useState(initial)
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (body.trim() !== '') onSave(body)
      }}
    >
      <TextArea
        label={t('editNote')}
        isLabelHidden
        ref={focusOnce}
        dir="auto"
        maxLength={CUSTOMER_NOTE_LENGTH_MAX}
        value={body}
        onChange={(event) => setBody(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onCancel()
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && body.trim() !== '') onSave(body)
        }}
      />
      <div className="flex gap-2">
        <Button type="submit" size="sm" variant="primary">
          {tc('save')}
        </Button>
        <Button size="sm" onClick={onCancel}>
          {tc('cancel')}
        </Button>
      </div>
    </form>
  )
}

function focusOnce(element: HTMLElement | null): void {
  element?.focus()
}

function useNoteWrites() {
  const t = useTranslations('customer.timeline')
  const tc = useTranslations('common.action')
  const trpc = useTrpc()
  const { queryClient } = useCustomerCache()
  const options = {
    onSettled: () => queryClient.invalidateQueries(trpc.customer.timeline.infiniteQueryFilter()),
  }
  const edit = useMutation(trpc.customer.note.edit.mutationOptions(options))
  const remove = useMutation(trpc.customer.note.delete.mutationOptions(options))
  const restore = useMutation(trpc.customer.note.restore.mutationOptions(options))
  return {
    edit: edit.mutate,
    remove: (id: string) =>
      remove.mutate(
        { id },
        {
          onSuccess: () =>
            showToast({
              id: `note.${id}`,
              title: t('noteDeleted'),
              action: { label: tc('undo'), run: () => restore.mutate({ id }) },
            }),
        },
      ),
  }
}
