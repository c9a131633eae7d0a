import Download from 'lucide-react/icons/download'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { TransferOutcome } from './transfer-outcome.tsx'
import { isUnderWay, stepOf, type Transfer, type TransferState, transferStateOf } from './transfer-status.ts'
import { useConnectionWords } from './use-connection-words.ts'
import { useTransferVerbs } from './use-transfer-verbs.ts'

const TONES: Record<TransferState, Tone> = {
  running: 'accent',
  cancelling: 'warning',
  cutOff: 'danger',
  done: 'success',
  failed: 'danger',
  cancelled: 'neutral',
}

/** One export, import or copy: what it is at, what came of it, and what can be done about it. */
export function TransferCard({ transfer }: { transfer: Transfer }) {
  const t = useTranslations('fleet.transfer')
  const state = transferStateOf(transfer)
  const title = useTransferTitle(transfer)
  return (
    <section aria-label={title} className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <h3 className="font-medium break-words">{title}</h3>
            <span role="status">
              <Badge tone={TONES[state]}>{t(`state.${state}`)}</Badge>
            </span>
          </div>
          <ByWhom transfer={transfer} />
        </div>
        <Verbs transfer={transfer} state={state} />
      </div>
      {isUnderWay(transfer) ? <Progress transfer={transfer} title={title} /> : null}
      <TransferOutcome transfer={transfer} />
    </section>
  )
}

function useTransferTitle({ kind, fromKey, intoKey }: Transfer): string {
  const t = useTranslations('fleet.transfer.name')
  return t(kind, { from: fromKey ?? '', into: intoKey ?? '' })
}

function ByWhom({ transfer: { requester, startedAt, endedAt } }: { transfer: Transfer }) {
  const t = useTranslations('fleet.transfer')
  const format = useFormat()
  const { time } = useConnectionWords()
  const values = { requester, started: format.dateTime(startedAt) }
  return (
    <p className="mt-0.5 text-sm text-text-muted">
      {endedAt === null
        ? t('begunBy', values)
        : t('doneBy', { ...values, took: time(Date.parse(endedAt) - Date.parse(startedAt)) })}
    </p>
  )
}

function Verbs({ transfer, state }: { transfer: Transfer; state: TransferState }) {
  const t = useTranslations('fleet.transfer')
  const { cancel, remove } = useTransferVerbs()
  const { id, archiveUntil } = transfer
  if (state === 'running' || state === 'cutOff') {
    return (
      <Button size="sm" isBusy={cancel.isPending} onClick={() => cancel.mutate({ transferId: id })}>
        {t('cancel')}
      </Button>
    )
  }
  if (state !== 'done' || archiveUntil === null) return null
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        size="sm"
        variant="ghost"
        isBusy={remove.isPending}
        onClick={() => remove.mutate({ transferId: id })}
      >
        {t('removeArchive')}
      </Button>
      <a href={`/api/operator/archives/${id}`} download className={buttonClass('secondary', 'sm')}>
        <Download aria-hidden className="size-4" />
        {t('download')}
      </a>
    </div>
  )
}

function Progress({ transfer, title }: { transfer: Transfer; title: string }) {
  const t = useTranslations('fleet.transfer')
  const format = useFormat()
  const { progress } = transfer
  const step = t(`step.${stepOf(transfer) ?? 'waiting'}`)
  const total = progress?.total ?? null
  const counted =
    total === null
      ? ''
      : t('counted', { done: format.number(progress?.done ?? 0), total: format.number(total) })
  const at = progress?.table ? t('stepAt', { step, table: progress.table }) : step
  return (
    <div className="flex flex-col gap-1.5">
      <ProgressBar label={title} text={`${step} ${counted}`} done={progress?.done ?? 0} total={total} />
      <p className="flex flex-wrap justify-between gap-x-3 text-sm text-text-muted tabular">
        <span>{at}</span>
        <span>{counted}</span>
      </p>
    </div>
  )
}
