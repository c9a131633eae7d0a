import Columns3 from 'lucide-react/icons/columns-3'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'

const load = () => import('./columns-dialog.tsx')
const ColumnsDialog = lazy(() => load().then((module) => ({ default: module.ColumnsDialog })))

/** Opens what the columns of the list are chosen with. */
export function ColumnsButton() {
  const t = useTranslations('customer.columns')
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button
        variant="ghost"
        aria-haspopup="dialog"
        onPointerEnter={() => void load()}
        onFocus={() => void load()}
        onClick={() => setOpen(true)}
      >
        <Columns3 aria-hidden className="size-4" />
        {t('open')}
      </Button>
      {isOpen ? (
        <Suspense>
          <ColumnsDialog onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
