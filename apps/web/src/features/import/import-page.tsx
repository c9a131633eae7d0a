import { useQuery } from '@tanstack/react-query'
import { useTrpc } from '../../lib/trpc.ts'
import { KeptFocus } from '../../ui/kept-focus.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ImportOutcomes } from './import-outcomes.tsx'
import { ImportSetup } from './import-setup.tsx'
import { useJob } from './use-job.ts'

/** The heading of what a file has come to: a button that has brought it there is gone. */
const STAGE = ['[data-stage]']

/** One file: what is chosen for it, or what became of it. Everything is on the server, so a reload changes nothing. */
export function ImportPage({ importId }: { importId: string }) {
  const trpc = useTrpc()
  const file = useQuery(trpc.import.byId.queryOptions({ id: importId }))
  const fields = useQuery(trpc.customer.field.list.queryOptions())
  const checkJobId = file.data?.checkJobId ?? null
  const check = useJob(checkJobId)
  const failed = file.error ?? fields.error
  if (failed) {
    const retry = () => void file.refetch()
    return <LoadFailure error={failed} isRetrying={file.isFetching} onRetry={retry} />
  }
  const isReady = file.data && fields.data && (checkJobId === null || check)
  return (
    <div className="mx-auto flex max-w-4xl flex-col gap-6 p-4 md:p-6">
      <KeptFocus places={STAGE}>
        {isReady ? null : <Skeleton className="h-96" />}
        {isReady && file.data.jobId === null ? (
          <ImportSetup
            key={file.data.id}
            file={file.data}
            fields={fields.data.items.filter(({ archivedAt }) => archivedAt === null)}
            check={check}
          />
        ) : null}
        {isReady && file.data.jobId !== null ? (
          <ImportOutcomes file={file.data} jobId={file.data.jobId} />
        ) : null}
      </KeptFocus>
    </div>
  )
}
