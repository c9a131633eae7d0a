import { PERMISSIONS } from '@sarai/api/permission/schema'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { permissionKey } from '../../lib/permissions.ts'
import { useRoleName } from '../../lib/role-name.ts'

/** What a customer has besides fields of the tenant's own; those are written down as `field`. */
const CUSTOMER_FIELDS = ['name', 'email', 'phone', 'company', 'city', 'about', 'field'] as const
const MOMENT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

/** What stands beside an act, in words. */
export function useValueName(): (key: string, value: unknown) => string {
  const t = useTranslations('audit')
  const permission = useTranslations('permission.what')
  const format = useFormat()
  const roleName = useRoleName()
  const nameOfText = (key: string, text: string): string => {
    if (key === 'role') return roleName(text)
    if (MOMENT.test(text)) return format.dateTime(text)
    const known = PERMISSIONS.find((each) => each === text)
    if (key === 'permissions' && known) return permission(permissionKey(known))
    const field = CUSTOMER_FIELDS.find((each) => each === text)
    return key === 'fields' && field ? t(`customerField.${field}`) : text
  }
  return (key, value) => {
    // The ids of those who were merged say nothing to a reader.
    if (key === 'merged' || key === 'restored') return format.number(Array.isArray(value) ? value.length : 0)
    if (Array.isArray(value)) {
      return [...new Set(value.map((each) => nameOfText(key, String(each))))].join(t('comma'))
    }
    if (key === 'weekStartsOn') return format.weekday(Number(value), 'long')
    if (typeof value === 'number') return format.number(value)
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
    return typeof value === 'string' ? nameOfText(key, value) : JSON.stringify(value)
  }
}
