import type { Permission } from '@sarai/api/permission/schema'
import Lock from 'lucide-react/icons/lock'
import { Fragment } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { useRoleName } from '../../lib/role-name.ts'
import { permissionKey } from '../../lib/permissions.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Table } from '../../ui/table.tsx'
import { PERMISSION_GROUPS, type PermissionGroup } from './permission-groups.ts'
import { RoleActions } from './role-actions.tsx'
import type { Role } from './role-types.ts'
import { useRolePermissions } from './use-role-permissions.ts'

const STICKY = 'sticky start-0 z-10 bg-surface'
const GROUPS = Object.keys(PERMISSION_GROUPS) as PermissionGroup[]

interface RoleMatrixProps {
  roles: readonly Role[]
  canManage: boolean
}

/** Who may do what: a row for each permission, a column for each role. */
export function RoleMatrix({ roles, canManage }: RoleMatrixProps) {
  const t = useTranslations('permission')
  const toggle = useRolePermissions()
  return (
    <Table label={t('roles')} className="min-w-max">
      <thead>
        <tr>
          <th
            scope="col"
            className={`${STICKY} h-14 min-w-40 border-b border-line px-4 text-start md:min-w-80`}
          >
            <span className="sr-only">{t('permission')}</span>
          </th>
          {roles.map((role) => (
            <RoleHeading key={role.id} role={role} canManage={canManage} />
          ))}
        </tr>
      </thead>
      <tbody>
        {GROUPS.map((group) => (
          <Fragment key={group}>
            <tr>
              <th
                scope="colgroup"
                colSpan={roles.length + 1}
                className="h-9 border-b border-line bg-sunken px-4 text-start text-xs font-medium text-text-muted"
              >
                <span className="sticky start-4">{t(`group.${group}`)}</span>
              </th>
            </tr>
            {PERMISSION_GROUPS[group].map((permission) => (
              <PermissionRow
                key={permission}
                permission={permission}
                roles={roles}
                canManage={canManage}
                onToggle={toggle}
              />
            ))}
          </Fragment>
        ))}
      </tbody>
    </Table>
  )
}

function RoleHeading({ role, canManage }: { role: Role; canManage: boolean }) {
  const t = useTranslations('permission')
  const roleName = useRoleName()
  const format = useFormat()
  return (
    <th scope="col" className="h-14 min-w-24 border-b border-line px-3 text-center font-normal">
      <span className="flex items-center justify-center gap-1">
        {role.builtIn === 'owner' ? <Lock aria-hidden className="size-3.5 text-text-faint" /> : null}
        <span dir="auto" className="max-w-36 truncate text-sm font-semibold">
          {roleName(role.name)}
        </span>
        {canManage && role.builtIn === null ? <RoleActions role={role} /> : null}
      </span>
      <span className="block text-xs text-text-muted tabular">
        {t('memberCount', { count: role.memberCount, shown: format.number(role.memberCount) })}
      </span>
    </th>
  )
}

interface PermissionRowProps extends RoleMatrixProps {
  permission: Permission
  onToggle: (role: Role, permission: Permission) => void
}

function PermissionRow({ permission, roles, canManage, onToggle }: PermissionRowProps) {
  const t = useTranslations('permission')
  const roleName = useRoleName()
  const what = t(`what.${permissionKey(permission)}`)
  return (
    <tr className="[&:last-child>*]:border-b-0 [&:hover>*]:bg-hover">
      <th scope="row" className={`${STICKY} border-b border-line px-4 py-2 text-start text-sm font-normal`}>
        {what}
      </th>
      {roles.map((role) => (
        <td key={role.id} className="border-b border-line px-3 text-center">
          <Checkbox
            label={t('allow', { role: roleName(role.name), permission: what })}
            checked={role.permissions.includes(permission)}
            disabled={!canManage || role.builtIn === 'owner'}
            onChange={() => onToggle(role, permission)}
          />
        </td>
      ))}
    </tr>
  )
}
