// Elements of the page: made from their name, what is set on them, and what stands in them.

/** `on…` is listened to, everything else is an attribute; a child of letters is text and never markup. */
export function h<K extends keyof HTMLElementTagNameMap>(
  name: K,
  set: Readonly<Record<string, string | boolean | ((event: Event) => void)>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(set)) {
    if (typeof value === 'function') element.addEventListener(key.slice(2), value)
    else if (value !== false) element.setAttribute(key, value === true ? '' : value)
  }
  element.append(...children)
  return element
}

const SVG = 'http://www.w3.org/2000/svg'

/** A drawing of squares; `code` as `codeOf` writes it. */
export function drawing(code: string): SVGElement {
  const [size = '', ...path] = code.split(' ')
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', `0 0 ${size} ${size}`)
  svg.setAttribute('aria-hidden', 'true')
  const drawn = document.createElementNS(SVG, 'path')
  drawn.setAttribute('d', path.join(' '))
  svg.append(drawn)
  return svg
}
