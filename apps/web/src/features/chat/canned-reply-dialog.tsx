import type { CannedReply } from '@sarai/api'
import {
  CANNED_VARIABLES,
  type CannedVariable,
  MESSAGE_BODY_LENGTH_MAX,
  SHORTCUT_LENGTH_MAX,
} from '@sarai/api/chat/schema'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCan } from '../../lib/permissions.ts'
import { Button } from '../../ui/button.tsx'
import { CheckboxField } from '../../ui/checkbox-field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useSaveCannedReply } from './use-save-canned-reply.ts'

interface CannedReplyDialogProps {
  /** Left out: a new one. */
  reply?: CannedReply
  onClose: () => void
}

/** What is typed behind the slash, and what then stands in the message. */
export function CannedReplyDialog({ reply, onClose }: CannedReplyDialogProps) {
  const t = useTranslations('chat.canned')
  const mayChangeTeams = useCan()('chat:configure')
  const [values, setValues] = useState({ shortcut: '', body: '', isTeams: false, ...reply })
  const { save, isSaving, errors } = useSaveCannedReply(reply, onClose)
  function submit(): void {
    save(values)
  }
  return (
    <FormDialog
      title={t(reply ? 'editTitle' : 'new')}
      size="md"
      submitLabel={t('save')}
      isBusy={isSaving}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t('shortcut')}
        hint={t('shortcutHint')}
        dir="auto"
        before="/"
        maxLength={SHORTCUT_LENGTH_MAX}
        value={values.shortcut}
        error={errors.shortcut}
        onChange={({ target }) => setValues({ ...values, shortcut: target.value })}
      />
      <Body value={values.body} error={errors.body} onChange={(body) => setValues({ ...values, body })} />
      {mayChangeTeams && !reply ? (
        <CheckboxField
          label={t('isTeams')}
          checked={values.isTeams}
          onChange={({ target }) => setValues({ ...values, isTeams: target.checked })}
        />
      ) : null}
    </FormDialog>
  )
}

interface BodyProps {
  value: string
  error: string | undefined
  onChange: (body: string) => void
}

/** The buttons put a place where the text cursor stands. */
function Body({ value, error, onChange }: BodyProps) {
  const t = useTranslations('chat.canned')
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
        label={t('body')}
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
        {CANNED_VARIABLES.map((variable) => (
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
