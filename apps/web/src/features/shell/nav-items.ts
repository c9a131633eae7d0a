import type { Permission } from '@sarai/api/permission/schema'
import type { LucideIcon } from 'lucide-react'
import LayoutDashboard from 'lucide-react/icons/layout-dashboard'
import MessagesSquare from 'lucide-react/icons/messages-square'
import Settings from 'lucide-react/icons/settings-2'
import Users from 'lucide-react/icons/users-round'

export interface NavItem {
  to: `/$tenantKey/${'dashboard' | 'customers' | 'chat' | 'settings'}`
  label: 'dashboard' | 'customers' | 'chat' | 'settings'
  keys: string
  /** null: for every member. */
  permission: Permission | null
  Icon: LucideIcon
}

const NAV_ITEMS: readonly NavItem[] = [
  {
    to: '/$tenantKey/dashboard',
    label: 'dashboard',
    keys: 'g d',
    permission: 'dashboard:read',
    Icon: LayoutDashboard,
  },
  {
    to: '/$tenantKey/customers',
    label: 'customers',
    keys: 'g c',
    permission: 'customer:read',
    Icon: Users,
  },
  {
    to: '/$tenantKey/chat',
    label: 'chat',
    keys: 'g h',
    permission: 'chat:read',
    Icon: MessagesSquare,
  },
  {
    to: '/$tenantKey/settings',
    label: 'settings',
    keys: 'g s',
    permission: null,
    Icon: Settings,
  },
]

export function openNavItems(can: (permission: Permission) => boolean): NavItem[] {
  return NAV_ITEMS.filter(({ permission }) => permission === null || can(permission))
}
