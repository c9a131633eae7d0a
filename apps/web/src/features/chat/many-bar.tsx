import AlarmClock from 'lucide-react/icons/alarm-clock'
import Check from 'lucide-react/icons/check'
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import SignalHigh from 'lucide-react/icons/signal-high'
import TagIcon from 'lucide-react/icons/tag'
import UserRound from 'lucide-react/icons/user-round'
import X from 'lucide-react/icons/x'
import Zap from 'lucide-react/icons/zap'
import { MANY_MAX } from '@sarai/api/chat/schema'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useShortcuts } from '../../lib/keyboard.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import type { LazyMenuContentProps } from '../../ui/lazy-menu.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { AssignMenu } from './assign-menu.tsx'
import { useChatDesk } from './chat-desk.ts'
import { LabelMenu } from './label-menu.tsx'
import { ManyMacroMenu } from './macro-menu.tsx'
import { PriorityMenu } from './priority-menu.tsx'
import { SnoozeDialog } from './snooze-dialog.tsx'
import { SnoozeMenu } from './snooze-menu.tsx'
import { useManyWrites } from './use-many-writes.ts'
import type { Selection } from './use-selection.ts'

type ManyWrites = ReturnType<typeof useManyWrites>

/** What can be done to all chosen conversations; the keys of one conversation mean all of them while it is there. */
export function ManyBar({ selection }: { selection: Selection }) {
  const t = useTranslations('chat.many')
  const ta = useTranslations('chat.action')
  const tm = useTranslations('macro')
  const { can } = useChatDesk()
  const writes = useManyWrites(selection.selected)
  useShortcuts([
    {
      id: 'chat.many.clear',
      keys: 'escape',
      label: t('clear'),
      group: ta('group'),
      isKeyOnly: true,
      isAbove: true,
      run: selection.clear,
    },
  ])
  const count = selection.selected.length
  return (
    <div
      role="toolbar"
      aria-label={t('label')}
      className="flex min-h-11 shrink-0 items-center gap-0.5 border-y border-line bg-selected ps-4 pe-2"
    >
      <p role="status" className="min-w-0 flex-1 truncate text-sm font-medium tabular">
        {selection.isFull ? t('full', { count: MANY_MAX }) : t('selected', { count })}
      </p>
      {/* Nothing chosen: the keys mean the open conversation. */}
      {count > 0 && can('chat:assign') ? <Triage selection={selection} writes={writes} /> : null}
      {count > 0 ? (
        <MenuButton label={tm('run')} keys="m" icon={<Zap aria-hidden />}>
          {(menu) => <ManyMacroMenu {...menu} selected={selection.selected} />}
        </MenuButton>
      ) : null}
      {count > 0 && can('chat:resolve') ? <Closing selection={selection} writes={writes} /> : null}
      <Tooltip label={t('clear')} keys="escape">
        <IconButton label={t('clear')} onClick={selection.clear}>
          <X aria-hidden />
        </IconButton>
      </Tooltip>
    </div>
  )
}

interface PartProps {
  selection: Selection
  writes: ManyWrites
}

function Triage({ selection: { selected }, writes }: PartProps) {
  const t = useTranslations('chat.action')
  const [first] = selected
  const same = <Value,>(of: (item: (typeof selected)[number]) => Value) =>
    first && selected.every((each) => of(each) === of(first)) ? of(first) : undefined
  const onAll = first?.labelIds.filter((label) => selected.every((each) => each.labelIds.includes(label)))
  return (
    <>
      <MenuButton label={t('assign')} keys="a" icon={<UserRound aria-hidden />}>
        {(menu) => (
          <AssignMenu
            {...menu}
            assigneeId={same((each) => each.assigneeId)}
            onAssign={writes.assign}
            teamId={same((each) => each.teamId)}
            onAssignTeam={writes.assignTeam}
          />
        )}
      </MenuButton>
      <MenuButton label={t('label')} keys="l" icon={<TagIcon aria-hidden />}>
        {(menu) => <LabelMenu {...menu} labelIds={onAll ?? []} onToggle={writes.toggleLabel} />}
      </MenuButton>
      <MenuButton label={t('priority')} keys="p" icon={<SignalHigh aria-hidden />}>
        {(menu) => (
          <PriorityMenu {...menu} priority={same((each) => each.priority)} onChange={writes.setPriority} />
        )}
      </MenuButton>
    </>
  )
}

function Closing({ selection: { selected }, writes }: PartProps) {
  const t = useTranslations('chat.action')
  const [isChoosing, setChoosing] = useState(false)
  const isClosed = selected.every(({ status }) => status !== 'open')
  const label = t(isClosed ? 'reopen' : 'resolve')
  const run = isClosed ? writes.reopen : writes.resolve
  useShortcuts([
    { id: 'chat.many.resolve', keys: 'e', label, group: t('group'), isKeyOnly: true, isAbove: true, run },
  ])
  return (
    <>
      <MenuButton label={t('snooze')} keys="s" icon={<AlarmClock aria-hidden />}>
        {(menu) => (
          <SnoozeMenu
            {...menu}
            isSnoozed={selected.some(({ status }) => status === 'snoozed')}
            onSnooze={writes.snooze}
            onWake={writes.reopen}
            onChoose={() => setChoosing(true)}
          />
        )}
      </MenuButton>
      {isChoosing ? <SnoozeDialog onClose={() => setChoosing(false)} onSnooze={writes.snooze} /> : null}
      <Tooltip label={label} keys="e">
        <IconButton label={label} onClick={run}>
          {isClosed ? <RotateCcw aria-hidden /> : <Check aria-hidden />}
        </IconButton>
      </Tooltip>
    </>
  )
}

interface MenuButtonProps {
  label: string
  keys: string
  icon: ReactNode
  children: (menu: LazyMenuContentProps) => ReactNode
}

function MenuButton({ label, keys, icon, children }: MenuButtonProps) {
  const t = useTranslations('chat.action')
  const anchor = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  useShortcuts([
    {
      id: `chat.many.${keys}`,
      keys,
      label,
      group: t('group'),
      isKeyOnly: true,
      isAbove: true,
      run: () => setOpen(true),
    },
  ])
  return (
    <>
      <Tooltip label={label} keys={keys}>
        <IconButton
          ref={anchor}
          label={label}
          aria-haspopup="menu"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {icon}
        </IconButton>
      </Tooltip>
      {children({ isOpen, onOpenChange: setOpen, anchor })}
    </>
  )
}
