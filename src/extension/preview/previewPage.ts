/**
 * The page of a panel of ours. Its policy lets nothing in but our one script: rows are text that somebody
 * else wrote.
 *
 * @param script the script's address as the webview knows it
 * @param title ours alone: it is put in as it is
 * @param source where the webview's own files come from, as policies name it
 */
export function previewPage(script: string, source: string, title: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${source}">
<title>${title}</title>
</head>
<body><script type="module" src="${script}"></script></body>
</html>`;
}
