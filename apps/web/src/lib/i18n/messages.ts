import type account from './en/account.json'
import type audit from './en/audit.json'
import type assignment from './en/assignment.json'
import type auth from './en/auth.json'
import type chat from './en/chat.json'
import type common from './en/common.json'
import type customer from './en/customer.json'
import type dashboard from './en/dashboard.json'
import type label from './en/label.json'
import type fleet from './en/fleet.json'
import type importing from './en/import.json'
import type macro from './en/macro.json'
import type notification from './en/notification.json'
import type operator from './en/operator.json'
import type permission from './en/permission.json'
import type rule from './en/rule.json'
import type settings from './en/settings.json'
import type team from './en/team.json'
import type tenant from './en/tenant.json'
import type view from './en/view.json'
import type { Locale } from '../preferences.ts'

/** One file for each namespace and language; English gives the types, a test keeps Urdu complete. */
export interface Messages {
  account: typeof account
  audit: typeof audit
  assignment: typeof assignment
  auth: typeof auth
  chat: typeof chat
  common: typeof common
  customer: typeof customer
  dashboard: typeof dashboard
  label: typeof label
  fleet: typeof fleet
  import: typeof importing
  macro: typeof macro
  notification: typeof notification
  operator: typeof operator
  permission: typeof permission
  rule: typeof rule
  settings: typeof settings
  team: typeof team
  tenant: typeof tenant
  view: typeof view
}
export type Namespace = keyof Messages

declare module 'use-intl' {
  interface AppConfig {
    Locale: Locale
    Messages: Messages
  }
}
