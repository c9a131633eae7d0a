import type { ActRun } from '@sarai/api'
import Workflow from 'lucide-react/icons/workflow'
import Zap from 'lucide-react/icons/zap'
import { useFormat } from '../../lib/format.ts'
import { RunText } from './run-text.tsx'

/** Between messages: what a macro or a rule did then. */
export function RunLine({ run }: { run: ActRun }) {
  const format = useFormat()
  const Icon = run.source === 'rule' ? Workflow : Zap
  return (
    <div
      role="listitem"
      className="flex items-start justify-center gap-1.5 px-8 pt-3 pb-1 text-xs text-text-muted"
    >
      <Icon aria-hidden className="mt-0.5 size-3 shrink-0" />
      <span className="min-w-0">
        <RunText run={run} />{' '}
        <time dateTime={run.at} title={format.dateTime(run.at)} className="tabular">
          {format.time(run.at)}
        </time>
      </span>
    </div>
  )
}
