import { z } from 'zod'
import { changedViewFields, newViewFields } from '../view/schema.ts'

export const CUSTOMER_NAME_LENGTH_MAX = 120
export const CUSTOMER_EMAIL_LENGTH_MAX = 254
export const CUSTOMER_PHONE_LENGTH_MAX = 32
export const CUSTOMER_COMPANY_LENGTH_MAX = 120
export const CUSTOMER_CITY_LENGTH_MAX = 80
export const CUSTOMER_ABOUT_LENGTH_MAX = 2_000
export const CUSTOMER_SEARCH_LENGTH_MAX = 100
export const CUSTOMER_NOTE_LENGTH_MAX = 5_000
/** Of one tenant, archived ones counted. */
export const CUSTOMER_FIELDS_MAX = 50
export const FIELD_NAME_LENGTH_MAX = 60
export const FIELD_VALUE_LENGTH_MAX = 500
export const FIELD_OPTIONS_MAX = 50
export const FIELD_OPTION_LENGTH_MAX = 80
/** Of one tenant. */
export const TAGS_MAX = 500
export const TAG_NAME_LENGTH_MAX = 60
/** Of one customer. */
export const CUSTOMER_TAGS_MAX = 50
export const TIMELINE_LIMIT_DEFAULT = 30
/** Of one filter. */
export const FILTER_TAGS_MAX = 20
export const FILTER_FIELDS_MAX = 10
export const CUSTOMER_LIST_LIMIT_MAX = 100
export const CUSTOMER_LIST_LIMIT_DEFAULT = 50
const CURSOR_LENGTH_MAX = 500

/** Half a surrogate pair cannot be stored, and NUL is cut off or refused by what reads it later. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}
const NOT_STORABLE = 'This text contains characters that cannot be saved. Type it again.'
export const storable = z.string().refine(isStorable, { error: NOT_STORABLE })

/** An empty field in a form means "none". */
function optionalText(lengthMax: number) {
  return storable
    .trim()
    .max(lengthMax)
    .transform((text) => (text === '' ? null : text))
    .nullish()
}

/** What a field of the tenant's own may be given; which of them fits is for the field's kind to say. */
const FieldValue = z.union([storable.trim().max(FIELD_VALUE_LENGTH_MAX), z.number(), z.boolean()]).nullable()

const email = optionalText(CUSTOMER_EMAIL_LENGTH_MAX).pipe(z.email().nullish())

const fields = {
  name: storable.trim().min(1).max(CUSTOMER_NAME_LENGTH_MAX),
  email,
  phone: optionalText(CUSTOMER_PHONE_LENGTH_MAX),
  company: optionalText(CUSTOMER_COMPANY_LENGTH_MAX),
  city: optionalText(CUSTOMER_CITY_LENGTH_MAX),
  about: optionalText(CUSTOMER_ABOUT_LENGTH_MAX),
  /** The member who is responsible; null: nobody. */
  ownerId: z.uuid().nullish(),
  /** By the id of the field; null or '' clears. */
  fields: z
    .record(z.uuid(), FieldValue)
    .refine((values) => Object.keys(values).length <= CUSTOMER_FIELDS_MAX)
    .optional(),
}

export const CreateCustomerInput = z.strictObject(fields)
export type CreateCustomerInput = z.infer<typeof CreateCustomerInput>

/** A field that is left out stays as it is; null or '' clears it. */
export const UpdateCustomerInput = z.strictObject({
  id: z.uuid(),
  /** The version that was edited. If the customer has moved on since: CONFLICT with the current one. */
  version: z.int().positive().optional(),
  ...fields,
  name: fields.name.optional(),
})
export type UpdateCustomerInput = z.infer<typeof UpdateCustomerInput>

export const CUSTOMER_SORTS = ['name', '-name', 'createdAt', '-createdAt', 'updatedAt', '-updatedAt'] as const

const day = z.iso.datetime()
const NO_FIELD_VALUE = { error: `A number, or a text of at most ${FIELD_VALUE_LENGTH_MAX} characters.` }
const bound = z.union([z.number(), z.string().max(FIELD_VALUE_LENGTH_MAX)], NO_FIELD_VALUE)

