import { Kysely } from 'kysely'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import { openArchives } from './archive/tenant-archives.ts'
import { changeControl } from './control/change-control.ts'
import { ControlTail } from './control/control-tail.ts'
import { keepUp } from './control/keep-up.ts'
import { readLastControlSeq } from './control/read-control-changes.ts'
import type { Database, Readiness } from './database.ts'
import { makeDialect } from './dialect.ts'
import { DatabaseError } from './errors.ts'
import { masterOn } from './fleet/heartbeat-login.ts'
import { joinFleet, keepShare, type Loan } from './fleet/join-fleet.ts'
import type { ShareEvent, ShareKeeper } from './fleet/share-keeper.ts'
import type { DatabaseEvent, Installation } from './installation.ts'
import { planControlPlane, prepareControlPlane, registerServer } from './master/control-plane.ts'
import { makeKeyring } from './master/secret.ts'
import type { MasterTables } from './master/tables.ts'
import { type ObservedPool, observePool } from './observe/observe-pool.ts'
import type { ServerPool } from './pool/server-pool.ts'
import type { Account, PoolEvent, PoolOptions, RefusalReason } from './pool/types.ts'
import { openKysely } from './open-kysely.ts'
import { createTenant } from './provision/create-tenant.ts'
import { findProvisioning } from './provision/find-provisioning.ts'
import { resumeTenants } from './provision/resume-tenants.ts'
import { takeBackTenant } from './provision/take-back-tenant.ts'
import { startUpkeep, type Upkeep, type UpkeepOptions } from './provision/upkeep.ts'
import { parseServerUrl, type ServerAddress } from './server/address.ts'
import { chooseConnectionsMax, chooseFleetMax, chooseTenantFence, withAdmin } from './server/admin.ts'
import { migrateFleet } from './rollout/migrate-fleet.ts'
import { listMigrationRuns } from './rollout/migration-runs.ts'
import { listRecentMigrations, listTenantMigrations, readRolloutStatus } from './rollout/read-rollout.ts'
import { keepRollouts } from './rollout/rollout-keeper.ts'
import { stopRollouts } from './rollout/stop-rollouts.ts'
import { rotateSecretKey } from './secret/rotate-key.ts'
import { rotateTenantPassword } from './secret/rotate-password.ts'
import { setTenantStatus } from './tenant/change-tenant.ts'
import { dropTenant } from './tenant/drop-tenant.ts'
import { measureTenants } from './tenant/measure-tenants.ts'
import { TENANT_SCHEMA, type TenantSchema } from './tenant/migrations.ts'
import { sweepTenants } from './tenant/sweep-tenants.ts'
import { makeTenantDirectory } from './tenant/tenant-directory.ts'
import { withTenant } from './tenant/with-tenant.ts'
import { withTenants } from './tenant/with-tenants.ts'
import { keepTransfers } from './transfer/keep-transfers.ts'

/** Connections, queue lengths and milliseconds of the one pool; each left out takes its default. */
export type PoolSettings = {
  [K in keyof Omit<PoolOptions, 'endpoint' | 'onEvent' | 'onLeaseEnd'>]?: PoolOptions[K] | undefined
}

export const POOL_DEFAULTS = {
  acquireTimeoutMs: 3_000,
  queueMax: 2_000,
  tenantQueueMax: 500,
  leaseWarnMs: 10_000,
  leaseMaxMs: 60_000,
  idleMs: 60_000,
} as const
/** The second is for a statement that was sent and never answered. */
const READINESS_ACQUIRE_TIMEOUT_MS = 1_500
const READINESS_TIMEOUT_MS = 2_000
const CLOSE_GRACE_MS = 10_000

export interface OpenDatabaseOptions {
  /** `mysql://user:password@host:port`, or `admin` of a private server: may create databases and accounts. */
  server: string | ServerAddress
  /** APP_SECRET, at least 32 bytes. */
  secret: string
  /** Of the control plane's database; default `sarai`. */
  name?: string | undefined
  pool?: PoolSettings | undefined
  /** How often to ask what other processes changed in the control plane, milliseconds; default CONTROL_POLL_MS. */
  controlPollMs?: number | undefined
  /**
   * Whether tenants that are behind are migrated before this resolves. Default true; whoever serves many, or only
   * looks, calls migrateTenants when it suits.
   */
  migratesAtStart?: boolean | undefined
  /**
   * What is done in the background while this is open: tenants made ahead, old accounts dropped. Default: nothing; for
   * the processes that serve.
   */
  upkeep?: UpkeepOptions | undefined
  /** For tests and benchmarks; default: what the code of this release expects. */
  tenantSchema?: TenantSchema | undefined
  /** For metrics: how long somebody queued, and how it ended. Called synchronously; must not throw. */
  onWaited?: ((waitedMs: number, outcome: 'served' | RefusalReason) => void) | undefined
  /** Called synchronously; must not throw. */
  log?: ((event: DatabaseEvent) => void) | undefined
}

