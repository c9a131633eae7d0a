import { createRoute, redirect } from '@tanstack/react-router'
import { loadMessages } from '../lib/i18n/store.ts'
import { readAuditUrl } from './read-audit-url.ts'
import { tenantRoute } from './tenant.ts'

/** The list of settings; each page is a child, and a row in features/settings/settings-pages.ts. */
const settingsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: 'settings',
  loader: () => loadMessages('settings'),
}).lazy(() => import('./settings-page.tsx').then(({ Route }) => Route))

const settingsHomeRoute = createRoute({ getParentRoute: () => settingsRoute, path: '/' }).lazy(() =>
  import('./settings-home-page.tsx').then(({ Route }) => Route),
)

/** Where both pages were when they were one: people have the address. */
const permissionsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'permissions',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/$tenantKey/settings/members', params, replace: true })
  },
})

const membersRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'members',
  loader: () => loadMessages('permission'),
}).lazy(() => import('./members-page.tsx').then(({ Route }) => Route))

const rolesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'roles',
  loader: () => loadMessages('permission'),
}).lazy(() => import('./roles-page.tsx').then(({ Route }) => Route))

const keysRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'keys',
  loader: () => loadMessages('permission'),
}).lazy(() => import('./keys-page.tsx').then(({ Route }) => Route))

const tagsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'tags',
  loader: () => loadMessages('customer'),
}).lazy(() => import('./tags-page.tsx').then(({ Route }) => Route))

const labelsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'labels',
  // What colours are called, customers' tags say.
  loader: () => loadMessages('label', 'customer'),
}).lazy(() => import('./labels-page.tsx').then(({ Route }) => Route))

const teamsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'teams',
  loader: () => loadMessages('team'),
}).lazy(() => import('./teams-page.tsx').then(({ Route }) => Route))

const assignmentRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'assignment',
  loader: () => loadMessages('assignment'),
}).lazy(() => import('./assignment-page.tsx').then(({ Route }) => Route))

const fieldsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'fields',
  loader: () => loadMessages('customer'),
}).lazy(() => import('./fields-page.tsx').then(({ Route }) => Route))
const repliesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'replies',
  loader: () => loadMessages('chat'),
}).lazy(() => import('./replies-page.tsx').then(({ Route }) => Route))
const macrosRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'macros',
  // What priorities, states and places are called, the inbox says.
  loader: () => loadMessages('macro', 'chat'),
}).lazy(() => import('./macros-page.tsx').then(({ Route }) => Route))
const rulesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'rules',
  // What acts, priorities and states are called, macros and the inbox say.
  loader: () => loadMessages('rule', 'macro', 'chat'),
}).lazy(() => import('./rules-page.tsx').then(({ Route }) => Route))
const notificationsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'notifications',
  loader: () => loadMessages('notification'),
}).lazy(() => import('./notifications-page.tsx').then(({ Route }) => Route))
const securityRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'security',
  loader: () => loadMessages('account'),
}).lazy(() => import('./security-page.tsx').then(({ Route }) => Route))
const auditRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'audit',
  validateSearch: readAuditUrl,
  loader: () => loadMessages('audit', 'permission'),
}).lazy(() => import('./audit-page.tsx').then(({ Route }) => Route))
const profileRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'profile',
  loader: () => loadMessages('tenant'),
}).lazy(() => import('./profile-page.tsx').then(({ Route }) => Route))

export const settingsRoutes = settingsRoute.addChildren([
  settingsHomeRoute,
  permissionsRoute,
  membersRoute,
  rolesRoute,
  keysRoute,
  teamsRoute,
  assignmentRoute,
  labelsRoute,
  tagsRoute,
  fieldsRoute,
  repliesRoute,
  macrosRoute,
  rulesRoute,
  notificationsRoute,
  securityRoute,
  auditRoute,
  profileRoute,
])
