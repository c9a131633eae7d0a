import { createLazyRoute, Outlet } from '@tanstack/react-router'

export const Route = createLazyRoute('/operator')({ component: Outlet })
