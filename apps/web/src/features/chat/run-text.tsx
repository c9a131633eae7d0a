import type { ActRun } from '@sarai/api'
import { useTranslations } from 'use-intl'
import { useActText } from './use-act-text.ts'

/** What a macro or a rule did, in one line. */
export function RunText({ run }: { run: ActRun }) {
  const t = useTranslations('macro')
  const toText = useActText()
  const { name, acts, refusal, actorName, undoneAt } = run
  return (
    <>
      <bdi className="font-medium">{name}</bdi>
      {actorName === null ? null : <bdi> · {actorName}</bdi>}
      {': '}
      {refusal === null ? (
        <span className={undoneAt ? 'line-through' : undefined}>{acts.map(toText).join(' · ')}</span>
      ) : (
        <span className="text-danger-text">{t(`runRefused.${toReason(refusal)}`)}</span>
      )}
    </>
  )
}

function toReason(refusal: string): 'NOT_FOUND' | 'INVALID' | 'STOPPED' | 'OTHER' {
  return refusal === 'NOT_FOUND' || refusal === 'INVALID' || refusal === 'STOPPED' ? refusal : 'OTHER'
}
