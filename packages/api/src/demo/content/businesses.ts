import type { Business } from './dialogue.ts'
import { rabinEnglish } from './rabin-english.ts'
import { rabinUrdu } from './rabin-urdu.ts'
import { RABIN_WORKSPACE, ZAITOON_WORKSPACE } from './workspace.ts'
import { zaitoonEnglish } from './zaitoon-english.ts'
import { zaitoonUrdu } from './zaitoon-urdu.ts'

const AREAS = ['Gulberg', 'Model Town', 'Cantt', 'صدر'] as const
const OILS = ['Extra virgin', 'Mild', 'Garlic', 'کلونجی'] as const

export const RABIN: Business = {
  tenantKey: 'rabin',
  name: 'Rabin Home Appliances',
  seed: 1947,
  customersCount: 340,
  conversationsCount: 460,
  products: {
    en: [
      'inverter fridge',
      'washing machine',
      'water cooler',
      'microwave oven',
      'air cooler',
      'deep freezer',
      'gas geyser',
      'dishwasher',
      'split air conditioner',
    ],
    ur: ['فریج', 'واشنگ مشین', 'واٹر کولر', 'مائیکرو ویو', 'ایئر کولر', 'ڈیپ فریزر', 'گیزر', 'اے سی'],
  },
  dialogues: { en: rabinEnglish, ur: rabinUrdu },
  tags: ['VIP', 'Wholesale', 'Warranty', 'Instalments', 'Urdu', 'Abroad'],
  fields: [
    { name: 'Delivery area', kind: 'choice', options: AREAS, values: AREAS, share: 0.55 },
    { name: 'Warranty until', kind: 'date', values: ['2027-03-31', '2027-09-30', '2028-01-15'], share: 0.3 },
    { name: 'Open instalments', kind: 'number', values: ['1', '3', '6', '12'], share: 0.2 },
    { name: 'Has a lift', kind: 'boolean', values: ['true', 'false'], share: 0.25 },
  ],
  workspace: RABIN_WORKSPACE,
}

export const ZAITOON: Business = {
  tenantKey: 'zaitoon',
  name: 'Zaitoon Foods',
  seed: 2015,
  customersCount: 260,
  conversationsCount: 330,
  products: {
    en: [
      'cold-pressed olive oil',
      'green olive tapenade',
      'fig jam',
      'wild thyme honey',
      'mango pickle',
      'black seed oil',
      'pomegranate molasses',
    ],
    ur: ['زیتون کا تیل', 'شہد', 'آم کا اچار', 'انجیر کا مربہ', 'کلونجی کا تیل', 'انار کا شیرہ'],
  },
  dialogues: { en: zaitoonEnglish, ur: zaitoonUrdu },
  tags: ['VIP', 'Wholesale', 'Café', 'Subscription', 'Urdu', 'Allergy'],
  fields: [
    { name: 'Favourite oil', kind: 'choice', options: OILS, values: OILS, share: 0.5 },
    { name: 'Next delivery', kind: 'date', values: ['2026-12-01', '2026-12-15', '2027-01-05'], share: 0.3 },
    { name: 'Bottles a month', kind: 'number', values: ['1', '2', '6', '24'], share: 0.35 },
    { name: 'ذائقہ', kind: 'text', values: ['ہلکا', 'تیز', 'کم نمک'], share: 0.2 },
  ],
  workspace: ZAITOON_WORKSPACE,
}

export const DAYS = {
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  ur: ['پیر', 'منگل', 'بدھ', 'جمعرات', 'جمعہ', 'ہفتہ'],
} as const
