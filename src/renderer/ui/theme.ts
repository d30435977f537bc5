// The look: every colour, size and face, once, for both schemes. Colour means state, and nothing else.

import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
} from '@mantine/core';

interface Scheme {
  readonly ground: string;
  readonly panel: string;
  readonly line: string;
  readonly hover: string;
  readonly selected: string;
  readonly text: string;
  readonly quiet: string;
  /** For action; `onAccent` is text upon it. */
  readonly accent: string;
  readonly accentHover: string;
  readonly onAccent: string;
  readonly block: string;
  readonly warn: string;
  readonly proved: string;
  readonly note: string;
  /** In charts: what was there before. */
  readonly source: string;
  readonly shadow: string;
}

const light: Scheme = {
  ground: '#FAFAF8',
  panel: '#FFFFFF',
  line: '#E4E5E1',
  hover: '#F2F3F0',
  selected: '#E3EFEE',
  text: '#1B1D1F',
  quiet: '#5D6368',
  accent: '#14706B',
  accentHover: '#0F5B57',
  onAccent: '#FFFFFF',
  block: '#B42318',
  warn: '#8F5000',
  proved: '#2B7A3D',
  note: '#3B6EA5',
  source: '#8A9096',
  shadow: '0 6px 24px rgb(27 29 31 / 14%)',
};

const dark: Scheme = {
  ground: '#121416',
  panel: '#181B1E',
  line: '#2A2F33',
  hover: '#1F2327',
  selected: '#1C3331',
  text: '#E6E8EA',
  quiet: '#98A1A8',
  accent: '#4FB8B0',
  accentHover: '#6CC9C1',
  onAccent: '#0B1413',
  block: '#F0776B',
  warn: '#E0A24A',
  proved: '#6CC287',
  note: '#7FB0E6',
  source: '#7D868D',
  shadow: '0 6px 24px rgb(0 0 0 / 55%)',
};

/** Mantine wants ten shades of a colour; Drover has one for each scheme, set below. */
const accent: MantineColorsTuple = [
  '#EAF5F4',
  '#D3E9E7',
  '#A6D3D0',
  '#79BDB8',
  '#4FB8B0',
  '#2E958F',
  '#14706B',
  '#0F5B57',
  '#0B4643',
  '#083331',
];

/** What Mantine's components are made of where no variable below says more: our greys, not its blueish ones. */
const gray: MantineColorsTuple = [
  '#FAFAF8',
  '#F2F3F0',
  '#EBECE8',
  '#E4E5E1',
  '#D3D5D0',
  '#A9ADA9',
  '#8A9096',
  '#5D6368',
  '#3A3E42',
  '#1B1D1F',
];

const grayInDark: MantineColorsTuple = [
  '#E6E8EA',
  '#C4CACE',
  '#98A1A8',
  '#7D868D',
  '#2A2F33',
  '#1F2327',
  '#181B1E',
  '#121416',
  '#0E1012',
  '#0A0B0D',
];

/** What explains a field; Mantine would take a fifth size for it. */
const small = { fontSize: '12px', lineHeight: '16px' };

export const theme = createTheme({
  primaryColor: 'accent',
  colors: { accent, gray, dark: grayInDark },
  // Text upon a filled colour: white in light, nearly black in dark, where the colours are light themselves.
  variantColorResolver: (input) => {
    const resolved = defaultVariantColorsResolver(input);
    return input.variant === 'filled' ? { ...resolved, color: 'var(--on-accent)' } : resolved;
  },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '18px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '6px', md: '6px', lg: '6px', xl: '6px' },
  defaultRadius: 'md',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '13px', lineHeight: '20px' },
    },
  },
  focusRing: 'always',
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 'md' } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs' } },
    Autocomplete: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs', radius: 'xs' }, styles: { description: small, error: small } },
    InputWrapper: { styles: { description: small, error: small } },
    Combobox: { styles: { groupLabel: small } },
    Switch: { defaultProps: { size: 'xs' } },
    // Colour means state: what was found is told by weight.
    Mark: { styles: { root: { background: 'none', color: 'inherit', fontWeight: 700 } } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Tabs: {
      defaultProps: { keepMounted: false },
      // What a tab says begins where the screen's title does.
      styles: { list: { paddingInline: '4px' }, tab: { height: '36px', padding: '0 12px', outlineOffset: '-2px' } },
    },
    Tooltip: { defaultProps: { openDelay: 300, events: { hover: true, focus: true, touch: false } } },
    Modal: {
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.35 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
      // In dark its ground is as dark as what it lies over.
      styles: { content: { border: '1px solid var(--line)' } },
    },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--radius': '6px', '--row': '28px' },
  light: variablesOf(light),
  dark: variablesOf(dark),
});

function variablesOf(scheme: Scheme): Record<string, string> {
  const own = Object.fromEntries(
    Object.entries(scheme).map(([name, value]) => [`--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`, value]),
  );
  return {
    ...own,
    '--mantine-color-body': scheme.ground,
    '--mantine-color-text': scheme.text,
    '--mantine-color-bright': scheme.text,
    '--mantine-color-dimmed': scheme.quiet,
    '--mantine-color-placeholder': scheme.quiet,
    '--mantine-color-error': scheme.block,
    '--mantine-color-anchor': scheme.accent,
    '--mantine-color-default': scheme.panel,
    '--mantine-color-default-hover': scheme.hover,
    '--mantine-color-default-border': scheme.line,
    '--mantine-color-default-color': scheme.text,
    '--mantine-primary-color-filled': scheme.accent,
    '--mantine-primary-color-filled-hover': scheme.accentHover,
    '--mantine-primary-color-contrast': scheme.onAccent,
    '--mantine-color-accent-filled': scheme.accent,
    '--mantine-color-accent-filled-hover': scheme.accentHover,
    '--mantine-color-accent-text': scheme.accent,
    '--mantine-color-accent-outline': scheme.accent,
    '--mantine-color-accent-light': scheme.selected,
    '--mantine-color-accent-light-hover': scheme.selected,
    '--mantine-color-accent-light-color': scheme.accent,
    '--mantine-color-gray-text': scheme.quiet,
    '--mantine-color-gray-light-color': scheme.quiet,
    '--mantine-color-gray-light-hover': scheme.hover,
    '--mantine-color-red-filled': scheme.block,
    '--mantine-color-red-filled-hover': scheme.block,
    '--mantine-color-red-text': scheme.block,
    '--mantine-color-red-outline': scheme.block,
  };
}
