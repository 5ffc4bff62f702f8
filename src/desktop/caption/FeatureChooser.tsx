import { Command } from 'cmdk'
import { Popover } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import type { Feature } from '../../meaning/types.ts'
import { Digit } from '../Digit.tsx'
import { useFeatures } from '../use.ts'
import { poleWords } from '../words.ts'

interface Props {
  /** Says what is chosen: “x axis”, “Colour”. */
  label: string
  chosen: string | null
  onChoose: (feature: string | null) => void
  /** The entry for "no feature", where there is one: “Sections”, “Nothing”. */
  none?: string
  children: ReactNode
  className?: string
}

const kinds: Record<Feature['kind'], string> = { probe: 'Features', learned: 'Found in the model', contrast: 'Yours' }

/** A list of all features, to be searched by name or pole, over any word of the interface that stands for one. */
export function FeatureChooser({ label, chosen, onChoose, none, children, className = 'word' }: Props) {
  const [open, setOpen] = useState(false)
  const features = useFeatures()
  const choose = (id: string | null) => {
    setOpen(false)
    onChoose(id)
  }
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className={className} title={label}>
        {children}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="lifted chooser"
          side="top"
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
        >
          <Command label={label}>
            <Command.Input placeholder="A feature, or one of its poles" className="chooser-input" />
            <Command.List className="chooser-list">
              <Command.Empty className="chooser-empty">No feature of that name.</Command.Empty>
              {none && (
                <Command.Item
                  className="menu-item"
                  value={none}
                  onSelect={() => choose(null)}
                  data-chosen={chosen === null || undefined}
                >
                  {none}
                </Command.Item>
              )}
              {(Object.keys(kinds) as Feature['kind'][]).map((kind) => {
                const some = features.filter((feature) => feature.kind === kind)
                if (some.length === 0) return null
                return (
                  <Command.Group key={kind} heading={kinds[kind]} className="chooser-group">
                    {some.map((feature) => (
                      <Command.Item
                        key={feature.id}
                        className="menu-item"
                        value={`${feature.name} ${feature.poles.join(' ')} ${feature.id}`}
                        onSelect={() => choose(feature.id)}
                        data-chosen={chosen === feature.id || undefined}
                      >
                        {feature.name}
                        <Digit feature={feature.id} />
                        <span className="aside">{poleWords(feature)}</span>
                      </Command.Item>
                    ))}
                  </Command.Group>
                )
              })}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
