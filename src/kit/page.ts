// The page: a language, for whom, the forms, and under each what came of it.
import type { Locale } from '../core/localised.ts'
import type { T, Texts } from '../texts.ts'
import { drawing, h } from './elements.ts'
import { type Field, type Form, PARTS } from './forms.ts'
import type { Answer, Given, KitFile } from './work.ts'
import { sendToWorker, workOn } from './worker.ts'

/** What the page stands on; `source`: the script itself, for the worker. */
export type Page = { texts: Texts; source: string; root: HTMLElement }

/** Shows it anew in this language. */
export function showPage(page: Page, locale: Locale, part = PARTS[0]?.name): void {
  const t = page.texts(locale)
  document.documentElement.lang = locale
  document.title = t('kit.title')
  const languages = page.texts.languages.map(({ locale: other, name }) =>
    choice(name, other === locale, () => showPage(page, other, part), other),
  )
  const parts = PARTS.map(({ name, title }) =>
    choice(t(title), name === part, () => showPage(page, locale, name)),
  )
  const forms = PARTS.filter(({ name }) => name === part).flatMap((one) => one.forms)
  page.root.replaceChildren(
    h('nav', { 'aria-label': t('kit.languages') }, ...languages),
    h('h1', {}, t('kit.title')),
    h('p', {}, t('kit.about')),
    h('nav', { 'aria-label': t('kit.parts') }, ...parts),
    ...forms.map((form) => formOf(page, t, form)),
  )
}

const choice = (name: string, chosen: boolean, onclick: () => void, lang?: string): HTMLElement =>
  h('button', { type: 'button', 'aria-pressed': String(chosen), ...(lang ? { lang } : {}), onclick }, name)

function formOf(page: Page, t: T, form: Form): HTMLElement {
  const said = h('div', { role: 'status', 'aria-live': 'polite' })
  const button = h('button', { type: 'submit' }, t(form.button))
  const onsubmit = async (event: Event): Promise<void> => {
    event.preventDefault()
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
  const fields = form.fields.map((field) => fieldOf(t, form, field))
  const asked = h('form', { onsubmit: (event) => void onsubmit(event) }, ...fields, button)
  return h('section', { id: form.name }, h('h2', {}, sentence(t(form.title))), asked, said)
}

const sentence = (text: string): string => text.slice(0, 1).toLocaleUpperCase() + text.slice(1)

function fieldOf(t: T, form: Form, { name, label, kind, needed = false }: Field): HTMLElement {
  const id = `${form.name}-${name}`
  const set = { id, name, required: needed && kind !== 'file', autocomplete: 'off' }
  const input =
    kind === 'lines'
      ? h('textarea', { ...set, rows: '8', spellcheck: 'false' })
      : h('input', { ...set, type: kind, required: needed, spellcheck: 'false' })
  const mark = needed ? '' : ` (${t('kit.may-be-empty')})`
  return h('p', {}, h('label', { for: id }, `${sentence(t(label))}${mark}`), input)
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
