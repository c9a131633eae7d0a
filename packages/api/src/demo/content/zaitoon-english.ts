import { a, c, type Dialogue, n } from './dialogue.ts'

export const zaitoonEnglish: readonly Dialogue[] = [
  {
    subject: 'Broken bottle in order {order}',
    lines: [
      c('One of the bottles of {product} arrived broken, oil everywhere. I can send pictures.'),
      a(
        'Oh no, I am sorry about the mess, {name}. No pictures needed. Shall we send a new bottle, or refund it?',
      ),
      c('A new one please, it is for a dinner on {day}.'),
      n('@{colleague} sent with the morning rider. Foam was missing again, please tell packaging.'),
      a('It leaves with tomorrow’s rider, well before {day}. Enjoy the dinner!'),
      c('Wonderful service, thank you.'),
    ],
  },
  {
    subject: 'Is the {product} vegan?',
    lines: [
      c('Quick question: is the {product} vegan, and does it contain nuts?'),
      a(
        'Hello {name}, it is vegan. It is packed in a room where walnuts are handled, so traces are possible.',
      ),
      c('Good to know. My son is allergic, so I will leave it.'),
      a('Very wise. The olive paste and the tapenade come from another room and have no traces.'),
    ],
  },
  {
    subject: 'Wholesale prices',
    lines: [
      c(
        'We run a café in {city} and would like 20 litres of {product} a month. What are your wholesale prices?',
      ),
      a(
        'Thank you for your interest! From 20 litres it is {amount} rupees for 5 litres, delivered weekly. Shall I set up an account?',
      ),
      c('Yes please. Can we pay at the end of the month?'),
      n('Owner agreed to 30 days for cafés from the second order.'),
      a('The first order in advance, and from the second one 30 days. I have sent you the form.'),
      c('Filled in and sent back.'),
      a('Your account is open. Welcome to Zaitoon!'),
    ],
  },
  {
    subject: 'Where is my parcel?',
    lines: [
      c('Tracking for {order} has not moved since Monday.'),
      a('Let me ask the courier.'),
      a('It was held at the {city} depot because of the rain and goes out today.'),
      c('Got it this evening. All fine, thanks.'),
    ],
  },
  {
    subject: 'Gift box for Eid',
    lines: [
      c('Can you make a gift box with the {product} and dates, with a card? About twelve of them.'),
      a('With pleasure. Twelve boxes come to {amount} rupees, cards included. What should the card say?'),
      c('“Eid Mubarak from all of us” and our logo, if possible.'),
      a('Possible. Please send the logo by e-mail, and we will show you a proof by {day}.'),
    ],
  },
  {
    subject: 'Best before date',
    lines: [
      c('The {product} I bought says best before next month. Is that normal?'),
      a('No, it should have at least six months. Could you tell me the lot number from the lid?'),
      c('L2291-B'),
      n('Lot L2291-B should not have left the store. Asked {city} to check the shelf.'),
      a(
        'Thank you. That lot should not have been sold. A fresh one is on its way, and please keep the old one.',
      ),
    ],
  },
  {
    subject: 'Which oil for frying?',
    lines: [
      c('Which of your oils would you use for frying? The label of the {product} says "for salads".'),
      a(
        'For frying take the refined one with the yellow cap; it stays calm up to 220 °C. Keep the other for the table.',
      ),
      c('Thank you, I learned something today.'),
    ],
  },
  {
    subject: 'Subscription',
    lines: [
      c('Is there a way to get the {product} every month without ordering each time?'),
      a('Yes: tell me how many and on which day, and it comes by itself. You can stop any time.'),
      c('Two, at the start of the month.'),
      a('All set, the first one comes on {day}.'),
      c('Lovely, thanks!'),
    ],
  },
  {
    subject: 'Charged twice',
    lines: [
      c('My card was charged twice for {order}: two times {amount} rupees.'),
      a('I can see both. One is only reserved and falls away by itself, usually within three days.'),
      c('And if not?'),
      a('Then write here and I will send it back by hand. I have set myself a reminder for {day}.'),
    ],
  },
]
