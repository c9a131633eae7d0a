import type { Job } from '@sarai/api'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useFollowJob, useOpenJobs } from '../../lib/jobs.ts'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useCustomerCache } from './use-customer-cache.ts'
import type { ExportUnderWay } from './use-export-selected.ts'

const TEXTS = {
  'customer.tag': 'tag',
  'customer.undo-tag': 'undo',
  'customer.assign': 'assign',
  'customer.undo-assign': 'undo',
  'customer.archive': 'archive',
  'customer.undo-archive': 'undo',
} as const
const KINDS = Object.keys(TEXTS)

/** The work on many customers that is under way; when it ends, a toast says so and takes it back if one wants. */
export function BulkProgress({ exporting }: { exporting: ExportUnderWay | null }) {
  const t = useTranslations('customer.bulk')
  const trpc = useTrpc()
  const follow = useFollowJob()
  const { queryClient } = useCustomerCache()
  const undo = useMutation(trpc.job.undo.mutationOptions({ onSuccess: follow }))
  const cancel = useMutation(trpc.job.cancel.mutationOptions({ onSuccess: follow }))
  const sayEnd = useSayEnd((id) => undo.mutate({ id }))
  const open = useOpenJobs(KINDS, (job) => {
    void queryClient.invalidateQueries(trpc.customer.pathFilter())
    void queryClient.invalidateQueries(trpc.bulk.pathFilter())
    sayEnd(job)
  })
  if (open.length === 0 && !exporting) return null
  return (
    <ul aria-label={t('underWay')} className="flex shrink-0 flex-col border-t border-line bg-raised">
      {exporting ? (
        <Line
          text={t('doing.export')}
          done={exporting.done}
          total={exporting.total}
          onStop={exporting.stop}
        />
      ) : null}
      {open.map((job) => (
        <Line
          key={job.id}
          text={t(`doing.${wordOf(job)}`)}
          done={job.done}
          total={job.total}
          isStopping={job.isCancelling}
          onStop={() => cancel.mutate({ id: job.id })}
        />
      ))}
    </ul>
  )
}

interface LineProps {
  text: string
  done: number
  total: number | null
  isStopping?: boolean
  onStop: () => void
}

function Line({ text, done, total, isStopping = false, onStop }: LineProps) {
  const t = useTranslations('customer.bulk')
  return (
    <li className="flex items-center gap-x-3 gap-y-1.5 px-4 py-2 text-sm max-sm:flex-wrap md:px-6">
      <span className="max-sm:min-w-0 max-sm:flex-1 sm:shrink-0">{text}</span>
      {/* On a phone above the words, which need the whole line. */}
      <div className="min-w-0 flex-1 max-sm:order-first max-sm:basis-full">
        <ProgressBar label={text} done={done} total={total} />
      </div>
      <span className="shrink-0 text-text-muted tabular">
        {total === null ? null : t('progress', { done, total })}
      </span>
      <Button size="sm" isBusy={isStopping} onClick={onStop}>
        {t('stop')}
      </Button>
    </li>
  )
}

type Word = 'tag' | 'assign' | 'undo' | 'archive' | 'restore'

function wordOf({ kind, input }: Job): Word {
  if (kind === 'customer.archive' && 'archived' in input && input.archived === false) return 'restore'
  return TEXTS[kind as keyof typeof TEXTS]
}

function useSayEnd(onUndo: (id: string) => void): (job: Job) => void {
  const t = useTranslations('customer.bulk')
  const tc = useTranslations('common.action')
  return (job) => {
    const count = job.done - job.refused
    const title = {
      done: t(`done.${wordOf(job)}`, { count }),
      cancelled: t('stopped', { count }),
      failed: t('failed', { count }),
      queued: '',
      running: '',
    }[job.state]
    // What was taken back in part can be taken back to its end.
    const undoable = job.canUndo ? job.id : job.state === 'done' ? null : job.undoOf
    showToast({
      id: `job.${job.id}`,
      title,
      isLasting: true,
      tone: job.state === 'failed' ? 'danger' : 'neutral',
      ...(job.refused > 0 && { description: t('refused', { count: job.refused }) }),
      ...(undoable !== null && { action: { label: tc('undo'), run: () => onUndo(undoable) } }),
    })
  }
}
