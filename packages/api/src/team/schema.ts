import { z } from 'zod'
import { storable } from '../customer/schema.ts'

/** Of one tenant. */
export const TEAMS_MAX = 100
export const TEAM_NAME_LENGTH_MAX = 60
/** Of one team. */
export const TEAM_MEMBERS_MAX = 200

const teamName = storable.trim().min(1).max(TEAM_NAME_LENGTH_MAX)
const memberIds = z.array(z.uuid()).max(TEAM_MEMBERS_MAX)

export const CreateTeamInput = z.strictObject({ name: teamName, memberIds: memberIds.optional() })
export type CreateTeamInput = z.infer<typeof CreateTeamInput>

export const UpdateTeamInput = z.strictObject({
  id: z.uuid(),
  name: teamName.optional(),
  /** All who are in it from now on. */
  memberIds: memberIds.optional(),
})
export type UpdateTeamInput = z.infer<typeof UpdateTeamInput>

export const TeamIdInput = z.strictObject({ id: z.uuid() })
export type TeamIdInput = z.infer<typeof TeamIdInput>
