import type { TestDatabase } from '@sarai/db/testing'

type Plugin = Parameters<TestDatabase['master']['withPlugin']>[0]

/** The same database, and the first table of every statement that is sent to the control plane. */
export function countStatements(database: TestDatabase): { database: TestDatabase; statements: string[] } {
  const statements: string[] = []
  const plugin: Plugin = {
    transformQuery: ({ node }) => {
      statements.push(/"TableNode".*?"name":"(\w+)"/.exec(JSON.stringify(node))?.[1] ?? node.kind)
      return node
    },
    transformResult: ({ result }) => Promise.resolve(result),
  }
  return { database: { ...database, master: database.master.withPlugin(plugin) }, statements }
}
