// What a person sends besides text: photo, voice, file, place, contact and sticker, each from a small dialog or a file.
import { ask, h, toast } from './dom.js'
import { places } from './texts.js'

/** Lets the person pick a file of up to 10 MB and sends `body(file, base64)`. */
function sendFile(app, accept, body) {
  const input = h('input', { type: 'file', accept })
  input.onchange = () => {
    const [file] = input.files
    if (file.size > 10 * 1024 * 1024) return toast(app.t('tooBig'))
    const reader = new FileReader()
    reader.onload = () => void app.send(body(file, reader.result.split(',')[1]))
    reader.readAsDataURL(file)
  }
  input.click()
}

/** The attach menu: `[label, action][]`. `app`: `{ t, lang, person, send(body) }`. */
export const attachments = (app) => [
  [app.t('photo'), () => sendFile(app, 'image/*', (_, photo) => ({ photo }))],
  [app.t('location'), () => sendPlace(app)],
  [app.t('contact'), () => askContact(app)],
  [app.t('voice'), () => sendFile(app, 'audio/*', (_, voice) => ({ voice }))],
  [app.t('document'), () => sendFile(app, '', ({ name }, document) => ({ document, file_name: name }))],
  [app.t('sticker'), () => askSticker(app)],
]

async function askSticker(app) {
  const values = await ask(app.t, app.t('sticker'), [
    { name: 'sticker', label: app.t('emoji'), value: '👍', maxlength: 16 },
  ])
  if (values) await app.send(values)
}

/** A phone number; the first offer is made up, always the same for a person. */
const phoneField = (app) => ({
  name: 'phone_number',
  label: app.t('phone'),
  type: 'tel',
  pattern: '\\+?[0-9 \\(\\)\\-]{3,20}',
  value: app.person.phone_number ?? `+7701${String(app.person.id % 10_000_000).padStart(7, '0')}`,
})

/** The key that asks for the person's own number: what goes with the press, undefined when cancelled. */
export async function askOwnPhone(app) {
  const values = await ask(app.t, app.t('sharePhone'), [phoneField(app)])
  return values && { phone_number: bare(values.phone_number) }
}

const bare = (phone) => phone.replace(/[^+\d]/g, '')

async function askContact(app) {
  const { t, person } = app
  const choices = [
    ['own', t('own')],
    ['stranger', t('stranger')],
  ]
  const values = await ask(t, t('contact'), [
    { name: 'whose', label: t('phone'), options: choices },
    { name: 'first_name', label: t('firstName'), value: person.first_name, when: ['whose', 'stranger'] },
    phoneField(app),
  ])
  if (!values) return
  const phone_number = bare(values.phone_number)
  const { whose, first_name } = values
  await app.send(
    whose === 'own' ? { contact: 'own', phone_number } : { contact: { first_name, phone_number } },
  )
}

/** A village from the list, or typed coordinates: `{ location }`, undefined when cancelled. */
export async function askPlace(app) {
  const { t, lang } = app
  const villages = Object.entries(places).map(([at, place]) => [at, place[lang]])
  const typed = { pattern: '-?[0-9]{1,3}([.,][0-9]+)?', inputmode: 'decimal', when: ['place', 'typed'] }
  const fields = [
    { name: 'place', label: t('place'), options: [...villages, ['typed', t('ownPlace')]] },
    { name: 'latitude', label: t('latitude'), ...typed },
    { name: 'longitude', label: t('longitude'), ...typed },
  ]
  const values = await ask(t, t('location'), fields)
  if (!values) return undefined
  const [latitude, longitude] =
    places[values.place]?.at ??
    [values.latitude, values.longitude].map((text) => Number(text.replace(',', '.')))
  return { location: { latitude, longitude } }
}

async function sendPlace(app) {
  const place = await askPlace(app)
  if (place) await app.send(place)
}

/** The mark of a link on a card or a poster: sends `/start` with it. */
export async function askLink(app) {
  const { t } = app
  const field = { name: 'payload', label: t('payload'), placeholder: 'v_…', pattern: '[A-Za-z0-9_\\-]{1,64}' }
  const values = await ask(t, t('links'), [field], { intro: t('linkIntro'), submit: t('open') })
  if (values) await app.send({ text: `/start ${values.payload}` })
}
