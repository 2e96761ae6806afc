// Phones as Telegram's contacts, officials' tables and people spell them.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPhone } from '../../src/core/person.ts'

const read = (text: string): string => {
  const phone = readPhone(text)
  return phone.ok ? phone.value : phone.problem.kind
}

test.each([
  '77011234567',
  '+77011234567',
  '87011234567',
  '7011234567',
  '0077011234567',
  '+7 701 123 45 67',
  '+7 (701) 123-45-67',
  '+7(701)1234567',
  '8 (701) 123-45-67',
  '8-701-123-45-67',
  '8 701 1234567',
  '7 701 123 4567',
  '7 (701) 123 45 67',
  '701 123 45 67',
  '(701) 123-45-67',
  '+7.701.123.45.67',
  '+7\u00a0701\u00a0123\u00a045\u00a067',
  '+7\u2009701\u202f123 45 67',
  '+7 701 123–45–67',
  '+7 701 123\u201145\u201167',
  '+7 701 123\u221245\u221267',
  '\u202a+7 701 123 45 67\u202c',
  '\u200e+77011234567',
  '\ufeff87011234567',
  ' 87011234567 ',
  '87011234567\t',
  '(+7) 701 123 45 67',
  '+7 7011234567\n',
  '+ 7 701 123 45 67',
  '00 7 701 123-45-67',
  '8(701)123 45 67',
  '8 - 701 - 123 - 45 - 67',
])('%j is the same Kazakh number', (text) => {
  expect(read(text)).toBe('77011234567')
})

test.each([
  ['8 722 252 12 34', '77222521234'], // a landline in Semey, as on a desk's poster
  ['+7 708 000 00 00', '77080000000'],
  ['+77777777777', '77777777777'],
])('%j is Kazakh whatever its operator or place', (text, expected) => {
  expect(read(text)).toBe(expected)
})

test.each([
  '+79161234567', // Russia
  '79161234567',
  '8 916 123 45 67',
  '8 (495) 123-45-67',
  '+7 495 123-45-67',
  '+7 601 123 45 67', // reserved for Kazakhstan, never issued
  '+88801234567', // an anonymous number sold by Telegram
  '88801234567',
  '+888 0123 4567',
  '+996 555 123456', // Kyrgyzstan
  '998901234567', // Uzbekistan
  '+8613800138000',
  '+49 151 12345678',
  '+1 202 555 0123',
  '+870 112 34567', // a satellite phone, not 8 701…
])('%j is a phone, but not a Kazakh one', (text) => {
  expect(read(text)).toBe('not-kazakh')
})

test.each([
  '',
  ' ',
  '+',
  'телефон',
  '8 701 123 45 6', // a digit lost
  '+7 701 123 45 6',
  '+7 701 123 45 678', // a digit too many
  '8 701 123 45 678',
  '12345',
  '+7 701 123 45 67 қосымша 2',
  '8701123456O',
  '＋７７０１１２３４５６７',
  '8+7011234567',
  '++77011234567',
  '0701234567',
  '7701123456777777777',
  '87011234567, 87021234567',
])('%j is not a phone', (text) => {
  expect(read(text)).toBe('not-a-phone')
})

test('whatever is read has the one form, and reading it again changes nothing', () => {
  const odd = fc.string({
    unit: fc.constantFrom(...'0123456789'.split(''), '7', '7', '8', '+', ' ', '(', ')', '-'),
    maxLength: 18,
  })
  fc.assert(
    fc.property(odd, (text) => {
      const phone = readPhone(text)
      if (!phone.ok) return
      expect(phone.value).toMatch(/^77[0-9]{9}$/)
      expect(readPhone(`+${phone.value}`)).toEqual(phone)
    }),
  )
})
