/** Table and columns of each, as a file with interfaces like `CustomersTable` and one map of them declares. */
export function readDeclaredTables(source: string, mapName: string): Map<string, Set<string>> {
  const shapes = new Map<string, Set<string>>()
  for (const [, name = '', body = ''] of source.matchAll(/export interface (\w+) \{\n([\s\S]*?)\n\}/g)) {
    shapes.set(name, new Set([...body.matchAll(/^ {2}(\w+): /gm)].map(([, column = '']) => column)))
  }
  const map = new RegExp(`export interface ${mapName} \\{\\n([\\s\\S]*?)\\n\\}`).exec(source)?.[1] ?? ''
  const tables = [...map.matchAll(/^ {2}(\w+): (\w+)$/gm)]
  return new Map(tables.map(([, table = '', shape = '']) => [table, shapes.get(shape) ?? new Set<string>()]))
}
