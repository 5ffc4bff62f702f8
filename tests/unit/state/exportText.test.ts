import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readFile } from '../../../src/document/read.ts'
import { exportMarkdown } from '../../../src/state/exportText.ts'
import { emptyProject } from '../../../src/state/project.ts'
import { aBranch } from './projects.ts'

const source = '# Head\n\nOne is here.  Two *is* too.\r\n\r\n- three~>\n\tlast line'
const document = readFile(new TextEncoder().encode(source), 'a.md')
const id = (text: string) => document.passages.find((passage) => passage.text === text)!.id
const project = { ...emptyProject(), documents: [document] }

test('without adopted branches the text is the source, byte for byte', () => {
  const branches = [aBranch('b', id('One is here.'), 'Other.')]
  expect(exportMarkdown({ ...project, branches })).toBe(source)
  expect(exportMarkdown({ ...project, branches }, { marked: true })).toBe(source)
})

test('adopted branches take their passage’s place and nothing else', () => {
  const branches = [
    aBranch('b1', id('One is here.'), 'One was there.'),
    aBranch('b2', 'b1', 'One had been there.', { adopted: true }),
    aBranch('b3', id('Two *is* too.'), 'Not taken.'),
  ]
  expect(exportMarkdown({ ...project, branches })).toBe(source.replace('One is here.', 'One had been there.'))
  expect(exportMarkdown({ ...project, branches }, { marked: true })).toBe(
    source.replace('One is here.', '{~~One is here.~>One had been there.~~}'),
  )
})

test('words that hold the marks themselves are marked another way', () => {
  const branches = [aBranch('b', id('three~>\n\tlast line'), 'four', { adopted: true })]
  expect(exportMarkdown({ ...project, branches }, { marked: true })).toContain('- {--three~>\n\tlast line--}{++four++}')
})

test('two documents are headed and parted', () => {
  const other = readFile(new TextEncoder().encode('Only this.'), 'b.txt')
  const both = exportMarkdown({ ...project, documents: [document, other] })
  expect(both).toBe(`<!-- Head -->\n\n${source}\n\n---\n\n<!-- b -->\n\nOnly this.`)
})

test('accepting all marks gives the new text, rejecting them the old one', () => {
  const words = fc.lorem({ mode: 'sentences', maxCount: 8 })
  fc.assert(
    fc.property(words, fc.infiniteStream(fc.boolean()), (text, choices) => {
      const document = readFile(new TextEncoder().encode(text), 'a.txt')
      const branches = document.passages.map((passage, i) =>
        aBranch(`b${i}`, passage.id, `New ${i}.`, { adopted: choices.next().value }),
      )
      const edited = { ...project, documents: [document], branches }
      const marked = exportMarkdown(edited, { marked: true })
      expect(marked.replace(/\{~~(.*?)~>(.*?)~~\}/gs, '$2')).toBe(exportMarkdown(edited))
      expect(marked.replace(/\{~~(.*?)~>(.*?)~~\}/gs, '$1')).toBe(text)
    }),
  )
})
