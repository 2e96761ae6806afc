// What Redis does in one step: small Lua scripts, each one round trip.

/** Takes a token of the bucket `key`, by the formula of rate.ts, on the clock of Redis: a function of the scripts below. */
const token = `
local function token(key, limit, window)
  if limit < 1 then return 0 end
  local time = redis.call('time')
  local now = time[1] * 1000 + time[2] / 1000
  local interval = window / limit
  local from = math.max(now, tonumber(redis.call('get', key) or now))
  if from - now > window - interval * 0.99 then return 0 end
  local full = from + interval
  redis.call('set', key, string.format('%.3f', full), 'PX', math.max(1, math.ceil(full - now)))
  return 1
end`

/**
 * Keys: update, lock, bucket, then those to be read, then pauses. Arguments: token, instance, lease ms, memory of attempts ms, limit (0 =
 * no rate is asked for), window ms, how many pauses. Answers `SEEN`, `BUSY` or the attempt; then whether the rate allows one more, what was
 * read, and the ms that are left of each pause.
 */
const begin = `${token}
local state = redis.call('get', KEYS[1])
if state == 'seen' then return {-1} end
local held = redis.call('get', KEYS[2])
if held and string.sub(held, 1, #ARGV[2]) ~= ARGV[2] then return {0} end
redis.call('set', KEYS[2], ARGV[1], 'PX', ARGV[3])
local attempt = (tonumber(state) or 0) + 1
redis.call('set', KEYS[1], attempt, 'PX', ARGV[4])
local answer = {attempt, token(KEYS[3], tonumber(ARGV[5]), tonumber(ARGV[6]))}
local read = #KEYS - tonumber(ARGV[7])
for at = 4, read do answer[at - 1] = redis.call('get', KEYS[at]) end
for at = read + 1, #KEYS do answer[at - 1] = tostring(redis.call('pttl', KEYS[at])) end
return answer`

/** Key: update. What was seen stays seen. */
const forgive = `
if redis.call('get', KEYS[1]) ~= 'seen' then return redis.call('del', KEYS[1]) end
return 0`

/**
 * From the fourth key and the `first` argument on: what is written. Of each key its value and how long it lives in ms. 0 ms: it goes; no value:
 * it lives on as it is.
 */
const written = `
local function written(first)
  for at = 4, #KEYS do
    local value, ms = ARGV[first + 2 * (at - 4)], ARGV[first + 2 * (at - 4) + 1]
    if ms == '0' then redis.call('unlink', KEYS[at])
    elseif value == '' then redis.call('pexpire', KEYS[at], ms)
    else redis.call('set', KEYS[at], value, 'PX', ms) end
  end
end`

/** Owed screens: keys `when` and `what`. A screen is kept behind the update that it answers; another update's stays. */
const screens = `
local function dueIn(when, person, ms)
  local time = redis.call('time')
  redis.call('zadd', when, time[1] * 1000 + time[2] / 1000 + tonumber(ms), person)
end
local function owe(when, what, person, update, screen, ms)
  dueIn(when, person, ms)
  redis.call('hset', what, person, update .. ' ' .. screen)
  return 1
end
local function isOwed(what, person, update)
  local kept = redis.call('hget', what, person)
  return kept and string.match(kept, '^%S+') == update
end
local function paid(when, what, person, update)
  if not isOwed(what, person, update) then return 0 end
  redis.call('hdel', what, person)
  return redis.call('zrem', when, person)
end
local function later(when, what, person, update, ms)
  if not isOwed(what, person, update) then return 0 end
  dueIn(when, person, ms)
  return 1
end`

/**
 * Keys: update, when, what, then those to be written. Arguments: memory of what was seen ms, person, update, screen ('' = none), ms until it
 * is due, then what is written. Seen last.
 */
const commit = `${written}${screens}
written(6)
if ARGV[4] ~= '' then owe(KEYS[2], KEYS[3], ARGV[2], ARGV[3], ARGV[4], ARGV[5]) end
redis.call('set', KEYS[1], 'seen', 'PX', ARGV[1])
return 1`

