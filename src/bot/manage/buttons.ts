// Buttons of officials who run a cycle. What counts carries what was seen, so that a press of another time is known.
import { button } from '../callback.ts'

export const homeButton = button('oh', {})
/** `from`: the phase that was seen. */
export const askMoveButton = button('om', { cycle: 'int', from: 'word' })
export const moveButton = button('on', { cycle: 'int', from: 'word' })
export const askExtendButton = button('oe', { cycle: 'int' })
/** Minutes since 1970: the close that was seen, and what it shall be. */
export const previewExtendButton = button('of', { cycle: 'int', before: 'int', to: 'int' })
export const extendButton = button('og', { cycle: 'int', before: 'int', to: 'int' })
export const countButton = button('kc', { cycle: 'int' })
export const askPublishButton = button('op', { cycle: 'int' })
export const publishButton = button('oq', { cycle: 'int', seen: 'word' })
/** Two ideas that lie close together: both may be built. */
export const askApartButton = button('oa', { cycle: 'int', one: 'int', other: 'int' })
export const apartButton = button('ob', { cycle: 'int', one: 'int', other: 'int' })
export const haltButton = button('os', { cycle: 'int' })
/** `kind`: suspend, resume or void. */
export const askHaltButton = button('ot', { cycle: 'int', kind: 'word' })
export const proposeHaltButton = button('ou', { cycle: 'int', kind: 'word' })
export const numbersButton = button('ov', { cycle: 'int', page: 'int' })
export const askSwapButton = button('cr', { cycle: 'int' })
export const swapVillageButton = button('cs', { cycle: 'int', territory: 'int' })
/** `old` gives way to `serial`; `how`: lost, or moved to another account. */
export const swapButton = button('ct', {
  cycle: 'int',
  territory: 'int',
  old: 'int',
  serial: 'int',
  how: 'word',
})
export const askProjectsButton = button('pj', { cycle: 'int' })
/** `seen`: the beginning of what stands for the file and the list it meets. */
export const projectsButton = button('pk', { cycle: 'int', seen: 'word' })

/** Where people hold the key: the dice, and what they counted. `dice`: a digit a die. */
export const askDiceButton = button('kd', { cycle: 'int' })
export const diceButton = button('ke', { cycle: 'int', dice: 'text' })
export const askForgetButton = button('kf', { cycle: 'int' })
export const forgetButton = button('kg', { cycle: 'int' })
/** Ballots that are opened again: the same, after the publication. */
export const askSampleButton = button('kx', { cycle: 'int' })
export const sampleButton = button('ky', { cycle: 'int', dice: 'text' })
export const askResultButton = button('kr', { cycle: 'int' })

/** Where people hold the key: their ceremony. `key`: the beginning of the one that was read back. */
export const ceremonyButton = button('kh', { cycle: 'int' })
export const askKeysButton = button('kk', { cycle: 'int' })
export const keysButton = button('kb', { cycle: 'int', key: 'word' })
export const testButton = button('kt', { cycle: 'int' })
export const askCodeButton = button('kq', { cycle: 'int' })

export const checklistButton = button('od', { cycle: 'int' })

/** As much of a hash or a key as a button carries. */
export const SEEN = 16

/** Cards of the desk. `what`: hand-over, return or destroy. */
export const deskButton = button('cd', { cycle: 'int' })
export const deskActButton = button('cc', { cycle: 'int', what: 'word' })
export const deskVillageButton = button('ce', { cycle: 'int', what: 'word', territory: 'int' })
/** `seen`: the beginning of the hash of the numbers that were read back. */
export const deskDoButton = button('ch', { cycle: 'int', what: 'word', territory: 'int', seen: 'word' })
