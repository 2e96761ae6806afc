// The work is done beside the page, so that it stays alive: in a worker of the same script, where the browser allows one.
import type { Locale } from '../core/localised.ts'
import type { Texts } from '../texts.ts'
import { PARTS } from './forms.ts'
import type { Answer, Given } from './work.ts'

type Order = { form: string; given: Given; locale: Locale }

/** Does what the form of this name asks for. */
export async function workOn(texts: Texts, { form, given, locale }: Order): Promise<Answer> {
  const found = PARTS.flatMap(({ forms }) => forms).find(({ name }) => name === form)
  if (!found) throw new Error(`there is no form ${form}`)
  return found.work(given, texts(locale), texts)
}

/** Answers one order after another; of an error only its name is said. */
export function serveOrders(texts: Texts): void {
  addEventListener('message', ({ data }: MessageEvent<Order>) => {
    workOn(texts, data).then(postMessage, (error: unknown) => postMessage(String(error)))
  })
}

/** `source`: the script itself. Throws what the work threw. */
export function sendToWorker(source: string, order: Order): Promise<Answer> {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
  const worker = new Worker(url)
  const answered = new Promise<Answer>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<Answer | string>) =>
      typeof data === 'string' ? reject(new Error(data)) : resolve(data),
    )
    worker.addEventListener('error', ({ message }) => reject(new Error(message)))
    worker.postMessage(order)
  })
  return answered.finally(() => {
    worker.terminate()
    URL.revokeObjectURL(url)
  })
}