/**
 * Keys: lock, when, what, then those to be written. Arguments: token, what is settled ('' = nothing), person, update, screen, ms, then what is
 * written.
 */
const finish = `${written}${screens}
written(7)
if ARGV[2] == 'paid' then paid(KEYS[2], KEYS[3], ARGV[3], ARGV[4])
elseif ARGV[2] == 'later' then later(KEYS[2], KEYS[3], ARGV[3], ARGV[4], ARGV[6])
elseif ARGV[2] == 'owed' then owe(KEYS[2], KEYS[3], ARGV[3], ARGV[4], ARGV[5], ARGV[6]) end
if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end
return 0`

/** Key: lock. Arguments: token, lease ms. A lock that was lost stays lost. */
const renew = `
if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end
return 0`

/** Key: bucket. Arguments: limit, window ms. */
const allow = `${token}
return token(KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2]))`

/** Key: turn. Argument: ms until the one after it. Answers the ms until ours, as text, for Redis would cut a number. */
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

/** Keys: when, what. Arguments: person, update, screen, ms. */
const owe = `${screens}
return owe(KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3], ARGV[4])`

/** Keys: when, what. Arguments: person, update. */
const paid = `${screens}
return paid(KEYS[1], KEYS[2], ARGV[1], ARGV[2])`

/** Keys: when, what. Arguments: person, update, ms. Answers 1 when it is still owed. */
const oweLater = `${screens}
return later(KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3])`

/** Keys: when, what. Arguments: most, ms. Answers person, kept, person, kept… */
const claimOwed = `
local time = redis.call('time')
local now = time[1] * 1000 + time[2] / 1000
local found = {}
for _, person in ipairs(redis.call('zrangebyscore', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[1])) do
  redis.call('zadd', KEYS[1], now + tonumber(ARGV[2]), person)
  table.insert(found, person)
  table.insert(found, redis.call('hget', KEYS[2], person) or '')
end
return found`

export const SEEN = -1
export const BUSY = 0

export const scripts = {
  sessionBegin: { lua: begin },
  sessionForgive: { lua: forgive, numberOfKeys: 1 },
  sessionCommit: { lua: commit },
  sessionFinish: { lua: finish },
  sessionRenew: { lua: renew, numberOfKeys: 1 },
  sessionAllow: { lua: allow, numberOfKeys: 1 },
  sessionTurn: { lua: turn, numberOfKeys: 1 },
  sessionPause: { lua: pause, numberOfKeys: 1 },
  sessionOwe: { lua: owe, numberOfKeys: 2 },
  sessionPaid: { lua: paid, numberOfKeys: 2 },
  sessionOweLater: { lua: oweLater, numberOfKeys: 2 },
  sessionClaimOwed: { lua: claimOwed, numberOfKeys: 2 },
}

/** The commands that ioredis makes of the scripts. */
export interface ScriptCommands {
  sessionBegin(
    keys: number,
    ...more: (string | number)[]
  ): Promise<[found: number, allowed?: number, ...read: (string | null)[]]>
  sessionForgive(update: string): Promise<number>
  sessionCommit(keys: number, ...more: (string | number)[]): Promise<number>
  sessionFinish(keys: number, ...more: (string | number)[]): Promise<number>
  sessionRenew(lock: string, token: string, leaseMs: number): Promise<number>
  sessionAllow(bucket: string, limit: number, windowMs: number): Promise<number>
  sessionTurn(turn: string, spacingMs: number): Promise<string>
  sessionPause(pause: string, ms: number): Promise<number>
  sessionOwe(
    when: string,
    what: string,
    person: string,
    update: number,
    screen: string,
    ms: number,
  ): Promise<number>
  sessionPaid(when: string, what: string, person: string, update: number): Promise<number>
  sessionOweLater(when: string, what: string, person: string, update: number, ms: number): Promise<number>
  sessionClaimOwed(when: string, what: string, most: number, ms: number): Promise<string[]>
}
