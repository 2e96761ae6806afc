// What people send in answer to a question of their idea: kept in the draft at once, or told what is wanted there.
import type { Message } from 'grammy/types'
import { LARGEST_FILE, LONGEST_VOICE, MOST_PHOTOS } from '../../core/idea.ts'
import { pointOf } from '../../core/geo.ts'
import { readRoughSum } from '../../core/rough-sum.ts'
import { addIdeaMedia, type WriteProblem, writeIdea, type Written } from '../../use-cases/write-idea.ts'
import type { Taken } from '../asking.ts'
import { numberIn } from '../numbers.ts'
import { isCancel } from '../words-meant.ts'
import { after, at, type Step } from './steps.ts'
import { albumOf, type Asked, keepPhoto, noteAlbum } from './photos.ts'
import { wantedNote, writeProblem } from './questions.ts'

type Take = (asked: Asked, message: Message) => Promise<Taken<Step>>

const TAKES: Record<string, Take> = {
  title: async (asked, message) => (await voice(asked, message)) ?? words(asked, message, 'title'),
  text: async (asked, message) => (await voice(asked, message)) ?? words(asked, message, 'body'),
  place,
  here: place,
  photos,
  cost,
}

/** A question of an idea as the dialog asks it; what it does not take is answered with what it does. */
export const takes =
  (whom: Omit<Asked, 'now'>) =>
  async (message: Message, now: Step): Promise<Taken<Step>> => {
    const asked = { ...whom, now }
    return (
      (await elsewhere(asked, message)) ?? (await TAKES[asked.now.step]?.(asked, message)) ?? wanted(asked)
    )
  }

const wanted = ({ t, now }: Asked): Taken<Step> => ({ note: wantedNote(t, now.step) })

/** Keeps an answer and goes on. */
async function keep(asked: Asked, written: Written): Promise<Taken<Step>> {
  const { parts, t, who, now } = asked
  const to = after(now.step === 'here' ? { ...now, step: 'place' } : now)
  const done = await writeIdea(parts.app, who.id, now.idea, { ...written, step: to.step })
  if (done.ok) return { to }
  const { problem } = done
  return problem.kind === 'not-yours' ? gone(now) : { note: writeProblem(t, problem satisfies WriteProblem) }
}

/** It is no longer theirs to write: said by the preview. */
const gone = ({ idea }: Step): Taken<Step> => ({ to: at('preview', idea) })

async function words(
  asked: Asked,
  message: Message,
  column: 'title' | 'body' | 'landmark',
): Promise<Taken<Step>> {
  const { text } = message
  if (text === undefined) return wanted(asked)
  if (numberIn(text).kind === 'iin') return { note: asked.t.html('common.iin') }
  if (column === 'landmark') return keep(asked, { landmark: text, lat: null, lon: null })
  const written = { [column]: text, locale: asked.t.locale }
  return keep(asked, column === 'body' ? { ...written, bodyMessage: message.message_id } : written)
}

/** A voice note stands for title and text. */
async function voice(asked: Asked, message: Message): Promise<Taken<Step> | undefined> {
  const { parts, t, who, now } = asked
  const note = message.voice
  if (!note) return undefined
  if (note.duration > LONGEST_VOICE || (note.file_size ?? 0) > LARGEST_FILE)
    return { note: t.html('ideas.voice-too-long', { minutes: LONGEST_VOICE / 60 }) }
  const added = await addIdeaMedia(parts.app, who.id, now.idea, {
    kind: 'voice',
    message: message.message_id,
    fileId: note.file_id,
    uniqueId: note.file_unique_id,
    seconds: note.duration,
    ...(note.file_size === undefined ? {} : { bytes: note.file_size }),
  })
  return added.ok ? keep({ ...asked, now: { ...now, step: 'text' } }, {}) : gone(now)
}

async function place(asked: Asked, message: Message): Promise<Taken<Step>> {
  const { parts, t, now } = asked
  const { location, text } = message
  if (isCancel(parts.textsOf, text)) return { to: { ...now, step: 'place' } }
  if (text !== undefined) return words(asked, message, 'landmark')
  if (location?.live_period !== undefined) return { note: t.html('ideas.not-live') }
  const point = location && pointOf({ lat: location.latitude, lon: location.longitude })
  return point ? keep(asked, { ...point, landmark: null }) : wanted(asked)
}

async function photos(asked: Asked, message: Message): Promise<Taken<Step>> {
  const { t, now } = asked
  if (!message.photo) {
    // The part of an album that is no photo has the answer of its album, which says what is taken.
    if (message.media_group_id !== undefined) return { later: true }
    const file = message.document?.mime_type?.startsWith('image/')
    return file ? { note: t.html('ideas.not-a-file') } : wanted(asked)
  }
  await noteAlbum(asked, message)
  return (await keepPhoto(asked, now.idea, message)) === 'gone' ? gone(now) : { later: true }
}

/** A photo at another question: it is kept, and its caption is the text that is asked for. */
async function elsewhere(asked: Asked, message: Message): Promise<Taken<Step> | undefined> {
  const { t, now } = asked
  if (!message.photo || now.step === 'photos' || now.idea === 0) return undefined
  const album = await albumOf(asked, message)
  const column = COLUMNS[now.step]
  const says = column !== undefined && message.caption !== undefined && !album?.said
  await noteAlbum(asked, message, album?.said || says)
  const kept = await keepPhoto(asked, album?.idea ?? now.idea, message)
  if (kept === 'gone') return gone(now)
  if (says) return words(asked, { ...message, text: message.caption } as Message, column)
  if (album) return { quiet: true }
  const said =
    kept === 'full' ? t.html('ideas.photos-full', { count: MOST_PHOTOS }) : t.html('ideas.photo-kept')
  return { note: `${said}\n${wantedNote(t, now.step)}` }
}

/** Where a text is asked for, and what it becomes. */
const COLUMNS: Partial<Record<string, 'title' | 'body'>> = { title: 'title', text: 'body' }

async function cost(asked: Asked, { text }: Message): Promise<Taken<Step>> {
  const sum = text === undefined ? undefined : readRoughSum(text)
  return sum === undefined ? wanted(asked) : keep(asked, { roughCost: sum })
}
