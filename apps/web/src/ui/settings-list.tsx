import Plus from 'lucide-react/icons/plus'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { KeptFocus } from './kept-focus.tsx'
import { LoadFailure } from './load-failure.tsx'
import { Skeleton } from './skeleton.tsx'

/** What a query knows of its list. */
interface ListQuery<Data> {
  data: Data | undefined
  error: unknown
  isError: boolean
  isFetching: boolean
  refetch: () => unknown
}

interface SettingsListProps<Data> {
  query: ListQuery<Data>
  /** What these things are for. */
  text: string
  addLabel: string
  onAdd: () => void
  renderList: (data: Data) => ReactNode
  /** The dialog that is open. */
  children?: ReactNode
}

/** A page of settings with things that are made there: what they are for, a button for one more, and all there are. */
export function SettingsList<Data>(props: SettingsListProps<Data>) {
  const { query, text, addLabel, onAdd, renderList, children } = props
  if (query.isError && query.data === undefined) {
    const retry = () => void query.refetch()
    return <LoadFailure error={query.error} isRetrying={query.isFetching} onRetry={retry} />
  }
  return (
    <KeptFocus>
      <div className="mx-auto flex max-w-3xl flex-col gap-4 p-4 md:p-6">
        <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
          <p className="min-w-60 flex-1 text-sm text-text-muted">{text}</p>
          <Button onClick={onAdd}>
            <Plus aria-hidden className="size-4" />
            {addLabel}
          </Button>
        </div>
        {query.data === undefined ? <Skeleton className="h-64" /> : renderList(query.data)}
        {children}
      </div>
    </KeptFocus>
  )
}