const FieldFilter = z.strictObject({
  id: z.uuid(),
  is: z.union([storable.max(FIELD_VALUE_LENGTH_MAX), z.number(), z.boolean()], NO_FIELD_VALUE).optional(),
  /** Both ends belong to it. */
  from: bound.optional(),
  to: bound.optional(),
})
export type FieldFilter = z.infer<typeof FieldFilter>

/** Whose customers besides those of one member: the caller's own, those of any member, those whom nobody is responsible for. */
export const OWNER_KINDS = ['me', 'anybody', 'nobody'] as const

/** Which customers; everything that is set has to hold. */
const filter = {
  search: storable.trim().max(CUSTOMER_SEARCH_LENGTH_MAX).optional(),
  tagId: z.uuid().optional(),
  tags: z
    .strictObject({ ids: z.array(z.uuid()).min(1).max(FILTER_TAGS_MAX), match: z.enum(['any', 'all']) })
    .optional(),
  owner: z.union([z.enum(OWNER_KINDS), z.uuid()]).optional(),
  hasEmail: z.boolean().optional(),
  hasPhone: z.boolean().optional(),
  /** A part of the company's name. */
  company: storable.trim().max(CUSTOMER_COMPANY_LENGTH_MAX).optional(),
  /** From this moment on. */
  createdFrom: day.optional(),
  /** Before this moment. */
  createdTo: day.optional(),
  archived: z.boolean().optional(),
  fields: z.array(FieldFilter).max(FILTER_FIELDS_MAX).optional(),
}
export const CustomerFilter = z.strictObject(filter)
export type CustomerFilter = z.infer<typeof CustomerFilter>

export const ListCustomersInput = z.strictObject({
  ...filter,
  sort: z.enum(CUSTOMER_SORTS).optional(),
  cursor: z.string().max(CURSOR_LENGTH_MAX).nullish(),
  limit: z.int().min(1).max(CUSTOMER_LIST_LIMIT_MAX).optional(),
})
export type ListCustomersInput = z.infer<typeof ListCustomersInput>

/** What the list can show beside the name: these, and fields of the tenant's own by their id. */
export const CUSTOMER_COLUMNS = [
  'email',
  'phone',
  'company',
  'city',
  'tags',
  'owner',
  'createdAt',
  'updatedAt',
] as const
/** Of one list. */
export const CUSTOMER_COLUMNS_MAX = 12

const CustomerColumn = z.union([z.enum(CUSTOMER_COLUMNS), z.uuid()])
export type CustomerColumn = z.infer<typeof CustomerColumn>
const columns = z
  .array(CustomerColumn)
  .max(CUSTOMER_COLUMNS_MAX)
  .refine((chosen) => new Set(chosen).size === chosen.length, { error: 'Each column once.' })

/** null: the usual columns again. */
export const SaveColumnsInput = z.strictObject({ columns: columns.nullable() })
export type SaveColumnsInput = z.infer<typeof SaveColumnsInput>

/** A list of customers as it can be saved: what is left out is as it is without a view. */
export const CustomerViewContent = z.strictObject({
  filter: CustomerFilter,
  sort: z.enum(CUSTOMER_SORTS).optional(),
  /** In the order in which they stand. */
  columns: columns.optional(),
})
export type CustomerViewContent = z.infer<typeof CustomerViewContent>

/** Rows of one page of an export: read and written as one piece. */
export const EXPORT_PAGE_ROWS = 500

/** Customers of a list that can be named one by one, to be exported or left out. */
export const EXPORT_IDS_MAX = 1_000
const selected = {
  /** These of the list alone. */
  ids: z.array(z.uuid()).min(1).max(EXPORT_IDS_MAX).optional(),
  /** All but these. */
  exceptIds: z.array(z.uuid()).max(EXPORT_IDS_MAX).optional(),
}

/** A list, or whom somebody has selected of it. */
export const ExportInput = z.strictObject({ ...CustomerViewContent.shape, ...selected })
export type ExportInput = z.infer<typeof ExportInput>

export const ExportPageInput = z.strictObject({
  ...ListCustomersInput.omit({ limit: true }).shape,
  ...selected,
})
export type ExportPageInput = z.infer<typeof ExportPageInput>

