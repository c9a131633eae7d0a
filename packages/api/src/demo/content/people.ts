/** Names in pairs: as they write themselves in Latin letters, and in Urdu. */
export const FIRST_NAMES = [
  ['Ayesha', 'عائشہ'], ['Fatima', 'فاطمہ'], ['Zainab', 'زینب'], ['Maryam', 'مریم'], ['Hira', 'حرا'],
  ['Sana', 'ثنا'], ['Iqra', 'اقرا'], ['Mahnoor', 'ماہ نور'], ['Nida', 'ندا'], ['Rabia', 'رابعہ'],
  ['Saima', 'صائمہ'], ['Uzma', 'عظمیٰ'], ['Bushra', 'بشریٰ'], ['Kiran', 'کرن'], ['Sadia', 'سعدیہ'],
  ['Ahmed', 'احمد'], ['Bilal', 'بلال'], ['Hamza', 'حمزہ'], ['Usman', 'عثمان'], ['Ali', 'علی'],
  ['Hassan', 'حسن'], ['Imran', 'عمران'], ['Kashif', 'کاشف'], ['Faisal', 'فیصل'], ['Tariq', 'طارق'],
  ['Zubair', 'زبیر'], ['Omar', 'عمر'], ['Danish', 'دانش'], ['Shahid', 'شاہد'], ['Waqas', 'وقاص'],
  ['Farhan', 'فرحان'], ['Junaid', 'جنید'], ['Salman', 'سلمان'], ['Yasir', 'یاسر'], ['Adeel', 'عدیل'],
  ['Rehan', 'ریحان'], ['Noman', 'نعمان'], ['Asma', 'اسماء'], ['Lubna', 'لبنیٰ'], ['Shazia', 'شازیہ'],
] as const

export const LAST_NAMES = [
  ['Khan', 'خان'], ['Malik', 'ملک'], ['Qureshi', 'قریشی'], ['Siddiqui', 'صدیقی'], ['Butt', 'بٹ'],
  ['Sheikh', 'شیخ'], ['Chaudhry', 'چوہدری'], ['Ansari', 'انصاری'], ['Hashmi', 'ہاشمی'], ['Mirza', 'مرزا'],
  ['Baig', 'بیگ'], ['Abbasi', 'عباسی'], ['Rizvi', 'رضوی'], ['Naqvi', 'نقوی'], ['Bukhari', 'بخاری'],
  ['Farooqi', 'فاروقی'], ['Awan', 'اعوان'], ['Dar', 'ڈار'], ['Memon', 'میمن'], ['Afridi', 'آفریدی'],
  ['Javed', 'جاوید'], ['Iqbal', 'اقبال'], ['Aslam', 'اسلم'], ['Raza', 'رضا'], ['Hussain', 'حسین'],
] as const

/** Every fourth customer or so writes from abroad. */
export const ABROAD_NAMES = [
  'Emma Clarke', 'Oliver Grant', 'Priya Raman', 'Daniel Okafor', 'Sofia Lindqvist', 'Lucas Meyer',
  'Hannah Fischer', 'Noah Bennett', 'Chloe Martin', 'Yusuf Demir', 'Layla Haddad', 'Omar Al-Sayed',
  'Mei Tanaka', 'Grace Whitfield', 'Anders Holm', 'Nadia Rahman', 'Thomas Keller', 'Elif Aydin',
  'Samuel Mensah', 'Isabel Torres', 'Arjun Mehta', 'Leila Farahani', 'Peter Novak', 'Julia Weber',
] as const

export const CITIES = [
  ['Karachi', 'کراچی'], ['Lahore', 'لاہور'], ['Islamabad', 'اسلام آباد'], ['Rawalpindi', 'راولپنڈی'],
  ['Faisalabad', 'فیصل آباد'], ['Multan', 'ملتان'], ['Peshawar', 'پشاور'], ['Quetta', 'کوئٹہ'],
  ['Sialkot', 'سیالکوٹ'], ['Hyderabad', 'حیدرآباد'], ['Gujranwala', 'گوجرانوالہ'], ['Sukkur', 'سکھر'],
] as const

export const COMPANIES = [
  'Noor Textiles', 'Indus Logistics', 'Margalla Builders', 'Chenab Foods', 'Khyber Motors', 'Sitara Interiors',
  'Mehran Clinics', 'Ravi Press', 'Bolan Traders', 'Gulberg Dental', 'Clifton Cafe', 'Saffron Catering',
  'Jinnah Academy', 'Crescent Hotels', 'Shalimar Events', 'Karakoram Outfitters', 'Bright Steps School',
  'Al-Habib Pharmacy', 'Metro Office Supply', 'Sundar Packaging', 'Pearl Bakers', 'Anarkali Fashions',
] as const

export const ABOUT = [
  'Prefers a call after 6 pm.',
  'Orders for the office every month; invoice to the company.',
  'Asked for Urdu replies.',
  'Regular since 2022. Always pays on delivery.',
  'Has a second address for deliveries on weekends.',
  'Wholesale terms: 5 % from ten pieces.',
  'Do not call, writes only.',
  'Recommended us to three neighbours.',
  'شام چھ بجے کے بعد فون پسند کرتے ہیں۔',
  'ہمیشہ اردو میں جواب دیں۔',
] as const
