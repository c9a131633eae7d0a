import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { CopyBox } from '../../ui/copy-box.tsx'
import type { SentInvitation } from './role-types.ts'

interface InvitationLinkProps {
  sent: SentInvitation
  onClose: () => void
}

/** It is on its way, or here is the link to pass on. The link is shown here and nowhere again. */
export function InvitationLink({ sent: { delivery, link, invitation }, onClose }: InvitationLinkProps) {
  const t = useTranslations('permission')
  const common = useTranslations('common')
  const { email } = invitation
  return (
    <div className="flex flex-col gap-4 text-sm">
      <p role="status" className={delivery === 'failed' ? 'text-danger-text' : 'text-text-muted'}>
        {t(`delivery.${delivery}`, { email })}
      </p>
      {link === null ? null : <CopyBox label={t('link')} value={link} />}
      <div className="flex justify-end">
        <Button variant="primary" onClick={onClose}>
          {common('action.close')}
        </Button>
      </div>
    </div>
  )
}
