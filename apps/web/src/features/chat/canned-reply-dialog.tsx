import type { CannedReply } from '@sarai/api'
import { SHORTCUT_LENGTH_MAX } from '@sarai/api/chat/schema'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCan } from '../../lib/permissions.ts'
import { CheckboxField } from '../../ui/checkbox-field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { TextWithPlaces } from './text-with-places.tsx'
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
      <TextWithPlaces
        label={t('body')}
        value={values.body}
        error={errors.body}
        onChange={(body) => setValues({ ...values, body })}
      />
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
