// Property tests draw the same examples everywhere, so that a red run can be repeated; DAUYS_SEED=<number> draws others.
import fc from 'fast-check'

fc.configureGlobal({ seed: Number(process.env.DAUYS_SEED ?? 20_260_301) })
