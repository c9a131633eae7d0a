import { expect, test } from 'vitest'
import { listFirstLoad } from './first-load.ts'

const MANIFEST = {
  'index.html': {
    file: 'assets/main.js',
    isEntry: true,
    imports: ['_shared.js'],
    dynamicImports: ['src/a.tsx', 'src/b.tsx'],
  },
  '_shared.js': { file: 'assets/shared.js' },
  'src/a.tsx': { file: 'assets/a.js', imports: ['_shared.js', '_chart.js'] },
  'src/b.tsx': { file: 'assets/b.js', imports: ['_editor.js'] },
  '_chart.js': { file: 'assets/chart.js', imports: ['index.html'] },
  '_editor.js': { file: 'assets/editor.js' },
  'src/a.css': { file: 'assets/a.css' },
}

test('the first load is the entry, the named routes and what they import, each file once', () => {
  expect(listFirstLoad(MANIFEST, ['src/a.tsx']).sort()).toEqual([
    'assets/a.js',
    'assets/chart.js',
    'assets/main.js',
    'assets/shared.js',
  ])
})

test('a chunk that only another route loads does not count', () => {
  expect(listFirstLoad(MANIFEST, [])).not.toContain('assets/editor.js')
})

test('styles do not count as JavaScript', () => {
  expect(listFirstLoad(MANIFEST, ['src/a.css'])).not.toContain('assets/a.css')
})

test('a route that is not in the build is refused instead of weighing nothing', () => {
  expect(() => listFirstLoad(MANIFEST, ['src/renamed.tsx'])).toThrow('src/renamed.tsx')
})

test('a manifest without an entry is refused', () => {
  expect(() => listFirstLoad({}, [])).toThrow('no entry')
})
