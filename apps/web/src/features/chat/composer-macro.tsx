import { isText } from '@sarai/api/act/schema'
import { useQuery } from '@tanstack/react-query'
import X from 'lucide-react/icons/x'
import Zap from 'lucide-react/icons/zap'
import { useTranslations } from 'use-intl'
import { useTrpc } from '../../lib/trpc.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { useActText } from './use-act-text.ts'
import type { DraftState } from './use-draft.ts'

/** Above what is being written: what is done when it is sent, and how to send it without. */
export function ComposerMacro({ draft }: { draft: DraftState }) {
  const t = useTranslations('macro')
  const { macro, ...rest } = draft.value
  if (!macro) return null
  return (
    <div role="group" aria-label={t('goesWith')} className="flex items-center gap-2 px-3 pt-2">
      <Zap aria-hidden className="size-4 shrink-0 text-accent-text" />
      <p className="min-w-0 flex-1 text-sm">
        <bdi className="font-medium">{macro.name}</bdi> <Consequences macroId={macro.id} />
      </p>
      <IconButton size="sm" label={t('takeOff', { name: macro.name })} onClick={() => draft.change(rest)}>
        <X aria-hidden />
      </IconButton>
    </div>
  )
}

function Consequences({ macroId }: { macroId: string }) {
  const t = useTranslations('macro')
  const trpc = useTrpc()
  const { data } = useQuery(trpc.macro.list.queryOptions())
  const toText = useActText()
  if (!data) return null
  const macro = data.items.find(({ id }) => id === macroId)
  if (!macro) return <span className="text-danger-text">{t('deletedMeanwhile')}</span>
  const acts = macro.acts.filter((act) => !isText(act))
  if (acts.length === 0) return null
  return <bdi className="text-text-muted">{t('onSending', { acts: acts.map(toText).join(' · ') })}</bdi>
}
