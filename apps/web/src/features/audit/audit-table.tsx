import type { AuditActor, AuditLine } from '@sarai/api'
import ListFilter from 'lucide-react/icons/list-filter'
import { useTranslations } from 'use-intl'
import { describeDevice } from '../../lib/describe-device.ts'
import { useFormat } from '../../lib/format.ts'
import { Badge } from '../../ui/badge.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Table, Td, Th } from '../../ui/table.tsx'
import { useActionName } from './audit-action.ts'
import { AuditChanges } from './audit-changes.tsx'
import type { AuditViewProps } from './audit-view.tsx'

interface AuditTableProps extends Pick<AuditViewProps, 'renderThing'> {
  lines: readonly AuditLine[]
  /** Everything that was done to the same thing is asked for. */
  onThing: (id: string) => void
}

export function AuditTable({ lines, ...row }: AuditTableProps) {
  const t = useTranslations('audit')
  return (
    <Table label={t('title')}>
      <thead>
        <tr>
          <Th className="hidden px-4 md:table-cell">{t('when')}</Th>
          <Th className="max-md:ps-4">{t('who')}</Th>
          <Th>{t('what')}</Th>
          <Th className="hidden lg:table-cell">{t('where')}</Th>
          <Th>
            <span className="sr-only">{t('actions')}</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <AuditRow key={line.id} line={line} {...row} />
        ))}
      </tbody>
    </Table>
  )
}

function AuditRow({ line, renderThing, onThing }: { line: AuditLine } & Omit<AuditTableProps, 'lines'>) {
  const t = useTranslations('audit')
  const nameOf = useActionName()
  const { entity } = line
  const name = entity?.name ?? t('oneThing')
  return (
    <tr>
      <Td className="hidden py-2 ps-4 align-top whitespace-nowrap text-text-muted md:table-cell">
        <Moment at={line.at} />
      </Td>
      <Td className="py-2 align-top max-md:ps-4">
        <Who actor={line.actor} />
      </Td>
      <Td className="py-2 align-top">
        <span className="font-medium">{nameOf(line.action)}</span>
        {entity ? <span className="block">{renderThing(line)}</span> : null}
        <AuditChanges before={line.before} after={line.after} />
        <span className="block text-xs text-text-muted md:hidden">
          <Moment at={line.at} />
        </span>
        <span className="block text-xs text-text-muted lg:hidden">
          <Where line={line} />
        </span>
      </Td>
      <Td className="hidden py-2 align-top text-text-muted lg:table-cell">
        <Where line={line} />
      </Td>
      <Td className="w-0 py-2 pe-3 align-top">
        {entity ? (
          <IconButton size="sm" label={t('onlyThing', { thing: name })} onClick={() => onThing(entity.id)}>
            <ListFilter aria-hidden />
          </IconButton>
        ) : null}
      </Td>
    </tr>
  )
}

function Moment({ at }: { at: string }) {
  const format = useFormat()
  return (
    <time dateTime={at} title={at} className="tabular">
      {format.dateTime(at)}
    </time>
  )
}

function Who({ actor: { kind, name } }: { actor: AuditActor }) {
  const t = useTranslations('audit')
  return (
    <span className="flex max-w-48 min-w-16 flex-col items-start gap-0.5">
      <bdi className="max-w-full wrap-anywhere">{name}</bdi>
      {kind === 'user' ? null : <Badge>{t(`kind.${kind}`)}</Badge>}
    </span>
  )
}

/** The address, and with what: a browser by its name, a program as it calls itself. */
function Where({ line: { address, userAgent } }: { line: AuditLine }) {
  const { browser, system } = describeDevice(userAgent)
  const device = [browser, system].filter(Boolean).join(' · ') || userAgent
  return (
    <>
      {address === null ? null : (
        <bdi className="block text-sm tabular match-parent max-lg:text-xs">{address}</bdi>
      )}
      {device ? (
        <bdi
          className="block text-xs match-parent wrap-anywhere lg:max-w-56 lg:truncate"
          title={userAgent ?? undefined}
        >
          {device}
        </bdi>
      ) : null}
    </>
  )
}
