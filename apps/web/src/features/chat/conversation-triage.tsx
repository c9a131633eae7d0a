import type { ConversationForMember } from '@sarai/api'
import TagIcon from 'lucide-react/icons/tag'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useShortcuts } from '../../lib/keyboard.ts'
import { Button } from '../../ui/button.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { useChatDesk } from './chat-desk.ts'
import { LabelChips } from './label-chips.tsx'
import { LabelMenu } from './label-menu.tsx'
import { PriorityMark } from './priority-mark.tsx'
import { PriorityMenu } from './priority-menu.tsx'
import { TeamName } from './team-name.tsx'
import { useTriageWrites } from './use-triage-writes.ts'

interface TriageProps {
  conversation: ConversationForMember
}

/** What a conversation is sorted by: shown to everybody, changed by button and by key. */
export function ConversationTriage({ conversation }: TriageProps) {
  const { can } = useChatDesk()
  const { priority, labelIds, teamId } = conversation
  const mayChange = can('chat:assign')
  if (!mayChange && priority === 'none' && teamId === null && labelIds.length === 0) return null
  return (
    <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-1.5 border-b border-line px-3 py-1 lg:px-5">
      {mayChange ? <PriorityButton conversation={conversation} /> : null}
      {mayChange || priority === 'none' ? null : <PriorityMark priority={priority} isNamed />}
      {teamId === null ? null : (
        <span className="text-sm text-text-muted">
          <TeamName teamId={teamId} />
        </span>
      )}
      <LabelChips labelIds={labelIds} />
      {mayChange ? <LabelButton conversation={conversation} /> : null}
    </div>
  )
}

function PriorityButton({ conversation }: TriageProps) {
  const t = useTranslations('chat')
  const anchor = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const { setPriority } = useTriageWrites(conversation)
  const { priority } = conversation
  useShortcuts([
    {
      id: 'chat.priority',
      keys: 'p',
      label: t('action.priority'),
      group: t('action.group'),
      run: () => setOpen(true),
    },
  ])
  return (
    <>
      <Tooltip label={t('action.priority')} keys="p">
        <Button
          ref={anchor}
          size="sm"
          variant="ghost"
          aria-haspopup="menu"
          aria-expanded={isOpen}
          aria-label={t('action.priorityIs', { priority: t(`priority.${priority}`) })}
          onClick={() => setOpen(!isOpen)}
        >
          <PriorityMark priority={priority} />
          {t(`priority.${priority}`)}
        </Button>
      </Tooltip>
      <PriorityMenu
        isOpen={isOpen}
        onOpenChange={setOpen}
        anchor={anchor}
        priority={priority}
        onChange={setPriority}
      />
    </>
  )
}

function LabelButton({ conversation }: TriageProps) {
  const t = useTranslations('chat.action')
  const anchor = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const { toggleLabel } = useTriageWrites(conversation)
  useShortcuts([
    { id: 'chat.label', keys: 'l', label: t('label'), group: t('group'), run: () => setOpen(true) },
  ])
  return (
    <>
      <Tooltip label={t('label')} keys="l">
        <Button
          ref={anchor}
          size="sm"
          variant="ghost"
          aria-haspopup="menu"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <TagIcon aria-hidden className="size-4" />
          {t('label')}
        </Button>
      </Tooltip>
      <LabelMenu
        isOpen={isOpen}
        onOpenChange={setOpen}
        anchor={anchor}
        labelIds={conversation.labelIds}
        onToggle={toggleLabel}
      />
    </>
  )
}
