import type { CustomerColumn } from '@sarai/api/customer/schema'
import type { CustomerField } from '@sarai/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, use } from 'react'
import { useTranslations } from 'use-intl'
import { useTrpc } from '../../lib/trpc.ts'
import { type Column, USUAL_COLUMNS, withColumns } from './customer-columns.ts'
import type { CustomerFiltersProps } from './customer-filters.tsx'

interface Columns {
  /** undefined: nobody has chosen any, and the usual ones are shown. */
  chosen: readonly Column[] | undefined
  /** Columns that are shown or can be: their names, and what they are. */
  offered: readonly { column: Column; name: string; field?: CustomerField }[]
  /** undefined goes back to the usual ones. */
  choose: (columns: readonly Column[] | undefined) => void
}

export const ColumnsContext = createContext<Columns>({
  chosen: undefined,
  offered: [],
  choose: () => undefined,
})

export function useColumnsContext(): Columns {
  return use(ColumnsContext)
}

/**
 * The columns of the list: those of the address, which a view puts there, else the person's own. What is chosen while a
 * view is shown is a change of that view, to be saved with it; else it is remembered for the person.
 */
export function useColumns({ search, onSearchChange }: CustomerFiltersProps): Columns {
  const t = useTranslations('customer.column')
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const { data: mine } = useQuery(trpc.customer.columns.mine.queryOptions())
  const { data: fields } = useQuery(trpc.customer.field.list.queryOptions())
  const key = trpc.customer.columns.mine.queryKey()
  const save = useMutation(
    trpc.customer.columns.save.mutationOptions({
      onMutate: ({ columns }) => queryClient.setQueryData(key, { columns }),
      onSettled: () => queryClient.invalidateQueries({ queryKey: key }),
    }),
  )
  const live = fields?.items.filter(({ archivedAt }) => archivedAt === null) ?? []
  return {
    chosen: search.columns ?? mine?.columns ?? undefined,
    offered: [
      ...USUAL_COLUMNS.map((column) => ({ column, name: t(column) })),
      ...live.map((field) => ({ column: field.id, name: field.name, field })),
    ],
    choose(columns) {
      if (search.view || search.columns) return onSearchChange(withColumns(search, columns))
      save.mutate({ columns: columns ? ([...columns] as CustomerColumn[]) : null })
    },
  }
}
