import { createLazyRoute, Outlet, useNavigate, useParams } from '@tanstack/react-router'
import { CustomersPage } from '../features/customer/customers-page.tsx'

export const Route = createLazyRoute('/$tenantKey/customers')({ component: Customers })

function Customers() {
  const search = Route.useSearch()
  const navigate = useNavigate()
  const { customerId } = useParams({ strict: false })
  return (
    <CustomersPage
      customerId={customerId}
      search={search}
      onSearchChange={(next) => void navigate({ to: '.', search: next, replace: true })}
    >
      <Outlet />
    </CustomersPage>
  )
}
