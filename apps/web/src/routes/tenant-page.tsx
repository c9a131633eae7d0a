import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { createLazyRoute, Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { useCommands } from '../features/command/commands.tsx'
import { Shell } from '../features/shell/shell.tsx'
import { WorkspaceNotice } from '../features/shell/workspace-notice.tsx'
import { useShellShortcuts } from '../features/shell/use-shell-shortcuts.ts'
import { loadMessages } from '../lib/i18n/store.ts'
import { followChanges, useChanges } from '../lib/changes.ts'
import { useCan } from '../lib/permissions.ts'
import { sessionQuery } from '../lib/session.ts'
import { TenantKeyProvider, useTenantKey, useTrpc } from '../lib/trpc.ts'

export const Route = createLazyRoute('/$tenantKey')({ component: TenantPage })

/** Comes behind the page: nothing on the screen waits for it. */
const Notifications = lazy(async () => {
  await loadMessages('notification')
  const { Notifications: component } = await import('../features/notification/notifications.tsx')
  return { default: component }
})

function TenantPage() {
  const { tenantKey } = Route.useParams()
  return (
    // The key starts everything afresh in another workspace: nothing of one may linger in the other.
    <TenantKeyProvider key={tenantKey} value={tenantKey}>
      <Workspace />
    </TenantKeyProvider>
  )
}

function Workspace() {
  const tenantKey = useTenantKey()
  const trpc = useTrpc()
  const { data: tenant } = useQuery(trpc.tenant.info.queryOptions())
  const { open, dialogs } = useCommands()
  const { question } = useShellShortcuts()
  const canFollow = useCan()('chat:read')
  useLiveWorkspace(canFollow)
  useUnsentMessages()
  return (
    <Shell
      tenantKey={tenantKey}
      name={tenant?.name ?? tenantKey}
      onOpenCommands={() => open('commands')}
      onOpenShortcuts={() => open('shortcuts')}
    >
      <WorkspaceNotice>
        <Outlet />
      </WorkspaceNotice>
      {canFollow ? (
        <Suspense fallback={null}>
          <Notifications />
        </Suspense>
      ) : null}
      {dialogs}
      {question}
    </Shell>
  )
}

/** The one stream of changes, and what concerns the shell itself: a role that changes counts at once. */
function useLiveWorkspace(canFollow: boolean): void {
  const tenantKey = useTenantKey()
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  useEffect(() => (canFollow ? followChanges(tenantKey) : undefined), [tenantKey, canFollow])
  useChanges((change) => {
    if (change.kind === 'role.changed') void queryClient.invalidateQueries(trpc.permission.pathFilter())
    if (change.kind === 'tenant.changed') {
      // Another time zone is other days.
      for (const part of [trpc.tenant, trpc.dashboard]) void queryClient.invalidateQueries(part.pathFilter())
    }
  })
}

/** What was written and not sent before the browser was closed goes out whatever page is opened first. */
function useUnsentMessages(): void {
  const tenantKey = useTenantKey()
  const queryClient = useQueryClient()
  const { data: session } = useQuery(sessionQuery)
  const userId = session?.user.id
  useEffect(() => {
    // Without the files that send there is nothing to do until the chat is opened.
    if (userId !== undefined) sendUnsent({ tenantKey, userId, queryClient }).catch(() => undefined)
  }, [tenantKey, userId, queryClient])
}

async function sendUnsent(owner: {
  tenantKey: string
  userId: string
  queryClient: QueryClient
}): Promise<void> {
  const { hasOutbox, openWords } = await import('../lib/words.ts')
  if (!(await hasOutbox(owner))) return
  const { openOutbox } = await import('../features/chat/open-outbox.ts')
  openOutbox(owner, await openWords(owner))
}
