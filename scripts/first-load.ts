/** A part of Vite's manifest. */
export type Manifest = Record<string, Chunk>

interface Chunk {
  file: string
  src?: string
  isEntry?: boolean
  /** Keys of the manifest that are loaded together with this one. */
  imports?: string[]
  dynamicImports?: string[]
}

/**
 * The JavaScript files that a browser has fetched when everything in `sources` has been loaded: the entry, the
 * chunks of the sources, and what those import statically, each once.
 *
 * @throws Error if a source has no chunk: a route that was renamed must not fall out of the budget unseen.
 */
export function listFirstLoad(manifest: Manifest, sources: readonly string[]): string[] {
  const entries = Object.keys(manifest).filter((key) => manifest[key]?.isEntry)
  if (entries.length === 0) throw new Error('the manifest names no entry')
  const keys = new Set<string>()
  for (const key of [...entries, ...sources.map((source) => findChunk(manifest, source))])
    collect(manifest, key, keys)
  const files = [...keys].map((key) => manifest[key]?.file ?? '')
  return [...new Set(files)].filter((file) => file.endsWith('.js'))
}

function findChunk(manifest: Manifest, source: string): string {
  if (source in manifest) return source
  throw new Error(
    `${source} has no chunk of its own in the build; name what the first load needs in check-bundle.ts`,
  )
}

function collect(manifest: Manifest, key: string, into: Set<string>): void {
  if (into.has(key)) return
  into.add(key)
  for (const imported of manifest[key]?.imports ?? []) collect(manifest, imported, into)
}
