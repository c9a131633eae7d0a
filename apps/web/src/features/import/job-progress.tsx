import type { Job } from '@sarai/api'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'

/** How far a job has come, and the way to stop it. It goes on without this page. */
export function JobProgress({ job, title }: { job: Job; title: string }) {
  const t = useTranslations('import')
  const format = useFormat()
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const cancel = useMutation(
    trpc.job.cancel.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.job.pathFilter()),
    }),
  )
  const { done, total } = job
  const words =
    total === null ? null : t('progress', { done: format.number(done), total: format.number(total) })
  return (
    <section className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4">
      <h2 data-stage tabIndex={-1} className="font-semibold">
        {title}
      </h2>
      <ProgressBar label={title} done={done} total={total} {...(words !== null && { text: words })} />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-sm text-text-muted tabular">{words}</p>
        <Button
          size="sm"
          isBusy={job.isCancelling || cancel.isPending}
          onClick={() => cancel.mutate({ id: job.id })}
        >
          {t('cancel')}
        </Button>
      </div>
      <p className="text-sm text-text-muted">{t('goesOn')}</p>
    </section>
  )
}
