import { publicProcedure, router, userProcedure } from '../trpc.ts'
import { changePassword, requestReset, resetPassword } from './password-change.ts'
import {
  ChangePasswordInput,
  CodeInput,
  PasswordInput,
  RequestResetInput,
  ResetPasswordInput,
  SessionIdInput,
} from './schema.ts'
import { listSessions, revokeOtherSessions, revokeSession } from './session.ts'
import {
  beginTwoFactor,
  confirmTwoFactor,
  disableTwoFactor,
  readTwoFactor,
  renewRecoveryCodes,
} from './two-factor.ts'

/** What a person does about their own account; nothing here takes anybody's id. */
export const authRouter = router({
  session: router({
    list: userProcedure.query(({ ctx }) =>
      listSessions(ctx.database.master, { userId: ctx.user.id, sessionId: ctx.sessionId }),
    ),
    revoke: userProcedure.input(SessionIdInput).mutation(({ ctx, input }) => revokeSession(ctx, input)),
    revokeOthers: userProcedure.mutation(({ ctx }) => revokeOtherSessions(ctx)),
  }),
  password: router({
    change: userProcedure.input(ChangePasswordInput).mutation(({ ctx, input }) => changePassword(ctx, input)),
    /** For who cannot sign in; says nothing about whether there is such an account. */
    requestReset: publicProcedure
      .input(RequestResetInput)
      .mutation(({ ctx, input }) => requestReset(ctx, input)),
    reset: publicProcedure.input(ResetPasswordInput).mutation(({ ctx, input }) => resetPassword(ctx, input)),
  }),
  twoFactor: router({
    status: userProcedure.query(({ ctx }) => readTwoFactor(ctx)),
    begin: userProcedure.input(PasswordInput).mutation(({ ctx, input }) => beginTwoFactor(ctx, input)),
    confirm: userProcedure.input(CodeInput).mutation(({ ctx, input }) => confirmTwoFactor(ctx, input)),
    disable: userProcedure.input(PasswordInput).mutation(({ ctx, input }) => disableTwoFactor(ctx, input)),
    renewRecoveryCodes: userProcedure
      .input(PasswordInput)
      .mutation(({ ctx, input }) => renewRecoveryCodes(ctx, input)),
  }),
})
