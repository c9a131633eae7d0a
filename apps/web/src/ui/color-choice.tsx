import { useId } from 'react'
import { cx } from './cx.ts'
import { type ChipColor, ColorDot } from './tag-chip.tsx'

export interface ColorChoiceProps<Color extends ChipColor> {
  legend: string
  colors: readonly Color[]
  nameOf: (color: Color) => string
  value: Color
  onChange: (color: Color) => void
}

/** One of the colours that chips have, each with its name. */
export function ColorChoice<Color extends ChipColor>(props: ColorChoiceProps<Color>) {
  const { legend, colors, nameOf, value, onChange } = props
  const name = useId()
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      <div className="flex flex-wrap gap-1.5">
        {colors.map((color) => (
          <label
            key={color}
            className={cx(
              'flex h-8 cursor-pointer items-center gap-1.5 rounded-md border px-2 text-sm has-focus-visible:outline-2 has-focus-visible:outline-focus pointer-coarse:h-10',
              value === color ? 'border-accent bg-selected' : 'border-line-control',
            )}
          >
            <input
              type="radio"
              name={name}
              checked={value === color}
              onChange={() => onChange(color)}
              className="sr-only"
            />
            <ColorDot color={color} />
            {nameOf(color)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
