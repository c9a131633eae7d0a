import { z } from 'zod'

/** What somebody does in a conversation that they have open; the later ones count for more. */
export const PRESENCE_DOINGS = ['looking', 'note', 'reply'] as const
export type PresenceDoing = (typeof PRESENCE_DOINGS)[number]

/** A tab that has not said for so long that it shows a conversation does not show it any more. */
export const LOOKING_MS = 75_000
/** How often a tab says so, if nothing changes. */
export const LOOKING_SAY_MS = 30_000
/** Somebody who has not said for so long that they write has stopped. */
export const WRITING_MS = 8_000
/** How often a tab says so at most, while keys are pressed. */
export const WRITING_SAY_MS = 4_000
/** Tabs of one member that are kept, in each process; one more takes the place of the oldest. */
export const PRESENCE_TABS_PER_MEMBER_MAX = 20
/** The same for all members of a tenant. */
export const PRESENCE_TABS_MAX = 2_000

export const TellPresenceInput = z.strictObject({
  /** Made up by the tab, once. */
  tabId: z.uuid(),
  /** What the tab shows; null: no conversation any more. */
  conversationId: z.uuid().nullable(),
  /** Default: looking. */
  doing: z.enum(PRESENCE_DOINGS).optional(),
})
export type TellPresenceInput = z.infer<typeof TellPresenceInput>
