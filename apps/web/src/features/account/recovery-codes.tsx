import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { CopyBox } from '../../ui/copy-box.tsx'

/** Told here and nowhere again. */
export function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const t = useTranslations('account')
  return (
    <div className="flex flex-col gap-4 text-sm">
      <p role="status" className="text-text-muted">
        {t('recoveryCodesText')}
      </p>
      <CopyBox label={t('recoveryCodes')} value={codes.join('\n')} />
      <div className="flex justify-end">
        <Button variant="primary" onClick={onClose}>
          {t('codesKept')}
        </Button>
      </div>
    </div>
  )
}
