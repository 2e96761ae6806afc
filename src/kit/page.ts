// The page: a language, for whom, the forms, and under each what came of it.
import type { Locale } from '../core/localised.ts'
import type { T, Texts } from '../texts.ts'
import { drawing, h } from './elements.ts'
import { type Field, type Form, PARTS } from './forms.ts'
import type { Answer, Given, KitFile } from './work.ts'
import { sendToWorker, workOn } from './worker.ts'

/** What the page stands on; `source`: the script itself, for the worker. */
export type Page = { texts: Texts; source: string; root: HTMLElement }

/** Shows it. Forms are made once: another language or part of the page changes what they are called, never what stands in them. */
export function showPage(page: Page, locale: Locale): void {
  let t = page.texts(locale)
  let part = PARTS[0]
  const forms = PARTS.flatMap((of) => of.forms.map((form) => ({ of, ...formOf(page, form, () => t) })))
  const head = h('header')
  const show = (): void => {
    document.documentElement.lang = t.locale
    document.title = t('kit.title')
    const languages = page.texts.languages.map(({ locale: other, name }) =>
      choice(name, other === t.locale, () => turn(() => (t = page.texts(other))), other),
    )
    const parts = PARTS.map((one) => choice(t(one.title), one === part, () => turn(() => (part = one))))
    head.replaceChildren(
      h('nav', { 'aria-label': t('kit.languages') }, ...languages),
      h('h1', {}, t('kit.title')),
      h('p', {}, t('kit.about')),
      h('nav', { 'aria-label': t('kit.parts') }, ...parts),
    )
    for (const { of, section, speak } of forms) {
      speak()
      section.hidden = of !== part
    }
  }
  const turn = (change: () => void): void => {
    change()
    show()
  }
  show()
  page.root.replaceChildren(head, ...forms.map(({ section }) => section))
}

const choice = (name: string, chosen: boolean, onclick: () => void, lang?: string): HTMLElement =>
  h('button', { type: 'button', 'aria-pressed': String(chosen), ...(lang ? { lang } : {}), onclick }, name)

/** `speaks`: the language of the page at the moment. What was said stays as it was said. */
function formOf(page: Page, form: Form, speaks: () => T): { section: HTMLElement; speak: () => void } {
  const said = h('div', { role: 'status', 'aria-live': 'polite' })
  const button = h('button', { type: 'submit' })
  const heading = h('h2')
  const onsubmit = async (event: Event): Promise<void> => {
    event.preventDefault()
    const t = speaks()
    button.disabled = true
    said.replaceChildren(h('p', {}, t('kit.working')))
    try {
      const given = await read(event.target as HTMLFormElement, form.fields)
      said.replaceChildren(...answered(t, await work(page, { form: form.name, given, locale: t.locale })))
    } catch {
      said.replaceChildren(h('p', { class: 'bad' }, t('kit.failed')))
    }
    button.disabled = false
  }
  const fields = form.fields.map((field) => fieldOf(form, field))
  const asked = h(
    'form',
    { onsubmit: (event) => void onsubmit(event) },
    ...fields.map(({ row }) => row),
    button,
  )
  return {
    section: h('section', { id: form.name }, heading, asked, said),
    speak: () => {
      const t = speaks()
      heading.textContent = sentence(t(form.title))
      button.textContent = t(form.button)
      for (const { speak } of fields) speak(t)
    },
  }
}

const sentence = (text: string): string => text.slice(0, 1).toLocaleUpperCase() + text.slice(1)

function fieldOf(
  form: Form,
  { name, label, kind, needed = false }: Field,
): { row: HTMLElement; speak: (t: T) => void } {
  const id = `${form.name}-${name}`
  const set = { id, name, required: needed, autocomplete: 'off', spellcheck: 'false' }
  const input = kind === 'lines' ? h('textarea', { ...set, rows: '8' }) : h('input', { ...set, type: kind })
  const named = h('label', { for: id })
  return {
    row: h('p', {}, named, input),
    speak: (t) => {
      named.textContent = `${sentence(t(label))}${needed ? '' : ` (${t('kit.may-be-empty')})`}`
    },
  }
}

async function read(form: HTMLFormElement, fields: readonly Field[]): Promise<Given> {
  const data = new FormData(form)
  const texts: Record<string, string> = {}
  const files: Record<string, KitFile> = {}
  for (const { name } of fields) {
    const value = data.get(name)
    if (typeof value === 'string' && value.trim() !== '') texts[name] = value.trim()
    if (value instanceof File && value.name !== '')
      files[name] = { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) }
  }
  return { texts, files }
}

/** Where the browser gives a file no worker, the page itself works. */
function work({ texts, source }: Page, order: Parameters<typeof workOn>[1]): Promise<Answer> {
  try {
    return sendToWorker(source, order)
  } catch {
    return workOn(texts, order)
  }
}

function answered(t: T, { holds, lines, files, sheets }: Answer): HTMLElement[] {
  const [first = '', ...rest] = lines
  const links = files.map(({ name, bytes }) =>
    h('a', { href: URL.createObjectURL(new Blob([bytes])), download: name }, t('kit.save', { file: name })),
  )
  const print = h('button', { type: 'button', onclick: () => window.print() }, t('kit.print.button'))
  const papers = sheets.map(({ title, lines: said, big, code, text }) =>
    h(
      'article',
      {},
      h('h3', {}, title),
      ...said.map((line) => h('p', {}, line)),
      h('p', { class: 'big' }, big),
      drawing(code) as unknown as HTMLElement,
      h('p', { class: 'text' }, text),
    ),
  )
  return [
    h('p', { class: holds ? 'good' : 'bad' }, first),
    ...rest.map((line) => h('p', { class: 'line' }, line)),
    ...(links.length > 0 ? [h('p', { class: 'files' }, ...links)] : []),
    ...(papers.length > 0 ? [print, ...papers] : []),
  ]
}
