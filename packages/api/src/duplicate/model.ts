import type { Customer } from '../customer/model.ts'
import type { MERGED_DETAILS } from './schema.ts'

/** Why two customers may be the same person. The first three are enough alone, the others only add to them. */
export type DuplicateReason = 'phone' | 'email' | 'name' | 'company' | 'city'

/** Somebody who may be the customer that is being typed, or whose card is open. */
export interface Match {
  customer: Pick<Customer, 'id' | 'name' | 'email' | 'phone' | 'company' | 'city' | 'archivedAt'>
  reasons: DuplicateReason[]
}

/** Customers who may be one person. */
export interface DuplicateGroup {
  /** What they share decides; stays the same from page to page. */
  key: string
  customers: Customer[]
  /** What all of them have in common. */
  reasons: DuplicateReason[]
  /** More than are shown. */
  membersCount: number
}

export type MergedDetail = (typeof MERGED_DETAILS)[number]

/** What a merge of these customers would be, with the best choice of each value suggested. */
export interface MergePreview {
  /** In the order asked for; `whose` counts in it. */
  customers: (Customer & { conversationsCount: number; notesCount: number })[]
  /** The customer that best stays, by its place. */
  survivor: number
  details: Record<MergedDetail, number>
  fields: Record<string, number>
}

export interface MergeResult {
  /** The merge: what `undoMerge` takes. */
  id: string
  survivor: Customer
}

export interface UndoneMerge {
  survivor: Customer
  /** As they were before. */
  restored: Customer[]
  /** Details of the survivor that somebody has changed since the merge: they stay as they are now. */
  kept: string[]
}
