import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'

interface LineFieldsProps<Line> {
  legend: string
  lines: readonly Line[]
  linesMax: number
  /** What the line is called, by its number from 1. */
  nameOf: (number: number) => string
  removeNameOf: (number: number) => string
  addName: string
  error?: string | undefined
  onChange: (lines: Line[]) => void
  makeLine: () => Line
  renderLine: (line: Line, replace: (next: Line) => void) => ReactNode
}

/** Lines of fields, one below the other: each can be taken away, one more added at the end. */
export function LineFields<Line>(props: LineFieldsProps<Line>) {
  const { legend, lines, linesMax, nameOf, removeNameOf, addName, error, onChange, makeLine } = props
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      {lines.map((line, at) => (
        <div
          // Lines have no name of their own; none is moved.
          key={at}
          role="group"
          aria-label={nameOf(at + 1)}
          className="flex items-start gap-2 rounded-lg border border-line p-2"
        >
          <div className="flex min-w-0 flex-1 flex-col gap-2">
            {props.renderLine(line, (next) => onChange(lines.with(at, next)))}
          </div>
          <IconButton size="sm" label={removeNameOf(at + 1)} onClick={() => onChange(lines.toSpliced(at, 1))}>
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
      {error ? (
        <p role="alert" className="text-sm text-danger-text">
          {error}
        </p>
      ) : null}
      <div>
        <Button
          size="sm"
          disabled={lines.length >= linesMax}
          onClick={() => onChange([...lines, makeLine()])}
        >
          <Plus aria-hidden className="size-4" />
          {addName}
        </Button>
      </div>
    </fieldset>
  )
}
