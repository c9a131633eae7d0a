import { escapeId } from 'mysql2'

/** What callers ask: one customer, or a page of them. Both are what the product's own screens send. */
export type StatementName = 'point read' | 'page of 50'

const ID = '0195f0a2-7c1e-7b3a-9d54-000000000001'
const PAGE_ROWS = 50

/** A customer by id: the cheapest statement that is still of use to somebody. */
export const POINT_READ = `select * from customers where id = '${ID}'`

export const STATEMENTS: Record<StatementName, string> = {
  'point read': POINT_READ,
  'page of 50': `select * from customers order by id limit ${PAGE_ROWS}`,
}

/** The columns of the product's table that a person sees, without its indexes, which neither statement needs. */
export function customersSql(database: string): string[] {
  const table = `${escapeId(database)}.customers`
  const rows = Array.from({ length: PAGE_ROWS }, (_, at) => customerSql(at + 1))
  return [
    `create table ${table} (id char(36) character set ascii primary key, name varchar(200) not null,
      email varchar(254), phone varchar(20), company varchar(200), city varchar(100), about text,
      version int not null, archived_at datetime(3), created_by char(36), created_at datetime(3) not null,
      updated_at datetime(3) not null)`,
    `insert into ${table} values ${rows.join(', ')}`,
  ]
}

function customerSql(number: number): string {
  const id = ID.slice(0, -3) + String(number).padStart(3, '0')
  return `('${id}', 'Customer ${number}', 'customer${number}@example.com', '+92300${1_000_000 + number}', 'Company ${number}',
    'Lahore', 'Asked for the price list twice.', 1, null, null, '2026-01-01 10:00:00.000', '2026-01-02 10:00:00.000')`
}
