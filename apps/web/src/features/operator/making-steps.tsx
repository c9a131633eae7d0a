import Check from 'lucide-react/icons/check'
import Circle from 'lucide-react/icons/circle'
import Undo2 from 'lucide-react/icons/undo-2'
import X from 'lucide-react/icons/x'
import { useTranslations } from 'use-intl'
import { Spinner } from '../../ui/spinner.tsx'
import { useConnectionWords } from './use-connection-words.ts'
import type { Making } from './use-making.ts'

type Step = Making['steps'][number]

/** The names that this version of the program gives its steps; a newer one's is shown as it is. */
const KNOWN = [
  'reserve-key',
  'database',
  'accounts',
  'grants',
  'migrations',
  'roles',
  'owner',
  'verification',
  'active',
] as const
type KnownStep = (typeof KNOWN)[number]

function isKnown(name: string): name is KnownStep {
  return KNOWN.some((known) => known === name)
}

export function useStepName(): (name: string) => string {
  const t = useTranslations('fleet.making.step')
  return (name) => (isKnown(name) ? t(name) : name)
}

/** Every step with its state and how long it took, in order. */
export function MakingSteps({ making }: { making: Making }) {
  const t = useTranslations('fleet.making')
  return (
    <ol aria-label={t('steps')} className="divide-y divide-line rounded-lg border border-line">
      {making.steps.map((step) => (
        <StepLine key={step.name} step={step} isAtWork={making.state === 'running'} />
      ))}
    </ol>
  )
}

function StepLine({ step, isAtWork }: { step: Step; isAtWork: boolean }) {
  const { name, state, error, startedAt, endedAt } = step
  const t = useTranslations('fleet.making')
  const nameOf = useStepName()
  const { time } = useConnectionWords()
  const took = startedAt === null || endedAt === null ? null : Date.parse(endedAt) - Date.parse(startedAt)
  return (
    <li className="flex items-start gap-3 px-4 py-2.5 text-sm">
      <StepIcon state={state} isAtWork={isAtWork} />
      <span className="min-w-0 flex-1">
        <span className={state === 'pending' ? 'text-text-muted' : 'font-medium'}>{nameOf(name)}</span>
        <span className="sr-only">: {t(`state.${state}`)}</span>
        {error === null ? null : (
          <span
            dir="ltr"
            className="mt-0.5 block font-mono text-xs break-words text-danger-text match-parent"
          >
            {error}
          </span>
        )}
      </span>
      {took === null ? null : <span className="shrink-0 text-text-muted tabular">{time(took)}</span>}
    </li>
  )
}

function StepIcon({ state, isAtWork }: { state: Step['state']; isAtWork: boolean }) {
  if (state === 'done') return <Check aria-hidden className="mt-0.5 size-4 text-success-text" />
  if (state === 'failed') return <X aria-hidden className="mt-0.5 size-4 text-danger-text" />
  if (state === 'undone') return <Undo2 aria-hidden className="mt-0.5 size-4 text-text-muted" />
  if (state === 'running' && isAtWork) return <Spinner className="mt-0.5 size-4 text-accent-text" />
  return <Circle aria-hidden className="mt-0.5 size-4 text-text-faint" />
}