export const CreateCustomerViewInput = z.strictObject({ ...newViewFields, content: CustomerViewContent })
export const UpdateCustomerViewInput = z.strictObject({
  ...changedViewFields,
  content: CustomerViewContent.optional(),
})

export const CustomerIdInput = z.strictObject({ id: z.uuid() })
export type CustomerIdInput = z.infer<typeof CustomerIdInput>

export const FIELD_KINDS = ['text', 'number', 'date', 'choice', 'boolean'] as const

const fieldName = storable.trim().min(1).max(FIELD_NAME_LENGTH_MAX)
const fieldOptions = z
  .array(storable.trim().min(1).max(FIELD_OPTION_LENGTH_MAX))
  .max(FIELD_OPTIONS_MAX)
  .refine((options) => new Set(options).size === options.length, { error: 'Each choice once.' })

export const CreateFieldInput = z
  .strictObject({
    name: fieldName,
    kind: z.enum(FIELD_KINDS),
    options: fieldOptions.optional(),
    required: z.boolean().optional(),
  })
  .refine(({ kind, options = [] }) => (kind === 'choice') === options.length > 0, {
    path: ['options'],
    error: 'Give a choice something to choose from, and nothing else.',
  })
export type CreateFieldInput = z.infer<typeof CreateFieldInput>

/** The kind stays: values of one kind are none of another. */
export const UpdateFieldInput = z.strictObject({
  id: z.uuid(),
  name: fieldName.optional(),
  options: fieldOptions.min(1).optional(),
  required: z.boolean().optional(),
  archived: z.boolean().optional(),
})
export type UpdateFieldInput = z.infer<typeof UpdateFieldInput>

export const OrderFieldsInput = z.strictObject({ ids: z.array(z.uuid()).max(CUSTOMER_FIELDS_MAX) })
export type OrderFieldsInput = z.infer<typeof OrderFieldsInput>

export const TAG_COLORS = ['gray', 'red', 'amber', 'green', 'teal', 'blue', 'violet', 'pink'] as const
export type TagColor = (typeof TAG_COLORS)[number]

const tagName = storable.trim().min(1).max(TAG_NAME_LENGTH_MAX)

export const CreateTagInput = z.strictObject({ name: tagName, color: z.enum(TAG_COLORS).optional() })
export type CreateTagInput = z.infer<typeof CreateTagInput>

export const UpdateTagInput = z.strictObject({
  id: z.uuid(),
  name: tagName.optional(),
  color: z.enum(TAG_COLORS).optional(),
})
export type UpdateTagInput = z.infer<typeof UpdateTagInput>

export const MergeTagsInput = z.strictObject({ fromId: z.uuid(), intoId: z.uuid() })
export type MergeTagsInput = z.infer<typeof MergeTagsInput>

export const TagIdInput = z.strictObject({ id: z.uuid() })
export type TagIdInput = z.infer<typeof TagIdInput>

export const SetTagsInput = z.strictObject({
  id: z.uuid(),
  add: z.array(z.uuid()).max(CUSTOMER_TAGS_MAX).optional(),
  remove: z.array(z.uuid()).max(CUSTOMER_TAGS_MAX).optional(),
})
export type SetTagsInput = z.infer<typeof SetTagsInput>

const noteBody = storable.trim().min(1).max(CUSTOMER_NOTE_LENGTH_MAX)

export const AddNoteInput = z.strictObject({ customerId: z.uuid(), body: noteBody })
export type AddNoteInput = z.infer<typeof AddNoteInput>

export const EditNoteInput = z.strictObject({ id: z.uuid(), body: noteBody })
export type EditNoteInput = z.infer<typeof EditNoteInput>

export const NoteIdInput = z.strictObject({ id: z.uuid() })
export type NoteIdInput = z.infer<typeof NoteIdInput>

export const ListTimelineInput = z.strictObject({
  customerId: z.uuid(),
  cursor: z.string().max(CURSOR_LENGTH_MAX).nullish(),
  limit: z.int().min(1).max(CUSTOMER_LIST_LIMIT_MAX).optional(),
})
export type ListTimelineInput = z.infer<typeof ListTimelineInput>
