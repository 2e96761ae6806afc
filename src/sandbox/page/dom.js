// Small hands for the page: elements, icons, dialogs, menus, notices and copying. Text only ever becomes text nodes.

/** An element: `h('button.icon', { onclick }, 'text', child)`; buttons do not submit; false and undefined are left out. */
export function h(kind, props = {}, ...children) {
  const [tag, ...classes] = kind.split('.')
  const element = document.createElement(tag)
  if (tag === 'button') element.type = 'button'
  if (classes.length > 0) element.className = classes.join(' ')
  element.append(...children.flat(2).filter((child) => child !== undefined && child !== false))
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith('on') || name === 'value') element[name] = value
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value)
  }
  return element
}

/** A copy of one of the drawings in index.html. */
export function icon(name) {
  const drawing = document.getElementById('icons').content.querySelector(`.i-${name}`).cloneNode(true)
  drawing.setAttribute('aria-hidden', 'true')
  return drawing
}

export const iconButton = (name, label, onclick) =>
  h('button.icon', { 'aria-label': label, title: label, onclick }, icon(name))

/** A short notice that goes by itself. */
export function toast(text) {
  const notice = h('div', {}, text)
  document.getElementById('toasts').append(notice)
  setTimeout(() => notice.remove(), 3000 + text.length * 40)
}

/** Copies and says so; where the browser forbids it, shows the text to copy by hand. */
export async function copyText(t, text) {
  const done = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  )
  if (done) toast(t('copied', { text }))
  else await say(t, text, t('copyFailed'))
}

/** A modal dialog; resolves with the value of the button that closed it, '' for Escape. */
function dialog(title, content, buttons) {
  const box = h('dialog', { 'aria-label': title })
  box.append(h('form', { method: 'dialog' }, h('h2', {}, title), content, h('div.actions', {}, buttons)))
  document.body.append(box)
  box.showModal()
  return new Promise((resolve) => {
    box.onclose = () => {
      box.remove()
      resolve(box.returnValue)
    }
  })
}

const closing = (value, text, props) => h('button', { type: 'submit', value, ...props }, text)

/** A message that must be read: one text, one button. */
export const say = (t, text, title) =>
  dialog(title, h('p', {}, text), [closing('ok', t('ok'), { class: 'primary' })])

/**
 * Asks for a few fields; `{ name: value }`, or undefined when cancelled. A field: `{ name, label, options?, …attributes }`,
 * where `options` `[value, label][]` make a choice; `when: [field, value]` shows a field only then.
 */
export async function ask(t, title, fields, { intro = '', submit = t('send') } = {}) {
  const controls = {}
  const rows = fields.map(({ name, label, options, when, ...attributes }) => {
    const choices = options?.map(([value, text]) => h('option', { value }, text))
    controls[name] = h(
      options ? 'select' : 'input',
      { name, required: true, autocomplete: 'off', ...attributes },
      choices,
    )
    return { row: h('label', {}, label, controls[name]), control: controls[name], when }
  })
  const look = () => {
    for (const { row, control, when } of rows) {
      if (when) control.disabled = row.hidden = controls[when[0]].value !== when[1]
    }
  }
  look()
  const box = h(
    'div',
    { onchange: look },
    h('p', {}, intro),
    rows.map(({ row }) => row),
  )
  // "Send" stands first, so that Enter presses it; the style sheet shows it last.
  const closed = await dialog(title, box, [
    closing('send', submit, { class: 'primary' }),
    closing('', t('cancel'), { formnovalidate: true }),
  ])
  if (closed !== 'send') return undefined
  return Object.fromEntries(Object.entries(controls).map(([name, { value }]) => [name, value.trim()]))
}

/** A button with a menu: `items()` gives `[label, action][]`. */
export function menuButton(name, label, items) {
  const list = h('div.menu', { popover: 'auto', role: 'menu' })
  const button = iconButton(name, label, () => {
    const choose = (action) => () => {
      list.hidePopover()
      void action()
    }
    list.replaceChildren(
      ...items().map(([text, action]) => h('button', { role: 'menuitem', onclick: choose(action) }, text)),
    )
    list.togglePopover()
    const { left, top, bottom } = button.getBoundingClientRect()
    const below = top < innerHeight / 2
    list.style.left = `${Math.min(left, innerWidth - list.offsetWidth - 8)}px`
    list.style.top = `${below ? bottom : Math.max(8, top - list.offsetHeight)}px`
    list.firstChild?.focus()
  })
  button.setAttribute('aria-haspopup', 'menu')
  list.onkeydown = ({ key }) => {
    const all = [...list.children]
    const step = { ArrowDown: 1, ArrowUp: all.length - 1 }[key]
    if (step) all[(all.indexOf(document.activeElement) + step) % all.length].focus()
  }
  return h('div', {}, button, list)
}
