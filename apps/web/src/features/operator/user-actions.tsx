import Ellipsis from 'lucide-react/icons/ellipsis'
import KeyRound from 'lucide-react/icons/key-round'
import LogOut from 'lucide-react/icons/log-out'
import ShieldCheck from 'lucide-react/icons/shield-check'
import ShieldOff from 'lucide-react/icons/shield-off'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { ResetLinkDialog } from './reset-link-dialog.tsx'
import { TwoFactorOffDialog } from './two-factor-off-dialog.tsx'
import type { ListedUser } from './user-table.tsx'
import { useUserVerbs } from './use-user-verbs.ts'

/** What an operator may do for a person. Each is written down in the audit log. */
export function UserActions({ user }: { user: ListedUser }) {
  const t = useTranslations('operator.user')
  const more = useTranslations('operator')
  const [asked, setAsked] = useState<'link' | 'two-factor' | null>(null)
  const { endSessions, setOperator } = useUserVerbs(user)
  const close = () => setAsked(null)
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton size="sm" label={more('actionsFor', { name: user.name })}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<KeyRound aria-hidden />} onSelect={() => setAsked('link')}>
          {t('resetLink')}
        </MenuItem>
        {user.sessionCount === 0 ? null : (
          <MenuItem icon={<LogOut aria-hidden />} onSelect={endSessions}>
            {t('endSessions')}
          </MenuItem>
        )}
        <MenuItem icon={<ShieldCheck aria-hidden />} onSelect={() => setOperator(!user.isOperator)}>
          {t(user.isOperator ? 'unmakeOperator' : 'makeOperator')}
        </MenuItem>
        {user.hasTwoFactor ? (
          <MenuItem icon={<ShieldOff aria-hidden />} isDanger onSelect={() => setAsked('two-factor')}>
            {t('twoFactorOff')}
          </MenuItem>
        ) : null}
      </Menu>
      {asked === 'link' ? <ResetLinkDialog user={user} onClose={close} /> : null}
      <TwoFactorOffDialog user={user} isOpen={asked === 'two-factor'} onClose={close} />
    </>
  )
}
