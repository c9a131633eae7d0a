import { guardedPersonal, router } from '../trpc.ts'
import { TellPresenceInput } from './schema.ts'
import { tellPresence } from './tell-presence.ts'

/** Who is there. What is told comes back by the stream, as `presence`. */
export const presenceRouter = router({
  tell: guardedPersonal('chat:read')
    .input(TellPresenceInput)
    .mutation(({ ctx, input }) => tellPresence(ctx, input)),
})
