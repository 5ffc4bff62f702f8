import { Dialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { Icon } from '../icons.tsx'
import { closeLayer, type Layer as LayerName, layersStore } from '../layers.ts'

interface Props {
  name: Exclude<LayerName, null>
  title: string
  wide?: boolean
  foot?: ReactNode
  children: ReactNode
}

/** Into the first field where there is something to write; else on the dialog itself, so that no button looks chosen. */
function settleFocus(event: Event): void {
  event.preventDefault()
  const dialog = event.currentTarget as HTMLElement
  const field = dialog.querySelector<HTMLElement>('.dialog-body :is(input, textarea)')
  ;(field ?? dialog).focus()
}

/** A dialog over everything: titled, closed by Escape or a click beside it, focus kept inside and given back. */
export function Layer({ name, title, wide, foot, children }: Props) {
  const open = useStore(layersStore, (layers) => layers.open === name)
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && closeLayer()}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content
          className={wide ? 'dialog wide' : 'dialog'}
          aria-describedby={undefined}
          onOpenAutoFocus={settleFocus}
        >
          <div className="dialog-head">
            <Dialog.Title>{title}</Dialog.Title>
            <Dialog.Close className="sign" aria-label="Close">
              <Icon name="close" />
            </Dialog.Close>
          </div>
          <div className="dialog-body">{children}</div>
          {foot && <div className="dialog-foot">{foot}</div>}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
