import { auditRouter } from './audit/router.ts'
import { assignmentRouter } from './assignment/router.ts'
import { authRouter } from './auth/router.ts'
import { bulkRouter } from './bulk/router.ts'
import { chatRouter } from './chat/router.ts'
import { customerRouter } from './customer/router.ts'
import { dashboardRouter } from './dashboard/router.ts'
import { duplicateRouter } from './duplicate/router.ts'
import { importRouter } from './import/router.ts'
import { invitationRouter } from './permission/invitation-router.ts'
import { notificationRouter } from './notification/router.ts'
import { jobRouter } from './job/router.ts'
import { labelRouter } from './label/router.ts'
import { macroRouter } from './macro/router.ts'
import { mergeRouter } from './merge/router.ts'
import { operatorRouter } from './operator/router.ts'
import { permissionRouter } from './permission/router.ts'
import { presenceRouter } from './presence/router.ts'
import { ruleRouter } from './rule/router.ts'
import { scheduledRouter } from './scheduled/router.ts'
import { teamRouter } from './team/router.ts'
import { tenantRouter } from './tenant/router.ts'
import { createCallerFactory, router } from './trpc.ts'

/** Every procedure there is. */
export const appRouter = router({
  audit: auditRouter,
  assignment: assignmentRouter,
  auth: authRouter,
  bulk: bulkRouter,
  chat: chatRouter,
  customer: customerRouter,
  dashboard: dashboardRouter,
  duplicate: duplicateRouter,
  import: importRouter,
  invitation: invitationRouter,
  notification: notificationRouter,
  job: jobRouter,
  label: labelRouter,
  macro: macroRouter,
  merge: mergeRouter,
  operator: operatorRouter,
  permission: permissionRouter,
  presence: presenceRouter,
  rule: ruleRouter,
  scheduled: scheduledRouter,
  team: teamRouter,
  tenant: tenantRouter,
})
export type AppRouter = typeof appRouter

/** Calls procedures from the same process, as a request would: give it a function that makes a context. */
export const createCaller = createCallerFactory(appRouter)
