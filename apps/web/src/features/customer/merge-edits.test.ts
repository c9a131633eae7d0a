import { describe, expect, test } from 'vitest'
import { mergeEdits, toValues } from './merge-edits.ts'

const BASE = toValues({ name: 'Imran', phone: '+923001234567', city: 'Lahore' })

describe('mergeEdits', () => {
  test('what only one of two people changed is kept', () => {
    const merged = mergeEdits(BASE, { ...BASE, city: 'Karachi' }, { ...BASE, company: 'Rabin' })
    expect(merged).toEqual({ values: { ...BASE, city: 'Karachi', company: 'Rabin' }, conflicts: [] })
  })

  test('what both changed differently is asked, and nothing of either is lost meanwhile', () => {
    const { values, conflicts } = mergeEdits(BASE, { ...BASE, city: 'Karachi' }, { ...BASE, city: 'Multan' })
    expect(conflicts).toEqual([{ field: 'city', mine: 'Karachi', theirs: 'Multan' }])
    expect(values.city).toBe('Karachi')
  })

  test('the same change by both, or one that is only a space, is no conflict', () => {
    expect(mergeEdits(BASE, { ...BASE, city: 'Multan ' }, { ...BASE, city: 'Multan' }).conflicts).toEqual([])
    expect(mergeEdits(BASE, { ...BASE, city: 'Lahore ' }, { ...BASE, city: 'Multan' }).values.city).toBe(
      'Multan',
    )
  })

  test('emptying a field is a change like any other', () => {
    expect(mergeEdits(BASE, { ...BASE, city: '' }, { ...BASE, city: 'Multan' }).conflicts).toHaveLength(1)
  })
})
