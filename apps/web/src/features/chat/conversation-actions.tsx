import type { ConversationForMember } from '@sarai/api'
import AlarmClock from 'lucide-react/icons/alarm-clock'
import Check from 'lucide-react/icons/check'
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import UserRound from 'lucide-react/icons/user-round'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useShortcuts } from '../../lib/keyboard.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { AssignMenu } from './assign-menu.tsx'
import { useChatDesk } from './chat-desk.ts'
import { MergeAction } from './merge-action.tsx'
import { SnoozeDialog } from './snooze-dialog.tsx'
import { SnoozeMenu } from './snooze-menu.tsx'
import { type ConversationWrites, useConversationWrites } from './use-conversation-writes.ts'
import { useTriageWrites } from './use-triage-writes.ts'

interface ActionProps {
  conversation: ConversationForMember
  writes: ConversationWrites
}

/** Resolve, assign, snooze: by button and by key, each with a way back. */
export function ConversationActions({ conversation }: { conversation: ConversationForMember }) {
  const { can } = useChatDesk()
  const writes = useConversationWrites(conversation)
  return (
    <div className="flex shrink-0 items-center gap-1">
      {can('chat:assign') ? <Assign conversation={conversation} writes={writes} /> : null}
      {can('chat:resolve') ? (
        <>
          {can('chat:assign') ? <MergeAction conversation={conversation} /> : null}
          <Snooze conversation={conversation} writes={writes} />
          <Resolve conversation={conversation} writes={writes} />
        </>
      ) : null}
    </div>
  )
}

function Assign({ conversation, writes }: ActionProps) {
  const t = useTranslations('chat.action')
  const anchor = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  useShortcuts([
    { id: 'chat.assign', keys: 'a', label: t('assign'), group: t('group'), run: () => setOpen(true) },
  ])
  const { setTeam } = useTriageWrites(conversation)
  const name = conversation.assigneeName
  return (
    <>
      <Tooltip label={t('assign')} keys="a">
        <Button
          ref={anchor}
          variant="ghost"
          aria-haspopup="menu"
          aria-expanded={isOpen}
          aria-label={name === null ? t('assign') : t('assignee', { name })}
          onClick={() => setOpen(!isOpen)}
        >
          <UserRound aria-hidden className="size-4" />
          <bdi className="hidden max-w-32 truncate sm:block">{name ?? t('assign')}</bdi>
        </Button>
      </Tooltip>
      <AssignMenu
        isOpen={isOpen}
        onOpenChange={setOpen}
        anchor={anchor}
        assigneeId={conversation.assigneeId}
        onAssign={writes.assign}
        teamId={conversation.teamId}
        onAssignTeam={setTeam}
      />
    </>
  )
}

function Snooze({ conversation, writes }: ActionProps) {
  const t = useTranslations('chat.action')
  const anchor = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const [isChoosing, setChoosing] = useState(false)
  useShortcuts([
    { id: 'chat.snooze', keys: 's', label: t('snooze'), group: t('group'), run: () => setOpen(true) },
  ])
  return (
    <>
      <Tooltip label={t('snooze')} keys="s">
        <IconButton
          ref={anchor}
          label={t('snooze')}
          aria-haspopup="menu"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <AlarmClock aria-hidden />
        </IconButton>
      </Tooltip>
      <SnoozeMenu
        isOpen={isOpen}
        onOpenChange={setOpen}
        anchor={anchor}
        isSnoozed={conversation.status === 'snoozed'}
        onSnooze={writes.snooze}
        onWake={writes.reopen}
        onChoose={() => setChoosing(true)}
      />
      {isChoosing ? <SnoozeDialog onClose={() => setChoosing(false)} onSnooze={writes.snooze} /> : null}
    </>
  )
}

function Resolve({ conversation, writes }: ActionProps) {
  const t = useTranslations('chat.action')
  const isOpen = conversation.status === 'open'
  const label = t(isOpen ? 'resolve' : 'reopen')
  useShortcuts([{ id: 'chat.resolve', keys: 'e', label, group: t('group'), run: writes.toggleResolved }])
  return (
    <Tooltip label={label} keys="e">
      <Button onClick={writes.toggleResolved} aria-label={label}>
        {isOpen ? <Check aria-hidden className="size-4" /> : <RotateCcw aria-hidden className="size-4" />}
        <span className="hidden sm:inline">{label}</span>
      </Button>
    </Tooltip>
  )
}
