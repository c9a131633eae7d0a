import { useQuery } from '@tanstack/react-query'
import { useTrpc } from '../../lib/trpc.ts'
import { ColorDot, TagChip } from '../../ui/tag-chip.tsx'

interface LabelsProps {
  labelIds: readonly string[]
}

/** In a row of the list: a conversation with more of them says how many. */
const ROW_LABELS_MAX = 2

export function LabelChips({ labelIds }: LabelsProps) {
  return useNamed(labelIds).map(({ id, name, color }) => <TagChip key={id} name={name} color={color} />)
}

export function RowLabels({ labelIds }: LabelsProps) {
  const labels = useNamed(labelIds)
  return (
    <>
      {labels.slice(0, ROW_LABELS_MAX).map(({ id, name, color }) => (
        <span key={id} className="inline-flex min-w-0 shrink items-center gap-1">
          <ColorDot color={color} />
          <bdi className="truncate">{name}</bdi>
        </span>
      ))}
      {labels.length > ROW_LABELS_MAX ? (
        <span className="shrink-0 tabular">+{labels.length - ROW_LABELS_MAX}</span>
      ) : null}
    </>
  )
}

/** By name, as the list of labels is; one that was deleted meanwhile is not shown. */
function useNamed(labelIds: readonly string[]) {
  const trpc = useTrpc()
  const { data } = useQuery({ ...trpc.label.list.queryOptions(), enabled: labelIds.length > 0 })
  return (data?.items ?? []).filter(({ id }) => labelIds.includes(id))
}
