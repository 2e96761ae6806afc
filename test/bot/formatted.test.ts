// What an official formatted in their own Telegram, as the HTML that an announcement is kept in.
import { expect, test } from 'vitest'
import { formattedText } from '../../src/bot/formatted.ts'
import { broken } from '../../src/core/html.ts'

const read = (text: string, entities: Parameters<typeof formattedText>[1]) => {
  const html = formattedText(text, entities)
  if (html.ok) expect(broken(html.value).ok, html.value).toBe(true)
  return html.ok ? html.value : html.problem
}

test('bold, italic and a link stand where they were formatted, and a sign that looks like a tag is text', () => {
  expect(
    read('Ертең < сағат 18:00 & кейін: сілтеме', [
      { type: 'bold', offset: 0, length: 5 },
      { type: 'italic', offset: 8, length: 11 },
      { type: 'text_link', offset: 29, length: 7, url: 'https://example.kz/?a=1&b=2' },
    ]),
  ).toBe(
    '<b>Ертең</b> &lt; <i>сағат 18:00</i> &amp; кейін: <a href="https://example.kz/?a=1&amp;b=2">сілтеме</a>',
  )
})

test('formats within and across each other close in order', () => {
  expect(
    read('abcdef', [
      { type: 'bold', offset: 0, length: 4 },
      { type: 'italic', offset: 2, length: 4 },
    ]),
  ).toBe('<b>ab<i>cd</i></b><i>ef</i>')
  expect(
    read('abc', [
      { type: 'expandable_blockquote', offset: 0, length: 3 },
      { type: 'underline', offset: 1, length: 1 },
    ]),
  ).toBe('<blockquote expandable>a<u>b</u>c</blockquote>')
})

test('without formats the text stays as it was typed, tags too; what Telegram finds by itself is none', () => {
  expect(
    read('<b>Жиналыс</b> dauys.kz /start', [
      { type: 'url', offset: 15, length: 8 },
      { type: 'bot_command', offset: 24, length: 6 },
    ]),
  ).toBe('<b>Жиналыс</b> dauys.kz /start')
})

test('what an announcement cannot carry is named', () => {
  expect(read('Сәлем 🎉!', [{ type: 'custom_emoji', offset: 6, length: 2, custom_emoji_id: '1' }])).toEqual({
    kind: 'no-such-format',
    part: '🎉',
  })
})
