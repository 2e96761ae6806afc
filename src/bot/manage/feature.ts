// Officials run a cycle from their own chat: their home, one screen a cycle, and the doors that lead on from it.
import { mayDraft } from '../../use-cases/draft-cycle.ts'
import { ownCycles, readCourse } from '../../use-cases/read-course.ts'
import { courseButton } from '../buttons.ts'
import type { Feature } from '../feature.ts'
import { type Listener, listener } from '../listener.ts'
import { type FeatureParts, leave } from '../parts.ts'
import type { Talk } from '../talk.ts'
import { apart, askApart } from './apart.ts'
import * as button from './buttons.ts'
import { askSerials, askSwap, swap, takeSwap } from './card-swap.ts'
import { askNumbers, askVillage, enterCards, showDesk, takeDesk } from './desk-cards.ts'
import { ceremony } from './ceremony.ts'
import { checklist } from './checklist.ts'
import { count } from './count.ts'
import { askExtend, extend, previewExtend, takeDate } from './extend.ts'
import { askForget, forget } from './forget.ts'
import { askHalt, haltChoices, proposeIt, takeReason } from './halt.ts'
import { lotsDice, sampleDice } from './dice.ts'
import { askResult, recogniseResult, takeResult } from './holders.ts'
import { askKeys, bring, recogniseKeys, takeKeys } from './keys.ts'
import { askMove, move } from './move.ts'
import { numbers } from './numbers.ts'
import { askProjects, readList, takeList } from './projects.ts'
import { askPublish, publish } from './publish.ts'
import { askCode, sendTest, takeCode } from './rehearsal.ts'
import { refuseShare } from './share-file.ts'
import { refuseTable } from './table-file.ts'
import * as view from './view.ts'

export function manageFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.command('manage', (_, talk) => home(parts, talk))
  on.shows(button.homeButton, (_, talk) => home(parts, talk))
  on.shows(courseButton, (_, talk, { cycle }) => course(parts, talk, cycle))
  on.shows(button.askMoveButton, askMove)
  on.button(button.moveButton, move)
  on.shows(button.askExtendButton, askExtend)
  on.shows(button.previewExtendButton, previewExtend)
  on.button(button.extendButton, extend)
  on.button(button.countButton, count)
  on.shows(button.askPublishButton, askPublish)
  on.button(button.publishButton, publish)
  on.shows(button.askApartButton, askApart)
  on.button(button.apartButton, apart)
  on.shows(button.haltButton, haltChoices)
  on.shows(button.askHaltButton, askHalt)
  on.button(button.proposeHaltButton, proposeIt)
  on.shows(button.numbersButton, numbers)
  on.shows(button.askSwapButton, askSwap)
  on.shows(button.swapVillageButton, askSerials)
  on.button(button.swapButton, swap)
  on.shows(button.deskButton, showDesk)
  on.shows(button.deskActButton, askVillage)
  on.shows(button.deskVillageButton, askNumbers)
  on.button(button.deskDoButton, enterCards)
  on.shows(button.askProjectsButton, askProjects)
  on.button(button.projectsButton, takeList)
  holdersButtons(on)
  on.shows(button.checklistButton, checklist)
  return {
    composer: on.composer,
    recognises: async (talk, message) =>
      refuseTable(talk, message) ||
      refuseShare(talk, message) ||
      (await recogniseKeys(parts, talk, message)) ||
      (await recogniseResult(parts, talk, message)),
    expects: {
      'extend-to': { take: (talk, kept, message) => takeDate(parts, talk, kept, message) },
      'card-swap': { take: (talk, kept, message) => takeSwap(parts, talk, kept, message) },
      'desk-cards': { take: (talk, kept, message) => takeDesk(parts, talk, kept, message) },
      'projects-file': { take: (talk, kept, message) => readList(parts, talk, kept, message) },
      dice: { take: (talk, kept, message) => lotsDice.take(parts, talk, kept, message) },
      'sample-dice': { take: (talk, kept, message) => sampleDice.take(parts, talk, kept, message) },
      'keys-file': { take: (talk, kept, message) => takeKeys(parts, talk, kept, message) },
      'keys-code': { take: (talk, kept, message) => takeCode(parts, talk, kept, message) },
      'result-file': { take: (talk, kept, message) => takeResult(parts, talk, kept, message) },
      'halt-reason': { take: (talk, kept, message) => takeReason(parts, talk, kept, message) },
    },
  } satisfies Feature
}

/** Where people hold the key, from their ceremony to the day when the vote is forgotten. */
function holdersButtons(on: Listener): void {
  on.shows(button.askDiceButton, lotsDice.ask)
  on.button(button.diceButton, lotsDice.enter)
  on.shows(button.askForgetButton, askForget)
  on.button(button.forgetButton, forget)
  on.shows(button.askSampleButton, sampleDice.ask)
  on.button(button.sampleButton, sampleDice.enter)
  on.shows(button.askResultButton, askResult)
  on.shows(button.ceremonyButton, ceremony)
  on.shows(button.askKeysButton, askKeys)
  on.button(button.keysButton, bring)
  on.shows(button.testButton, sendTest)
  on.shows(button.askCodeButton, askCode)
}

async function home(parts: FeatureParts, talk: Talk): Promise<void> {
  await leave(parts, talk.who.id)
  const { app } = parts
  const [cycles, draws] = await Promise.all([ownCycles(app, talk.who.id), mayDraft(app, talk.who.id)])
  talk.speak.show(view.homeScreen(talk.t, cycles, draws))
}

async function course(parts: FeatureParts, talk: Talk, cycle: number): Promise<void> {
  await leave(parts, talk.who.id)
  const found = await readCourse(parts.app, cycle, talk.who.id)
  talk.speak.show(found ? view.courseScreen(talk.t, found) : view.notYours(talk.t))
}
