import { listProcedures, type ListedProcedure } from '@sarai/api/testing'
import {
  type Field,
  listFields,
  makeExample,
  type ExampleOptions,
  type Shape,
  shapeOf,
} from './input-shape.ts'
import { THINGS, type ThingName } from './things.ts'

/** What of a procedure its schema and its meta do not say. Most have no row. */
export interface Row {
  /** Put over the example that is derived: what a refinement asks for beyond the types. */
  input?: Record<string, unknown>
  /** What an id is the id of, where the field's name does not say it; `new`: the caller makes it up. */
  ids?: Record<string, ThingName | 'new'>
  /** Why an id of nothing may be answered as if it were not there, instead of being refused. */
  ignoresUnknownIds?: string
  /** Why the rightful caller is not answered with 200, and with what instead. */
  refuses?: { status: number; why: string }
}

const BULK_IDS = {
  'ids.*': 'customer',
  'exceptIds.*': 'customer',
  'addTagIds.*': 'tag',
  'removeTagIds.*': 'tag',
  'filter.tags.ids.*': 'tag',
  'filter.fields.*.id': 'field',
} as const
const IN_A_VIEW: Row = {
  ids: {
    'content.filter.tagId': 'tag',
    'content.filter.tags.ids.*': 'tag',
    'content.filter.fields.*.id': 'field',
    'content.columns.*': 'field',
  },
  ignoresUnknownIds:
    'A view may outlive a tag or a field: its list then finds nobody, or shows nothing there.',
}

const IN_AN_INBOX_VIEW: Row = {
  ids: {
    'content.filter.assigneeId': 'member',
    'content.filter.teamId': 'team',
    'content.filter.labelId': 'label',
  },
}

export const ROWS: Record<string, Row> = {
  'operator.transfer.list': { ids: { cursor: 'new' } },
  ...Object.fromEntries(
    ['byId', 'cancel', 'removeArchive'].map((verb) => [
      `operator.transfer.${verb}`,
      { ids: { transferId: 'new' as const } },
    ]),
  ),
  'audit.list': { ids: { actor: 'member', entityId: 'customer' } },
  'operator.audit.list': { ids: { actor: 'member', entityId: 'customer' } },
  'customer.export.page': {
    ignoresUnknownIds: 'Who is not in the list is not in the file.',
    ids: { 'ids.*': 'customer', 'exceptIds.*': 'customer', 'tags.ids.*': 'tag', 'fields.*.id': 'field' },
  },
  'customer.export.begin': {
    ids: {
      'ids.*': 'customer',
      'exceptIds.*': 'customer',
      'filter.tags.ids.*': 'tag',
      'filter.fields.*.id': 'field',
      'columns.*': 'field',
    },
    ignoresUnknownIds: 'A filter that names what is gone finds nobody, and a column of it is left out.',
  },
  'chat.view.create': IN_AN_INBOX_VIEW,
  'chat.view.update': IN_AN_INBOX_VIEW,
  'customer.view.create': IN_A_VIEW,
  'customer.view.update': IN_A_VIEW,
  'chat.message.search': { ids: { authorId: 'member' } },
  'customer.list': { ids: { 'tags.ids.*': 'tag', 'fields.*.id': 'field' } },
  'bulk.count': { ids: { 'tags.ids.*': 'tag', 'fields.*.id': 'field' } },
  'bulk.tag': { ids: BULK_IDS },
  'bulk.tagMatching': { ids: BULK_IDS },
  'bulk.assign': { ids: BULK_IDS },
  'bulk.assignMatching': { ids: BULK_IDS },
  'customer.columns.save': { ids: { 'columns.*': 'field' } },
  'bulk.archive': { ids: BULK_IDS },
  'bulk.archiveMatching': { ids: BULK_IDS },
  'duplicate.match': { ids: { exceptId: 'customer' } },
  'duplicate.tellApart': { ids: { 'ids.*': 'customer' } },
  'duplicate.forgetApart': { ids: { 'ids.*': 'customer' } },
  'duplicate.preview': { ids: { 'ids.*': 'customer' } },
  'duplicate.merge': { ids: { survivorId: 'customer', 'merged.*.id': 'customer' } },
  'customer.setTags': {
    ids: { 'add.*': 'tag', 'remove.*': 'tag' },
    ignoresUnknownIds: 'A tag that is gone is taken off already.',
  },
  'chat.conversation.setLabels': {
    ids: { 'add.*': 'label', 'remove.*': 'label' },
    ignoresUnknownIds: 'A label that is gone is taken off already.',
  },
  'chat.many.setStatus': {
    ids: { 'items.*.id': 'conversation' },
    ignoresUnknownIds: 'What is gone is said among the refused, and stops no other.',
  },
  'chat.many.assign': {
    ids: { 'items.*.id': 'conversation', 'items.*.assigneeId': 'member' },
    ignoresUnknownIds: 'What is gone is said among the refused, and stops no other.',
  },
  'chat.many.setLabels': {
    ids: { 'items.*.id': 'conversation', 'items.*.add.*': 'label', 'items.*.remove.*': 'label' },
    ignoresUnknownIds: 'What is gone is said among the refused, and stops no other.',
  },
  'chat.many.setPriority': {
    ids: { 'items.*.id': 'conversation' },
    ignoresUnknownIds: 'What is gone is said among the refused, and stops no other.',
  },
  'chat.many.setTeam': {
    ids: { 'items.*.id': 'conversation', 'items.*.teamId': 'team' },
    ignoresUnknownIds: 'What is gone is said among the refused, and stops no other.',
  },
  'chat.macro.run': {
    ids: { 'items.*.id': 'conversation' },
    ignoresUnknownIds: 'A conversation that is gone is said among the refused, and stops no other.',
  },
  'chat.macro.undo': {
    ids: { 'items.*.id': 'conversation' },
    ignoresUnknownIds: 'A conversation that is gone is said among the refused, and stops no other.',
  },
  'rule.order': { ids: { 'ids.*': 'rule' } },
  'assignment.save': { ids: { 'agents.*.id': 'member' } },
  'team.create': { ids: { 'memberIds.*': 'member' } },
  'team.update': { ids: { 'memberIds.*': 'member' } },
  'job.undo': {
    refuses: { status: 409, why: 'The job of the example has done nothing that could be undone.' },
  },
  'chat.message.send': { input: { private: true }, ids: { 'mentions.*': 'member' } },
  'scheduled.create': { input: { private: true }, ids: { 'mentions.*': 'member' } },
  'customer.field.order': {
    ignoresUnknownIds: 'A field that is gone has no place; the others keep theirs.',
  },
}

