// HTML parse mode: what Telegram reads out of it, and how it words what it cannot read.
import { describe, expect, test } from 'vitest'
import { withAutoEntities } from '../../src/sandbox/auto-entities.ts'
import { parseHtml } from '../../src/sandbox/entities.ts'
import { captionText, formatted, messageText } from '../../src/sandbox/formatted.ts'
import { toSafeHtml } from '../../src/sandbox/safe-html.ts'

const read = (html: string) => {
  const parsed = parseHtml(html)
  if (!parsed.ok) throw new Error(parsed.description)
  return parsed.value
}
const refusal = (html: string) => {
  const parsed = parseHtml(html)
  return parsed.ok ? 'accepted' : parsed.description
}

describe('reading HTML', () => {
  test('the tags of a receipt become entities with UTF-16 offsets', () => {
    expect(read('🌊 <b>Су</b> <i>құбыры</i>')).toEqual({
      text: '🌊 Су құбыры',
      entities: [
        { type: 'bold', offset: 3, length: 2 },
        { type: 'italic', offset: 6, length: 6 },
      ],
    })
  })

  test.each([
    ['<strong>x</strong>', 'bold'],
    ['<em>x</em>', 'italic'],
    ['<ins>x</ins>', 'underline'],
    ['<u>x</u>', 'underline'],
    ['<s>x</s>', 'strikethrough'],
    ['<strike>x</strike>', 'strikethrough'],
    ['<del>x</del>', 'strikethrough'],
    ['<span class="tg-spoiler">x</span>', 'spoiler'],
    ['<tg-spoiler>x</tg-spoiler>', 'spoiler'],
    ['<code>x</code>', 'code'],
    ['<pre>x</pre>', 'pre'],
    ['<blockquote>x</blockquote>', 'blockquote'],
    ['<blockquote expandable>x</blockquote>', 'expandable_blockquote'],
  ])('%s is %s', (html, type) => {
    expect(read(html)).toEqual({ text: 'x', entities: [{ type, offset: 0, length: 1 }] })
  })

  test('a code block keeps its language', () => {
    expect(read('<pre><code class="language-sql">select</code></pre>').entities).toEqual([
      { type: 'pre', offset: 0, length: 6, language: 'sql' },
    ])
  })

  test('a link keeps its address with decoded ampersands; a link Telegram cannot follow leaves its words', () => {
    expect(read('<a href="https://a.kz/?x=1&amp;y=2">бет</a>').entities).toEqual([
      { type: 'text_link', offset: 0, length: 3, url: 'https://a.kz/?x=1&y=2' },
    ])
    expect(read('<a href="javascript:alert(1)">x</a>')).toEqual({ text: 'x', entities: [] })
  })

  test('the four names and numbers are decoded, other names stay as they are written', () => {
    expect(read('&lt;b&gt; &amp; &quot;x&quot; &#39;&#x2F; &nbsp;').text).toBe('<b> & "x" \'/ &nbsp;')
  })

  test('a date keeps its seconds and the letters of its format in one order; without seconds only the words stay', () => {
    expect(read('<tg-time unix="1796000000" format="tdw">ертең</tg-time>').entities).toEqual([
      { type: 'date_time', offset: 0, length: 5, unix_time: 1_796_000_000, date_time_format: 'wdt' },
    ])
    expect(read('<tg-time unix=1796000000>x</tg-time>').entities).toMatchObject([{ date_time_format: '' }])
    expect(read('<tg-time format="r">x</tg-time>')).toEqual({ text: 'x', entities: [] })
  })

  test('of tags around the same words the outer look comes first in a fixed order, however they were nested', () => {
    const types = (html: string) => read(html).entities.map((e) => e.type)
    expect(types('<tg-spoiler><u><i><b><code>x</code></b></i></u></tg-spoiler>')).toEqual(
      types('<code><b><i><u><tg-spoiler>x</tg-spoiler></u></i></b></code>'),
    )
    expect(types('<i><b><code>x</code></b></i>')).toEqual(['code', 'bold', 'italic'])
  })

  test('names of attributes are read as they are written, and a number of too many digits is no letter', () => {
    expect(read('<a HREF="https://a.kz">b</a>')).toEqual({ text: 'b', entities: [] })
    expect(read('&#00000065; &#X41; &LT; &#65').text).toBe('&#00000065; &#X41; &LT; A')
  })

  test('an empty tag leaves nothing', () => {
    expect(read('a<b></b>c')).toEqual({ text: 'ac', entities: [] })
  })
})

