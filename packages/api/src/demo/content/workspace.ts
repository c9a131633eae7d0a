import type { CannedReplyContent, WorkspaceContent } from './dialogue.ts'

/** Both businesses answer with them. */
const REPLIES: readonly CannedReplyContent[] = [
  {
    shortcut: 'hello',
    body: 'Hello {{customer.name}}, thank you for writing to {{tenant.name}}. How can I help you?',
  },
  {
    shortcut: 'salam',
    body: 'وعلیکم السلام {{customer.name}}، {{tenant.name}} سے رابطے کا شکریہ۔ میں کیا مدد کر سکتا ہوں؟',
  },
  {
    shortcut: 'photo',
    body: 'Could you send us a picture of it, {{customer.name}}? Then we can decide right away what to do.',
  },
  {
    shortcut: 'bye',
    body: 'Happy to help. If anything else comes up, just answer here.\n{{agent.name}}, {{tenant.name}}',
  },
]

export const RABIN_WORKSPACE: WorkspaceContent = {
  teams: [
    { name: 'Delivery and fitting', members: ['agent@rabin.test', 'hira@rabin.test'] },
    { name: 'Accounts', members: ['kashif@rabin.test', 'owner@rabin.test'] },
  ],
  labels: [
    {
      name: 'Delivery',
      color: 'blue',
      words: ['deliver', 'address', 'آرڈر', 'ترسیل'],
      team: 'Delivery and fitting',
    },
    { name: 'Repair', color: 'amber', words: ['switch on', 'missing', 'warranty', 'خراب'], priority: 'high' },
    { name: 'Complaint', color: 'red', words: ['wrong', 'still waiting', 'غلط'], priority: 'high' },
    {
      name: 'Money',
      color: 'green',
      words: ['refund', 'instalment', 'invoice', 'رقم', 'قسطوں'],
      team: 'Accounts',
    },
    { name: 'Sale', color: 'violet', words: ['price', 'قیمت'] },
  ],
  replies: [
    ...REPLIES,
    {
      shortcut: 'technician',
      body: 'A technician should look at it, {{customer.name}}. He will call half an hour before. Which day suits you?',
    },
  ],
  macros: [
    {
      name: 'Book a technician',
      acts: [
        { kind: 'reply', body: 'A technician will call you today to agree on a time, {{customer.name}}.' },
        { kind: 'addLabel', label: 'Repair' },
        { kind: 'setTeam', team: 'Delivery and fitting' },
        { kind: 'snooze', minutes: 24 * 60 },
      ],
    },
    {
      name: 'Hand to accounts',
      acts: [
        { kind: 'note', body: 'For accounts: please check the payment.' },
        { kind: 'addLabel', label: 'Money' },
        { kind: 'setTeam', team: 'Accounts' },
        { kind: 'assign', assignee: 'kashif@rabin.test' },
      ],
    },
  ],
  rules: [
    {
      name: 'Money goes to accounts',
      isOn: true,
      trigger: { kind: 'conversationCreated' },
      conditions: [{ kind: 'words', is: true, words: ['refund', 'instalment', 'invoice', 'رقم', 'قسط'] }],
      acts: [
        { kind: 'addLabel', label: 'Money' },
        { kind: 'setTeam', team: 'Accounts' },
      ],
    },
    {
      name: 'Nobody waits for four hours',
      isOn: false,
      trigger: { kind: 'unanswered', minutes: 240 },
      conditions: [{ kind: 'status', is: true, status: 'open' }],
      acts: [{ kind: 'setPriority', priority: 'urgent' }],
    },
  ],
  views: [
    { name: 'Complaints', label: 'Complaint' },
    { name: 'Accounts', team: 'Accounts' },
  ],
}

export const ZAITOON_WORKSPACE: WorkspaceContent = {
  teams: [{ name: 'Wholesale', members: ['owner@zaitoon.test', 'sana@zaitoon.test'] }],
  labels: [
    { name: 'Parcel', color: 'blue', words: ['parcel', 'پارسل'] },
    { name: 'Damaged', color: 'red', words: ['broken', 'best before', 'ٹوٹی'], priority: 'high' },
    { name: 'Wholesale', color: 'teal', words: ['wholesale', 'تھوک'], team: 'Wholesale' },
    { name: 'Gifts', color: 'pink', words: ['gift', 'تحفے'] },
    { name: 'ادائیگی', color: 'green', words: ['charged', 'subscription'] },
  ],
  replies: [...REPLIES, { shortcut: 'شکریہ', body: 'بہت شکریہ {{customer.name}}، آپ کا پیغام مل گیا ہے۔' }],
  macros: [
    {
      name: 'Send a new bottle',
      acts: [
        {
          kind: 'reply',
          body: 'We are sorry, {{customer.name}}. A new one leaves with tomorrow’s rider, free of charge.',
        },
        { kind: 'addLabel', label: 'Damaged' },
        { kind: 'setStatus', status: 'resolved' },
      ],
    },
  ],
  rules: [
    {
      name: 'Cafés and shops to wholesale',
      isOn: true,
      trigger: { kind: 'conversationCreated' },
      conditions: [{ kind: 'words', is: true, words: ['wholesale', 'café', 'shop', 'تھوک'] }],
      acts: [
        { kind: 'addLabel', label: 'Wholesale' },
        { kind: 'setTeam', team: 'Wholesale' },
      ],
    },
  ],
  views: [{ name: 'Damaged', label: 'Damaged' }],
}
