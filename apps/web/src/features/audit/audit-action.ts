import {
  AUDIT_ACTIONS,
  type AuditAction,
  INSTALLATION_AUDIT_ACTIONS,
  type InstallationAuditAction,
} from '@sarai/api/audit/schema'
import { useTranslations } from 'use-intl'

/** What can be written down, here or for the installation. */
export type AnyAction = AuditAction | InstallationAuditAction

const KNOWN: readonly AnyAction[] = [...AUDIT_ACTIONS, ...INSTALLATION_AUDIT_ACTIONS]

/** The compiler asks for a text in `audit.json` for each of them; what another version wrote keeps its name. */
export function useActionName(): (action: string) => string {
  const t = useTranslations('audit.action')
  return (action) => {
    const known = KNOWN.find((each) => each === action)
    return known === undefined ? action : t(known)
  }
}
