import Check from 'lucide-react/icons/check'
import Copy from 'lucide-react/icons/copy'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { announce } from '../lib/announce.ts'
import { Button } from './button.tsx'

/** Something that is shown once, to be taken along. */
export function CopyBox({ label, value }: { label: string; value: string }) {
  const t = useTranslations('common.copy')
  const [isCopied, setCopied] = useState(false)
  function copy(): void {
    void navigator.clipboard.writeText(value).then(() => {
      setCopied(true)
      announce(t('done'))
    })
  }
  const Icon = isCopied ? Check : Copy
  return (
    <div className="flex items-center gap-2 rounded-md border border-line bg-sunken py-1 ps-3 pe-1">
      <code dir="ltr" aria-label={label} className="min-w-0 flex-1 font-mono text-sm break-all select-all">
        {value}
      </code>
      <Button size="sm" onClick={copy}>
        <Icon aria-hidden className="size-3.5" />
        {t(isCopied ? 'copied' : 'copy')}
      </Button>
    </div>
  )
}
