import { operatorProcedure, router } from '../trpc.ts'
import { CloneTenantInput, ListTransfersInput, TenantKeyInput, TransferIdInput } from './schema.ts'
import { beginClone, beginExport } from './transfer.ts'
import {
  cancelAudited,
  followInBackground,
  getTransfer,
  listTransfers,
  removeArchiveAudited,
} from './transfer-acts.ts'

/** Tenants that are taken out into an archive, in again, or copied. An archive comes in as bytes: receive-archive.ts. */
export const transferRouter = router({
  list: operatorProcedure
    .input(ListTransfersInput)
    .query(({ ctx, input }) => listTransfers(ctx.database, input)),
  byId: operatorProcedure.input(TransferIdInput).query(({ ctx, input }) => getTransfer(ctx.database, input)),
  export: operatorProcedure
    .input(TenantKeyInput)
    .mutation(({ ctx, input }) => followInBackground(ctx, beginExport(ctx, input))),
  clone: operatorProcedure
    .input(CloneTenantInput)
    .mutation(({ ctx, input }) => followInBackground(ctx, beginClone(ctx, input))),
  cancel: operatorProcedure.input(TransferIdInput).mutation(({ ctx, input }) => cancelAudited(ctx, input)),
  removeArchive: operatorProcedure
    .input(TransferIdInput)
    .mutation(({ ctx, input }) => removeArchiveAudited(ctx, input)),
})
