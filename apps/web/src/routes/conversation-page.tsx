import { createLazyRoute, useNavigate } from '@tanstack/react-router'
import { ThreadPane } from '../features/chat/thread-pane.tsx'
import { CustomerCard } from '../features/customer/customer-card.tsx'

export const Route = createLazyRoute('/$tenantKey/chat/$conversationId')({ component: ConversationPage })

function ConversationPage() {
  const { conversationId } = Route.useParams()
  const { panel, message, part, ...search } = Route.useSearch()
  const navigate = useNavigate()
  return (
    <ThreadPane
      // A conversation of its own: its draft, its place, what was seen of it.
      key={conversationId}
      conversationId={conversationId}
      wanted={message === undefined ? null : { seq: message, partId: part }}
      onMessageShown={() =>
        void navigate({
          to: '.',
          search: { ...search, ...(panel && { panel }) },
          replace: true,
          resetScroll: false,
        })
      }
      isCustomerShown={panel === 'customer'}
      onCustomerShownChange={(isShown) =>
        void navigate({
          to: '.',
          search: isShown ? { ...search, panel: 'customer' } : search,
          replace: !isShown,
        })
      }
      renderCustomer={(customerId) => <CustomerCard customerId={customerId} isPane />}
    />
  )
}
