// The registry of method screens: until a method has its line here, the type checker names the missing key.
import type { Place } from '../../../use-cases/list-places.ts'
import type { MethodKind } from '../../../use-cases/verify-account.ts'
import { cardScreen } from './card.ts'
import { contactScreen } from './contact.ts'
import { inPersonScreen } from './in-person.ts'
import type { MethodScreen } from './screen.ts'

/** One line a method. */
const screens = { card: cardScreen, contact: contactScreen, 'in-person': inPersonScreen } satisfies Record<
  MethodKind,
  MethodScreen
>

/** The screen of a cycle's method, which `factsOf` knows too. */
export const methodScreen = ({ cycle }: Place): MethodScreen => screens[cycle.method as MethodKind]
