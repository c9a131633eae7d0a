import { writeInstallationAudit } from '../audit/write-audit.ts'
import { makeResetLink, RESET_MAX_AGE_MINUTES } from '../auth/password-change.ts'
import type { AuditContext } from '../audit/write-audit.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'

type Acting = AuditContext & Pick<Context, 'database' | 'baseUrl'>

/** A link to a new password for somebody whom no mail reaches. Whoever has it is that person. NOT_FOUND for nobody's. */
export async function makeResetLinkFor(
  ctx: Acting,
  { email }: { email: string },
): Promise<{ link: string; minutes: number }> {
  const { master } = ctx.database
  const user = await master
    .selectFrom('users')
    .where('email', '=', email)
    .select(['id', 'name'])
    .executeTakeFirst()
  if (!user) throw new DomainError('NOT_FOUND', 'Nobody signs in with this address.')
  const link = await master.transaction().execute(async (trx) => {
    await writeInstallationAudit(trx, ctx, { action: 'user.reset-link-made', entity: user })
    return makeResetLink(trx, { userId: user.id, baseUrl: ctx.baseUrl })
  })
  return { link, minutes: RESET_MAX_AGE_MINUTES }
}
