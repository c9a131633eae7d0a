import type { ImportUndoResult, Job, ReceivedImport } from '@sarai/api'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Download from 'lucide-react/icons/download'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { useTenantKey, useTrpc } from '../../lib/trpc.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Counts } from './counts.tsx'
import { JobProgress } from './job-progress.tsx'
import { RefusedRows } from './refused-rows.tsx'
import { useDownloadResults } from './use-download-results.ts'
import { isOpen } from '../../lib/jobs.ts'
import { useJob } from './use-job.ts'

/** What became of a file: how far it is, then how many rows came to what, the result file, and the way back. */
export function ImportOutcomes({ file, jobId }: { file: ReceivedImport; jobId: string }) {
  const t = useTranslations('import')
  const job = useJob(jobId)
  const undo = useJob(file.undoJobId)
  useFreshCustomers(job, undo)
  if (!job) return <Skeleton className="h-64" />
  if (isOpen(job)) return <JobProgress job={job} title={t('atWork')} />
  if (undo && isOpen(undo)) return <JobProgress job={undo} title={t('undo.atWork')} />
  return (
    <>
      <section className="flex flex-col gap-3">
        <div role="status">
          <h2 data-stage tabIndex={-1} className="font-semibold">
            {t(`ended.${undo?.state === 'done' ? 'undone' : endOf(job)}`)}
          </h2>
          <p className="text-sm text-text-muted">
            <bdi>{file.fileName}</bdi>
          </p>
        </div>
        {undo ? <Undone undo={undo} /> : null}
        <Counts job={job} label={t(`ended.${endOf(job)}`)} />
        <RefusedRows jobId={job.id} title={t('refusedRows')} />
      </section>
      <Actions file={file} job={job} />
    </>
  )
}

function endOf({ state }: Job): 'done' | 'cancelled' | 'failed' {
  return state === 'cancelled' || state === 'failed' ? state : 'done'
}

function Actions({ file, job }: { file: ReceivedImport; job: Job }) {
  const t = useTranslations('import')
  const tenantKey = useTenantKey()
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const download = useDownloadResults(file)
  const undo = useMutation(
    trpc.job.undo.mutationOptions({
      onSettled: () =>
        Promise.all([
          queryClient.invalidateQueries(trpc.import.byId.queryFilter({ id: file.id })),
          queryClient.invalidateQueries(trpc.job.pathFilter()),
        ]),
    }),
  )
  return (
    <div className="flex flex-wrap gap-2">
      <Link to="/$tenantKey/customers" params={{ tenantKey }} className={buttonClass('primary')}>
        {t('toCustomers')}
      </Link>
      <Button isBusy={download.isPending} onClick={() => download.mutate()}>
        <Download aria-hidden className="size-4" />
        {t('result.download')}
      </Button>
      {job.canUndo ? (
        <Button isBusy={undo.isPending} onClick={() => undo.mutate({ id: job.id })}>
          {t(file.undoJobId === null ? 'undo.do' : 'undo.goOn')}
        </Button>
      ) : null}
      <Link to="/$tenantKey/customers/import" params={{ tenantKey }} className={buttonClass()}>
        {t('another')}
      </Link>
      {download.isError || undo.isError ? (
        <p role="alert" className="text-sm text-danger-text">
          {t('refusal.failed', { row: '' })}
        </p>
      ) : null}
    </div>
  )
}

function Undone({ undo }: { undo: Job }) {
  const t = useTranslations('import')
  const format = useFormat()
  const { removed = 0, restored = 0, kept = 0 } = (undo.result ?? {}) as Partial<ImportUndoResult>
  return (
    <section className="flex flex-col gap-3">
      <p role="status">
        {t(undo.state === 'done' ? 'undo.done' : 'undo.partly', {
          removed: format.number(removed),
          restored: format.number(restored),
          kept: format.number(kept),
        })}
      </p>
      <RefusedRows jobId={undo.id} title={t('undo.kept')} />
    </section>
  )
}

/** What lists and cards show is asked for anew when customers have come or gone. */
function useFreshCustomers(job: Job | undefined, undo: Job | undefined): void {
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const [jobState, undoState] = [job?.state, undo?.state]
  useEffect(() => {
    void queryClient.invalidateQueries(trpc.customer.pathFilter())
  }, [queryClient, trpc, jobState, undoState])
}