describe('refusing HTML', () => {
  test.each([
    ['<b>x', 'Can\'t find end tag corresponding to start tag "b"'],
    ['<b>x</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['x</b>', 'Unexpected end tag at byte offset 1'],
    ['су <br> x', 'Unsupported start tag "br" at byte offset 5'],
    ['5 < 6 and 7 > 6', 'Unsupported start tag "" at byte offset 2'],
    ['<b', 'Unclosed start tag at byte offset 0'],
    ['<b>x</b', 'Unclosed end tag at byte offset 4'],
    ['қ<a href="x>y', 'Unclosed start tag at byte offset 2'],
    ['қ<a href=x', 'Unclosed start tag at byte offset 2'],
    ['қ<a href =', 'Unclosed start tag "a" at byte offset 2'],
    ['қ<a href', 'Unclosed start tag "a" at byte offset 2'],
    ['<b >x</b><b ', 'Empty attribute name in the tag "b" at byte offset 9'],
    ['<a href=x,y>z</a>', 'Unexpected end of name token at byte offset 8'],
    ['<tg-time unix="5" format="tr">x</tg-time>', 'Invalid date format used'],
    ...['&#xD83D;', '&#55357;&#56832;'].map((half): [string, string] => [
      half,
      'Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units',
    ]),
    ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
  ])('%s', (html, why) => {
    expect(refusal(html)).toBe(`Bad Request: can't parse entities: ${why}`)
  })
})

describe('the limits', () => {
  test('4096 units after entities are a message, 4097 are not', () => {
    const text = (n: number) => ({ text: `<b>${'қ'.repeat(n)}</b>`, parse_mode: 'HTML' })
    expect(messageText(text(4096), 'message is too long').ok).toBe(true)
    expect(messageText(text(4097), 'message is too long')).toMatchObject({
      description: 'Bad Request: message is too long',
    })
  })

  test('a caption ends at 1024 units', () => {
    expect(captionText({ caption: 'a'.repeat(1024) }).ok).toBe(true)
    expect(captionText({ caption: 'a'.repeat(1025) }).ok).toBe(false)
  })

  test('what Telegram never keeps is gone and entities move along', () => {
    const text = 'а\r\u202eә\u0333\tб'
    const entities = [
      { type: 'bold', offset: 3, length: 2 },
      { type: 'code', offset: 6, length: 1 },
      { type: 'italic', offset: 1, length: 2 },
    ]
    expect(formatted({ text, entities }, 'text')).toEqual({
      ok: true,
      value: {
        text: 'аә б',
        entities: [
          { type: 'bold', offset: 1, length: 1 },
          { type: 'code', offset: 3, length: 1 },
        ],
      },
    })
    expect(formatted({ text: '\u200e\u200f\u200eа' }, 'text')).toMatchObject({
      value: { text: '\u200c\u200c\u200eа' },
    })
  })

  test.each([
    [-1, 1, 'receive an entity with incorrect offset -1'],
    [0, -2, 'receive an entity with incorrect length -2'],
    [2, 9, 'entity beginning at UTF-16 offset 2 ends after the end of the text at UTF-16 offset 11'],
    [9, 1, 'entity begins after the end of the text at UTF-16 offset 9'],
    [3, 2, 'entity begins in a middle of a UTF-16 symbol at byte offset 8'],
    [0, 3, 'entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 8'],
  ])('an entity at %i of length %i does not fit "су🌊"', (offset, length, why) => {
    const entities = [{ type: 'bold', offset, length }]
    expect(formatted({ text: 'су🌊', entities }, 'text')).toMatchObject({
      description: `Bad Request: ${why}`,
    })
  })

  test('half a pair is no text', () => {
    expect(formatted({ text: 'a\ud83d' }, 'text')).toMatchObject({
      description: 'Bad Request: strings must be encoded in UTF-8',
    })
  })

  test('blanks at the ends are cut and entities move along', () => {
    expect(formatted({ text: '  a <b>б </b>', parse_mode: 'HTML' }, 'text')).toEqual({
      ok: true,
      value: { text: 'a б', entities: [{ type: 'bold', offset: 2, length: 1 }] },
    })
  })
})

test('commands, links and hashtags are found in plain text, but not inside code', () => {
  const found = withAutoEntities('/help see https://dauys.kz/open, #су and /stop', [
    { type: 'code', offset: 41, length: 5 },
  ])
  expect(found.map((e) => [e.type, e.offset, e.length])).toEqual([
    ['bot_command', 0, 5],
    ['url', 10, 21],
    ['hashtag', 33, 3],
    ['code', 41, 5],
  ])
})

test.each([
  ['#14', []],
  [
    '#14су #су_1 ##a',
    [
      ['hashtag', '#14су'],
      ['hashtag', '#су_1'],
      ['hashtag', '#a'],
    ],
  ],
  ['#су@dauys_bot', [['hashtag', '#су@dauys_bot']]],
  [
    '@abc @gif @dauys',
    [
      ['mention', '@gif'],
      ['mention', '@dauys'],
    ],
  ],
  ['қ@dauys (@dauys)', [['mention', '@dauys']]],
  ['/a@b /vote@dauys_bot /x>', [['bot_command', '/vote@dauys_bot']]],
])('%s', (text, expected) => {
  const found = withAutoEntities(text, [])
  expect(found.map((e) => [e.type, text.slice(e.offset, e.offset + e.length)])).toEqual(expected)
})

describe('back to HTML', () => {
  test('nothing a person writes becomes markup', () => {
    expect(toSafeHtml('<img src=x onerror=alert(1)>', [{ type: 'bold', offset: 0, length: 4 }])).toBe(
      '<b>&lt;img</b> src=x onerror=alert(1)&gt;',
    )
  })

  test('a script address is no link', () => {
    const entities = [{ type: 'text_link', offset: 0, length: 1, url: 'javascript:alert(1)' }]
    expect(toSafeHtml('x', entities)).toBe('<span>x</span>')
  })

  test('crossing entities stay well-formed', () => {
    const entities = [
      { type: 'bold', offset: 0, length: 3 },
      { type: 'italic', offset: 2, length: 3 },
    ]
    expect(toSafeHtml('abcde', entities)).toBe('<b>ab<i>c</i></b><i>de</i>')
  })

  test('nesting comes back as it was', () => {
    const html = '<b>a <i>b</i></b> <code>c</code>'
    const { text, entities } = read(html)
    expect(toSafeHtml(text, entities)).toBe(html)
  })
})