/**
 * Opens the control plane, making or migrating it first, brings tenants that are behind to the newest schema unless told
 * not to, and gives out everything through one pool with one budget. The administrator's account is used for that and for making
 * tenants, never for serving.
 *
 * `connectionsMax` defaults to what the server's `max_connections` leaves after a tenth (at least 5) for operators,
 * at most 16, at least 2; `tenantConnectionsMax` to half of it. Processes that are open on the same control plane share
 * what the server allows: `stats().budget.max` is what is lent to this one now.
 *
 * @example
 * const server = await startPrivateServer({ dataDir: '.data' })
 * const database = await openDatabase({ server: server.admin, secret })
 *
 * @throws TypeError for options that are wrong, a secret of another installation included; DatabaseError
 * SERVER_UNAVAILABLE if the server cannot be reached or the account may not do what it must.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const server = typeof options.server === 'string' ? parseServerUrl(options.server) : options.server
  const keyring = makeKeyring(options.secret)
  const account = planControlPlane(options.name ?? 'sarai', keyring)
  const log = options.log ?? (() => undefined)
  const settings = options.pool ?? {}
  const schema = options.tenantSchema ?? TENANT_SCHEMA
  const { loan, serverMax, afterSeq } = await withAdmin(server, async (admin) => {
    await prepareControlPlane(admin, account, { server, keyring })
    const serverId = await registerServer(masterOn(admin), server)
    const borrowed = await borrowShare(admin, serverId, settings.connectionsMax)
    return { ...borrowed, afterSeq: await readLastControlSeq(masterOn(admin)) }
  })
  const observed = openPool({ settings, server, loan, log, onWaited: options.onWaited })
  const { pool } = observed
  const share = keepShare({ loan, pool, server, account, onEvent: (event) => reportShare(event, log) })
  const masterAs = (label: string) => openKysely<MasterTables>(pool.scope(account, { label }).pool)
  const control = new ControlTail({
    master: masterAs('control changes'),
    afterSeq,
    pollMs: options.controlPollMs,
    log,
  })
  try {
    const ground = { server, keyring, schema, account, pool, control, log, master: masterAs('control plane') }
    const installation = makeInstallation(ground, { loan, serverMax, options })
    control.listen(keepUp(installation))
    if (options.migratesAtStart ?? true) await migrateFleet(installation)
    const upkeep = options.upkeep && startUpkeep(installation, options.upkeep)
    return makeDatabase(installation, { observed, share, masterAccount: account, upkeep })
  } catch (error) {
    control.stop()
    observed.stop()
    await pool.close({ graceMs: 0 })
    await share.stop()
    throw error
  }
}

interface Ground extends Pick<
  Installation,
  'server' | 'keyring' | 'schema' | 'pool' | 'master' | 'control' | 'log'
> {
  account: Account
}

function makeInstallation(
  { account, ...ground }: Ground,
  { loan, serverMax, options }: { loan: Loan; serverMax: number; options: OpenDatabaseOptions },
): Installation {
  return {
    ...ground,
    serverId: loan.borrower.serverId,
    controlPlane: account.database,
    hasSpares: (options.upkeep?.sparesMax ?? 0) > 0,
    tenantFence: chooseTenantFence(loan.fleetMax(serverMax), options.pool?.tenantConnectionsMax),
    directory: makeTenantDirectory(ground.master, ground),
  }
}

/** What is set by hand may use up the operators' reserve, never more than the server allows. */
async function borrowShare(
  admin: Connection,
  serverId: string,
  connectionsMax: number | undefined,
): Promise<{ loan: Loan; serverMax: number }> {
  const [[row]] = await admin.query<RowDataPacket[]>('SELECT @@max_connections AS connectionsMax')
  const serverMax = Number(row?.['connectionsMax'])
  const wanted = connectionsMax ?? chooseConnectionsMax(serverMax)
  const fleetMax = (max: number) => Math.max(chooseFleetMax(max), Math.min(connectionsMax ?? 0, max))
  return { loan: await joinFleet(admin, { serverId, wanted, fleetMax }), serverMax }
}

interface PoolPlan {
  settings: PoolSettings
  server: ServerAddress
  loan: Loan
  log: (event: DatabaseEvent) => void
  onWaited: OpenDatabaseOptions['onWaited']
}

