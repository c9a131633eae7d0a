import { LABEL_COLORS, type LabelColor } from './schema.ts'

/** What conversations are sorted by. */
export interface Label {
  id: string
  name: string
  color: LabelColor
}

export function toLabel({ id, name, color }: { id: string; name: string; color: string }): Label {
  return { id, name, color: LABEL_COLORS.find((known) => known === color) ?? 'gray' }
}
