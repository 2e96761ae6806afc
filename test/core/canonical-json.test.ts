// One value, one spelling: what is hashed must not depend on who wrote it down.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { frozenRulesHash } from '../../src/core/audit/frozen-rules.ts'
import { canonicalJson, type Json } from '../../src/core/canonical-json.ts'

test('keys are sorted at every depth and there are no spaces', () => {
  expect(canonicalJson({ b: [1, { z: 'я', a: true }], a: null, B: -0 })).toBe(
    '{"B":0,"a":null,"b":[1,{"a":true,"z":"я"}]}',
  )
})

test('the order in which an object was filled does not matter', () => {
  const plain = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.maxSafeInteger(), fc.boolean()))
  fc.assert(
    fc.property(plain, (value) => {
      const backwards = Object.fromEntries(Object.entries(value).toReversed())
      expect(canonicalJson(backwards)).toBe(canonicalJson(value))
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('what could be read in two ways is refused', () => {
  const odd: unknown[] = [
    0.5,
    Number.NaN,
    2 ** 53,
    undefined,
    { a: undefined },
    [undefined],
    new Date(0),
    new Map(),
  ]
  odd.push(10n, Symbol('x'), () => 0, '\ud800', { '\udc00': 1 }, Array.from({ length: 2 }), new Uint8Array(2))
  for (const value of odd) expect(() => canonicalJson(value as Json), String(value)).toThrow()
})

test('the fingerprint of rules changes with any rule, not with their order', () => {
  const rules = { budget: 30_000_000, ballot: 'approval', villages: ['a', 'b'], revote: true }
  const same = { villages: ['a', 'b'], revote: true, ballot: 'approval', budget: 30_000_000 }
  expect(frozenRulesHash(rules)).toBe(frozenRulesHash(same))
  expect(frozenRulesHash(rules)).not.toBe(frozenRulesHash({ ...rules, budget: 30_000_001 }))
  expect(frozenRulesHash(rules)).not.toBe(frozenRulesHash({ ...rules, villages: ['b', 'a'] }))
  // printf '{"a":1}' | sha256sum
  expect(frozenRulesHash({ a: 1 })).toBe('015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862')
})
