import type { CustomerField, Job, ReceivedImport } from '@sarai/api'
import { IMPORT_DATE_ORDERS, IMPORT_DUPLICATES } from '@sarai/api/import/schema'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { ChoiceField } from '../../ui/choice-field.tsx'
import { Counts } from './counts.tsx'
import { FileFacts } from './file-facts.tsx'
import { ImportPreview } from './import-preview.tsx'
import { JobProgress } from './job-progress.tsx'
import { MappingTable } from './mapping-table.tsx'
import { RefusedRows } from './refused-rows.tsx'
import { isOpen } from '../../lib/jobs.ts'
import { type ImportPlan, isCheckOf, useImportPlan } from './use-import-plan.ts'

interface SetupProps {
  file: ReceivedImport
  fields: readonly CustomerField[]
  /** The latest dry run. */
  check: Job | undefined
}

/** Which column is what, what a duplicate does, the first rows as they will be, a dry run, and off it goes. */
export function ImportSetup({ file, fields, check }: SetupProps) {
  const t = useTranslations('import')
  const plan = useImportPlan(file, check)
  const hasDates = plan.targets.some((target) =>
    fields.some(({ id, kind }) => kind === 'date' && target === `field:${id}`),
  )
  return (
    <>
      <FileFacts file={file} />
      <Part title={t('columns.title')} text={t(file.isRemembered ? 'columns.remembered' : 'columns.text')}>
        <MappingTable file={file} fields={fields} plan={plan} />
        {plan.input ? null : (
          <p role="alert" className="text-sm text-danger-text">
            {t('columns.nameMissing')}
          </p>
        )}
        {hasDates ? (
          <ChoiceField
            label={t('dates.label')}
            value={plan.dateOrder}
            onChange={plan.setDateOrder}
            options={IMPORT_DATE_ORDERS.map((value) => ({ value, label: t(`dates.${value}`) }))}
            className="max-w-64"
          />
        ) : null}
      </Part>
      <Part title={t('duplicates.title')} text={t('duplicates.text')}>
        <ChoiceField
          label={t('duplicates.label')}
          value={plan.onDuplicate}
          onChange={plan.setOnDuplicate}
          options={IMPORT_DUPLICATES.map((value) => ({ value, label: t(`duplicates.${value}`) }))}
          hint={t(`duplicates.hint.${plan.onDuplicate}`)}
          className="max-w-64"
        />
      </Part>
      {plan.input ? (
        <>
          <Part title={t('preview.title')} text={t('preview.text')}>
            <ImportPreview input={plan.input} fields={fields} targets={plan.targets} />
          </Part>
          <Start plan={plan} check={check} />
        </>
      ) : null}
    </>
  )
}

interface PartProps {
  title: string
  text: string
  /** One goes on here when a dry run has ended. */
  isStage?: boolean
  children: ReactNode
}

function Part({ title, text, isStage = false, children }: PartProps) {
  return (
    <section className="flex flex-col gap-3">
      <div>
        <h2 data-stage={isStage || undefined} tabIndex={isStage ? -1 : undefined} className="font-semibold">
          {title}
        </h2>
        <p className="text-sm text-text-muted">{text}</p>
      </div>
      {children}
    </section>
  )
}

/** The dry run and what it said, and the import itself. */
function Start({ plan: { input }, check }: { plan: ImportPlan; check: Job | undefined }) {
  const t = useTranslations('import')
  const { tryOut, start, once, refusal } = useStart()
  if (!input) return null
  if (check && isOpen(check)) return <JobProgress job={check} title={t('check.atWork')} />
  const isTried = check?.state === 'done' && isCheckOf(check, input)
  return (
    <Part isStage title={t('check.title')} text={t(isTried ? 'check.said' : 'check.text')}>
      {isTried ? (
        <>
          <Counts job={check} label={t('check.said')} />
          <RefusedRows jobId={check.id} title={t('refusedRows')} />
        </>
      ) : null}
      {refusal ? (
        <p role="alert" className="text-sm text-danger-text">
          {refusal}
        </p>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button isBusy={tryOut.isPending} onClick={() => once(() => tryOut.mutate(input))}>
          {t('check.do')}
        </Button>
        <Button variant="primary" isBusy={start.isPending} onClick={() => once(() => start.mutate(input))}>
          {t('start')}
        </Button>
      </div>
    </Part>
  )
}

function useStart() {
  const t = useTranslations('import')
  const tc = useTranslations('common.error')
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const onSettled = async () => {
    await queryClient.invalidateQueries(trpc.import.byId.pathFilter())
    await queryClient.invalidateQueries(trpc.import.list.pathFilter())
  }
  // The job is known before the file says that it has one, so that nothing flickers between.
  const onSuccess = (job: Job) => queryClient.setQueryData(trpc.job.byId.queryKey({ id: job.id }), job)
  const options = { onSuccess, onSettled, meta: { errors: 'inline' as const } }
  const tryOut = useMutation(trpc.import.check.mutationOptions(options))
  const start = useMutation(trpc.import.start.mutationOptions(options))
  const error = tryOut.error ?? start.error
  const reaction = error ? reactTo(error) : null
  const words = () => {
    if (!reaction) return null
    if (reaction.kind === 'conflict') return t('refusal.atWork')
    return 'text' in reaction ? tc(reaction.text) : tc('unexpected')
  }
  // The second press of a double click comes before the button is drawn as busy.
  const once = (run: () => void) => {
    if (queryClient.isMutating({ mutationKey: trpc.import.pathKey() }) === 0) run()
  }
  return { tryOut, start, once, refusal: words() }
}
