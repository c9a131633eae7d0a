import { CANNED_VARIABLES, type CannedVariable, MESSAGE_BODY_LENGTH_MAX } from '@sarai/api/chat/schema'
import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { TextArea } from '../../ui/text-area.tsx'

interface TextWithPlacesProps {
  label: string
  /** What it can be filled in with. Default: all there is. */
  variables?: readonly CannedVariable[] | undefined
  value: string
  error: string | undefined
  onChange: (body: string) => void
}

/** A text to be filled in when it is used; the buttons put a place where the text cursor stands. */
export function TextWithPlaces(props: TextWithPlacesProps) {
  const t = useTranslations('chat.canned')
  const { label, variables = CANNED_VARIABLES, value, error, onChange } = props
  const field = useRef<HTMLTextAreaElement>(null)
  function insert(variable: string): void {
    const { selectionStart = value.length, selectionEnd = value.length } = field.current ?? {}
    onChange(`${value.slice(0, selectionStart)}{{${variable}}}${value.slice(selectionEnd)}`)
    field.current?.focus()
  }
  return (
    <div className="flex flex-col gap-2">
      <TextArea
        ref={field}
        label={label}
        dir="auto"
        rows={5}
        maxLength={MESSAGE_BODY_LENGTH_MAX}
        value={value}
        error={error}
        onChange={({ target }) => onChange(target.value)}
      />
      <div role="group" aria-label={t('insert')} className="flex flex-wrap items-center gap-1.5">
        <span aria-hidden className="text-xs text-text-muted">
          {t('insert')}
        </span>
        {variables.map((variable) => (
          <Button key={variable} size="sm" onClick={() => insert(variable)}>
            {t(`variable.${KEYS[variable]}`)}
          </Button>
        ))}
      </div>
    </div>
  )
}

const KEYS = {
  'customer.name': 'customerName',
  'customer.company': 'customerCompany',
  'customer.email': 'customerEmail',
  'customer.phone': 'customerPhone',
  'agent.name': 'agentName',
  'tenant.name': 'tenantName',
} as const satisfies Record<CannedVariable, string>
