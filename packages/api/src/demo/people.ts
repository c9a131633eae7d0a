/** Who can sign in to the demo. The password is public: beside a given server the demo is off unless asked for. */
export const DEMO_PASSWORD = 'sarai-demo'

export interface DemoPerson {
  email: string
  name: string
}

export interface DemoStaff extends DemoPerson {
  role: 'owner' | 'manager' | 'agent' | 'viewer'
}

export const DEMO_OPERATOR: DemoPerson = { email: 'operator@sarai.test', name: 'Omar Siddiqui' }

/** agent@rabin.test works for both. */
export const DEMO_STAFF: Record<string, readonly DemoStaff[]> = {
  rabin: [
    { email: 'owner@rabin.test', name: 'Rabia Noor', role: 'owner' },
    { email: 'agent@rabin.test', name: 'Bilal Ahmed', role: 'agent' },
    { email: 'hira@rabin.test', name: 'Hira Qureshi', role: 'agent' },
    { email: 'kashif@rabin.test', name: 'Kashif Mirza', role: 'manager' },
    { email: 'audit@rabin.test', name: 'Lubna Dar', role: 'viewer' },
  ],
  zaitoon: [
    { email: 'owner@zaitoon.test', name: 'Zara Malik', role: 'owner' },
    { email: 'agent@rabin.test', name: 'Bilal Ahmed', role: 'agent' },
    { email: 'sana@zaitoon.test', name: 'ثنا بخاری', role: 'agent' },
  ],
}

/** Whom to sign in as, and what for; printed when the server starts with the demo. */
export const DEMO_SIGN_INS = [
  { email: 'owner@rabin.test', as: 'owner of Rabin Home Appliances' },
  { email: 'agent@rabin.test', as: 'agent in both businesses' },
  { email: 'owner@zaitoon.test', as: 'owner of Zaitoon Foods' },
  { email: 'operator@sarai.test', as: 'operator of the installation' },
] as const
