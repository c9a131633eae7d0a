import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { globalTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { CopyBox } from '../../ui/copy-box.tsx'
import type { CreatedTenant, Making } from './use-making.ts'

interface MadeTenantProps {
  making: Making
  /** As the making has answered it; not there after a reload, or if another process has made it. */
  owner: CreatedTenant['owner'] | undefined
}

/** What the owner needs to get in. The first password is said once: whoever has missed it makes a link to a new one. */
export function MadeTenant({ making, owner }: MadeTenantProps) {
  const t = useTranslations('operator')
  const words = useTranslations('fleet.making')
  if (owner === undefined) {
    return making.ownerEmail === null ? null : <LaterLink email={making.ownerEmail} />
  }
  const { email, initialPassword } = owner
  return (
    <div className="flex flex-col gap-3 text-sm">
      <p className="text-text-muted">{t(initialPassword === null ? 'ownerKnown' : 'ownerNew', { email })}</p>
      {initialPassword === null ? null : <CopyBox label={words('firstPassword')} value={initialPassword} />}
    </div>
  )
}

function LaterLink({ email }: { email: string }) {
  const t = useTranslations('fleet.making')
  const link = useMutation(globalTrpc.operator.person.makeResetLink.mutationOptions())
  return (
    <div className="flex flex-col items-start gap-3 text-sm">
      <p className="text-text-muted">{t('passwordGone', { email })}</p>
      {link.data ? (
        <div className="flex w-full flex-col gap-1.5">
          <CopyBox label={t('link')} value={link.data.link} />
          <p className="text-text-muted">{t('linkText', { minutes: link.data.minutes })}</p>
        </div>
      ) : (
        <Button isBusy={link.isPending} onClick={() => link.mutate({ email })}>
          {t('makeLink')}
        </Button>
      )}
    </div>
  )
}
