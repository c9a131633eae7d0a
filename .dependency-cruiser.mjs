// The import walls of ARCHITECTURE.md. Each rule is proved by a deliberate violation in scripts/walls.test.ts.
import { readFileSync } from 'node:fs'

/**
 * The files that a package.json opens to other packages, as one regular expression.
 * @param {string} folder
 */
function openFiles(folder) {
  const { exports } = JSON.parse(readFileSync(new URL(`${folder}/package.json`, import.meta.url), 'utf8'))
  const files = Object.values(exports).map((file) =>
    file.replace('./', '').replaceAll('.', '\\.').replaceAll('*', '[^/]+'),
  )
  return `^${folder}/(${files.join('|')})$`
}

const TYPES_ONLY = ['type-only']
/** @param {string} name */
const npm = (name) => `node_modules/(${name})(/|$)`

/**
 * What a slice may take from another: the types and limits of the wire, what a member may do, how to enter a
 * tenant, and how a person comes into one (by invitation, with a new tenant, with the demo).
 */
const SHARED_BY_SLICES =
  '^packages/api/src/([^/]+/(model|schema)|permission/(access|add-member|install-built-in-roles)|tenant/enter-tenant)\\.ts$'
const SLICES =
  'customer|bulk|import|duplicate|chat|label|macro|rule|team|assignment|permission|tenant|dashboard|operator|demo'
/** Slices that are about customers alone and are made of what that slice does. */
const ABOUT_CUSTOMERS = 'bulk|import|duplicate'

