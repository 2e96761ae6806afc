// An assisted vote is recorded: where an account of the person's own holds the row, it is told of it, once.
import { setAssistsTold, untoldAssists } from '../store/assist.ts'
import type { App } from './app.ts'
import { tell } from './tell.ts'

const AT_ONCE = 100

export const tellAssisted = (app: App): Promise<void> =>
  app.db.begin(async (tx) => {
    const untold = await untoldAssists(tx, AT_ONCE)
    for (const { ballot, account, ...facts } of untold)
      if (account !== null)
        await tell(
          app,
          tx,
          { kind: 'vote-assisted', ...facts },
          { account, dedupe: `vote-assisted:${ballot}` },
        )
    if (untold.length > 0)
      await setAssistsTold(
        tx,
        untold.map(({ ballot }) => ballot),
      )
  })
