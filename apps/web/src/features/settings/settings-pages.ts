import type { Permission } from '@sarai/api/permission/schema'
import type { LucideIcon } from 'lucide-react'
import BellRing from 'lucide-react/icons/bell-ring'
import KeyRound from 'lucide-react/icons/key-round'
import ListPlus from 'lucide-react/icons/list-plus'
import ScrollText from 'lucide-react/icons/scroll-text'
import ShieldCheck from 'lucide-react/icons/shield-check'
import MessageSquareText from 'lucide-react/icons/message-square-text'
import Shuffle from 'lucide-react/icons/shuffle'
import Store from 'lucide-react/icons/store'
import Table2 from 'lucide-react/icons/table-2'
import Tag from 'lucide-react/icons/tag'
import Tags from 'lucide-react/icons/tags'
import UsersRound from 'lucide-react/icons/users-round'
import Waypoints from 'lucide-react/icons/waypoints'
import Workflow from 'lucide-react/icons/workflow'
import Zap from 'lucide-react/icons/zap'
import type settings from '../../lib/i18n/en/settings.json'

/** A page that exists under /settings: its route is in routes/settings.ts, its name under `settings.page`. */
export interface SettingsPage {
  to: `/$tenantKey/settings/${'profile' | 'members' | 'roles' | 'keys' | 'teams' | 'assignment' | 'labels' | 'tags' | 'fields' | 'replies' | 'macros' | 'rules' | 'notifications' | 'security' | 'audit'}`
  label: keyof (typeof settings)['page']
  /** null: personal, for every member. */
  permission: Permission | null
  Icon: LucideIcon
}

export const SETTINGS_PAGES: readonly SettingsPage[] = [
  { to: '/$tenantKey/settings/members', label: 'members', permission: 'permission:read', Icon: UsersRound },
  { to: '/$tenantKey/settings/roles', label: 'roles', permission: 'permission:read', Icon: Table2 },
  { to: '/$tenantKey/settings/keys', label: 'keys', permission: 'key:manage', Icon: KeyRound },
  { to: '/$tenantKey/settings/teams', label: 'teams', permission: 'chat:configure', Icon: Waypoints },
  { to: '/$tenantKey/settings/assignment', label: 'assignment', permission: 'chat:configure', Icon: Shuffle },
  { to: '/$tenantKey/settings/labels', label: 'labels', permission: 'chat:configure', Icon: Tag },
  { to: '/$tenantKey/settings/tags', label: 'tags', permission: 'customer:configure', Icon: Tags },
  { to: '/$tenantKey/settings/fields', label: 'fields', permission: 'customer:configure', Icon: ListPlus },
  { to: '/$tenantKey/settings/replies', label: 'replies', permission: 'chat:reply', Icon: MessageSquareText },
  { to: '/$tenantKey/settings/macros', label: 'macros', permission: 'chat:configure', Icon: Zap },
  { to: '/$tenantKey/settings/rules', label: 'rules', permission: 'chat:configure', Icon: Workflow },
  {
    to: '/$tenantKey/settings/notifications',
    label: 'notifications',
    permission: 'chat:read',
    Icon: BellRing,
  },
  { to: '/$tenantKey/settings/security', label: 'security', permission: null, Icon: ShieldCheck },
  { to: '/$tenantKey/settings/audit', label: 'audit', permission: 'audit:read', Icon: ScrollText },
  { to: '/$tenantKey/settings/profile', label: 'profile', permission: 'tenant:configure', Icon: Store },
]

/** The pages that somebody with these permissions is shown, in order. */
export function openSettingsPages(can: (permission: Permission) => boolean): SettingsPage[] {
  return SETTINGS_PAGES.filter(({ permission }) => permission === null || can(permission))
}
