import { publicProcedure, router, userProcedure } from '../trpc.ts'
import { acceptInvitation, joinByInvitation, readInvitation } from './accept-invitation.ts'
import { AcceptInvitationInput, InvitationTokenInput } from './schema.ts'

/** For who holds a link and is no member yet. Mutations all three: what is in a URL is in logs. */
export const invitationRouter = router({
  read: publicProcedure.input(InvitationTokenInput).mutation(({ ctx, input }) => readInvitation(ctx, input)),
  accept: publicProcedure
    .input(AcceptInvitationInput)
    .mutation(({ ctx, input }) => acceptInvitation(ctx, input)),
  join: userProcedure.input(InvitationTokenInput).mutation(({ ctx, input }) => joinByInvitation(ctx, input)),
})
