import { Tabs as BaseTabs } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

export interface TabsProps<Value extends string> {
  label: string
  tabs: readonly { value: Value; label: string; count?: ReactNode }[]
  value: Value
  onChange: (value: Value) => void
}

export function Tabs<Value extends string>({ label, tabs, value, onChange }: TabsProps<Value>) {
  return (
    <BaseTabs.Root value={value} onValueChange={onChange} className="flex min-h-0 flex-col">
      <BaseTabs.List
        aria-label={label}
        className="relative flex overflow-x-auto border-b border-line px-2 [scrollbar-width:none]"
      >
        {tabs.map((tab) => (
          <BaseTabs.Tab
            key={tab.value}
            value={tab.value}
            className="inline-flex h-9 shrink-0 items-center gap-1 rounded-md px-2 text-sm font-medium text-text-muted outline-offset-[-2px] transition-colors hover:text-text data-active:text-text pointer-coarse:h-11"
          >
            {tab.label}
            {tab.count === undefined ? null : (
              <span className="text-xs text-text-faint tabular">{tab.count}</span>
            )}
          </BaseTabs.Tab>
        ))}
        {/* Base UI measures from the left edge in both directions of reading. */}
        <BaseTabs.Indicator className="absolute bottom-0 h-0.5 w-(--active-tab-width) bg-accent transition-all [left:var(--active-tab-left)]" />
      </BaseTabs.List>
    </BaseTabs.Root>
  )
}
