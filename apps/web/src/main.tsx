import './styles/app.css'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { handleFailures } from './failures.ts'
import { I18nProvider } from './lib/i18n/i18n-provider.tsx'
import { loadMessages } from './lib/i18n/store.ts'
import { listenToKeys } from './lib/keyboard.ts'
import { queryClient } from './lib/query-client.ts'
import { followPerson } from './lib/session.ts'
import { router } from './router.ts'

async function start(root: HTMLElement): Promise<void> {
  await loadMessages('common')
  handleFailures()
  listenToKeys(document)
  followPerson()
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <I18nProvider>
          <CSPProvider disableStyleElements>
            <RouterProvider router={router} />
          </CSPProvider>
        </I18nProvider>
      </QueryClientProvider>
    </StrictMode>,
  )
}

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
start(root).catch((error: unknown) => {
  // The words have not arrived, so these are the only ones there are.
  root.innerText = 'Sarai could not be loaded. Reload the page.\nسرائے کھل نہیں سکی۔ صفحہ دوبارہ کھولیں۔'
  throw error
})
