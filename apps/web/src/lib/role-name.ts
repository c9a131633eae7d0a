import { useTranslations } from 'use-intl'

const BUILT_IN = ['owner', 'manager', 'agent', 'viewer'] as const
type BuiltInName = (typeof BUILT_IN)[number]

/** The four roles that every workspace starts with have names in both languages; others keep their own. */
export function useRoleName(): (name: string) => string {
  const t = useTranslations('common.role')
  return (name) => (isBuiltIn(name) ? t(name) : name)
}

function isBuiltIn(name: string): name is BuiltInName {
  return BUILT_IN.some((known) => known === name)
}