/** Ids that callers make up themselves, wherever they are. */
const NEW_IDS = ['clientId', 'tabId']

export interface IdField extends Field {
  thing: ThingName | 'new' | undefined
}

export interface AttackedProcedure extends ListedProcedure {
  shape: Shape | undefined
  row: Row
  ids: IdField[]
}

export function listAttacked(): AttackedProcedure[] {
  return listProcedures().map((procedure) => {
    const row = ROWS[procedure.path] ?? {}
    const shape = procedure.input && shapeOf(procedure.input)
    const fields = shape ? listFields(shape) : []
    const ids = fields
      .filter((field) => field.shape.format === 'uuid')
      .map((field) => ({ ...field, thing: findThing(procedure.path, field, row) }))
    return { ...procedure, shape, row, ids }
  })
}

function findThing(procedure: string, { path, name }: Field, row: Row): ThingName | 'new' | undefined {
  const said = row.ids?.[path]
  if (said !== undefined) return said
  if (NEW_IDS.includes(name)) return 'new'
  const things = Object.entries(THINGS) as [
    ThingName,
    { fields: readonly string[]; routers: readonly string[] },
  ][]
  const byField = things.find(([, { fields }]) => fields.includes(name))
  if (byField) return byField[0]
  if (name !== 'id' && name !== 'ids') return undefined
  const routers = things.flatMap(([thing, each]) => each.routers.map((router) => ({ thing, router })))
  const around = routers.filter(({ router }) => procedure.startsWith(`${router}.`))
  return around.toSorted((a, b) => b.router.length - a.router.length)[0]?.thing
}

/** An input that the procedure takes; undefined if it takes none. */
export function exampleFor({ shape, row }: AttackedProcedure, options: ExampleOptions = {}): unknown {
  if (!shape) return undefined
  const example = makeExample(shape, options)
  return row.input ? { ...(example as object), ...row.input } : example
}
