import { Command } from 'cmdk'
import { useEffect, useRef, useState } from 'react'
import { nodeById, searchMeaning, searchWords } from '../../state/actions.ts'
import { viewStore } from '../../state/view.ts'
import { choose } from '../choosing.ts'
import { Icon } from '../icons.tsx'
import { useView } from '../use.ts'
import { counted, shortened } from '../words.ts'

/** Results listed; all of them are lit in the space. */
const LISTED = 40

/** Typing looks for the words; Enter looks for the meaning. What is found is lit in place and listed. */
export function SearchBox() {
  const [query, setQuery] = useState('')
  const [open, setOpen] = useState(false)
  const [by, setBy] = useState<'words' | 'meaning'>('words')
  const [busy, setBusy] = useState(false)
  const [value, setValue] = useState('')
  const search = useView((view) => view.search)
  const box = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)

  // A search that was cleared elsewhere (Escape, another project) leaves no words behind.
  useEffect(() => {
    if (!search && by === 'meaning') setBy('words')
  }, [search, by])

  useEffect(() => {
    if (!open) return
    const outside = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Element)) setOpen(false)
    }
    window.addEventListener('pointerdown', outside)
    return () => window.removeEventListener('pointerdown', outside)
  }, [open])

  const byWords = (wanted: string) => {
    setQuery(wanted)
    setBy('words')
    setOpen(true)
    searchWords(wanted)
  }

  const byMeaning = async () => {
    setBy('meaning')
    setBusy(true)
    await searchMeaning(query)
    setBusy(false)
  }

  const clear = () => {
    setQuery('')
    setOpen(false)
    viewStore.setState({ search: null })
  }

  const hits = (search?.hits ?? []).slice(0, LISTED).flatMap((id) => nodeById(id) ?? [])
  const listing = open && query.trim() !== ''

  return (
    <Command
      ref={box}
      className="search"
      label="Search"
      shouldFilter={false}
      value={value}
      onValueChange={setValue}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        if (query === '') input.current?.blur()
        clear()
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false)
      }}
    >
      <Icon name="search" size={16} />
      <Command.Input
        ref={input}
        className="search-input"
        value={query}
        onValueChange={byWords}
        onFocus={() => setOpen(true)}
        placeholder="Search words or meaning"
        aria-label="Search words or meaning"
      />
      {query !== '' && (
        <button type="button" className="sign small" onClick={clear} aria-label="Clear the search">
          <Icon name="close" size={14} />
        </button>
      )}
      <div className="lifted search-results" hidden={!listing}>
        <p className="search-count" aria-live="polite">
          {busy
            ? 'Looking for the meaning'
            : by === 'words'
              ? counted(search?.hits.length ?? 0, 'passage has these words', 'passages have these words')
              : 'Nearest in meaning, nearest first'}
        </p>
        <Command.List label="Results">
          {by === 'words' && query.trim() !== '' && (
            <Command.Item className="menu-item" value="by-meaning" onSelect={() => void byMeaning()}>
              <span className="soft">By meaning:</span>
              {shortened(query, 40)}
            </Command.Item>
          )}
          {hits.map(({ id, text, kind }) => (
            <Command.Item
              key={id}
              className="menu-item search-hit"
              value={id}
              onSelect={() => {
                choose(id)
                setOpen(false)
              }}
            >
              <span className={kind === 'branch' ? 'yours-text' : undefined}>{shortened(text, 140)}</span>
            </Command.Item>
          ))}
        </Command.List>
      </div>
    </Command>
  )
}
