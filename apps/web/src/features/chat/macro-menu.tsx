import type { Conversation, ConversationForMember, Macro } from '@sarai/api'
import { isText } from '@sarai/api/act/schema'
import Zap from 'lucide-react/icons/zap'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useShortcuts } from '../../lib/keyboard.ts'
import { AnchoredMenu } from '../../ui/anchored-menu.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import type { LazyMenuContentProps } from '../../ui/lazy-menu.tsx'
import { MenuItem, MenuLabel } from '../../ui/menu.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { useChatDesk } from './chat-desk.ts'
import type { DraftState } from './use-draft.ts'
import { useMacroRuns } from './use-macro-runs.ts'
import { isAllowed, useMacros } from './use-macros.ts'

interface MacroButtonProps {
  draft: DraftState
  conversation: Conversation
  onChosen: () => void
}

/** Beside what is being written: a text of a macro goes behind what stands there already. */
export function MacroButton({ draft, conversation, onChosen }: MacroButtonProps) {
  const t = useTranslations('macro')
  const ta = useTranslations('chat.action')
  const anchor = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const macros = useMacros(conversation, isOpen)
  useShortcuts([
    { id: 'chat.macro', keys: 'm', label: t('run'), group: ta('group'), run: () => setOpen(true) },
  ])
  function choose(macro: Macro): void {
    if (!macros.choose(macro)) return
    const body = [draft.value.body, macros.textOf(macro)].filter((part) => part.trim() !== '').join('\n')
    draft.change(macros.complete(macro, { ...draft.value, body }))
    onChosen()
  }
  return (
    <>
      <Tooltip label={t('run')} keys="m" side="top">
        <IconButton
          ref={anchor}
          size="sm"
          label={t('run')}
          aria-haspopup="menu"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <Zap aria-hidden />
        </IconButton>
      </Tooltip>
      <MacroMenu isOpen={isOpen} onOpenChange={setOpen} anchor={anchor} macros={macros} onChoose={choose} />
    </>
  )
}

interface ManyMacroMenuProps extends LazyMenuContentProps {
  selected: readonly ConversationForMember[]
}

/** For several conversations: a message is written to one at a time, so macros that write are left out. */
export function ManyMacroMenu({ selected, ...menu }: ManyMacroMenuProps) {
  const { run } = useMacroRuns()
  const [first] = selected
  if (!first) return null
  return (
    <SilentMacroMenu
      {...menu}
      conversation={first}
      onChoose={(macro) =>
        run(
          macro,
          selected.map(({ id }) => id),
        )
      }
    />
  )
}

interface SilentMacroMenuProps extends LazyMenuContentProps {
  conversation: Conversation
  onChoose: (macro: Macro) => void
}

function SilentMacroMenu({ conversation, onChoose, ...menu }: SilentMacroMenuProps) {
  const macros = useMacros(conversation, menu.isOpen)
  const items = macros.items?.filter(({ acts }) => !acts.some(isText))
  return <MacroMenu {...menu} macros={{ ...macros, items }} onChoose={onChoose} />
}

interface MacroMenuProps extends LazyMenuContentProps {
  macros: Pick<ReturnType<typeof useMacros>, 'items' | 'isError'>
  onChoose: (macro: Macro) => void
}

function MacroMenu({ macros: { items, isError }, onChoose, ...menu }: MacroMenuProps) {
  const t = useTranslations('macro')
  const { can } = useChatDesk()
  return (
    <AnchoredMenu {...menu}>
      {isError ? <MenuLabel>{t('loadFailed')}</MenuLabel> : null}
      {items?.length === 0 ? <MenuLabel>{t('none')}</MenuLabel> : null}
      {items?.map((macro) => (
        <MenuItem
          key={macro.id}
          icon={<Zap aria-hidden />}
          isDisabled={!isAllowed(macro, can)}
          onSelect={() => onChoose(macro)}
        >
          <bdi>{macro.name}</bdi>
        </MenuItem>
      ))}
    </AnchoredMenu>
  )
}
