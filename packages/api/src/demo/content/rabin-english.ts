import { a, c, type Dialogue, n } from './dialogue.ts'

export const rabinEnglish: readonly Dialogue[] = [
  {
    subject: 'Delivery of order {order}',
    lines: [
      c(
        'Hello, I ordered the {product} last week (order {order}) and it still says "packed". When will it arrive?',
      ),
      a('Hello {name}, thank you for writing. Let me check with the warehouse.'),
      n('Warehouse says the truck to {city} leaves tomorrow morning.'),
      a(
        'Your {product} leaves for {city} tomorrow and should be with you by {day}. You will get a text message with the driver’s number.',
      ),
      c('Great, thank you. Will they carry it upstairs? I am on the second floor.'),
      a(
        'Yes, up to the third floor is included. Please keep the old packaging aside if you want us to take it back.',
      ),
      c('Perfect 👍'),
    ],
  },
  {
    subject: '{product} does not switch on',
    lines: [
      c('My {product} stopped working this morning. No light, nothing. It is only four months old.'),
      a(
        'I am sorry to hear that, {name}. Is the green lamp on the plug adapter on? And have you tried another socket?',
      ),
      c('Tried two sockets, same thing.'),
      a(
        'Then a technician should look at it. It is under warranty, so there is no charge. Does {day} between 11 and 2 suit you?',
      ),
      c('{day} is fine. Please ask him to call before he comes.'),
      n('Booked for {day}, noted "call first". Third fault on this batch, told purchasing.'),
      a('Booked. He will call half an hour before. Is there anything else I can do?'),
      c('No, thanks for the quick answer.'),
    ],
  },
  {
    subject: 'Price of the {product}',
    lines: [
      c('Hi! Is the {product} on your site still {amount} rupees? The shop in {city} says it is more.'),
      a(
        'Hello {name}, yes, {amount} is the price online, delivery included. The shops set their own prices.',
      ),
      c('And installation?'),
      a('Installation is free this month if you order online.'),
      c('Then I will order today.'),
    ],
  },
  {
    subject: 'Wrong colour',
    lines: [
      c('I received the {product} in black, but I ordered white. Order {order}.'),
      a(
        'That is our mistake, I am sorry. We can bring the white one and take the black one back on {day}. Would that work?',
      ),
      c('Do I have to pay for the second delivery?'),
      a('No, of course not. And please do not worry about the opened box.'),
      c('Okay, {day} then. Thank you for sorting it out.'),
    ],
  },
  {
    subject: 'Invoice for our company',
    lines: [
      c('Could you send the invoice for order {order} with our NTN on it? Accounts will not pay without it.'),
      a('Certainly. Please send me the number and the name as it should appear.'),
      c('It is the company name as registered, NTN 4471928-3.'),
      a('Done, the corrected invoice is in your inbox.'),
      c('Received, thank you!'),
    ],
  },
  {
    subject: 'Return of the {product}',
    lines: [
      c('The {product} is too loud for a bedroom. Can I return it? I have had it for five days.'),
      a(
        'Yes, you can return it within 14 days. Would you like your money back, or may I suggest a quieter model?',
      ),
      c('What would you suggest?'),
      a('The inverter version runs at 32 dB, yours at 47. The difference in price is {amount} rupees.'),
      c('Let me think about it until {day}.'),
    ],
  },
  {
    subject: 'Instalments',
    lines: [
      c('Do you offer instalments on the {product}? Six months would be ideal.'),
      a(
        'We do, with no mark-up for three months and 6 % for six. You need a card from one of five banks; shall I send the list?',
      ),
      c('Yes please.'),
      a('Sent by e-mail. The bank decides within a day.'),
    ],
  },
  {
    subject: 'Missing part',
    lines: [
      c('There was no drain pipe in the box of the {product}. The installer left without finishing.'),
      n('@{colleague} second time this week for this model, can you tell purchasing?'),
      a(
        'I apologise, {name}. A pipe is on its way with our rider, and the installer is coming back on {day} morning.',
      ),
      c('Please make sure, we have guests this weekend.'),
    ],
  },
  {
    subject: 'Do you deliver to {city}?',
    lines: [
      c('Do you deliver to {city}? I would like two of the {product} for our office.'),
      a('We do, twice a week, and delivery is free from two pieces. Shall I reserve them for you?'),
      c('Yes, please reserve them until {day}.'),
    ],
  },
  {
    subject: 'Warranty card',
    lines: [
      c('I lost the warranty card of my {product}. Is the text message with the order number enough?'),
      a(
        'Yes. Your number is {order}, and the warranty is tied to it: two years on parts, ten on the compressor.',
      ),
      c('That is a relief. Thanks!'),
    ],
  },
  {
    subject: 'Still waiting for the refund',
    lines: [
      c(
        'I returned the {product} three weeks ago and there is still no refund. This is the second time I am writing.',
      ),
      a(
        'I understand, {name}, and I am sorry for the wait. I can see that the parcel arrived; the bank transfer was held back by a wrong digit in the account number.',
      ),
      c('Which digit? I copied it from my cheque book.'),
      a('The last two are swapped. If you confirm the number here, the money leaves today.'),
      c('Confirmed: ends in 74, not 47.'),
      n('Corrected and sent to accounts, {amount} rupees.'),
      a('Thank you. The transfer is on its way, {amount} rupees. It can take one working day.'),
    ],
  },
  {
    subject: 'Change of address',
    lines: [
      c(
        'We are moving on {day}. Can you deliver order {order} to the new flat instead? Same area, other block.',
      ),
      a('No problem. Which block and floor?'),
      c('Block 7, third floor, there is a lift.'),
      a('Changed. The driver has the new address.'),
    ],
  },
]