function openPool({ settings, server, loan, log, onWaited }: PoolPlan): ObservedPool {
  const { host, port, socketPath } = server
  return observePool({
    endpoint: { host, port, socketPath },
    connectionsMax: loan.share,
    tenantConnectionsMax: settings.tenantConnectionsMax ?? Math.ceil(loan.wanted / 2),
    acquireTimeoutMs: settings.acquireTimeoutMs ?? POOL_DEFAULTS.acquireTimeoutMs,
    queueMax: settings.queueMax ?? POOL_DEFAULTS.queueMax,
    tenantQueueMax: settings.tenantQueueMax ?? POOL_DEFAULTS.tenantQueueMax,
    leaseWarnMs: settings.leaseWarnMs ?? POOL_DEFAULTS.leaseWarnMs,
    leaseMaxMs: settings.leaseMaxMs ?? POOL_DEFAULTS.leaseMaxMs,
    idleMs: settings.idleMs ?? POOL_DEFAULTS.idleMs,
    onEvent: (event) => report(event, { log, onWaited }),
  })
}

/** Being served after a wait is what a queue is for: counted, not logged. */
function report(event: PoolEvent, { log, onWaited }: Pick<PoolPlan, 'log' | 'onWaited'>): void {
  const { type, ...fields } = event
  if (type === 'served') onWaited?.(event.waitedMs, 'served')
  if (type === 'refused') onWaited?.(event.waitedMs, event.reason)
  if (type !== 'served') log({ level: 'warn', message: `connection pool: ${type}`, fields })
}

function reportShare({ type, ...fields }: ShareEvent, log: PoolPlan['log']): void {
  const level = type === 'share-changed' ? 'info' : 'warn'
  log({ level, message: `connection share: ${type}`, fields })
}

interface Opened {
  observed: ObservedPool
  share: ShareKeeper
  masterAccount: Account
  upkeep: Upkeep | undefined
}

function makeDatabase(
  installation: Installation,
  { observed, share, masterAccount, upkeep }: Opened,
): Database {
  const { pool, master, directory, control } = installation
  const rollouts = keepRollouts(installation)
  const transfers = keepTransfers(installation)
  return {
    master,
    schemaVersion: installation.schema.version,
    changeControl: (work) => changeControl(installation, work),
    onControlChange: (listener) => control.listen(listener),
    findTenant: async (requestedKey) => (await directory.find(requestedKey))?.record,
    getTenant: async (requestedKey) => (await directory.get(requestedKey)).record,
    withTenant: (tenantKey, work, options) => withTenant(installation, { ...options, tenantKey }, work),
    withTenants: (tenantKeys, work, options) => withTenants(installation, { ...options, tenantKeys }, work),
    createTenant: (input, options) =>
      createTenant(installation, input, options).finally(() => upkeep?.wake()),
    rotateSecretKey: () => rotateSecretKey(installation),
    rotateTenantPassword: (tenantKey) => rotateTenantPassword(installation, tenantKey),
    resumeTenants: (options) => resumeTenants(installation, options),
    findProvisioning: (tenantKey) => findProvisioning(master, tenantKey),
    takeBackTenant: (tenantKey, options) => takeBackTenant(installation, tenantKey, options),
    dropTenant: (tenantKey) => dropTenant(installation, tenantKey),
    ...openArchives(installation),
    transfers,
    sweepTenants: (now = new Date()) => sweepTenants(installation, now),
    setTenantStatus: (tenantKey, status) => setTenantStatus(installation, tenantKey, status),
    migrateTenants: (options) => rollouts.migrate(options),
    stopRollouts: () => stopRollouts(installation),
    rolloutStatus: () => readRolloutStatus(installation),
    listRecentMigrations: (rolloutId) => listRecentMigrations(installation, rolloutId),
    listMigrationRuns: (tenantKey) => listMigrationRuns(installation, tenantKey),
    listTenantMigrations: (input) => listTenantMigrations(installation, input),
    measureTenants: (tenantKeys) => measureTenants(installation, tenantKeys),
    readiness: () => checkReadiness(pool, masterAccount),
    stats: () => pool.stats(),
    connections: (options) => observed.report(options),
    async close({ graceMs = CLOSE_GRACE_MS } = {}) {
      await Promise.all([transfers.close(graceMs), rollouts.close(graceMs)])
      await upkeep?.stop()
      control.stop()
      observed.stop()
      share.drain()
      await pool.close({ graceMs })
      await share.stop()
    },
  }
}

/** A scope of its own, so that a control plane that does not answer is given up on in time. */
async function checkReadiness(pool: ServerPool, account: Account): Promise<Readiness> {
  const signal = AbortSignal.timeout(READINESS_TIMEOUT_MS)
  try {
    const scope = pool.scope(account, {
      label: 'readiness',
      signal,
      acquireTimeoutMs: READINESS_ACQUIRE_TIMEOUT_MS,
    })
    try {
      const db = new Kysely<MasterTables>({ dialect: makeDialect(scope.pool) })
      await db.selectFrom('tenants').select('id').limit(1).execute()
    } finally {
      await scope.end()
    }
    return { ready: true, missing: [] }
  } catch (error) {
    const why = error instanceof DatabaseError && error.code !== 'ABORTED' ? error.code : 'no answer'
    return { ready: false, missing: [`control plane: ${why}`] }
  }
}
