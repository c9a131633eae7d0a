import X from 'lucide-react/icons/x'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { permissionKey } from '../../lib/permissions.ts'
import { Badge } from '../../ui/badge.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Table, Td, Th } from '../../ui/table.tsx'
import { RevokeKeyDialog } from './revoke-key-dialog.tsx'
import type { ApiKey } from './role-types.ts'

export function ApiKeyTable({ keys }: { keys: readonly ApiKey[] }) {
  const t = useTranslations('permission.apiKey')
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  return (
    <>
      <Table label={t('title')}>
        <thead>
          <tr>
            <Th className="px-4">{t('key')}</Th>
            <Th className="hidden md:table-cell">{t('permissions')}</Th>
            <Th>{t('lastUsed')}</Th>
            <Th className="hidden md:table-cell">{t('until')}</Th>
            <Th>
              <span className="sr-only">{t('actions')}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <ApiKeyRow key={key.id} apiKey={key} onRevoke={() => setRevoking(key)} />
          ))}
        </tbody>
      </Table>
      <RevokeKeyDialog apiKey={revoking} onClose={() => setRevoking(null)} />
    </>
  )
}

function ApiKeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const t = useTranslations('permission.apiKey')
  const what = useTranslations('permission.what')
  const format = useFormat()
  const { name, hint, permissions, createdBy, lastUsedAt } = apiKey
  const names = permissions.map((permission) => what(permissionKey(permission)))
  return (
    <tr>
      <Td className="py-2 ps-4">
        <span dir="auto" className="block max-w-60 truncate font-medium match-parent">
          {name}
        </span>
        <code dir="ltr" className="block font-mono text-xs text-text-muted match-parent">
          {hint}
        </code>
        {createdBy === null ? null : (
          <span className="block truncate text-xs text-text-muted">{t('madeBy', { name: createdBy })}</span>
        )}
      </Td>
      <Td className="hidden max-w-72 text-text-muted md:table-cell">
        <span className="line-clamp-2 text-xs" title={names.join(' · ')}>
          {names.join(' · ')}
        </span>
      </Td>
      <Td className="whitespace-nowrap text-text-muted">
        {lastUsedAt === null ? t('never') : format.ago(lastUsedAt)}
      </Td>
      <Td className="hidden whitespace-nowrap text-text-muted md:table-cell">
        <End apiKey={apiKey} />
      </Td>
      <Td isNumeric className="w-0 pe-3">
        <IconButton size="sm" label={t('revokeName', { name })} onClick={onRevoke}>
          <X aria-hidden />
        </IconButton>
      </Td>
    </tr>
  )
}

function End({ apiKey: { createdBy, expiresAt, isOver } }: { apiKey: ApiKey }) {
  const t = useTranslations('permission.apiKey')
  const format = useFormat()
  if (createdBy === null) return <Badge tone="warning">{t('makerLeft')}</Badge>
  if (isOver) return <Badge tone="warning">{t('over')}</Badge>
  return expiresAt === null ? t('noEnd') : format.day(expiresAt)
}
