import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { keyNames } from '../commandText.ts'
import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { AttributeDefinition, AttributeValue } from '../../../../shared/domain/labelSchema.ts'
import classes from './Panel.module.css'

export type ShownValue = { kind: 'same'; value: AttributeValue | undefined } | { kind: 'mixed' }

interface AttributeInputProps {
  definition: AttributeDefinition
  shown: ShownValue
  disabled: boolean
  /** The key that moves the attribute on, or asks for its field. */
  hotkey: string | undefined
  /** Set anew each time that the field is to get the keyboard. */
  wanted: object | undefined
  onChange: (value: AttributeValue | undefined) => void
}

/** A field of the type that the label schema gives the attribute. Text and numbers count when the field is left or Enter is pressed. */
export function AttributeInput({ definition, shown, disabled, hotkey, wanted, onChange }: AttributeInputProps) {
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (!wanted) return
    field.current?.focus()
    field.current?.select()
  }, [wanted])
  const label = hotkey === undefined ? definition.name : <>{definition.name} <span className={classes.fieldKey}>{keyNames(t, hotkey).join('+')}</span></>
  const mixed = shown.kind === 'mixed'
  const value = mixed ? undefined : shown.value
  const common = {
    disabled, label, 'aria-label': definition.name, withAsterisk: definition.required, ...(mixed && { placeholder: t('annotate.attributeMixed') }),
  }
  const blurOnEnter = (event: React.KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') event.currentTarget.blur()
  }
  switch (definition.type) {
    case 'boolean':
      return (
        <Checkbox
          label={label} aria-label={definition.name} disabled={disabled} checked={value === true} indeterminate={mixed} onChange={(event) => onChange(event.currentTarget.checked)}
        />
      )
    case 'enum':
      return (
        <Select
          {...common} data={definition.options} value={typeof value === 'string' ? value : null} clearable={!definition.required}
          clearButtonProps={{ 'aria-label': t('common.clear') }} onChange={(chosen) => onChange(chosen ?? undefined)}
        />
      )
    case 'number':
      return (
        <NumberInput
          key={String(value)} ref={field} {...common} defaultValue={typeof value === 'number' ? value : ''} onKeyDown={blurOnEnter} clampBehavior="blur"
          {...(definition.min !== undefined && { min: definition.min })} {...(definition.max !== undefined && { max: definition.max })}
          {...(definition.step !== undefined && { step: definition.step })}
          onBlur={(event) => {
            const entered = Number.parseFloat(event.currentTarget.value)
            const next = Number.isNaN(entered) ? undefined : Math.min(definition.max ?? Infinity, Math.max(definition.min ?? -Infinity, entered))
            if (next !== value && !(mixed && next === undefined)) onChange(next)
          }}
        />
      )
    case 'text':
      return (
        <TextInput
          key={String(value)} ref={field} {...common} defaultValue={typeof value === 'string' ? value : ''} maxLength={definition.maxLength} onKeyDown={blurOnEnter}
          onBlur={(event) => {
            const next = event.currentTarget.value === '' ? undefined : event.currentTarget.value
            if (next !== value && !(mixed && next === undefined)) onChange(next)
          }}
        />
      )
    default: return assertNever(definition, 'attribute type')
  }
}
