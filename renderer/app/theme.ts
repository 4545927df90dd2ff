import {
  ActionIcon, Badge, Button, Checkbox, createTheme, Kbd, Menu, Modal, MultiSelect, NumberInput, PasswordInput, Progress, ScrollArea, SegmentedControl, Select, Slider,
  Switch, Tabs, Textarea, TextInput, Tooltip, type CSSVariablesResolver, type MantineColorsTuple,
} from '@mantine/core'

// Every colour, size and radius of the window is decided here. Components take them by name, style sheets through --fm-* and --mantine-*.

/** One accent: a blue that reads on both schemes and stays apart from the warm colours of warnings. */
const accent: MantineColorsTuple = [
  '#e8f1ff', '#cfe0fd', '#a2c0f7', '#729ef1', '#4a81ec', '#316fe8', '#2266e7', '#1456ce', '#074cb9', '#0041a3',
]
/** Neutral greys for the dark scheme, from text (0) to the ground under the image (9). */
const dark: MantineColorsTuple = [
  '#d6d7d9', '#b4b6b9', '#8f9297', '#6b6e73', '#45484d', '#383b3f', '#2c2e32', '#232528', '#1b1c1f', '#131416',
]
const gray: MantineColorsTuple = [
  '#f8f8f9', '#f0f1f2', '#e6e7e9', '#d9dbde', '#c3c6ca', '#a4a8ad', '#7d8187', '#5c6066', '#404348', '#26282b',
]

const small = { size: 'xs' }

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 5 },
  colors: { accent, dark, gray },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '17px' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.45', xl: '1.4' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '2px', sm: '3px', md: '4px', lg: '6px', xl: '8px' },
  defaultRadius: 'sm',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '17px', lineHeight: '1.4' },
      h2: { fontSize: '15px', lineHeight: '1.4' },
      h3: { fontSize: '13px', lineHeight: '1.4' },
    },
  },
  cursorType: 'default',
  respectReducedMotion: true,
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { size: 28, variant: 'subtle', color: 'gray' } }),
    Badge: Badge.extend({ defaultProps: { size: 'sm', radius: 'xs', variant: 'light' }, styles: { root: { textTransform: 'none', fontWeight: 500 } } }),
    Button: Button.extend({ defaultProps: small, styles: { label: { fontWeight: 500 } } }),
    Checkbox: Checkbox.extend({ defaultProps: small }),
    Kbd: Kbd.extend({ defaultProps: small }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md' } }),
    Modal: Modal.extend({ defaultProps: { centered: true, padding: 'lg', transitionProps: { duration: 100 } }, styles: { title: { fontWeight: 600 } } }),
    MultiSelect: MultiSelect.extend({ defaultProps: small }),
    NumberInput: NumberInput.extend({ defaultProps: small }),
    PasswordInput: PasswordInput.extend({ defaultProps: small }),
    Progress: Progress.extend({ defaultProps: small }),
    ScrollArea: ScrollArea.extend({ defaultProps: { scrollbarSize: 10, type: 'auto' } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: small, styles: { root: { background: 'var(--fm-raised)' }, label: { fontWeight: 500 } } }),
    Select: Select.extend({ defaultProps: { size: 'xs', allowDeselect: false, checkIconPosition: 'right' } }),
    Slider: Slider.extend({ defaultProps: { size: 'xs' } }),
    Switch: Switch.extend({ defaultProps: small }),
    Tabs: Tabs.extend({ styles: { tab: { paddingBlock: 7, paddingInline: 12 } } }),
    Textarea: Textarea.extend({ defaultProps: small }),
    TextInput: TextInput.extend({ defaultProps: small }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 500, position: 'bottom' },
      styles: { tooltip: { background: 'var(--fm-tooltip)', color: '#ffffff', fontSize: '12px', padding: '3px 8px' } },
    }),
  },
})

/** The surfaces: `ground` lies under the image, `panel` beside it, `raised` on top; `line` parts them. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--fm-rail': '44px', '--fm-bar': '36px', '--fm-status': '24px', '--fm-tooltip': '#3a3d42' },
  light: {
    '--fm-ground': gray[2], '--fm-panel': '#ffffff', '--fm-raised': gray[1], '--fm-line': gray[3], '--fm-hover': gray[1],
    '--fm-selected': accent[0], '--fm-text-dim': gray[7], '--fm-good': '#1a7f37', '--fm-warn': '#9a5b00', '--fm-bad': '#c0242c',
    '--mantine-color-body': '#ffffff', '--mantine-color-dimmed': gray[7], '--mantine-color-text': gray[9],
  },
  dark: {
    '--fm-ground': dark[9], '--fm-panel': dark[8], '--fm-raised': dark[7], '--fm-line': dark[6], '--fm-hover': dark[7],
    '--fm-selected': '#22324d', '--fm-text-dim': dark[1], '--fm-good': '#57ab5a', '--fm-warn': '#e0a03c', '--fm-bad': '#f4796f',
    '--mantine-color-body': dark[8], '--mantine-color-dimmed': dark[1], '--mantine-color-text': dark[0],
  },
})
