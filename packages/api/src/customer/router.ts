import { guarded, guardedPersonal, router } from '../trpc.ts'
import { listViews } from '../view/list-views.ts'
import { createView, deleteView, restoreView, updateView } from '../view/save-view.ts'
import { ViewIdInput } from '../view/schema.ts'
import { archiveCustomer, restoreCustomer } from './archive-customer.ts'
import { listCustomers } from './list-customers.ts'
import { createField, listFields, orderFields, updateField } from './field-settings.ts'
import { addNote, deleteNote, editNote, restoreNote } from './notes.ts'
import { listOwners } from './owner.ts'
import { getCustomer, listTags } from './queries.ts'
import { createCustomer, updateCustomer } from './save-customer.ts'
import {
  AddNoteInput,
  CreateCustomerInput,
  CreateCustomerViewInput,
  CreateFieldInput,
  CreateTagInput,
  CustomerIdInput,
  EditNoteInput,
  ExportInput,
  ExportPageInput,
  ListCustomersInput,
  ListTimelineInput,
  MergeTagsInput,
  NoteIdInput,
  OrderFieldsInput,
  SaveColumnsInput,
  SetTagsInput,
  TagIdInput,
  UpdateCustomerInput,
  UpdateCustomerViewInput,
  UpdateFieldInput,
  UpdateTagInput,
} from './schema.ts'
import { CUSTOMER_VIEWS } from './customer-views.ts'
import { beginExport, readExportPage } from './export-customers.ts'
import { getOwnColumns, saveOwnColumns } from './own-columns.ts'
import { setTags } from './set-tags.ts'
import { createTag, deleteTag, listTagsWithCounts, mergeTags, updateTag } from './tags.ts'
import { listTimeline } from './timeline.ts'

const tagRouter = router({
  list: guarded('customer:read').query(({ ctx }) => listTags(ctx.db)),
  counts: guarded('customer:configure').query(({ ctx }) => listTagsWithCounts(ctx.db)),
  create: guarded('customer:update')
    .input(CreateTagInput)
    .mutation(({ ctx, input }) => createTag(ctx, input)),
  update: guarded('customer:configure')
    .input(UpdateTagInput)
    .mutation(({ ctx, input }) => updateTag(ctx, input)),
  merge: guarded('customer:configure')
    .input(MergeTagsInput)
    .mutation(({ ctx, input }) => mergeTags(ctx, input)),
  delete: guarded('customer:configure')
    .input(TagIdInput)
    .mutation(({ ctx, input }) => deleteTag(ctx, input)),
})

const fieldRouter = router({
  list: guarded('customer:read').query(({ ctx }) => listFields(ctx.db)),
  create: guarded('customer:configure')
    .input(CreateFieldInput)
    .mutation(({ ctx, input }) => createField(ctx, input)),
  update: guarded('customer:configure')
    .input(UpdateFieldInput)
    .mutation(({ ctx, input }) => updateField(ctx, input)),
  order: guarded('customer:configure')
    .input(OrderFieldsInput)
    .mutation(({ ctx, input }) => orderFields(ctx, input)),
})

const ownerRouter = router({
  list: guarded('customer:read').query(({ ctx }) => listOwners(ctx.db)),
})

const noteRouter = router({
  add: guarded('customer:update')
    .input(AddNoteInput)
    .mutation(({ ctx, input }) => addNote(ctx, input)),
  edit: guarded('customer:update')
    .input(EditNoteInput)
    .mutation(({ ctx, input }) => editNote(ctx, input)),
  delete: guarded('customer:update')
    .input(NoteIdInput)
    .mutation(({ ctx, input }) => deleteNote(ctx, input)),
  restore: guarded('customer:update')
    .input(NoteIdInput)
    .mutation(({ ctx, input }) => restoreNote(ctx, input)),
})

/** In this order, for a file: what is exported is written down before it is read. */
const exportRouter = router({
  begin: guarded('customer:export')
    .input(ExportInput)
    .mutation(({ ctx, input }) => beginExport(ctx, input)),
  page: guarded('customer:export')
    .input(ExportPageInput)
    .query(({ ctx, input }) => readExportPage(ctx, input)),
})

/** Each member's own. */
const columnsRouter = router({
  mine: guardedPersonal('customer:read').query(({ ctx }) => getOwnColumns(ctx.db, { userId: ctx.user.id })),
  save: guardedPersonal('customer:read')
    .input(SaveColumnsInput)
    .mutation(({ ctx, input }) => saveOwnColumns(ctx, input)),
})

/** Each member's own, and those that the team shares. */
const viewRouter = router({
  list: guardedPersonal('customer:read').query(({ ctx }) =>
    listViews(ctx.db, CUSTOMER_VIEWS, { userId: ctx.user.id }),
  ),
  create: guardedPersonal('customer:read')
    .input(CreateCustomerViewInput)
    .mutation(({ ctx, input }) => createView(ctx, CUSTOMER_VIEWS, input)),
  update: guardedPersonal('customer:read')
    .input(UpdateCustomerViewInput)
    .mutation(({ ctx, input }) => updateView(ctx, CUSTOMER_VIEWS, input)),
  delete: guardedPersonal('customer:read')
    .input(ViewIdInput)
    .mutation(({ ctx, input }) => deleteView(ctx, CUSTOMER_VIEWS, input)),
  restore: guardedPersonal('customer:read')
    .input(ViewIdInput)
    .mutation(({ ctx, input }) => restoreView(ctx, CUSTOMER_VIEWS, input)),
})

export const customerRouter = router({
  list: guarded('customer:read')
    .input(ListCustomersInput)
    .query(({ ctx, input }) => listCustomers(ctx.db, { ...input, userId: ctx.user.id })),
  byId: guarded('customer:read')
    .input(CustomerIdInput)
    .query(({ ctx, input }) => getCustomer(ctx.db, input)),
  create: guarded('customer:create')
    .input(CreateCustomerInput)
    .mutation(({ ctx, input }) => createCustomer(ctx, input)),
  update: guarded('customer:update')
    .input(UpdateCustomerInput)
    .mutation(({ ctx, input }) => updateCustomer(ctx, input)),
  archive: guarded('customer:archive')
    .input(CustomerIdInput)
    .mutation(({ ctx, input }) => archiveCustomer(ctx, input)),
  restore: guarded('customer:archive')
    .input(CustomerIdInput)
    .mutation(({ ctx, input }) => restoreCustomer(ctx, input)),
  setTags: guarded('customer:update')
    .input(SetTagsInput)
    .mutation(({ ctx, input }) => setTags(ctx, input)),
  timeline: guarded('customer:read')
    .input(ListTimelineInput)
    .query(({ ctx, input }) => listTimeline(ctx, input)),
  owner: ownerRouter,
  tag: tagRouter,
  field: fieldRouter,
  note: noteRouter,
  columns: columnsRouter,
  view: viewRouter,
  export: exportRouter,
})
