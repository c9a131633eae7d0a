import Copy from 'lucide-react/icons/copy'
import { useTranslations } from 'use-intl'
import { announce } from '../../lib/announce.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import type { CreatedTenant } from './create-tenant-dialog.tsx'

interface CreatedTenantNoteProps {
  tenant: CreatedTenant
  onDone: () => void
}

/** The first password is said here and nowhere again. */
export function CreatedTenantNote({ tenant: { owner }, onDone }: CreatedTenantNoteProps) {
  const t = useTranslations('operator')
  const common = useTranslations('common')
  const { initialPassword, email } = owner
  return (
    <div className="flex flex-col gap-4 text-sm">
      {initialPassword === null ? (
        <p className="text-text-muted">{t('ownerKnown', { email })}</p>
      ) : (
        <>
          <p className="text-text-muted">{t('ownerNew', { email })}</p>
          <div className="flex items-center gap-2 rounded-md border border-line bg-sunken py-1 ps-3 pe-1">
            <code dir="ltr" className="min-w-0 flex-1 overflow-x-auto font-mono text-base">
              {initialPassword}
            </code>
            <IconButton
              label={t('copyPassword')}
              onClick={() => {
                void navigator.clipboard.writeText(initialPassword).then(() => announce(t('copied')))
              }}
            >
              <Copy aria-hidden />
            </IconButton>
          </div>
        </>
      )}
      <div className="flex justify-end">
        <Button variant="primary" onClick={onDone}>
          {common('action.close')}
        </Button>
      </div>
    </div>
  )
}
