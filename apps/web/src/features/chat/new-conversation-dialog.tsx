import { SUBJECT_LENGTH_MAX } from '@sarai/api/chat/schema'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type RefObject, type SyntheticEvent, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { NEW_CONVERSATION } from '../../lib/history-state.ts'
import { reactTo } from '../../lib/errors.ts'
import { useTenantKey, useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { putConversation } from './chat-cache.ts'
import { useChatDesk } from './chat-desk.ts'
import { withoutPanel } from './chat-queries.ts'
import { CustomerPicker, type PickedCustomer } from './customer-picker.tsx'

export interface NewConversationDialogProps {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}

export function NewConversationDialog({ isOpen, onOpenChange }: NewConversationDialogProps) {
  const t = useTranslations('chat.create')
  const first = useRef<HTMLInputElement>(null)
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={t('title')}
      description={t('text')}
      initialFocus={first}
    >
      <NewConversationForm first={first} onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

function NewConversationForm({
  first,
  onDone,
}: {
  first: RefObject<HTMLInputElement | null>
  onDone: () => void
}) {
  const t = useTranslations('chat.create')
  const tc = useTranslations('common')
  const [customer, setCustomer] = useState<PickedCustomer | null>(null)
  const [error, setError] = useState<string>()
  const subject = useRef<HTMLInputElement>(null)
  const create = useCreateConversation((failure) => {
    const reaction = reactTo(failure)
    if (reaction.kind === 'conflict') setError(t('archived'))
    else
      setError(
        reaction.kind === 'toast' || reaction.kind === 'retry'
          ? tc(`error.${reaction.text}`)
          : tc('error.unexpected'),
      )
  }, onDone)

  function submit(event: SyntheticEvent): void {
    event.preventDefault()
    if (!customer) return setError(t('chooseFirst'))
    create.mutate({ customerId: customer.id, subject: subject.current?.value ?? '' })
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <CustomerPicker
        field={first}
        picked={customer}
        error={error}
        onPick={(next) => {
          setCustomer(next)
          setError(undefined)
          if (next) subject.current?.focus()
        }}
      />
      <TextField
        ref={subject}
        label={t('subject')}
        optionalText={tc('field.optional')}
        dir="auto"
        maxLength={SUBJECT_LENGTH_MAX}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>{tc('action.cancel')}</Button>
        <Button type="submit" variant="primary" isBusy={create.isPending}>
          {t('start')}
        </Button>
      </div>
    </form>
  )
}

function useCreateConversation(onError: (error: unknown) => void, onDone: () => void) {
  const trpc = useTrpc()
  const tenantKey = useTenantKey()
  const navigate = useNavigate()
  const { cache } = useChatDesk()
  return useMutation(
    trpc.chat.conversation.create.mutationOptions({
      meta: { errors: 'inline' },
      onError,
      onSuccess: async (conversation) => {
        putConversation(cache, { ...conversation, lastReadSeq: 0, unread: 0 })
        onDone()
        await navigate({
          to: '/$tenantKey/chat/$conversationId',
          params: { tenantKey, conversationId: conversation.id },
          search: withoutPanel,
          state: NEW_CONVERSATION,
        })
      },
    }),
  )
}
