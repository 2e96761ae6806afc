// Walks a Dockerfile without Docker: stages become folders, COPY copies, RUN runs with sh on this machine's own tools.
// Base images are not looked at, so it proves that the lines fit the project, not that they fit the image's Debian.
import { execFile } from 'node:child_process'
import { cp, mkdir, stat } from 'node:fs/promises'
import { basename, join, posix } from 'node:path'
import { promisify } from 'node:util'

export type Step = { instruction: string; flags: ReadonlyMap<string, string>; args: string }
export type Stage = {
  name: string
  folder: string
  workdir: string
  env: Record<string, string>
  steps: Step[]
}

const CARRIED = ['USER', 'EXPOSE', 'STOPSIGNAL', 'HEALTHCHECK', 'ENTRYPOINT', 'CMD', 'LABEL']
const run = promisify(execFile)

/** The instructions of a Dockerfile, with continued lines joined and `--flag=value` taken apart. */
export function parseDockerfile(text: string): Step[] {
  const lines = text.split('\n').filter((line) => !/^\s*#/.test(line))
  const joined = lines.join('\n').replace(/\\\n\s*/g, ' ')
  return joined.split('\n').flatMap((line) => {
    const [, instruction, rest = ''] = /^\s*([A-Z]+)\s+(.*)$/.exec(line) ?? []
    if (!instruction) return []
    const [, flags = '', args = ''] = /^((?:--[\w-]+(?:=\S*)?\s+)*)(.*)$/.exec(rest) ?? []
    const pairs = flags.trim().split(/\s+/).filter(Boolean)
    return [
      {
        instruction,
        flags: new Map(pairs.map((pair) => pair.slice(2).split(/=(.*)/s, 2) as [string, string])),
        args: args.trim(),
      },
    ]
  })
}

/** The words of the last ENTRYPOINT, CMD or HEALTHCHECK, which must be in the JSON form. */
export function commandOf({ steps }: { steps: readonly Step[] }, instruction: string): string[] {
  const step = steps.findLast((candidate) => candidate.instruction === instruction)
  return step ? (JSON.parse(step.args.replace(/^CMD\s+/, '')) as string[]) : []
}

/** Does the whitelist of a .dockerignore (`*`, then `!name` lines) let this path of the project through? */
export function reachesBuilder(dockerignore: string, path: string): boolean {
  const lines = dockerignore.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  if (lines[0] !== '*') throw new Error('.dockerignore is not a whitelist')
  const top = posix.normalize(path).split('/')[0]
  return lines.slice(1).some((line) => line === `!${top}`)
}

/** Runs every step below `into`; returns the stages in their order, the last one being the image. `env` is added to RUN. */
export async function walkDockerfile(
  steps: readonly Step[],
  { context, into, env }: { context: string; into: string; env: NodeJS.ProcessEnv },
): Promise<Stage[]> {
  const stages: Stage[] = []
  for (const step of steps) {
    const stage = stages.at(-1)
    if (step.instruction === 'FROM') {
      const name = /\sAS\s+(\S+)$/i.exec(step.args)?.[1] ?? `stage${stages.length}`
      const folder = join(into, name)
      await mkdir(folder)
      stages.push({ name, folder, workdir: '/', env: {}, steps: [] })
    } else if (!stage) {
      throw new Error(`${step.instruction} before FROM`)
    } else {
      stage.steps.push(step)
      await walkStep(step, stage, stages, context, env)
    }
  }
  return stages
}

async function walkStep(
  { instruction, flags, args }: Step,
  stage: Stage,
  stages: Stage[],
  context: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  if (CARRIED.includes(instruction)) return
  if (instruction === 'WORKDIR') {
    stage.workdir = posix.resolve(stage.workdir, args)
    await mkdir(join(stage.folder, stage.workdir), { recursive: true })
  } else if (instruction === 'ENV') {
    for (const [, name = '', value = ''] of args.matchAll(/(\w+)=(\S*)/g)) stage.env[name] = value
  } else if (instruction === 'COPY') {
    const from = flags.get('from')
    const source = from === undefined ? context : stages.find(({ name }) => name === from)?.folder
    if (source === undefined) throw new Error(`COPY from a stage that is not there: ${from}`)
    await copy(args.split(/\s+/), source, stage)
  } else if (instruction === 'RUN') {
    const cwd = join(stage.folder, stage.workdir)
    await run('sh', ['-ec', args], { cwd, env: { ...env, ...stage.env }, maxBuffer: 1 << 26 })
  } else {
    throw new Error(`a step that this walk does not know: ${instruction}`)
  }
}

/** As Docker copies: a folder gives its contents, a file keeps its name below a target that ends in a slash. */
async function copy(words: string[], source: string, stage: Stage): Promise<void> {
  const target = words.pop() ?? ''
  const to = join(stage.folder, posix.resolve(stage.workdir, target))
  for (const word of words) {
    const from = join(source, word)
    const isFolder = (await stat(from)).isDirectory()
    await cp(from, isFolder || !target.endsWith('/') ? to : join(to, basename(word)), { recursive: true })
  }
}
