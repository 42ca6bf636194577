/** A sheet for a document or a shadow root; the policy of our pages allows no other styles. */
export function styleSheet(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}
