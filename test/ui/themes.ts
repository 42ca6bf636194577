/** The editor's variables that outputs use, as its own themes set them. */
const variables = {
  light: {
    'button-background': '#0069cc',
    'button-foreground': '#ffffff',
    'editor-background': '#ffffff',
    'editor-foreground': '#202020',
    descriptionForeground: '#606060',
    'badge-background': '#dcdcdc',
    'badge-foreground': '#333333',
    'textLink-foreground': '#0069cc',
    'textLink-activeForeground': '#0069cc',
    'button-secondaryForeground': '#202020',
    'button-secondaryBackground': '#ededed',
    'panel-border': '#e0e0e0',
    focusBorder: '#0069cc',
    'textBlockQuote-background': '#f7f7f7',
    'editorError-foreground': '#ad0707',
    'editorWarning-foreground': '#667309',
    'charts-blue': '#1a5cff',
    'charts-orange': '#b35900',
    'charts-green': '#388a34',
    'charts-purple': '#652d90',
    'charts-red': '#ad0707',
    'charts-yellow': '#667309',
    'charts-lines': '#20202080',
  },
  dark: {
    'button-background': '#297aa0',
    'button-foreground': '#ffffff',
    'editor-background': '#121314',
    'editor-foreground': '#bbbebf',
    descriptionForeground: '#9ea0a3',
    'badge-background': '#3994bc',
    'badge-foreground': '#000000',
    'textLink-foreground': '#48a0c7',
    'textLink-activeForeground': '#53a5ca',
    'button-secondaryForeground': '#cccccc',
    'button-secondaryBackground': '#2b2b2c',
    'panel-border': '#2a2b2c',
    focusBorder: '#3994bc',
    'textBlockQuote-background': '#242526',
    'editorError-foreground': '#f48771',
    'editorWarning-foreground': '#e5ba7d',
    'charts-blue': '#57a3f8',
    'charts-orange': '#d18616',
    'charts-green': '#86cf86',
    'charts-purple': '#ad80d7',
    'charts-red': '#f48771',
    'charts-yellow': '#e5ba7d',
    'charts-lines': '#bbbebf80',
  },
  'high-contrast': {
    'button-background': '#000000',
    'button-foreground': '#ffffff',
    'editor-background': '#000000',
    'editor-foreground': '#ffffff',
    descriptionForeground: '#ffffff',
    'badge-background': '#000000',
    'badge-foreground': '#ffffff',
    'textLink-foreground': '#21a6ff',
    'textLink-activeForeground': '#21a6ff',
    'button-secondaryForeground': '#ffffff',
    'button-border': '#6fc3df',
    contrastBorder: '#6fc3df',
    'panel-border': '#6fc3df',
    focusBorder: '#f38518',
    'editorError-foreground': '#f48771',
    'editorWarning-foreground': '#ffd370',
    'charts-blue': '#59a4f9',
    'charts-orange': '#ea8f2a',
    'charts-green': '#89d185',
    'charts-purple': '#b180d7',
    'charts-red': '#f14c4c',
    'charts-yellow': '#cca700',
    'charts-lines': '#ffffff80',
  },
} as const;

export type Theme = keyof typeof variables;
export const themes = Object.keys(variables) as readonly Theme[];

/** The theme as the style sheet of a page whose body has the class `vscode-<theme>`. */
export function themeStyles(): string {
  return themes.map(rule).join('\n');
}

function rule(theme: Theme): string {
  const lines = Object.entries(variables[theme]).map(([name, value]) => `--vscode-${name}: ${value};`);
  return `.vscode-${theme} { ${lines.join(' ')} background: var(--vscode-editor-background); --vscode-font-family: sans-serif; }`;
}
