import { createLazyRoute } from '@tanstack/react-router'
import { CustomerCard } from '../features/customer/customer-card.tsx'

export const Route = createLazyRoute('/$tenantKey/customers/$customerId')({ component: CustomerPage })

function CustomerPage() {
  const { customerId } = Route.useParams()
  return <CustomerCard key={customerId} customerId={customerId} />
}
