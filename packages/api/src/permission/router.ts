import { guarded, memberProcedure, router } from '../trpc.ts'
import { createApiKey, listApiKeys, revokeApiKey } from './api-key.ts'
import { inviteMember, listInvitations, resendInvitation, revokeInvitation } from './invitation.ts'
import { removeMember, setMemberRole } from './member-change.ts'
import { listMembers, listRoles } from './queries.ts'
import { createRole, removeRole, updateRole } from './role-change.ts'
import {
  ApiKeyIdInput,
  CreateApiKeyInput,
  CreateRoleInput,
  InvitationIdInput,
  InviteMemberInput,
  RemoveMemberInput,
  ResendInvitationInput,
  RoleIdInput,
  SetMemberRoleInput,
  UpdateRoleInput,
} from './schema.ts'

export const permissionRouter = router({
  mine: memberProcedure.query(({ ctx }) => ({
    role: ctx.access.role.name,
    permissions: [...ctx.access.permissions],
  })),
  role: router({
    list: guarded('permission:read').query(({ ctx }) => listRoles(ctx.db)),
    create: guarded('permission:manage')
      .input(CreateRoleInput)
      .mutation(({ ctx, input }) => createRole(ctx, input)),
    update: guarded('permission:manage')
      .input(UpdateRoleInput)
      .mutation(({ ctx, input }) => updateRole(ctx, input)),
    remove: guarded('permission:manage')
      .input(RoleIdInput)
      .mutation(({ ctx, input }) => removeRole(ctx, input)),
  }),
  member: router({
    list: guarded('permission:read').query(({ ctx }) => listMembers(ctx.db)),
    invite: guarded('permission:manage')
      .input(InviteMemberInput)
      .mutation(({ ctx, input }) => inviteMember(ctx, input)),
    setRole: guarded('permission:manage')
      .input(SetMemberRoleInput)
      .mutation(({ ctx, input }) => setMemberRole(ctx, input)),
    remove: guarded('permission:manage')
      .input(RemoveMemberInput)
      .mutation(({ ctx, input }) => removeMember(ctx, input)),
  }),
  key: router({
    list: guarded('key:manage').query(({ ctx }) => listApiKeys(ctx.db)),
    create: guarded('key:manage')
      .input(CreateApiKeyInput)
      .mutation(({ ctx, input }) => createApiKey(ctx, input)),
    revoke: guarded('key:manage')
      .input(ApiKeyIdInput)
      .mutation(({ ctx, input }) => revokeApiKey(ctx, input)),
  }),
  invitation: router({
    list: guarded('permission:read').query(({ ctx }) => listInvitations(ctx.db)),
    resend: guarded('permission:manage')
      .input(ResendInvitationInput)
      .mutation(({ ctx, input }) => resendInvitation(ctx, input)),
    revoke: guarded('permission:manage')
      .input(InvitationIdInput)
      .mutation(({ ctx, input }) => revokeInvitation(ctx, input)),
  }),
})
