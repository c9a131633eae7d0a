import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ColorChoice } from './color-choice.tsx'
import { FormDialog } from './form-dialog.tsx'
import type { ChipColor } from './tag-chip.tsx'
import { TextField } from './text-field.tsx'

interface NameAndColor {
  name: string
  color: ChipColor
}

interface NameAndColorDialogProps {
  title: string
  words: Record<'name' | 'color' | 'nameMissing' | 'save', string>
  /** Left out: a new one. */
  value?: NameAndColor | undefined
  colors: readonly ChipColor[]
  nameLengthMax: number
  isBusy: boolean
  /** Why the server did not take the name; given up with the next letter. */
  refusal: string | undefined
  onRefusalSeen: () => void
  onSave: (value: NameAndColor) => void
  onClose: () => void
}

/** The name and the colour of what is put on others: a tag, a label. */
export function NameAndColorDialog(props: NameAndColorDialogProps) {
  const { title, words, value, colors, nameLengthMax, isBusy, refusal, onRefusalSeen, onSave, onClose } =
    props
  const tColor = useTranslations('customer.tagSettings.colors')
  const [name, setName] = useState(value?.name ?? '')
  const [color, setColor] = useState<ChipColor>(value?.color ?? 'gray')
  const [isMissing, setMissing] = useState(false)
  function submit(): void {
    if (name.trim() === '') setMissing(true)
    else onSave({ name, color })
  }
  return (
    <FormDialog title={title} submitLabel={words.save} isBusy={isBusy} onSubmit={submit} onClose={onClose}>
      <TextField
        label={words.name}
        dir="auto"
        maxLength={nameLengthMax}
        value={name}
        error={isMissing ? words.nameMissing : refusal}
        onChange={(event) => {
          setName(event.target.value)
          setMissing(false)
          onRefusalSeen()
        }}
      />
      <ColorChoice
        legend={words.color}
        value={color}
        colors={colors}
        nameOf={(each) => tColor(each)}
        onChange={setColor}
      />
    </FormDialog>
  )
}
