/** What members write beside a customer. */
export const NOTES = {
  en: [
    'Called about the warranty card; she has it at home and will send a picture.',
    'Wants the invoice in the name of the company from now on.',
    'Met him at the trade fair. Interested in wholesale terms after Eid.',
    'Delivery only after 4 pm, the gate is locked before.',
    'Second complaint about the same courier. Use the other one for this address.',
    'Paid the last instalment early. Offer the loyalty discount next time.',
  ],
  ur: [
    'وارنٹی کارڈ کے بارے میں بات ہوئی، تصویر بھیجنے کا کہا ہے۔',
    'آئندہ رسید کمپنی کے نام پر چاہتے ہیں۔',
    'عید کے بعد ہول سیل کے نرخ پوچھیں گے، تب رابطہ کریں۔',
    'ڈلیوری شام چار بجے کے بعد ہی کریں، اس سے پہلے گیٹ بند ہوتا ہے۔',
    'اسی کوریئر کی دوسری شکایت ہے، اس پتے پر دوسرا کوریئر بھیجیں۔',
  ],
} as const
