import { createContext, type ReactNode, useContext } from 'react'

const InsideMain = createContext(false)

/** The page's one `main`, and the target of the skip link. Inside another it is an ordinary box. */
export function MainLandmark({ className, children }: { className: string; children: ReactNode }) {
  const isInside = useContext(InsideMain)
  if (isInside) return <div className={className}>{children}</div>
  return (
    <InsideMain value={true}>
      <main id="main" tabIndex={-1} className={className}>
        {children}
      </main>
    </InsideMain>
  )
}
