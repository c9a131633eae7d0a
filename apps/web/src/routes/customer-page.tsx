import { createLazyRoute } from '@tanstack/react-router'

export const Route = createLazyRoute('/$tenantKey/customers/$customerId')({ component: CustomerPage })

function CustomerPage() {
  return null
}
