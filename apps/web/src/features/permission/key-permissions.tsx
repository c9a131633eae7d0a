import { NEVER_BY_KEY, type Permission } from '@sarai/api/permission/schema'
import { useTranslations } from 'use-intl'
import { permissionKey, useCan } from '../../lib/permissions.ts'
import { CheckboxField } from '../../ui/checkbox-field.tsx'
import { PERMISSION_GROUPS } from './permission-groups.ts'

interface KeyPermissionsProps {
  chosen: ReadonlySet<Permission>
  onChange: (chosen: ReadonlySet<Permission>) => void
}

/** What may be chosen for a key: what one may oneself, without what no key ever may. */
export function KeyPermissions({ chosen, onChange }: KeyPermissionsProps) {
  const t = useTranslations('permission.apiKey')
  const what = useTranslations('permission.what')
  const can = useCan()
  const offered = Object.values(PERMISSION_GROUPS)
    .flat()
    .filter((permission: Permission) => can(permission) && !NEVER_BY_KEY.includes(permission))
  function change(permission: Permission, isChosen: boolean): void {
    const next = new Set(chosen)
    if (isChosen) next.add(permission)
    else next.delete(permission)
    onChange(next)
  }
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-sm font-medium">{t('permissions')}</legend>
      <div className="grid gap-x-4 sm:grid-cols-2">
        {offered.map((permission) => (
          <CheckboxField
            key={permission}
            label={what(permissionKey(permission))}
            checked={chosen.has(permission)}
            onChange={(event) => change(permission, event.target.checked)}
          />
        ))}
      </div>
    </fieldset>
  )
}
