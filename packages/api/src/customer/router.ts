import { guarded, router } from '../trpc.ts'
import { archiveCustomer, restoreCustomer } from './archive-customer.ts'
import { listCustomers } from './list-customers.ts'
import { getCustomer, listTags } from './queries.ts'
import { createCustomer, updateCustomer } from './save-customer.ts'
import { CreateCustomerInput, CustomerIdInput, ListCustomersInput, UpdateCustomerInput } from './schema.ts'

export const customerRouter = router({
  list: guarded('customer:read')
    .input(ListCustomersInput)
    .query(({ ctx, input }) => listCustomers(ctx.db, input)),
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
  tag: router({
    list: guarded('customer:read').query(({ ctx }) => listTags(ctx.db)),
  }),
})
