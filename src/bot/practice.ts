// Every screen of a practice says that it is one, and of which vote: marked where it is shown, whatever its view says.
import type { Localised } from '../core/localised.ts'
import type { T } from '../i18n.ts'
import { practiceLine, practiceName } from '../words/trial.ts'
import type { Screen } from './message.ts'
import type { FeatureParts } from './parts.ts'
import type { Speaker } from './speaker.ts'
import type { Talk } from './talk.ts'

/** Below what Telegram takes, with room for the mark. */
const MOST = 4000

/** The talk about the cycle that `input` names, if it names one. */
export async function inItsCycle(
  { practiceOf }: Pick<FeatureParts, 'practiceOf'>,
  talk: Talk,
  input: unknown,
): Promise<Talk> {
  const { cycle } = (typeof input === 'object' && input !== null ? input : {}) as { cycle?: unknown }
  const title = typeof cycle === 'number' ? await practiceOf(cycle) : undefined
  return title ? { ...talk, speak: marking(talk.speak, talk.t, title) } : talk
}

function marking(speak: Speaker, t: T, title: Localised): Speaker {
  const marked = (screen: Screen): Screen => ({ ...screen, text: markedText(t, title, screen.text) })
  return {
    ...speak,
    show: (screen, then) => speak.show(marked(screen), then),
    send: (screen, then) => speak.send(marked(screen), then),
    replace: (screen, then) => speak.replace(marked(screen), then),
  }
}

/** `text`: Telegram's HTML. What it says already is not said twice. */
export function markedText(t: T, title: Localised, text: string): string {
  const line = practiceLine(t)
  const name = practiceName(t, title)
  const whole = text.includes(line) ? text : `${line}\n${text}`
  if (whole.includes(name) || whole.length + name.length > MOST) return whole
  return whole.replace(line, () => `${line} ${name}`)
}
