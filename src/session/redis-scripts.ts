// What Redis does in one step: small Lua scripts, each one round trip.

/** Keys: seen, attempts, lock. Arguments: token, instance, lease ms, memory of attempts ms. Answers `SEEN`, `BUSY` or the attempt. */
const begin = `
if redis.call('exists', KEYS[1]) == 1 then return -1 end
local held = redis.call('get', KEYS[3])
if held and string.sub(held, 1, #ARGV[2]) ~= ARGV[2] then return 0 end
redis.call('set', KEYS[3], ARGV[1], 'PX', ARGV[3])
local attempt = redis.call('incr', KEYS[2])
redis.call('pexpire', KEYS[2], ARGV[4])
return attempt`

/** Key: lock. Argument: token. */
const release = `
if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end
return 0`

/** Key: lock. Arguments: token, lease ms. A lock that was lost stays lost. */
const renew = `
if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end
return 0`

/** Key: bucket. Arguments: limit, window ms. The formula of rate.ts, on the clock of Redis. */
const allow = `
local time = redis.call('time')
local now = time[1] * 1000 + time[2] / 1000
local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
if limit < 1 then return 0 end
local interval = window / limit
local from = math.max(now, tonumber(redis.call('get', KEYS[1]) or now))
if from - now > window - interval * 0.99 then return 0 end
local full = from + interval
redis.call('set', KEYS[1], string.format('%.3f', full), 'PX', math.max(1, math.ceil(full - now)))
return 1`

/** Key: turn. Argument: ms between two. Answers the ms until ours, as text, for Redis would cut a number. */
const turn = `
local time = redis.call('time')
local now = time[1] * 1000 + time[2] / 1000
local at = math.max(now, tonumber(redis.call('get', KEYS[1]) or now))
local after = at + tonumber(ARGV[1])
redis.call('set', KEYS[1], string.format('%.3f', after), 'PX', math.max(1, math.ceil(after - now)))
return string.format('%.3f', at - now)`

/** Key: pause. Argument: ms. A pause is never shortened. */
const pause = `
if redis.call('pttl', KEYS[1]) < tonumber(ARGV[1]) then redis.call('set', KEYS[1], 1, 'PX', ARGV[1]) end
return 1`

export const SEEN = -1
export const BUSY = 0

export const scripts = {
  sessionBegin: { lua: begin, numberOfKeys: 3 },
  sessionRelease: { lua: release, numberOfKeys: 1 },
  sessionRenew: { lua: renew, numberOfKeys: 1 },
  sessionAllow: { lua: allow, numberOfKeys: 1 },
  sessionTurn: { lua: turn, numberOfKeys: 1 },
  sessionPause: { lua: pause, numberOfKeys: 1 },
}

/** The commands that ioredis makes of the scripts. */
export interface ScriptCommands {
  sessionBegin(
    seen: string,
    attempts: string,
    lock: string,
    token: string,
    instance: string,
    leaseMs: number,
    memoryMs: number,
  ): Promise<number>
  sessionRelease(lock: string, token: string): Promise<number>
  sessionRenew(lock: string, token: string, leaseMs: number): Promise<number>
  sessionAllow(bucket: string, limit: number, windowMs: number): Promise<number>
  sessionTurn(turn: string, spacingMs: number): Promise<string>
  sessionPause(pause: string, ms: number): Promise<number>
}
