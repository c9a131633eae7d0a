import { createLazyRoute } from '@tanstack/react-router'
import { useState } from 'react'
import { AcceptInvitation } from '../features/auth/accept-invitation.tsx'
import { FrontPage } from '../features/shell/front-page.tsx'
import { takeInvitation } from '../features/auth/kept-invitation.ts'
import { Logo } from '../ui/logo.tsx'

export const Route = createLazyRoute('/welcome')({ component: WelcomePage })

function WelcomePage() {
  const [token] = useState(takeInvitation)
  return (
    <FrontPage>
      <Logo className="mb-6 size-10" />
      <AcceptInvitation token={token} />
    </FrontPage>
  )
}
