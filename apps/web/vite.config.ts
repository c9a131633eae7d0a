import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import compile from 'icu-minify/compile'
import { defineConfig, type Plugin } from 'vite'
import { isolateValues } from './src/lib/i18n/isolate-values.ts'

/** The page's own Host is passed on: the server refuses an Origin that is not that of the request. */
const api = { target: process.env['SARAI_API_ORIGIN'] ?? 'http://localhost:3000', changeOrigin: false }
/** Browsers of the last two years: what light-dark() and the Popover API need anyway. */
const TARGETS = ['chrome123', 'edge123', 'firefox128', 'safari17.5']

/**
 * Small things that at least four files share, icons among them, in one file instead of forty. Left out is what the first page
 * has none of: fields of other pages, and what stands on Base UI, each kind of dialog with it, which would bring that along. So is
 * what asks the server by hooks: their code stands on what is in the entry, which would wait for this file in a ring.
 */
const BASE =
  /\/src\/(lib|ui)\/(?!i18n\/|jobs|permissions|anchored-menu|choice-field|[a-z-]*dialog|list-option|menu\.|search-|select|settings-list|sheet|tabs|toaster|tooltip)|\/lucide-react\//

export default defineConfig({
  plugins: [compiledMessages(), react(), tailwindcss()],
  resolve: {
    // With messages compiled below, the browser needs no ICU parser: 0.8 kB instead of 10.2.
    alias: [{ find: /^use-intl\/format-message$/, replacement: 'use-intl/format-message/format-only' }],
  },
  build: {
    target: TARGETS,
    cssTarget: TARGETS,
    manifest: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // The entry lists every file that may follow: their names are a kilobyte of it.
        chunkFileNames: 'assets/[hash:8].js',
        codeSplitting: {
          groups: [{ name: 'base', test: BASE, minShareCount: 4 }],
          includeDependenciesRecursively: false,
        },
      },
    },
  },
  server: {
    proxy: { '/api': api, '/trpc': api, '^/t/[^/]+/(trpc|files)': api },
  },
})

type MessageTree = { [key: string]: string | MessageTree }

/** Turns every ICU message into its compiled form when the bundle is made, names in it isolated; a malformed one stops the build. */
function compiledMessages(): Plugin {
  return {
    name: 'sarai-compiled-messages',
    enforce: 'pre',
    transform: {
      filter: { id: /\/lib\/i18n\/(en|ur)\/[a-z-]+\.json$/ },
      handler: (code) => JSON.stringify(compileTree(JSON.parse(code) as MessageTree)),
    },
  }
}

function compileTree(tree: MessageTree): unknown {
  const entries = Object.entries(tree).map(([key, value]) => [
    key,
    typeof value === 'string' ? isolateValues(compile(value)) : compileTree(value),
  ])
  return Object.fromEntries(entries)
}
