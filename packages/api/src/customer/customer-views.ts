import type { ViewsOf } from '../view/list-views.ts'
import { CustomerViewContent } from './schema.ts'

/** What can be saved of the list of customers, and who may do so for the team. */
export const CUSTOMER_VIEWS: ViewsOf<CustomerViewContent> = {
  kind: 'customer',
  content: CustomerViewContent,
  sharePermission: 'customer:configure',
}
