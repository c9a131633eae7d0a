import X from 'lucide-react/icons/x'
import { IconButton } from './icon-button.tsx'

interface FilterChipProps {
  label: string
  removeLabel: string
  onRemove: () => void
}

/** What a list is narrowed by, and the way back. */
export function FilterChip({ label, removeLabel, onRemove }: FilterChipProps) {
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-1 rounded-md bg-selected ps-2.5 text-sm text-accent-text">
      <bdi className="min-w-0 truncate">{label}</bdi>
      <IconButton size="sm" label={removeLabel} onClick={onRemove}>
        <X aria-hidden />
      </IconButton>
    </span>
  )
}
