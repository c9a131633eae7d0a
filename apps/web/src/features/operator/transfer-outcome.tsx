import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Table, Td, Th } from '../../ui/table.tsx'
import { failureOf, type Transfer } from './transfer-status.ts'

type Exported = NonNullable<Transfer['exported']>
type Copied = NonNullable<Transfer['copied']>

/** What came of it: what was written or filled in and compared, or why not. */
export function TransferOutcome({ transfer }: { transfer: Transfer }) {
  const { exported, copied, failure, state } = transfer
  if (failure) return <Failure transfer={transfer} />
  if (exported) return <ExportOutcome transfer={transfer} exported={exported} />
  if (copied) return <CopyOutcome transfer={transfer} copied={copied} />
  return state === 'cancelled' ? <Cancelled /> : null
}

function Cancelled() {
  const t = useTranslations('fleet.transfer')
  return <p className="text-sm text-text-muted">{t('cancelledText')}</p>
}

function Failure({ transfer }: { transfer: Transfer }) {
  const t = useTranslations('fleet.transfer')
  const known = failureOf(transfer)
  return (
    <div className="text-sm">
      <p className="text-danger-text">{t(`failure.${known}`)}</p>
      {known === 'CUT_OFF' || known === 'STOPPED' ? null : (
        <p dir="ltr" className="mt-1 font-mono text-xs break-words text-text-muted match-parent">
          {transfer.failure?.message}
        </p>
      )}
    </div>
  )
}

function ExportOutcome({
  transfer: { archiveUntil },
  exported: { rows, tables, files, filesUnreadable, archive, schemaVersion },
}: {
  transfer: Transfer
  exported: Exported
}) {
  const t = useTranslations('fleet.transfer')
  const format = useFormat()
  return (
    <div className="flex flex-col gap-1 text-sm">
      <p>{t('exported', { rows, tables: tables.length, files, version: String(schemaVersion) })}</p>
      {filesUnreadable > 0 ? (
        <p className="text-warning-text">{t('unreadable', { files: filesUnreadable })}</p>
      ) : null}
      <p className="text-text-muted">
        {archive === null ? t('toFile') : null}
        {archive !== null && archiveUntil === null ? t('archiveGone') : null}
        {archive !== null && archiveUntil !== null
          ? t('archiveKept', { size: format.bytes(archive.bytes), until: format.dateTime(archiveUntil) })
          : null}
      </p>
      <Compared tables={tables} sha256={archive?.sha256} />
    </div>
  )
}

function CopyOutcome({
  transfer: { intoKey },
  copied: { rows, tables, files, members, namesOnly },
}: {
  transfer: Transfer
  copied: Copied
}) {
  const t = useTranslations('fleet.transfer')
  return (
    <div className="flex flex-col gap-1 text-sm">
      <p>{t('copied', { rows, tables: tables.length, files })}</p>
      <p className="text-text-muted">{t('people', { members, namesOnly })}</p>
      {intoKey === null ? null : (
        <p>
          <Link
            to="/operator/tenants/$key"
            params={{ key: intoKey }}
            className="rounded-sm underline decoration-line-strong underline-offset-2 hover:decoration-current"
          >
            {t('look', { key: intoKey })}
          </Link>
        </p>
      )}
      <Compared tables={tables} sha256={undefined} />
    </div>
  )
}

function Compared({ tables, sha256 }: { tables: Exported['tables']; sha256: string | undefined }) {
  const t = useTranslations('fleet.transfer')
  const format = useFormat()
  return (
    <Disclosure label={t('compared')}>
      {sha256 === undefined ? null : (
        <p className="mb-2 text-xs text-text-muted">
          {t('archiveSum')}{' '}
          <span dir="ltr" className="font-mono break-all text-text">
            {sha256}
          </span>
        </p>
      )}
      <Table label={t('compared')}>
        <thead>
          <tr>
            <Th>{t('table')}</Th>
            <Th isNumeric>{t('rowCount')}</Th>
            <Th>SHA-256</Th>
          </tr>
        </thead>
        <tbody>
          {tables.map((table) => (
            <tr key={table.name}>
              <Td className="font-mono text-xs">
                <bdi>{table.name}</bdi>
              </Td>
              <Td isNumeric>{format.number(table.rows)}</Td>
              <Td className="font-mono text-xs text-text-muted">
                <bdi>{table.sha256.slice(0, 16)}…</bdi>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Disclosure>
  )
}
