import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type ConnectionProvider,
  type DatabaseConnection,
  DefaultQueryExecutor,
  Kysely,
  type MysqlPool,
  type QueryExecutor,
} from 'kysely'
import { makeDialect } from './dialect.ts'
import { DatabaseError } from './errors.ts'

/** A connection in somebody's hands, for all that is called while it is. */
interface Held {
  by: ConnectionProvider
  /** Where a transaction or `connection()` began. Undefined for a single statement, which calls nobody. */
  began: Error | undefined
  isOver: boolean
}

const holding = new AsyncLocalStorage<Held>()

/**
 * A Kysely over a pool of ours that never waits for itself: whoever asks it for a second connection inside a
 * transaction or a `connection()` of its own is refused at once, instead of waiting for what only it could give back.
 * Side by side (`Promise.all`) is not inside.
 *
 * @throws DatabaseError SCOPE_NESTED from the second statement; its `cause` has the stack of where the first began.
 */
export function openKysely<Tables>(pool: MysqlPool, tenant?: string): Kysely<Tables> {
  const dialect = makeDialect(pool, tenant)
  const driver = dialect.createDriver()
  const config = { dialect: { ...dialect, createDriver: () => driver } }
  const executor = new WatchedExecutor(new Kysely<Tables>(config).getExecutor(), {
    compiler: dialect.createQueryCompiler(),
    tenant,
  })
  return new Kysely<Tables>({ config, driver, executor, dialect })
}

/** Kysely puts another provider in place at the begin of a transaction or a `connection()`, and only then. */
class WatchedExecutor extends DefaultQueryExecutor {
  constructor(
    plain: QueryExecutor,
    {
      compiler,
      tenant,
    }: { compiler: ConstructorParameters<typeof DefaultQueryExecutor>[0]; tenant?: string | undefined },
  ) {
    super(compiler, plain.adapter, new OneAtATime(plain, tenant))
  }

  override withConnectionProvider(provider: ConnectionProvider): DefaultQueryExecutor {
    const held = holding.getStore()
    if (held) held.began ??= new Error('the connection has been held since here')
    return super.withConnectionProvider(provider)
  }
}

class OneAtATime implements ConnectionProvider {
  readonly #plain: ConnectionProvider
  readonly #tenant: string | undefined

  constructor(plain: ConnectionProvider, tenant: string | undefined) {
    this.#plain = plain
    this.#tenant = tenant
  }

  async provideConnection<T>(
    consumer: (connection: DatabaseConnection) => Promise<T>,
    options?: Parameters<ConnectionProvider['provideConnection']>[1],
  ): Promise<T> {
    const outer = holding.getStore()
    if (outer?.by === this && outer.began && !outer.isOver) throw this.#nested(outer.began)
    const held: Held = { by: this, began: undefined, isOver: false }
    const hold = (connection: DatabaseConnection) =>
      holding.run(held, () => consumer(connection)).finally(() => (held.isOver = true))
    return this.#plain.provideConnection(hold, options)
  }

  #nested(began: Error): DatabaseError {
    const message =
      'a second connection was asked for inside a transaction or connection() of the same scope; use the handle that it was given'
    return new DatabaseError('SCOPE_NESTED', message, { tenant: this.#tenant, cause: began })
  }
}
