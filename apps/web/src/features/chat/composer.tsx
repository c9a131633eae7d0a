import type { Attachment, ConversationForMember, Quote } from '@sarai/api'
import { type ClipboardEvent, type Ref, type RefObject, useEffect, useImperativeHandle, useRef } from 'react'
import { useLocation } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { useShortcuts } from '../../lib/keyboard.ts'
import { cx } from '../../ui/cx.ts'
import { useChatDesk, useOutbox } from './chat-desk.ts'
import { AttachmentTray } from './attachment-tray.tsx'
import { ComposerBar } from './composer-bar.tsx'
import { ComposerField } from './composer-field.tsx'
import { ComposerMacro } from './composer-macro.tsx'
import { listMentioned } from './composer-trigger.ts'
import { FileDrop } from './file-drop.tsx'
import { type Draft, joinDrafts } from './drafts.ts'
import type { ChosenFile } from './file-uploads.ts'
import type { NewEntry, OutboxEntry } from './outbox.ts'
import { ReplyingTo } from './replying-to.tsx'
import { UnseenMessages } from './unseen-messages.tsx'
import { useAttachments } from './use-attachments.ts'
import { useSendLater } from './use-send-later.ts'
import { useDraft } from './use-draft.ts'

export interface ComposerHandle {
  /** What was not sent comes back, before whatever is being written. */
  takeBack: (entry: OutboxEntry) => void
  /** What was to be sent later comes back likewise, with the files that the server has. */
  restore: (written: Draft, files: readonly Attachment[]) => void
  /** What is being written answers this message. A note is answered by a note. */
  reply: (quote: Quote, isNote: boolean) => void
}

export interface ComposerProps {
  conversation: ConversationForMember
  /** The last message that was on screen. */
  getSeenSeq: () => number
  ref: Ref<ComposerHandle>
}

export function Composer({ conversation, getSeenSeq, ref }: ComposerProps) {
  const t = useTranslations('chat')
  const { can, drafts, outbox, presence } = useChatDesk()
  const draft = useDraft(drafts, conversation.id)
  const attachments = useAttachments(conversation.id)
  const field = useRef<HTMLTextAreaElement>(null)
  const held = useOutbox().find((entry) => entry.conversationId === conversation.id && entry.state === 'held')
  useImperativeHandle(ref, () => ({
    takeBack(entry) {
      draft.change(joinDrafts(entry, draft.value))
      attachments.takeBack(entry.files ?? [])
      field.current?.focus()
    },
    restore(written, files) {
      draft.change(joinDrafts(written, draft.value))
      attachments.restore(files)
      field.current?.focus()
    },
    reply(replyTo, isNote) {
      draft.change({ ...draft.value, replyTo, private: draft.value.private || isNote })
      field.current?.focus()
    },
  }))
  const focus = () => field.current?.focus()
  useFocusIfNew(field)
  const sendLater = useSendLater({ conversationId: conversation.id, draft, attachments, getSeenSeq })
  const mayReply = can('chat:reply')
  useReplyKey(mayReply ? focus : null)
  if (!mayReply) {
    return <p className="border-t border-line px-6 py-4 text-sm text-text-muted">{t('composer.readOnly')}</p>
  }

  function send(): void {
    if (draft.isTooLong || draft.showUnfilled()) return focus()
    // What was held has been read now: a second Enter sends it.
    if (held) outbox.confirm(conversation.id)
    if (draft.value.body.trim() === '' && attachments.uploads.length === 0) return
    outbox.write({
      ...toWritten(draft.value, attachments.send()),
      conversationId: conversation.id,
      lastSeenSeq: Math.max(getSeenSeq(), held?.unseen?.lastSeq ?? 0),
    })
    draft.clear()
    presence.write('looking')
  }

  const isNote = draft.value.private
  // The acts of a macro go with what is sent now.
  const isForNow = draft.value.macro !== undefined
  return (
    <div className="shrink-0 px-3 md:px-6">
      <div className="mx-auto w-full max-w-3xl">
        {held ? <UnseenMessages entry={held} onConfirm={send} /> : null}
        <div
          onPaste={(event) => takePastedFiles(event, attachments.add)}
          className={cx(
            'relative rounded-lg border',
            isNote ? 'border-warning-text/50 bg-warning-soft' : 'border-line-control bg-surface',
            'has-[textarea:focus-visible]:border-focus has-[textarea:focus-visible]:outline-1 has-[textarea:focus-visible]:outline-focus',
          )}
        >
          <ReplyingTo draft={draft} />
          <ComposerMacro draft={draft} />
          <AttachmentTray attachments={attachments} />
          <ComposerField ref={field} draft={draft} conversation={conversation} onSend={send} />
          <ComposerBar
            draft={draft}
            conversation={conversation}
            onFiles={attachments.add}
            onMacro={focus}
            onSend={send}
            onSendLater={isForNow ? undefined : (at) => sendLater(at) || focus()}
          />
          <FileDrop onFiles={attachments.add} />
        </div>
      </div>
    </div>
  )
}

/** A draft as it leaves, with the files that were chosen for it. */
function toWritten(
  draft: Draft,
  files: readonly ChosenFile[],
): Omit<NewEntry, 'conversationId' | 'lastSeenSeq'> {
  const { body, replyTo, macro } = draft
  const mentions = listMentioned(draft)
  return {
    clientId: crypto.randomUUID(),
    body: body.trim() === '' ? '' : body,
    ...(files.length > 0 && { files }),
    private: draft.private,
    ...(mentions.length > 0 && { mentions }),
    ...(replyTo && { replyTo }),
    ...(macro && { macro }),
    writtenAt: new Date().toISOString(),
  }
}

function useReplyKey(run: (() => void) | null): void {
  const t = useTranslations('chat.action')
  useShortcuts(run ? [{ id: 'chat.reply', keys: 'r', label: t('reply'), group: t('group'), run }] : [])
}

/** Whoever has just begun a conversation wants to write in it. */
function useFocusIfNew(field: RefObject<HTMLTextAreaElement | null>): void {
  const isNew = useLocation({ select: ({ state }) => state.isNewConversation === true })
  useEffect(() => {
    if (isNew) field.current?.focus()
  }, [isNew, field])
}

/** Spreadsheets and word processors put a picture of their text beside it: then the text is what is meant. */
function takePastedFiles(event: ClipboardEvent, add: (files: File[]) => void): void {
  const { files, types } = event.clipboardData
  if (files.length === 0 || types.includes('text/plain')) return
  event.preventDefault()
  add([...files])
}
