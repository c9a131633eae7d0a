import type { Conversation } from '@sarai/api'
import { MESSAGE_BODY_LENGTH_MAX } from '@sarai/api/chat/schema'
import Lock from 'lucide-react/icons/lock'
import SendHorizontal from 'lucide-react/icons/send-horizontal'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { AttachmentButton } from './attachment-button.tsx'
import { MacroButton } from './macro-menu.tsx'
import { SendLater } from './send-later.tsx'
import type { DraftState } from './use-draft.ts'

/** The rest is counted aloud once it is small. */
const LEFT_SHOWN_MAX = 500

/** Below the text: the note switch, what there is to say about the length, and the button. */
interface ComposerBarProps {
  draft: DraftState
  conversation: Conversation
  onFiles: (files: File[]) => void
  /** A macro has put its text into the field. */
  onMacro: () => void
  onSend: () => void
  /** undefined: what is written cannot be sent later. */
  onSendLater: ((at: Date) => void) | undefined
}

export function ComposerBar({
  draft,
  conversation,
  onFiles,
  onMacro,
  onSend,
  onSendLater,
}: ComposerBarProps) {
  const t = useTranslations('chat.composer')
  const isNote = draft.value.private
  return (
    <div className="flex items-center gap-2 px-2 pb-2">
      <AttachmentButton onFiles={onFiles} />
      <MacroButton draft={draft} conversation={conversation} onChosen={onMacro} />
      <Button
        size="sm"
        variant="ghost"
        aria-pressed={isNote}
        className={cx(isNote && 'text-warning-text')}
        onClick={() => draft.change({ ...draft.value, private: !isNote })}
      >
        <Lock aria-hidden className="size-3.5" />
        {t('note')}
      </Button>
      <ComposerHint draft={draft} />
      {onSendLater ? <SendLater onSendLater={onSendLater} /> : null}
      <Button size="sm" variant="primary" aria-disabled={draft.isTooLong || undefined} onClick={onSend}>
        {isNote ? t('addNote') : t('send')}
        {isNote ? null : <SendHorizontal aria-hidden className="flip-rtl size-3.5" />}
      </Button>
    </div>
  )
}

function ComposerHint({ draft }: { draft: DraftState }) {
  const t = useTranslations('chat.composer')
  const max = MESSAGE_BODY_LENGTH_MAX
  const hasProblem = draft.isTooLong || draft.refusedLength !== null || draft.unfilled.length > 0
  return (
    <p
      id="composer-hint"
      role={hasProblem ? 'alert' : undefined}
      className={cx('min-w-0 flex-1 text-xs', hasProblem ? 'text-danger-text' : 'text-text-faint')}
    >
      {draft.refusedLength !== null ? (
        t('pasteTooLong', { count: draft.refusedLength, max })
      ) : draft.isTooLong ? (
        t('tooLong', { count: -draft.left, max })
      ) : draft.unfilled.length > 0 ? (
        t('unfilled', { places: draft.unfilled.map((name) => `{{${name}}}`).join(', ') })
      ) : draft.left <= LEFT_SHOWN_MAX ? (
        t('left', { count: draft.left })
      ) : (
        <Keys isNote={draft.value.private} />
      )}
    </p>
  )
}

/** As many as there is room for on one line; none is cut off in the middle. */
function Keys({ isNote }: { isNote: boolean }) {
  const t = useTranslations('chat.composer')
  const hints = isNote ? [t('noteOn')] : [t('hint.send'), t('hint.line'), t('hint.slash')]
  return (
    <span className="hidden h-[1lh] flex-wrap overflow-hidden md:flex pointer-coarse:hidden">
      <span aria-hidden />
      {hints.map((hint) => (
        <span key={hint} className="me-3 whitespace-nowrap">
          {hint}{' '}
        </span>
      ))}
    </span>
  )
}
