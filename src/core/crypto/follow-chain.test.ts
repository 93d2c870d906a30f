/** A chain that grows, forks and is read while it changes; whoever follows it comes to what the chain itself says. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ChainBlock, ChainTransfer } from './chain-source.ts'
import {
  beginWalk,
  type ChainWalk,
  continueWalk,
  type FollowedBlock,
  findingsOf,
  followedAfter,
} from './follow-chain.ts'
import { NO_FACTS, observe } from './receipts.ts'

const transfer = (id: string, to = 'ours'): ChainTransfer => ({
  ...{ id: `${id}:0`, transaction: id, contract: null, to, amount: 5n },
  ...{ isCoinbase: false, isReplaceable: false, isCertain: true },
})
const isOurs = ({ to }: ChainTransfer): boolean => to === 'ours'

/** A chain as words: each is a block, named by what it holds, `a+b`; two of one name and parent are one block. */
function chainOf(words: string): ChainBlock[] {
  const blocks: ChainBlock[] = []
  for (const [height, word] of words.split(' ').entries()) {
    const ids = word
      .replace(/^\d*/, '')
      .split('+')
      .filter((one) => one !== '')
    const parentHash = blocks.at(-1)?.hash ?? null
    blocks.push({
      ...{ height, hash: `${parentHash ?? ''}/${word}`, parentHash, timeMs: height * 10 },
      transfers: ids.map((one) => transfer(one, one.startsWith('x') ? 'others' : 'ours')),
      // A transaction of one letter spends the coin of that letter, whatever stands behind it: `a` and `a2` and `xa` are rivals.
      spent: ids.map((one) => ({ output: `coin-${one.replace(/^x|\d+$/g, '')}`, by: one })),
    })
  }
  return blocks
}

/** Walks until it is done; the chain may be another one at each question. */
function walk(followed: readonly FollowedBlock[], chainAt: (question: number) => readonly ChainBlock[]): ChainWalk {
  let way = beginWalk(followed, 0)
  for (let question = 0; way.next.kind === 'ask'; question++) {
    const { height } = way.next
    way = continueWalk(way, chainAt(question)[height] ?? null)
    assert.ok(question < 5000)
  }
  return way
}

const known = (words: string, depth = 100): readonly FollowedBlock[] =>
  followedAfter(
    walk([], () => chainOf(words)),
    isOurs,
    depth,
  )

const told = (way: ChainWalk): string =>
  way.next.kind === 'fault' ? way.next.fault : `left ${way.left.length}, entered ${way.entered.length}`

const WALKS: readonly (readonly [title: string, before: string, after: string, expected: string])[] = [
  ['nothing new', '0 a 0', '0 a 0', 'left 0, entered 0'],
  ['one more', '0 a', '0 a b', 'left 0, entered 1'],
  ['another last block of the same height', '0 a 1', '0 a 2', 'left 1, entered 1'],
  ['two replaced by three', '0 a b 1', '0 a 2 b 3', 'left 2, entered 3'],
  ['all but the first replaced', '0 a b', '0 1 2 3', 'left 2, entered 3'],
  ['nothing of it is there', '0 a b', '9 a b', 'too_deep'],
  ['a source that is behind', '0 a b', '0 a', 'shorter'],
  ['another, shorter branch', '0 a b', '0 9', 'shorter'],
]

for (const [title, before, after, expected] of WALKS)
  test(`a walk: ${title}`, () => assert.equal(told(walk(known(before), () => chainOf(after))), expected))

test('a re-organisation deeper than what is kept is told, not guessed', () => {
  assert.equal(told(walk(known('0 1 2 3', 2), () => chainOf('0 1 9 9 9'))), 'too_deep')
  assert.equal(told(walk(known('0 1 2 3', 3), () => chainOf('0 1 9 9 9'))), 'left 2, entered 3')
})

test('a chain that changes while it is read is read again from where it changed', () => {
  const [first, second] = [chainOf('0 1 2 3 4'), chainOf('0 1 8 a 8 8')]
  for (let at = 0; at <= 6; at++) {
    const way = walk(known('0 1'), (question) => (question < at ? first : second))
    const blocks = [...way.kept, ...way.entered].map(({ hash }) => hash)
    // The last question before the end may have been of the first chain: then it is what was found, whole.
    assert.ok(
      [first, second].some((chain) => chain.map(({ hash }) => hash).join() === blocks.join()),
      String(at),
    )
  }
  const restless = walk(known('0 1'), (question) => (question % 3 === 0 ? first : second))
  assert.equal(told(restless), 'restless')
})

test('many blocks are taken in parts, each of them a walk', () => {
  const chain = chainOf(Array.from({ length: 1203 }, (_, at) => String(at)).join(' '))
  let followed: readonly FollowedBlock[] = []
  const parts: number[] = []
  for (let part = 0; part < 4; part++) {
    const way = walk(followed, () => chain)
    parts.push(way.entered.length)
    followed = followedAfter(way, isOurs, 10)
  }
  assert.deepEqual([parts, followed.length, followed.at(-1)?.height], [[500, 500, 203, 0], 10, 1202])
})

test('what waits is lost to what a block spends instead: replaced where that pays us, double-spent where not', () => {
  const way = walk(known('0'), () => chainOf('0 a2 xb c'))
  const waiting = ['a', 'b', 'c', 'd'].map((id) => ({ id: `${id}:0`, inputs: [`coin-${id}`, 'coin-other'] }))
  const change = findingsOf(way, isOurs, waiting, 77).at(-1)
  assert.deepEqual(change, {
    ...{ kind: 'chain', tip: 3, unmined: [] },
    mined: [
      { id: 'a2:0', height: 1, timeMs: 10 },
      { id: 'c:0', height: 3, timeMs: 30 },
    ],
    lost: [
      { id: 'a:0', why: 'replaced' },
      { id: 'b:0', why: 'double_spent' },
    ],
  })
})

test('random chains: the facts after any number of walks are those of the chain itself', () => {
  const letters = ['a', 'b', 'c', 'd', 'e']
  const word = fc.constantFrom('0', '1', '2', ...letters, 'xy')
  const fork = fc.record({ depth: fc.nat(8), words: fc.array(word, { minLength: 1, maxLength: 12 }) })
  fc.assert(
    fc.property(fc.array(fork, { minLength: 1, maxLength: 8 }), (forks) => {
      let [words, followed, facts] = [['0'], [] as readonly FollowedBlock[], NO_FACTS]
      for (const { depth, words: more } of forks) {
        const stem = words.slice(0, Math.max(1, words.length - depth))
        const branch = more.filter((one, at) => !stem.includes(one) && more.indexOf(one) === at)
        // A branch wins when it is longer.
        while (stem.length + branch.length <= words.length) branch.push('3')
        words = [...stem, ...branch]
        const chain = chainOf(words.join(' '))
        const way = walk(followed, () => chain)
        assert.equal(way.next.kind, 'done')
        for (const observation of findingsOf(way, isOurs, [], chain.length * 10)) facts = observe(facts, observation)
        followed = followedAfter(way, isOurs, 100)
        assert.deepEqual(
          followed.map(({ hash }) => hash),
          chain.map(({ hash }) => hash),
        )
        assert.equal(facts.tip, chain.length - 1)
        const mined = [...facts.receipts.values()].flatMap(({ id, mined: place }) =>
          place === null ? [] : [`${id}@${place.height}`],
        )
        const there = chain.flatMap(({ height, transfers }) =>
          transfers.filter(isOurs).map(({ id }) => `${id}@${height}`),
        )
        assert.deepEqual(mined.sort(), there.sort())
      }
    }),
    { seed: 19 },
  )
})
