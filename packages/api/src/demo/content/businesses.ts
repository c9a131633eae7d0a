import type { Business } from './dialogue.ts'
import { rabinEnglish } from './rabin-english.ts'
import { rabinUrdu } from './rabin-urdu.ts'
import { zaitoonEnglish } from './zaitoon-english.ts'
import { zaitoonUrdu } from './zaitoon-urdu.ts'

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
}

export const DAYS = {
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  ur: ['پیر', 'منگل', 'بدھ', 'جمعرات', 'جمعہ', 'ہفتہ'],
} as const
