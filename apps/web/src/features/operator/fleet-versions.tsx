import { useTranslations } from 'use-intl'
import { Badge } from '../../ui/badge.tsx'
import { Nothing, Panel } from './panel.tsx'
import { countVersions, type FleetStatus } from './rollout-status.ts'

/** How many tenants have which schema, the newest first. */
export function FleetVersions({ status }: { status: FleetStatus }) {
  const t = useTranslations('fleet.rollout')
  const { tenants } = countVersions(status)
  return (
    <Panel title={t('versions')} hint={t('versionsHint')}>
      {tenants === 0 ? <Nothing>{t('upToDate', { tenants, version: '' })}</Nothing> : null}
      <ul className="flex flex-col gap-3">
        {status.versions.toReversed().map(({ schemaVersion, tenants: count }) => (
          <li key={schemaVersion}>
            <div className="flex items-center gap-2 text-sm">
              <span className="font-medium tabular">{t('version', { version: String(schemaVersion) })}</span>
              {schemaVersion === status.targetVersion ? <Badge tone="success">{t('newest')}</Badge> : null}
              {schemaVersion < status.servedFrom ? <Badge tone="danger">{t('closed')}</Badge> : null}
              <span className="ms-auto text-text-muted tabular">{t('tenantCount', { tenants: count })}</span>
            </div>
            <div aria-hidden className="mt-1 h-1.5 overflow-hidden rounded-full bg-sunken">
              <div
                className={schemaVersion < status.targetVersion ? 'h-full bg-warning' : 'h-full bg-success'}
                style={{ inlineSize: `${(100 * count) / tenants}%` }}
              />
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