export default {
  forbidden: [
    {
      name: 'no-circular',
      comment:
        'Files that run each other cannot be understood or changed one at a time. Types and what is loaded later may refer back.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: [...TYPES_ONLY, 'dynamic-import'] } },
    },
    {
      name: 'no-unresolvable',
      comment: 'A wall says nothing about an import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'db-knows-nobody',
      comment: 'packages/db imports no other package of ours.',
      severity: 'error',
      from: { path: '^packages/db/' },
      to: { path: '^(packages/(?!db/)|apps/|e2e/)' },
    },
    {
      name: 'api-only-knows-db',
      comment: 'packages/api imports db and itself.',
      severity: 'error',
      from: { path: '^packages/api/' },
      to: { path: '^(packages/(?!(api|db)/)|apps/|e2e/)' },
    },
    {
      name: 'nobody-imports-the-server',
      comment:
        'apps/server and apps/cli are composition roots: they put things together and are imported by nobody.',
      severity: 'error',
      from: { pathNot: '^apps/(server|cli)/' },
      to: { path: '^apps/(server|cli)/' },
    },
    {
      name: 'the-server-knows-no-cli',
      comment: 'What both need lies in api or db.',
      severity: 'error',
      from: { path: '^apps/server/' },
      to: { path: '^apps/cli/' },
    },
    {
      name: 'cli-takes-settings-alone',
      comment:
        'From the server the command line takes how an installation is found: its environment and its secret.',
      severity: 'error',
      from: { path: '^apps/cli/' },
      to: { path: '^apps/server/', pathNot: '^apps/server/src/(env|app-secret)\\.ts$' },
    },
    {
      name: 'web-never-touches-server',
      comment: 'The browser takes from api types and */schema.ts, nothing that runs on the server.',
      severity: 'error',
      from: { path: '^apps/web/src/' },
      to: {
        path: '^packages/api/',
        pathNot: '^packages/api/src/[^/]+/schema\\.ts$',
        dependencyTypesNot: TYPES_ONLY,
      },
    },
    {
      name: 'web-never-touches-database',
      comment: 'Not even types: what the browser sees of a row is what api makes of it.',
      severity: 'error',
      from: { path: '^apps/web/src/' },
      to: { path: '^packages/db/' },
    },
    {
      name: 'slices-stay-apart',
      comment: 'A slice of api does not reach into another. Move what both need up, or call the procedure.',
      severity: 'error',
      from: { path: `^packages/api/src/(${SLICES})/`, pathNot: `^packages/api/src/(${ABOUT_CUSTOMERS})/` },
      to: {
        path: `^packages/api/src/(${SLICES})/`,
        pathNot: ['^packages/api/src/$1/', SHARED_BY_SLICES, '^packages/api/src/[^/]+/queries\\.ts$'],
      },
    },
    {
      name: 'slices-stay-apart',
      comment: 'What is about customers alone may use the slice of customers, and not the other way round.',
      severity: 'error',
      from: { path: `^packages/api/src/(${ABOUT_CUSTOMERS})/` },
      to: {
        path: `^packages/api/src/(${SLICES})/`,
        pathNot: ['^packages/api/src/($1|customer)/', SHARED_BY_SLICES],
      },
    },
    {
      name: 'slices-stay-apart',
      comment: "Only the dashboard may read other slices' queries.",
      severity: 'error',
      from: {
        path: `^packages/api/src/(${SLICES})/`,
        pathNot: `^packages/api/src/(dashboard|${ABOUT_CUSTOMERS})/`,
      },
      to: {
        path: '^packages/api/src/[^/]+/queries\\.ts$',
        pathNot: '^packages/api/src/$1/',
      },
    },
    {
      name: 'web-features-stay-apart',
      comment: 'Features of the web meet in routes, never in each other.',
      severity: 'error',
      from: { path: '^apps/web/src/features/([^/]+)/' },
      to: { path: '^apps/web/src/features/', pathNot: '^apps/web/src/features/$1/' },
    },
    {
      name: 'web-layers-point-down',
      comment: 'main → routes → features → ui → lib.',
      severity: 'error',
      from: { path: '^apps/web/src/lib/' },
      to: { path: '^apps/web/src/', pathNot: '^apps/web/src/lib/' },
    },
    {
      name: 'web-layers-point-down',
      comment: 'main → routes → features → ui → lib.',
      severity: 'error',
      from: { path: '^apps/web/src/ui/' },
      to: { path: '^apps/web/src/', pathNot: '^apps/web/src/(ui|lib)/' },
    },
    {
      name: 'web-layers-point-down',
      comment: 'main → routes → features → ui → lib.',
      severity: 'error',
      from: { path: '^apps/web/src/features/' },
      to: { path: '^apps/web/src/', pathNot: '^apps/web/src/(features|ui|lib)/' },
    },
    {
      name: 'schema-is-pure',
      comment: 'A schema is loaded by the browser: zod and other schemas, nothing else.',
      severity: 'error',
      from: { path: '^packages/api/src/[^/]+/schema\\.ts$' },
      to: { pathNot: [npm('zod'), '^packages/api/src/[^/]+/schema\\.ts$'] },
    },
    {
      name: 'only-db-has-mysql2',
      comment: 'Connections are opened in one place, or the budget means nothing.',
      severity: 'error',
      from: { pathNot: '^packages/db/' },
      to: { path: npm('mysql2') },
    },
    {
      name: 'only-db-and-api-have-kysely',
      comment: 'Queries are written in packages/db and in the slices of packages/api.',
      severity: 'error',
      from: { pathNot: '^packages/(db|api)/' },
      to: { path: npm('kysely') },
    },
    {
      name: 'pool-knows-no-table',
      comment: 'The pool knows connections. Tables and migrations are above it.',
      severity: 'error',
      from: { path: '^packages/db/src/pool/' },
      to: { path: '^packages/db/src/(master|tenant)/' },
    },
    {
      name: 'no-deep-src',
      comment: 'Another package is entered through what its package.json exports.',
      severity: 'error',
      from: { path: '^(apps|packages|e2e)/', pathNot: '^packages/db/' },
      to: { path: '^packages/db/', pathNot: openFiles('packages/db') },
    },
    {
      name: 'no-deep-src',
      comment: 'Another package is entered through what its package.json exports.',
      severity: 'error',
      from: { path: '^(apps|packages|e2e)/', pathNot: '^packages/api/' },
      to: { path: '^packages/api/', pathNot: openFiles('packages/api') },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.data)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
}
